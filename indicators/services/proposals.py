"""Values under way: saving, withdrawing, submitting and handing back. Checking is in ``approval``.

Every act on a proposal names the version it was based on; a stale version changes nothing and raises
:class:`StaleProposals`, which carries what stands there now, so that the second person loses nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import ChangeKind, ProposalState
from indicators.core.figures import require_storable
from indicators.models import Observation, Period, Proposal, ProposalEdit, Round, RoundItem, Series
from indicators.services.open_rounds import require_open
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role

MAY_ENTER = (Role.INVOERDER, Role.REDACTEUR, Role.BEHEERDER)
MAY_CHECK = (Role.CONTROLEUR, Role.BEHEERDER)


@dataclass(frozen=True)
class ProposalContent:
    """What a person types for one figure; everything that is compared, saved and shown in the log."""

    value: Decimal | None = None
    value_high: Decimal | None = None
    marker: str = ""
    qualifier: str = ""
    decimals: int = 0
    status: str = "definitief"
    money_basis: str = ""
    source_id: int | None = None
    place: str = ""
    footnote: str = ""
    remark: str = ""
    explanation: str = ""
    change_kind: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.marker


@dataclass(frozen=True)
class Place:
    """Where a value belongs: series, period, and the round it is entered for."""

    series_id: int
    period_id: int
    round_id: int | None = None


@dataclass(frozen=True)
class StaleProposal:
    """One proposal that was changed in between: what was expected and what stands there now (0: gone)."""

    proposal_id: int
    expected: int
    found: int
    name: str
    changed_by: str = ""


class StaleProposals(Conflict):
    """Some versions are not the ones the person saw; nothing was done. ``current`` is there for a single cell."""

    def __init__(self, stale: Sequence[StaleProposal], current: ProposalContent | None = None) -> None:
        self.stale = tuple(stale)
        self.current = current
        names = ", ".join(sorted({one.changed_by for one in stale if one.changed_by})) or "iemand anders"
        what = "Dit cijfer is" if len(stale) == 1 else f"{len(stale)} cijfers zijn"
        super().__init__(f"{what} intussen gewijzigd door {names}. Er is niets opgeslagen; bekijk de nieuwe waarde.")


def content_of(proposal: Proposal) -> ProposalContent:
    """The content of a stored proposal."""
    return ProposalContent(**{name: getattr(proposal, name) for name in ProposalContent.__dataclass_fields__})


@transaction.atomic
def save_proposal(*, by: Worker, place: Place, version: int, content: ProposalContent) -> Proposal:
    """Save one value. ``version`` 0 means that the person saw no proposal yet.

    Raises :class:`NotAllowed` (role, theme, closed round), :class:`NotThere` (no such series), :class:`StaleProposals`
    (somebody else was first) and :class:`MonitorError` (a value that cannot be kept). A submitted value that is changed
    becomes a draft again.
    """
    by.require_role(*MAY_ENTER, act="cijfers invoeren")
    series = _lock_series(by, place)
    _require_open_round(place)
    _require_storable(content)
    stored = (
        Proposal.objects.select_related("changed_by", "round", "series", "period")
        .filter(series=series, period_id=place.period_id)
        .first()
    )
    if stored and place.round_id is None:
        require_open(stored.round)
    if (stored.version if stored else 0) != version:
        raise _stale_cell(stored, version)
    base = _current_revision(place)
    if base and not content.change_kind:
        content = ProposalContent(**{**asdict(content), "change_kind": ChangeKind.UPDATE})
    if not base:
        content = ProposalContent(**{**asdict(content), "change_kind": ChangeKind.FIRST, "reason": ""})
    before = asdict(content_of(stored)) if stored else {}
    if stored is not None and before == asdict(content) and stored.base_revision == base:
        return stored
    proposal = _write(by, place, stored, base, content)
    _log(proposal, by, "ingevoerd" if stored is None else "gewijzigd", before, asdict(content))
    return proposal


def _lock_series(by: Worker, place: Place) -> Series:
    """The series, locked: everything that happens to its figures takes turns."""
    series = (
        Series.objects.select_for_update(of=("self",)).select_related("indicator").filter(pk=place.series_id).first()
    )
    if series is None:
        raise NotThere("Deze reeks bestaat niet.")
    by.require_themes([series.indicator.theme_id])
    return series


def _require_open_round(place: Place) -> None:
    if place.round_id is None:
        if not Period.objects.filter(pk=place.period_id).exists():
            raise NotThere("Deze periode bestaat niet.")
        return
    round_ = Round.objects.filter(pk=place.round_id).first()
    if round_ is None:
        raise NotThere("Deze rapportageronde bestaat niet.")
    require_open(round_)
    asked = set(RoundItem.objects.filter(round=round_, series_id=place.series_id).values_list("period_id", flat=True))
    if not asked:
        raise NotAllowed(f"Dit cijfer hoort niet bij ronde ‘{round_.name}’.")
    if place.period_id not in asked:
        _ask_also(round_, place)


def _ask_also(round_: Round, place: Place) -> None:
    """A value for another period of a series that the round asks (a revision of last year's, say) joins the round."""
    if not Period.objects.filter(pk=place.period_id).exists():
        raise NotThere("Deze periode bestaat niet.")
    RoundItem.objects.create(round=round_, series_id=place.series_id, period_id=place.period_id)


def _require_storable(content: ProposalContent) -> None:
    require_storable(content.value, content.value_high)
    if content.value is not None and content.marker:
        raise MonitorError("Vul een waarde in, of een reden waarom die er niet is; niet allebei.")


def _current_revision(place: Place) -> int:
    current = Observation.objects.filter(series=place.series_id, period=place.period_id, known_to__isnull=True)
    return current.values_list("revision", flat=True).first() or 0


def place_of(proposal: Proposal) -> tuple[int, int]:
    """The series and period of a proposal."""
    return proposal.series_id, proposal.period_id


def current_revisions(proposals: Sequence[Proposal]) -> dict[tuple[int, int], int]:
    """The revision that is current now, per series and period of these proposals; none where there is no figure."""
    current = Observation.objects.filter(known_to__isnull=True, series_id__in={one.series_id for one in proposals})
    return {
        (series, period): revision
        for series, period, revision in current.values_list("series_id", "period_id", "revision")
    }


def _stale_cell(stored: Proposal | None, expected: int) -> StaleProposals:
    one = _stale(0, expected, stored)
    return StaleProposals([one], current=content_of(stored) if stored else None)


def _write(by: Worker, place: Place, stored: Proposal | None, base: int, content: ProposalContent) -> Proposal:
    proposal = stored or Proposal(series_id=place.series_id, period_id=place.period_id, entered_by_id=by.user_id)
    for name, value in asdict(content).items():
        setattr(proposal, name, value)
    proposal.round_id = place.round_id if place.round_id is not None else proposal.round_id
    proposal.base_revision = base
    proposal.version = proposal.version + 1 if stored else 1
    proposal.state = ProposalState.DRAFT
    proposal.submitted_at = None
    proposal.findings = []
    proposal.changed_by_id = by.user_id
    proposal.save()
    return proposal


def _log(proposal: Proposal, by: Worker, act: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Only what differs goes into the log; numbers as text, so that they keep their digits."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    ProposalEdit.objects.create(
        series_id=proposal.series_id,
        period_id=proposal.period_id,
        version=proposal.version,
        act=act,
        by_id=by.user_id,
        before={name: _plain(before.get(name)) for name in names if name in before},
        after={name: _plain(after.get(name)) for name in names if name in after},
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def withdraw_proposal(*, by: Worker, proposal_id: int, version: int) -> None:
    """Take back a value that was never checked; the log keeps it. Raises as :func:`save_proposal`."""
    by.require_role(*MAY_ENTER, act="cijfers intrekken")
    (proposal,) = lock_proposals(by, [(proposal_id, version)])
    _log(proposal, by, "ingetrokken", asdict(content_of(proposal)), {})
    proposal.delete()


def lock_proposals(by: Worker, pairs: Sequence[tuple[int, int]]) -> list[Proposal]:
    """The proposals of (id, version) pairs, their series locked in order.

    Raises :class:`StaleProposals` with the whole list when one of them is gone or has another version, and
    :class:`NotAllowed` when one of them belongs to a theme that is not open to this person, or to a closed round.
    """
    wanted = set(pairs)  # one proposal named with two versions is stale in one of them
    if not wanted:
        raise MonitorError("Kies ten minste één cijfer.")
    ids = [pk for pk, _ in wanted]
    series_ids = Proposal.objects.filter(pk__in=ids).values("series_id")
    themes = list(
        Series.objects.select_for_update(of=("self",))
        .filter(pk__in=series_ids)
        .order_by("pk")
        .values_list("indicator__theme_id", flat=True)
    )
    by.require_themes(set(themes))
    rows = Proposal.objects.filter(pk__in=ids).select_related("changed_by", "series", "period", "round", "delivery")
    found = {row.pk: row for row in rows}
    stale = [
        _stale(pk, version, found.get(pk))
        for pk, version in sorted(wanted)
        if pk not in found or found[pk].version != version
    ]
    if stale:
        raise StaleProposals(stale)
    require_open(*(proposal.round for proposal in found.values()))  # what was entered for it stands still
    return [found[pk] for pk in sorted(found)]


def _stale(proposal_id: int, expected: int, found: Proposal | None) -> StaleProposal:
    if found is None:
        return StaleProposal(proposal_id, expected, 0, "")
    return StaleProposal(found.pk, expected, found.version, str(found), found.changed_by.get_username())


@transaction.atomic
def return_proposals(*, by: Worker, pairs: Sequence[tuple[int, int]], reason: str) -> int:
    """Hand submitted values back with a reason; returns how many."""
    by.require_role(*MAY_CHECK, act="cijfers teruggeven")
    if not reason.strip():
        raise MonitorError("Geef een reden, zodat de invoerder weet wat er moet gebeuren.")
    proposals = lock_proposals(by, pairs)
    if any(proposal.state != ProposalState.SUBMITTED for proposal in proposals):
        raise Conflict("Niet alle gekozen cijfers staan ter controle. Er is niets teruggegeven.")
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(
        state=ProposalState.RETURNED,
        version=F("version") + 1,
        returned_by_id=by.user_id,
        return_reason=reason.strip(),
    )
    for proposal in proposals:
        proposal.version += 1
    log_all(proposals, by, "teruggegeven", after=lambda proposal: {"reden": reason.strip()})
    return len(proposals)


def log_all(
    proposals: Sequence[Proposal], by: Worker, act: str, after: Callable[[Proposal], dict[str, Any]] = lambda _: {}
) -> None:
    """One line in the log per proposal, with the version it has now."""
    ProposalEdit.objects.bulk_create(
        ProposalEdit(
            series_id=proposal.series_id,
            period_id=proposal.period_id,
            version=proposal.version,
            act=act,
            by_id=by.user_id,
            after=after(proposal),
        )
        for proposal in proposals
    )


@dataclass(frozen=True)
class Judged:
    """A proposal with what the rules say about it (``core.rules``), as it is kept for the second officer."""

    proposal: Proposal
    findings: tuple[Mapping[str, Any], ...]

    @property
    def has_errors(self) -> bool:
        return any(finding["severity"] == "fout" for finding in self.findings)

    @property
    def needs_explanation(self) -> bool:
        warned = any(finding["severity"] == "waarschuwing" for finding in self.findings)
        return warned and not self.proposal.explanation.strip()


def mark_submitted(judged: Sequence[Judged], by: Worker) -> None:
    """Put judged drafts on the list of the second officer, with their findings; within the caller's transaction."""
    if not judged:
        return
    proposals = [one.proposal for one in judged]
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(
        state=ProposalState.SUBMITTED, submitted_at=timezone.now(), version=F("version") + 1, findings=[]
    )
    warned = []
    for one in judged:
        one.proposal.version += 1
        one.proposal.findings = [dict(finding) for finding in one.findings]
        if one.findings:
            warned.append(one.proposal)
    Proposal.objects.bulk_update(warned, ["findings"], batch_size=200)
    log_all(proposals, by, "ingediend")
