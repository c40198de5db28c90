"""What stands where in a round: per asked figure, and counted per theme, supplier and state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ItemState, ProposalState
from indicators.core.figures import DataSet, Figure, IndicatorInfo, SeriesInfo, qualified_quantity
from indicators.core.periods import Period
from indicators.core.rounds import item_state
from indicators.core.trend import comparable
from indicators.core.vantage import Vantage
from indicators.models import Observation, Proposal, Reading, Round, RoundItem
from indicators.queries.data_set import load_data_set, series_infos
from monitor.base.core.dates import AMSTERDAM

NOT_DELIVERED = frozenset({ItemState.EMPTY, ItemState.REQUESTED, ItemState.DRAFT, ItemState.RETURNED})


@dataclass(frozen=True)
class ItemRow:
    """One asked figure as the overview shows it."""

    item_id: int
    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    state: ItemState
    late: bool
    supplier: str
    owner: str
    due: date | None
    value: str
    previous: Figure | None
    readings: int

    @property
    def name(self) -> str:
        parts = [self.info.name, self.series.category_names]
        if self.series.area != "nederland":
            parts.append(self.series.area_name)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class RoundOverview:
    """A round with its figures; ``rows`` are those that were asked for, ``counts`` are of the whole round."""

    round: Round
    rows: tuple[ItemRow, ...]
    counts: tuple[tuple[ItemState, int], ...]
    by_supplier: tuple[tuple[str, int, int], ...]  # name, still to come, asked
    late: int
    total: int

    @property
    def done(self) -> int:
        finished = {ItemState.CHECKED, ItemState.UNAVAILABLE}
        return sum(count for state, count in self.counts if state in finished)


def open_rounds() -> list[Round]:
    """All rounds, the newest first."""
    return list(Round.objects.order_by("-reference_date", "-code").prefetch_related("steps"))


def round_overview(
    round_: Round, worker: Worker, *, state: str = "", theme: str = "", supplier: str = ""
) -> RoundOverview:
    """The overview, narrowed by state, theme and supplier (codes; empty is all). A fixed number of statements."""
    items = RoundItem.objects.filter(round=round_).select_related("period", "supplier", "owner")
    if worker.themes is not None:
        items = items.filter(series__indicator__theme__in=worker.themes)
    rows = _rows(list(items))
    shown = [
        row
        for row in rows
        if (not state or row.state == state)
        and (not theme or row.info.theme_code == theme)
        and (not supplier or row.supplier == supplier)
    ]
    counts = Counter(row.state for row in rows)
    asked = Counter(row.supplier for row in rows)
    to_come = Counter(row.supplier for row in rows if row.state in NOT_DELIVERED)
    return RoundOverview(
        round=round_,
        rows=tuple(shown),
        counts=tuple((one, counts[one]) for one in ItemState if counts[one]),
        by_supplier=tuple((name, to_come[name], asked[name]) for name in sorted(asked)),
        late=sum(row.late for row in rows),
        total=len(rows),
    )


def _rows(items: Sequence[RoundItem]) -> list[ItemRow]:
    infos = series_infos({item.series_id for item in items})
    vantage = Vantage(timezone.now(), Audience.INTERNAL)
    data = load_data_set(vantage, indicators={info.indicator for info in infos.values()}, facts=())
    places = {(item.series_id, item.period_id) for item in items}
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
    today = vantage.moment.astimezone(AMSTERDAM).date()
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
        late = state in NOT_DELIVERED and item.due is not None and item.due < today
        rows.append(_row(item, infos[item.series_id], data, proposal, state, late, readings[place]))
    return sorted(rows, key=lambda row: (order[row.info.code], row.series.key, row.period.sort_key))


def _row(
    item: RoundItem,
    series: SeriesInfo,
    data: DataSet,
    proposal: Proposal | None,
    state: ItemState,
    late: bool,
    readings: int,
) -> ItemRow:
    figures, info, period = data.figures.get(series.key, ()), data.indicators[series.indicator], item.period.as_value
    return ItemRow(
        item_id=item.pk,
        info=info,
        series=series,
        period=period,
        state=state,
        late=late,
        supplier=item.supplier.name if item.supplier else "",
        owner=item.owner.get_username() if item.owner else "",
        due=item.due,
        value=_value(proposal, figures, period, info),
        previous=_previous(figures, period),
        readings=readings,
    )


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
