"""Recording published one-off figures. As with observations nothing is overwritten: what differs is a new revision."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from indicators.core.enumerations import Basis, ChangeKind
from indicators.models import Fact
from indicators.services.catalogue import Counts
from monitor.base.core.errors import MonitorError

_MOMENTS = ("known_from", "public_from")


@transaction.atomic
def record_published_facts(rows: Iterable[Mapping[str, Any]], *, reason: str) -> Counts:
    """Record published facts (attribute names to values, with ``known_from`` and ``public_from``).

    The same again changes nothing, also when the fact was revised by a check since. One that differs from what is known
    becomes the next revision, a correction with this ``reason``. Raises :class:`MonitorError` when a revision would be
    known before the one it follows.
    """
    wanted = list(rows)
    revisions: dict[str, list[Fact]] = {}
    stored = Fact.objects.filter(code__in=[row["code"] for row in wanted]).order_by("code", "revision")
    for fact in stored.select_for_update():
        revisions.setdefault(fact.code, []).append(fact)
    fresh, closed, same = [], 0, 0
    for row in wanted:
        known = revisions.get(row["code"], [])
        if any(_is_same(fact, row) for fact in known if fact is known[-1] or known[-1].basis == Basis.REVIEW):
            same += 1
            continue
        if known:
            _close(known[-1], row)
            closed += 1
        fresh.append(_revision(row, known[-1] if known else None, reason))
    Fact.objects.bulk_create(fresh, batch_size=500)
    return Counts(len(fresh) - closed, closed, same)


def _is_same(fact: Fact, row: Mapping[str, Any]) -> bool:
    return all(getattr(fact, name) == value for name, value in row.items() if name not in _MOMENTS)


def _close(before: Fact, row: Mapping[str, Any]) -> None:
    known_from: datetime = row["known_from"]
    if known_from < before.known_from:
        raise MonitorError(
            f"Een herziening van het losse cijfer ‘{before.code}’ kan niet eerder bekend zijn ({known_from:%d-%m-%Y}) "
            f"dan het cijfer dat zij opvolgt ({before.known_from:%d-%m-%Y})."
        )
    ranges: dict[str, datetime] = {"known_to": known_from}
    if before.public_from and row["public_from"]:
        ranges["public_to"] = max(row["public_from"], before.public_from)
    Fact.objects.filter(pk=before.pk).update(**ranges)


def _revision(row: Mapping[str, Any], before: Fact | None, reason: str) -> Fact:
    return Fact(
        **row,
        revision=before.revision + 1 if before else 1,
        change_kind=ChangeKind.CORRECTION if before else ChangeKind.FIRST,
        reason=reason if before else "",
        basis=Basis.PUBLISHED,
    )
