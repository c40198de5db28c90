"""The second officer and one-off figures: a fact under way becomes a revision of the fact, or goes back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Basis, Certainty, ProposalState
from indicators.models import Fact, FactEdit, FactProposal
from indicators.services.facts import lock_facts
from indicators.services.proposals import MAY_CHECK
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed
from monitor.base.models import User
from monitor.base.services.audit import record_act

# What a fact takes over from its proposal as it is.
_SAME = (
    "code", "theme_id", "name", "sentence", "kind", "value", "value_high", "unit", "decimals", "variant", "qualifier",
    "period_id", "area_id", "publication_id", "source_id", "place", "asserted_by", "footnote", "entered_by_id",
    "changed_by_id", "change_kind", "reason",
)  # fmt: skip


@transaction.atomic
def approve_facts(*, by: Worker, pairs: Sequence[tuple[str, int]]) -> int:
    """Check the facts of (code, version) pairs, all or none; returns how many. A fixed number of statements.

    Raises :class:`StaleFacts`, :class:`NotAllowed` (role, theme, own value) and :class:`Conflict` (not submitted, or
    revised in between). The revision before stays public until the new one is released.
    """
    by.require_role(*MAY_CHECK, act="losse cijfers controleren")
    proposals = lock_facts(by, pairs)
    own = [one for one in proposals if by.user_id in one.authors]
    if own:
        raise NotAllowed(
            f"U kunt ‘{own[0].name}’ niet controleren, omdat u het zelf hebt ingevoerd of gewijzigd. "
            "Er is niets gecontroleerd; vraag een collega."
        )
    if any(one.state != ProposalState.SUBMITTED for one in proposals):
        raise Conflict("Niet alle gekozen losse cijfers staan ter controle. Er is niets gecontroleerd.")
    codes = [one.code for one in proposals]
    current = {fact.code: fact for fact in Fact.objects.filter(code__in=codes, known_to__isnull=True)}
    if any((current[one.code].revision if one.code in current else 0) != one.base_revision for one in proposals):
        raise Conflict("Een van deze losse cijfers is intussen herzien. Er is niets gecontroleerd; sla het opnieuw op.")
    now = timezone.now()
    Fact.objects.filter(code__in=codes, known_to__isnull=True).update(known_to=now)
    Fact.objects.bulk_create(_checked(one, current.get(one.code), by, now) for one in proposals)
    _log(proposals, by, "gecontroleerd")
    FactProposal.objects.filter(pk__in=[one.pk for one in proposals]).delete()
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act="losse cijfers gecontroleerd",
        subject=proposals[0].code if len(proposals) == 1 else f"{len(proposals)} losse cijfers",
        counts={"gecontroleerd": len(proposals), "herzien": len(current)},
        rows_digest=rows_digest(
            {"code": one.code, "revisie": one.base_revision + 1, "waarde": str(one.value), "zin": one.sentence}
            for one in proposals
        ),
    )
    return len(proposals)


def _checked(proposal: FactProposal, before: Fact | None, by: Worker, now: datetime) -> Fact:
    """The next revision. A number that stays as it was read stays as certain as it was."""
    same_number = before is not None and (before.value, before.value_high) == (proposal.value, proposal.value_high)
    return Fact(
        **{name: getattr(proposal, name) for name in _SAME},
        revision=proposal.base_revision + 1,
        certainty=before.certainty if before and same_number else Certainty.CERTAIN,
        read_as=before.read_as if before and same_number else "",
        basis=Basis.REVIEW,
        approved_by_id=by.user_id,
        known_from=now,
    )


@transaction.atomic
def return_facts(*, by: Worker, pairs: Sequence[tuple[str, int]], reason: str) -> int:
    """Hand submitted facts back with a reason; returns how many."""
    by.require_role(*MAY_CHECK, act="losse cijfers teruggeven")
    if not reason.strip():
        raise MonitorError("Geef een reden, zodat de invoerder weet wat er moet gebeuren.")
    proposals = lock_facts(by, pairs)
    if any(one.state != ProposalState.SUBMITTED for one in proposals):
        raise Conflict("Niet alle gekozen losse cijfers staan ter controle. Er is niets teruggegeven.")
    for one in proposals:
        one.state, one.version = ProposalState.RETURNED, one.version + 1
        one.returned_by_id, one.return_reason = by.user_id, reason.strip()
    FactProposal.objects.bulk_update(proposals, ["state", "version", "returned_by", "return_reason"])
    _log(proposals, by, "teruggegeven", reason.strip())
    return len(proposals)


def _log(proposals: Sequence[FactProposal], by: Worker, act: str, reason: str = "") -> None:
    FactEdit.objects.bulk_create(
        FactEdit(
            code=one.code,
            version=one.version,
            act=act,
            by_id=by.user_id,
            after={"reden": reason} if reason else {"toelichting": one.explanation} if one.explanation else {},
        )
        for one in proposals
    )
