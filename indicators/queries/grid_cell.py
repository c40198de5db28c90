"""One cell of the grid with what surrounds it, the cells of one series, and what the checks say of all drafts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ProposalState
from indicators.core.figures import Figure
from indicators.core.grid import GridCell, GridRow
from indicators.core.paste_plan import Target
from indicators.core.periods import Period
from indicators.core.rules import Finding
from indicators.core.vantage import Vantage
from indicators.models import Observation, Proposal, ProposalEdit, Reading, Round, Series
from indicators.queries.data_set import figures_of
from indicators.queries.grid import Place, SeriesLine, find_cell, load_grid
from indicators.queries.judging import findings_of
from indicators.queries.visibility import visible_observations


@dataclass(frozen=True)
class CellDetails:
    """What the details of a cell show: the figure that stands, the value under way, and what was done."""

    line: SeriesLine
    period: Period
    cell: GridCell
    indicator: str
    current: Figure | None
    proposal: Proposal | None
    readings: tuple[Reading, ...]
    edits: tuple[ProposalEdit, ...]

    @property
    def name(self) -> str:
        return f"{self.line.name}, {self.line.detail}" if self.line.detail else self.line.name


def cell_details(round_: Round, worker: Worker, place: Place, *, may_enter: bool) -> CellDetails | None:
    """The details of a cell; None when the worker cannot see it."""
    found = find_cell(round_, worker, place, may_enter=may_enter)
    if found is None:
        return None
    line, period, cell = found
    here = {"series_id": place[0], "period_id": place[1]}
    indicator = Series.objects.values_list("indicator__code", flat=True).get(pk=place[0])
    now = Vantage(timezone.now(), Audience.INTERNAL)
    figures = figures_of(Observation.objects.filter(visible_observations(now), **here), {indicator: line.unit})
    return CellDetails(
        line=line,
        period=period,
        cell=cell,
        indicator=indicator,
        current=figures[0] if figures else None,
        proposal=proposal_at(place),
        readings=tuple(Reading.objects.filter(**here).select_related("publication", "source")),
        edits=tuple(ProposalEdit.objects.filter(**here).select_related("by").order_by("-at", "-pk")[:10]),
    )


def proposal_at(place: Place) -> Proposal | None:
    """The value under way in a cell."""
    return Proposal.objects.filter(series_id=place[0], period_id=place[1]).order_by().first()


def standing_at(place: Place) -> Observation | None:
    """The checked figure that stands in a cell now; who changes it starts from there."""
    return Observation.objects.filter(series=place[0], period=place[1], known_to__isnull=True).first()


def proposals_at(places: Collection[Place]) -> dict[Place, Proposal]:
    """The values under way in cells, by place."""
    series, periods = {one for one, _ in places}, {one for _, one in places}
    rows = Proposal.objects.filter(series__in=series, period__in=periods).select_related("period")
    wanted = set(places)
    return {place: row for row in rows if (place := (row.series_id, row.period_id)) in wanted}


def find_row(
    round_: Round, worker: Worker, series_id: int, *, may_enter: bool
) -> list[tuple[GridRow, Sequence[Period]]]:
    """The rows of one series, one for each kind of period in which the round asks it; empty when it is not asked."""
    grid = load_grid(round_, worker, may_enter=may_enter, most=None, series_id=series_id)
    return [(row, table.columns) for table, row in grid.rows()]


def paste_targets(round_: Round, worker: Worker) -> dict[Place, Target]:
    """Every cell of the grid as somebody who enters sees it, by its place."""
    grid = load_grid(round_, worker, may_enter=True, most=None)
    return {
        (cell.series_id, cell.period_id): Target(row.full_name, period.label, row.expected, cell)
        for table, row in grid.rows()
        for period, cell in zip(table.columns, row.cells, strict=True)
    }


def findings_under_way(round_: Round, worker: Worker) -> dict[int, tuple[Finding, ...]]:
    """What the checks say about every draft of a round that this worker may see, by id of the proposal."""
    drafts = Proposal.objects.filter(round=round_).exclude(state=ProposalState.SUBMITTED).select_related("period")
    if worker.themes is not None:
        drafts = drafts.filter(series__indicator__theme__in=worker.themes)
    filled = [one for one in drafts if one.value is not None or one.marker]
    return findings_of(filled) if filled else {}
