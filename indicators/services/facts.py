"""One-off figures under way: saving, withdrawing and submitting them; checking them is in ``fact_review``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from indicators.core.access import Worker
from indicators.core.enumerations import ChangeKind, ProposalState, Variant
from indicators.core.figures import require_storable
from indicators.core.periods import UnknownPeriod, parse_period
from indicators.core.rules.facts import FactCandidate, judge_fact
from indicators.core.rules.findings import Severity
from indicators.models import Fact, FactEdit, FactProposal, Period, Theme
from indicators.services.catalogue import save_periods
from indicators.services.open_rounds import hold_open, require_open
from indicators.services.proposals import MAY_ENTER
from indicators.services.submission import as_json
from monitor.base.core.dates import AMSTERDAM
from monitor.base.core.errors import Conflict, MonitorError, NotThere

LONGEST_CODE = 140


@dataclass(frozen=True)
class FactContent:
    """What a person types for one fact; everything that is compared, saved and shown in the log.

    ``period`` is the code of a period, which need not have a row yet.
    """

    theme_id: int
    name: str
    sentence: str
    period: str
    area_id: int
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    decimals: int = 0
    variant: str = "realisatie"
    qualifier: str = ""
    publication_id: int | None = None
    source_id: int | None = None
    place: str = ""
    asserted_by: str = ""
    footnote: str = ""
    explanation: str = ""
    change_kind: str = ""
    reason: str = ""


class StaleFacts(Conflict):
    """Somebody else changed these facts in between; nothing was done. ``names`` are what they are about."""

    def __init__(self, names: Sequence[str], current: FactContent | None = None) -> None:
        self.names = tuple(names)
        self.current = current
        what = f"‘{names[0]}’ is" if len(names) == 1 else f"{len(names)} losse cijfers zijn"
        super().__init__(f"{what} intussen gewijzigd, gecontroleerd of ingetrokken. Er is niets opgeslagen.")


def content_of_fact(stored: FactProposal) -> FactContent:
    """The content of a fact under way."""
    names = [name for name in FactContent.__dataclass_fields__ if name != "period"]
    return FactContent(period=stored.period.code, **{name: getattr(stored, name) for name in names})


@transaction.atomic
def save_fact(
    *, by: Worker, code: str, version: int, content: FactContent, round_id: int | None = None
) -> FactProposal:
    """Save one fact. An empty ``code`` makes a new one, named after the fact; ``version`` 0: no proposal was seen.

    Raises :class:`NotAllowed` (role, theme, closed round), :class:`NotThere`, :class:`StaleFacts` and
    :class:`MonitorError` (a value that cannot be kept). A submitted fact that is changed becomes a draft again.
    """
    by.require_role(*MAY_ENTER, act="losse cijfers invoeren")
    _require_theme(by, content)
    if round_id is not None:
        hold_open(round_id)
    require_storable(content.value, content.value_high)
    content = replace(content, period=_period_code(content.period))
    stored = _locked(code) if code else None
    current = Fact.objects.filter(code=code, known_to__isnull=True).first() if code else None
    if code and stored is None and current is None:
        raise NotThere(f"Het losse cijfer ‘{code}’ bestaat niet.")
    for known in (stored, current):
        if known is not None:
            by.require_themes([known.theme_id])
    if stored is not None:
        require_open(stored.round)
    if (stored.version if stored else 0) != version:
        raise StaleFacts([content.name], content_of_fact(stored) if stored else None)
    content = _with_kind(content, current)
    before = asdict(content_of_fact(stored)) if stored else {}
    base = current.revision if current else 0
    if stored is not None and before == asdict(content) and stored.base_revision == base:
        return stored
    proposal = stored or FactProposal(code=code or _free_code(content.name), entered_by_id=by.user_id, version=0)
    _fill(proposal, by, content, base, round_id, current.kind if current else "")
    _log(proposal, by, "ingevoerd" if stored is None else "gewijzigd", before, asdict(content))
    return proposal


def _locked(code: str) -> FactProposal | None:
    rows = FactProposal.objects.select_for_update(of=("self",)).select_related("period", "round")
    return rows.filter(code=code).first()


def _require_theme(by: Worker, content: FactContent) -> None:
    if not Theme.objects.filter(pk=content.theme_id).exists():
        raise NotThere("Dit thema bestaat niet.")
    by.require_themes([content.theme_id])
    if not content.name.strip() or not content.sentence.strip():
        raise MonitorError("Geef het losse cijfer een naam en een zin.")


def _period_code(text: str) -> str:
    try:
        return parse_period(text).code
    except UnknownPeriod as error:
        raise MonitorError(str(error)) from error


def _with_kind(content: FactContent, current: Fact | None) -> FactContent:
    """A first fact has no kind of change; a change of a checked one has."""
    if current is None:
        return replace(content, change_kind=ChangeKind.FIRST, reason="")
    if content.change_kind in ("", ChangeKind.FIRST):
        return replace(content, change_kind=ChangeKind.UPDATE)
    return content


def _free_code(name: str) -> str:
    """A public name made from the name: short, and not taken."""
    base = slugify(name)[: LONGEST_CODE - 4].strip("-") or "los-cijfer"
    taken = set(Fact.objects.filter(code__startswith=base).values_list("code", flat=True))
    taken |= set(FactProposal.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, 1000))
    return base if base not in taken else next(code for code in numbered if code not in taken)


def _fill(proposal: FactProposal, by: Worker, content: FactContent, base: int, round_id: int | None, kind: str) -> None:
    for name, value in asdict(content).items():
        if name != "period":
            setattr(proposal, name, value)
    proposal.period_id = save_periods([parse_period(content.period)])[content.period]
    proposal.kind = kind or proposal.kind or ("meting" if content.variant == Variant.REALISED else content.variant)
    proposal.round_id = round_id if round_id is not None else proposal.round_id
    proposal.base_revision = base
    proposal.version += 1
    proposal.state = ProposalState.DRAFT
    proposal.submitted_at = None
    proposal.findings = []
    proposal.changed_by_id = by.user_id
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:  # two people began with the same fact: one of them was first
        raise StaleFacts([content.name]) from error


def _log(proposal: FactProposal, by: Worker, act: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    FactEdit.objects.create(
        code=proposal.code,
        version=proposal.version,
        act=act,
        by_id=by.user_id,
        before={name: _plain(before[name]) for name in names if name in before},
        after={name: _plain(after[name]) for name in names if name in after},
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def withdraw_fact(*, by: Worker, code: str, version: int) -> None:
    """Take back a fact that was never checked; the log keeps it. Raises as :func:`save_fact`."""
    by.require_role(*MAY_ENTER, act="losse cijfers intrekken")
    (proposal,) = lock_facts(by, [(code, version)])
    _log(proposal, by, "ingetrokken", asdict(content_of_fact(proposal)), {})
    proposal.delete()


def lock_facts(by: Worker, pairs: Sequence[tuple[str, int]]) -> list[FactProposal]:
    """The facts under way of (code, version) pairs, locked in order. Raises as :func:`lock_proposals`."""
    wanted = dict.fromkeys(pairs)
    if not wanted:
        raise MonitorError("Kies ten minste één los cijfer.")
    rows = FactProposal.objects.select_for_update(of=("self",)).select_related("round", "theme", "period")
    found = {row.code: row for row in rows.filter(code__in=[code for code, _ in wanted]).order_by("code")}
    by.require_themes({row.theme_id for row in found.values()})
    stale = [code for code, version in wanted if code not in found or found[code].version != version]
    if stale:
        raise StaleFacts([found[code].name if code in found else code for code in stale])
    require_open(*(row.round for row in found.values()))
    return list(found.values())


@transaction.atomic
def submit_fact(*, by: Worker, code: str, version: int) -> FactProposal:
    """Send a fact to the second officer. Raises :class:`MonitorError` with the first error, or when a warning is not
    explained or a change has no reason; the draft stays."""
    by.require_role(*MAY_ENTER, act="losse cijfers indienen")
    (proposal,) = lock_facts(by, [(code, version)])
    if proposal.state == ProposalState.SUBMITTED:
        raise Conflict("Dit losse cijfer staat al ter controle.")
    current = Fact.objects.filter(code=code, known_to__isnull=True).first()
    if (current.revision if current else 0) != proposal.base_revision:
        raise Conflict("Dit losse cijfer is intussen herzien. Bekijk het en sla uw wijziging opnieuw op.")
    findings = judge_fact(candidate_of(proposal, current), timezone.now().astimezone(AMSTERDAM).date())
    errors = [finding.message for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise MonitorError(errors[0])
    if current is not None and not proposal.reason.strip():
        raise MonitorError("Dit wijzigt een eerder gecontroleerd cijfer. Geef aan wat voor wijziging het is en waarom.")
    if findings and not proposal.explanation.strip():
        raise MonitorError(f"Er is een waarschuwing: {findings[0].message} Licht toe waarom het toch klopt.")
    proposal.state, proposal.submitted_at = ProposalState.SUBMITTED, timezone.now()
    proposal.version += 1
    proposal.findings = [as_json(finding) for finding in findings]
    proposal.save()
    _log(proposal, by, "ingediend", {}, {})
    return proposal


def candidate_of(proposal: FactProposal, current: Fact | None) -> FactCandidate:
    """A fact under way as the rules see it."""
    period: Period = proposal.period
    return FactCandidate(
        sentence=proposal.sentence,
        value=proposal.value,
        value_high=proposal.value_high,
        unit=proposal.unit,
        decimals=proposal.decimals,
        variant=Variant(proposal.variant),
        period=period.as_value,
        has_origin=proposal.source_id is not None or proposal.publication_id is not None,
        earlier=current.value if current else None,
    )


def fact_findings(proposal: FactProposal, today: date) -> list[dict[str, Any]]:
    """What the rules say about a fact under way, as it is shown."""
    current = Fact.objects.filter(code=proposal.code, known_to__isnull=True).first()
    return [as_json(finding) for finding in judge_fact(candidate_of(proposal, current), today)]
