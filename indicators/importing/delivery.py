"""From a kept file to its plan, and from a plan that somebody saw to values under way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ChangeKind, DeliveryKind
from indicators.core.request_answers import ReturnedSheet, read_returned
from indicators.core.request_sheets import AskedFigure
from indicators.core.vantage import Vantage
from indicators.importing.delivery_plan import TAKEN, DeliveryPlan, PlanRow, plan_delivery
from indicators.importing.own_sheet_plan import OwnSheet
from indicators.importing.own_sheets import make_periods, stage_own_sheet
from indicators.models import DataRequest, Delivery, Proposal, Round
from indicators.queries.data_set import load_data_set
from indicators.queries.deliveries import Key, Standing, load_standing
from indicators.queries.judging import findings_of
from indicators.queries.own_sheets import standing_with_new_periods
from indicators.queries.requests import asked_in, indicators_of
from indicators.services.deliveries import (
    Write,
    answered_request,
    deciding_on,
    read_delivery,
    read_delivery_file,
    store_delivery,
)
from indicators.services.proposals import Place
from monitor.base.core.errors import Conflict, MonitorError
from monitor.base.tabular.reading_cells import ReadFile

CHANGE_KINDS = tuple(kind for kind in ChangeKind if kind is not ChangeKind.FIRST)


@dataclass(frozen=True)
class Staged:
    """A file as it was read: what does not change any more."""

    returned: ReturnedSheet
    asked: tuple[AskedFigure, ...]

    @property
    def keys(self) -> set[Key]:
        return {figure.key for figure in self.asked} | {one.key for one in self.returned.overtyped}

    def plan(self, standing: Mapping[Key, Standing]) -> DeliveryPlan:
        return plan_delivery(self.returned, self.asked, standing)


@dataclass(frozen=True)
class RowChoice:
    """A row that somebody ticked, with what sort of change it is and why."""

    change_kind: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Confirmed:
    """What came of confirming a plan."""

    delivery: Delivery
    stored: int


class PlanChanged(Conflict):
    """The plan is not the one that was looked at; ``plan`` is how it is now. Nothing was stored."""

    def __init__(self, plan: DeliveryPlan) -> None:
        self.plan = plan
        super().__init__(
            "Intussen is hier iets veranderd; dit plan klopt niet meer. Er is niets opgeslagen. Bekijk het nieuwe plan."
        )


def stage_delivery(delivery: Delivery) -> Staged | OwnSheet:
    """Read the kept file: a returned request, or a sheet of the supplier's own with its profile."""
    if delivery.kind == DeliveryKind.OWN_SHEET:
        return stage_own_sheet(delivery)
    if delivery.request is None:
        raise MonitorError("Bij deze aanlevering hoort geen uitvraag.")
    return _stage(read_delivery(delivery.file_name, read_delivery_file(delivery)), delivery.request)


def _stage(book: ReadFile, request: DataRequest) -> Staged:
    """Earlier figures are held against what was known when the request was made."""
    codes = indicators_of({str(series) for series, _ in request.figures})
    data = load_data_set(Vantage(request.made_at, Audience.INTERNAL), indicators=codes, facts=())
    asked = asked_in(request, data)
    earlier = {(key, figure.period.code): figure for key, rows in data.figures.items() for figure in rows}
    return Staged(read_returned(book, asked, earlier, request_key=str(request.key)), asked)


def make_plan(delivery: Delivery) -> DeliveryPlan:
    """The plan as it is now, with what the checks say about every value in it. A fixed number of statements."""
    return _plan(stage_delivery(delivery))


def plan_of_file(round_: Round, name: str, content: bytes) -> DeliveryPlan:
    """The plan of a file that is not kept: to see what would happen."""
    book = read_delivery(name, content)
    return _plan(_stage(book, answered_request(book, round_)))


def _plan(staged: Staged | OwnSheet) -> DeliveryPlan:
    standing = _standing(staged)
    return _judged(staged.plan(standing), standing)


def _standing(staged: Staged | OwnSheet) -> Mapping[Key, Standing]:
    """A sheet of the supplier's own may be about a period that nobody named before."""
    return standing_with_new_periods(staged.keys) if isinstance(staged, OwnSheet) else load_standing(staged.keys)


def _judged(plan: DeliveryPlan, standing: Mapping[Key, Standing]) -> DeliveryPlan:
    """The planned values are judged together, as if all of them had been stored."""
    drafts = {
        number: _draft(-number, row, standing[row.key])
        for number, row in enumerate(plan.rows, start=1)
        if row.content is not None
    }
    if not drafts:
        return plan
    findings = findings_of(list(drafts.values()))
    rows = tuple(
        replace(row, findings=findings[-number]) if number in drafts else row
        for number, row in enumerate(plan.rows, start=1)
    )
    return replace(plan, rows=rows)


def _draft(number: int, row: PlanRow, now: Standing) -> Proposal:
    """A proposal that is never saved: what the rules look at."""
    content = row.content
    assert content is not None
    draft = Proposal(pk=number, series_id=now.series_id, period=now.period)
    for name in ("value", "value_high", "marker", "qualifier", "decimals", "status"):
        setattr(draft, name, getattr(content, name))
    return draft


def confirm_delivery(
    *,
    by: Worker,
    delivery: Delivery,
    digest: str,
    choices: Mapping[str, RowChoice] | None = None,
    only_valid: bool = False,
) -> Confirmed:
    """Store the plan that was looked at: new values and reasons, and the rows that were ticked; all or nothing.

    Raises :class:`PlanChanged` when anything changed since, :class:`Conflict` (decided already, somebody was first) and
    :class:`MonitorError` (rows were refused and ``only_valid`` is not said, a tick without a reason, nothing to store).
    """
    staged = stage_delivery(delivery)
    with deciding_on(by=by, delivery_id=delivery.pk, series_keys={key for key, _ in staged.keys}) as locked:
        if isinstance(staged, OwnSheet):
            make_periods(staged)
        standing = _standing(staged)
        plan = staged.plan(standing)
        if plan.digest != digest:
            raise PlanChanged(plan)
        if plan.refused and not only_valid:
            raise MonitorError(
                f"Van dit bestand {_refused_cells(len(plan.refused))} geweigerd. Kies ‘alleen de goede rijen’, "
                "of bied een verbeterd bestand aan. Er is niets opgeslagen."
            )
        rows = _chosen_rows(plan, choices or {})
        if not rows:
            raise MonitorError("Er is niets om op te slaan. Leg het bestand terzijde, met de reden.")
        writes = [_write(row, choice, standing[row.key], locked.round_id) for row, choice in rows]
        stored = store_delivery(
            by=by, delivery=locked, writes=writes, counts={**plan.counts, "opgeslagen": len(writes)}
        )
    return Confirmed(locked, stored)


def _chosen_rows(plan: DeliveryPlan, choices: Mapping[str, RowChoice]) -> list[tuple[PlanRow, RowChoice]]:
    """What is stored without asking, and what was ticked with all that it needs."""
    known = {row.row_id for row in plan.rows if row.must_be_ticked}
    if not known.issuperset(choices):
        raise MonitorError("Een van de aangevinkte rijen bestaat niet. Laad de pagina opnieuw en kies nog een keer.")
    found = []
    for row in plan.rows:
        choice = choices.get(row.row_id)
        if row.kind in TAKEN:
            found.append((row, RowChoice()))
        elif choice is not None:
            _require_reason(row, choice)
            found.append((row, choice))
    return found


def _require_reason(row: PlanRow, choice: RowChoice) -> None:
    if not row.needs_reason:
        return
    if choice.change_kind not in {kind.value for kind in CHANGE_KINDS} or not choice.reason.strip():
        raise MonitorError(
            f"‘{row.name}’ over {row.period} wijzigt een gecontroleerd cijfer. Kies wat voor wijziging het is en geef "
            "de reden. Er is niets opgeslagen."
        )


def _write(row: PlanRow, choice: RowChoice, now: Standing, round_id: int | None) -> Write:
    assert row.content is not None
    content = replace(row.content, change_kind=choice.change_kind, reason=choice.reason.strip())
    return Write(Place(now.series_id, now.period.pk, round_id), row.version, content)


def _refused_cells(count: int) -> str:
    return "is één cel" if count == 1 else f"zijn {count} cellen"
