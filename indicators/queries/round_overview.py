"""What stands where in a round: per asked figure, and counted per theme, supplier and state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ItemState, ProposalState, RoundStepKind
from indicators.core.figures import DataSet, Figure, IndicatorInfo, SeriesInfo, qualified_quantity
from indicators.core.periods import Period
from indicators.core.rounds import FINISHED, NOT_DELIVERED, due_day, item_state
from indicators.core.trend import comparable
from indicators.core.vantage import Vantage
from indicators.models import Observation, Proposal, Reading, Round, RoundItem
from indicators.queries.data_set import load_data_set, series_infos

__all__ = ["NOT_DELIVERED", "OverviewChoice", "RoundOverview", "find_item", "open_rounds", "round_overview"]

NOBODY = "-"  # the choice “without supplier”, “without owner”


@dataclass(frozen=True)
class OverviewChoice:
    """Which figures of a round are shown; an empty text is all. Everything that is filled in must hold."""

    state: str = ""
    theme: str = ""
    supplier: str = ""
    owner: str = ""
    only_late: bool = False


@dataclass(frozen=True)
class ItemRow:
    """One asked figure as the overview shows it; ``due`` is the day of the item itself or else of the step."""

    item_id: int
    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    state: ItemState
    due: date | None
    late: bool
    supplier: str
    supplier_name: str
    owner: str
    value: str
    previous: Figure | None
    readings: int
    remark: str

    @property
    def name(self) -> str:
        parts = [self.info.name, self.series.category_names]
        if self.series.area != "nederland":
            parts.append(self.series.area_name)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class ThemeGroup:
    """The shown figures of a theme, and how far the theme is as a whole."""

    code: str
    name: str
    rows: tuple[ItemRow, ...]
    done: int
    total: int


@dataclass(frozen=True)
class SupplierProgress:
    """Who delivers: how many were asked, how many came, and since when something is late (None: nothing is)."""

    code: str
    name: str
    asked: int
    delivered: int
    late: int
    late_since: date | None


@dataclass(frozen=True)
class RoundOverview:
    """A round with its figures; ``groups`` hold those that were chosen, all counts are of the whole round.

    ``usual_due`` is the day of the step *aanlevering*: only another day needs saying.
    """

    round: Round
    groups: tuple[ThemeGroup, ...]
    counts: tuple[tuple[ItemState, int], ...]
    suppliers: tuple[SupplierProgress, ...]
    owners: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    late: int
    total: int
    usual_due: date | None

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def done(self) -> int:
        return sum(count for state, count in self.counts if state in FINISHED)


def open_rounds() -> list[Round]:
    """All rounds, the newest first."""
    return list(Round.objects.order_by("-reference_date", "-code").prefetch_related("steps"))


def round_overview(round_: Round, worker: Worker, choice: OverviewChoice = OverviewChoice()) -> RoundOverview:
    """The overview as far as it is open to the worker. A fixed number of statements."""
    items = RoundItem.objects.filter(round=round_).select_related("period", "supplier", "owner")
    if worker.themes is not None:
        items = items.filter(series__indicator__theme__in=worker.themes)
    steps = {step.kind: step.due for step in round_.steps.all()}
    rows = _rows(list(items), steps)
    counts = Counter(row.state for row in rows)
    return RoundOverview(
        round=round_,
        groups=_groups(rows, choice),
        counts=tuple((one, counts[one]) for one in ItemState if counts[one]),
        suppliers=_suppliers(rows),
        owners=tuple(sorted({row.owner for row in rows if row.owner})),
        themes=tuple(dict.fromkeys((row.info.theme_code, row.info.theme) for row in rows)),
        late=sum(row.late for row in rows),
        total=len(rows),
        usual_due=steps.get(RoundStepKind.DELIVERY),
    )


def _is_chosen(row: ItemRow, choice: OverviewChoice) -> bool:
    return (
        (not choice.state or row.state == choice.state)
        and (not choice.theme or row.info.theme_code == choice.theme)
        and (not choice.supplier or (row.supplier or NOBODY) == choice.supplier)
        and (not choice.owner or (row.owner or NOBODY) == choice.owner)
        and (not choice.only_late or row.late)
    )


def _groups(rows: Sequence[ItemRow], choice: OverviewChoice) -> tuple[ThemeGroup, ...]:
    groups = []
    for (code, name), members in groupby(rows, key=lambda row: (row.info.theme_code, row.info.theme)):
        of_theme = list(members)
        shown = tuple(row for row in of_theme if _is_chosen(row, choice))
        if shown:
            done = sum(row.state in FINISHED for row in of_theme)
            groups.append(ThemeGroup(code, name, shown, done, len(of_theme)))
    return tuple(groups)


def _suppliers(rows: Sequence[ItemRow]) -> tuple[SupplierProgress, ...]:
    found = []
    for code, name in sorted({(row.supplier, row.supplier_name) for row in rows}, key=lambda pair: pair[1]):
        own = [row for row in rows if row.supplier == code]
        late = [row for row in own if row.late and row.state in NOT_DELIVERED]
        days = [row.due for row in late if row.due]
        delivered = sum(row.state not in NOT_DELIVERED for row in own)
        found.append(SupplierProgress(code, name, len(own), delivered, len(late), min(days, default=None)))
    return tuple(found)


def _rows(items: Sequence[RoundItem], steps: Mapping[str, date]) -> list[ItemRow]:
    infos = series_infos({item.series_id for item in items})
    vantage = Vantage(timezone.now(), Audience.INTERNAL)
    data = load_data_set(vantage, indicators={info.indicator for info in infos.values()}, facts=())
    places = {(item.series_id, item.period_id) for item in items}
    # One proposal per series and period exists: a figure that two rounds ask for is under way in both.
    proposals = {
        (row.series_id, row.period_id): row
        for row in Proposal.objects.filter(series__in=infos)
        if (row.series_id, row.period_id) in places
    }
    checked = set(
        Observation.objects.filter(series_id__in=infos, known_to__isnull=True).values_list("series_id", "period_id")
    )
    readings = Counter(
        Reading.objects.filter(series__in=infos, period__isnull=False).values_list("series_id", "period_id")
    )
    order = {code: number for number, code in enumerate(data.indicators)}
    rows = []
    for item in items:
        place = (item.series_id, item.period_id)
        proposal = proposals.get(place)
        state = item_state(
            proposal=ProposalState(proposal.state) if proposal else None,
            checked=place in checked,
            unavailable=bool(item.unavailable),
            requested=item.requested_at is not None,
        )
        due = due_day(state, item.due, steps)
        late = due is not None and due < vantage.day
        rows.append(_row(item, infos[item.series_id], data, proposal, state, (due or item.due, late), readings[place]))
    return sorted(rows, key=lambda row: (order[row.info.code], row.series.key, row.period.sort_key))


def _row(
    item: RoundItem,
    series: SeriesInfo,
    data: DataSet,
    proposal: Proposal | None,
    state: ItemState,
    due: tuple[date | None, bool],
    readings: int,
) -> ItemRow:
    figures, info, period = data.figures.get(series.key, ()), data.indicators[series.indicator], item.period.as_value
    return ItemRow(
        item_id=item.pk,
        info=info,
        series=series,
        period=period,
        state=state,
        due=due[0],
        late=due[1],
        supplier=item.supplier.code if item.supplier else "",
        supplier_name=item.supplier.name if item.supplier else "",
        owner=item.owner.get_username() if item.owner else "",
        value=_value(proposal, figures, period, info),
        previous=_previous(figures, period),
        readings=readings,
        remark=_remark(state, item, proposal),
    )


def _remark(state: ItemState, item: RoundItem, proposal: Proposal | None) -> str:
    """Why a figure does not come, or why it was handed back."""
    if state is ItemState.UNAVAILABLE:
        return f"{item.unavailable.replace('-', ' ')}: {item.unavailable_reason}"
    return proposal.return_reason if proposal is not None and state is ItemState.RETURNED else ""


def _value(proposal: Proposal | None, figures: Sequence[Figure], period: Period, info: IndicatorInfo) -> str:
    """The value under way, or else the checked one."""
    if proposal is not None:
        if proposal.value is None:
            return proposal.get_marker_display() if proposal.marker else ""
        return qualified_quantity(proposal.value, proposal.value_high, None, None, info.unit, proposal.decimals)
    return next((figure.text for figure in figures if figure.period == period), "")


def _previous(figures: Sequence[Figure], period: Period) -> Figure | None:
    earlier = [f for f in figures if f.period.sort_key < period.sort_key and comparable(f.period, period)]
    return earlier[-1] if earlier else None


def find_item(round_code: str, item_id: int, worker: Worker) -> RoundItem | None:
    """One asked figure of a round, if its theme is open to the worker."""
    items = RoundItem.objects.filter(round__code=round_code, pk=item_id)
    if worker.themes is not None:
        items = items.filter(series__indicator__theme__in=worker.themes)
    return items.select_related("round", "period", "supplier").first()
