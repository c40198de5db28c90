"""Writing the audit trail, and proving that nobody changed it since."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from monitor.base.core.audit import GENESIS, AuditEntry, AuditOutcome, canonical_text, chain_digest, rows_digest
from monitor.base.core.errors import MonitorError
from monitor.base.models import AuditHead, AuditRecord, User

REPORT_EVERY = 10_000
SYSTEM = "systeem"  # who acts when no person does: a command, the sweeper


@dataclass(frozen=True)
class AuditProblem:
    """One break in the chain: at which record (0: at its end), and what is wrong, in Dutch."""

    number: int
    text: str


@transaction.atomic
def record_act(
    *,
    actor: User | None,
    act: str,
    subject: str,
    counts: Mapping[str, int],
    rows_digest: str,
    detail: Mapping[str, Any] | None = None,
    outcome: AuditOutcome = AuditOutcome.GEDAAN,
) -> AuditRecord:
    """Add one record to the chain, in the caller's transaction; call it last, since it holds the end of the chain.

    ``rows_digest`` is the SHA-256 (hex) of the canonical rows of the act (``core.audit.rows_digest``). ``detail`` may
    hold text, whole numbers, decimals, dates; TypeError for anything else. ``actor`` None is the system itself.
    """
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    record = AuditRecord(
        number=head.number + 1,
        moment=timezone.now(),
        actor=actor,
        actor_name=actor.get_username() if actor else SYSTEM,
        act=act,
        subject=subject[:200],
        outcome=outcome,
        counts=dict(counts),
        rows_digest=rows_digest,
        detail=json.loads(canonical_text(dict(detail or {}))),
        previous_digest=head.digest,
    )
    record.digest = chain_digest(head.digest, _entry(record))
    record.save(force_insert=True)
    head.number, head.digest = record.number, record.digest
    head.save(update_fields=["number", "digest"])
    return record


@contextmanager
def audited_refusal(*, actor: User | None, act: str, subject: str) -> Iterator[None]:
    """Around an act that may be refused: its refusal is recorded after the rollback, and raised again.

    Use it outside the transaction of the act (RuntimeError inside one: the record would be rolled back too).
    """
    try:
        yield
    except (MonitorError, PermissionDenied, ValidationError) as refusal:
        with transaction.atomic(durable=True):
            record_act(
                actor=actor,
                act=act,
                subject=subject,
                counts={},
                rows_digest=rows_digest([]),
                detail={"reden": str(refusal)},
                outcome=AuditOutcome.GEWEIGERD,
            )
        raise


def verify_audit(*, printed_head: str = "", report: Callable[[int], None] | None = None) -> Iterator[AuditProblem]:
    """Walk the whole chain and yield every break; ``printed_head`` (from a report) must be one of its digests.

    What others add meanwhile is left for the next time. ``report`` hears now and then how many records were seen.
    """
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    expected_number, previous = 1, GENESIS
    found_printed = not printed_head
    for record in AuditRecord.objects.filter(number__lte=head.number).order_by("number").iterator(chunk_size=2000):
        if report and expected_number % REPORT_EVERY == 0:
            report(expected_number)
        if record.number != expected_number:
            yield AuditProblem(record.number, f"Na regel {expected_number - 1} volgt regel {record.number}.")
        if record.previous_digest != previous:
            yield AuditProblem(record.number, f"Regel {record.number} sluit niet aan op de regel ervoor.")
        if not is_whole(record):
            yield AuditProblem(record.number, f"De inhoud van regel {record.number} klopt niet met zijn controlegetal.")
        expected_number, previous = record.number + 1, record.digest
        found_printed = found_printed or record.digest == printed_head
    yield from _end_problems(head, expected_number - 1, previous)
    if not found_printed:
        yield AuditProblem(0, f"Het afgedrukte controlegetal {printed_head} komt in het logboek niet voor.")


def _end_problems(head: AuditHead, number: int, digest: str) -> Iterator[AuditProblem]:
    """Whether the chain ended where it should when we began, and still does; the latter in one statement."""
    if (head.number, head.digest) == (number, digest):
        last = AuditRecord.objects.order_by("-number").values("number")[:1]
        now = AuditHead.objects.filter(pk=1).annotate(last=Subquery(last)).values_list("number", "last").first()
        recorded, found = now or (0, last.values_list("number", flat=True).first())
        number = found or 0
        if recorded == number:
            return
        head = AuditHead(number=recorded)
    yield AuditProblem(
        0, f"Het logboek eindigt bij regel {number}, maar volgens het vastgelegde einde bij regel {head.number}."
    )


def is_whole(record: AuditRecord) -> bool:
    """Whether what a record says still gives its own digest."""
    return record.digest == chain_digest(record.previous_digest, _entry(record))


def _entry(record: AuditRecord) -> AuditEntry:
    return AuditEntry(
        number=record.number,
        moment=record.moment,
        actor=record.actor_name,
        act=record.act,
        subject=record.subject,
        outcome=AuditOutcome(record.outcome),
        counts=record.counts,
        rows_digest=record.rows_digest,
        detail=record.detail,
    )
