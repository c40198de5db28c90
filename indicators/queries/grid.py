"""Reading the entry grid of a round: what is asked, what stands, what is under way. A fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ItemState, ProposalState, Status, Variant
from indicators.core.grid import (
    MOST_SERIES,
    Amount,
    AskedFigure,
    GridCell,
    GridRow,
    GridTable,
    GridTheme,
    choose_columns,
    kinds_in_order,
)
from indicators.core.pasting import Expected
from indicators.core.periods import Period, PeriodKind
from indicators.core.rounds import item_state
from indicators.core.vantage import Vantage
from indicators.models import IndicatorVersion, Observation, Proposal, Round, RoundItem, SeriesCategory
from indicators.models import Period as PeriodRow
from indicators.queries.round_overview import NOT_DELIVERED
from indicators.queries.visibility import visible_observations
from monitor.base.core.dates import AMSTERDAM

Place = tuple[int, int]  # series id, period id
NONE = "-"  # asked for: what has no supplier, or no owner


@dataclass(frozen=True)
class GridChoice:
    """What somebody chose to see: codes, and the name of an account; empty is everything, “-” what has none."""

    theme: str = ""
    supplier: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Grid:
    """The grid of a round. ``is_cut`` tells that there is more than one page holds; then a theme is to be chosen."""

    round: Round
    themes: tuple[GridTheme, ...]
    theme_choices: tuple[tuple[str, str], ...]
    suppliers: tuple[tuple[str, str], ...]
    owners: tuple[str, ...]
    series_count: int
    is_cut: bool

    def rows(self) -> Iterator[tuple[GridTable, GridRow]]:
        return ((table, row) for theme in self.themes for table in theme.tables for row in table.rows)


@dataclass(frozen=True)
class SeriesLine:
    """What a row says about its series."""

    name: str
    detail: str
    unit: str
    expected: Expected
    theme: tuple[str, str]
    order: tuple[Any, ...]


def load_grid(
    round_: Round,
    worker: Worker,
    *,
    may_enter: bool,
    choice: GridChoice | None = None,
    most: int | None = MOST_SERIES,
    series_id: int | None = None,
) -> Grid:
    """The grid as this worker sees it, or of one series. ``most`` series at a time (None: all). Five statements."""
    items, periods = _items(round_, worker, series_id)
    lines = series_lines({item.series_id for item in items})
    wanted = [item for item in items if _is_chosen(item, lines, choice or GridChoice())]
    shown = _first_series(wanted, lines, most)
    figures = _figures(shown, periods)
    work = _proposals(shown, periods)
    builder = _Builder(
        periods, figures, work, may_enter and round_.is_open, timezone.now().astimezone(AMSTERDAM).date()
    )
    themes = _themes([item for item in wanted if item.series_id in shown], lines, builder)
    return Grid(
        round=round_,
        themes=tuple(themes),
        theme_choices=tuple(dict.fromkeys(lines[i.series_id].theme for i in _ordered(items, lines))),
        suppliers=tuple(sorted({(item.supplier or NONE, item.supplier_name or "Geen leverancier") for item in items})),
        owners=tuple(sorted({item.owner or NONE for item in items})),
        series_count=len({item.series_id for item in wanted}),
        is_cut=len(shown) < len({item.series_id for item in wanted}),
    )


def find_cell(
    round_: Round, worker: Worker, place: Place, *, may_enter: bool
) -> tuple[SeriesLine, Period, GridCell] | None:
    """One cell of a series that the round asks, in any period; None when the worker cannot see it."""
    series_id, period_id = place
    items, periods = _items(round_, worker, series_id)
    row = PeriodRow.objects.filter(pk=period_id).first()
    if not items or row is None:
        return None
    periods[period_id] = row.as_value
    figures, work = _figures({series_id}, periods), _proposals({series_id}, periods)
    builder = _Builder(
        periods, figures, work, may_enter and round_.is_open, timezone.now().astimezone(AMSTERDAM).date()
    )
    asked = {item.period_id: item for item in items}
    return series_lines({series_id})[series_id], row.as_value, builder.cell(place, asked.get(period_id))


def find_place(round_: Round, worker: Worker, series_id: int) -> Expected | None:
    """What a series of the round holds; None when the round does not ask it or the worker cannot see it."""
    items = RoundItem.objects.filter(round=round_, series=series_id, series__indicator__versions__valid_to__isnull=True)
    if worker.themes is not None:
        items = items.filter(series__indicator__theme__in=worker.themes)
    version = "series__indicator__versions__"
    names = (f"{version}unit", f"{version}decimals", "series__indicator__value_kind")
    found = items.order_by().values_list(*names).first()
    return Expected(*found) if found else None


def _items(round_: Round, worker: Worker, series_id: int | None = None) -> tuple[list[AskedFigure], dict[int, Period]]:
    """What the round asks and this worker may see, with the periods by id."""
    items: QuerySet[RoundItem] = RoundItem.objects.filter(round=round_)
    if series_id is not None:
        items = items.filter(series_id=series_id)
    if worker.themes is not None:
        items = items.filter(series__indicator__theme__in=worker.themes)
    periods: dict[int, Period] = {}
    asked = []
    rows = items.values_list(
        "pk", "series_id", "period_id", "due", "requested_at", "unavailable", "supplier__code", "supplier__name",
        "owner__username", "period__kind", "period__start", "period__end",
    )  # fmt: skip
    for pk, series, period, due, requested, unavailable, supplier, name, owner, kind, start, end in rows:
        if period not in periods:
            periods[period] = Period(PeriodKind(kind), start, end)
        asked.append(
            AskedFigure(
                pk,
                series,
                period,
                due,
                requested is not None,
                bool(unavailable),
                supplier or "",
                name or "",
                owner or "",
            )
        )
    return asked, periods


def series_lines(series_ids: Collection[int]) -> dict[int, SeriesLine]:
    """The names of series, their meeteenheid and their place in the catalogue (two statements)."""
    categories: dict[int, list[tuple[int, str]]] = defaultdict(list)
    links = SeriesCategory.objects.filter(series__in=series_ids).order_by("breakdown__code")
    for series, order, name in links.values_list("series_id", "category__order", "category__name"):
        categories[series].append((order, name))
    versions = IndicatorVersion.objects.filter(valid_to__isnull=True, indicator__series__in=series_ids).values_list(
        "indicator__series__pk", "name", "unit", "decimals", "indicator__value_kind", "indicator__theme__code",
        "indicator__theme__name", "indicator__theme__programme", "indicator__theme__order", "indicator__order",
        "indicator__code", "indicator__series__area__code", "indicator__series__area__name",
        "indicator__series__variant", "indicator__series__key",
    )  # fmt: skip
    lines = {}
    for pk, name, unit, decimals, kind, theme, theme_name, *rest in versions:
        facts: list[Any] = rest
        if pk not in series_ids:
            continue
        programme, theme_order, order, code, area, area_name, variant, key = facts
        parts = [category for _, category in categories[pk]]
        parts += [area_name] if area != "nederland" else []
        parts += [Variant(variant).label] if variant != Variant.REALISED else []
        rank = [number for number, _ in categories[pk]]
        place = (programme, theme_order, order, code, variant, area != "nederland", area_name, rank, key)
        lines[pk] = SeriesLine(name, "; ".join(parts), unit, Expected(unit, decimals, kind), (theme, theme_name), place)
    return lines


def _is_chosen(item: AskedFigure, lines: Mapping[int, SeriesLine], choice: GridChoice) -> bool:
    return (
        (not choice.theme or lines[item.series_id].theme[0] == choice.theme)
        and choice.supplier in ("", item.supplier or NONE)
        and choice.owner in ("", item.owner or NONE)
    )


def _ordered(items: Iterable[AskedFigure], lines: Mapping[int, SeriesLine]) -> list[AskedFigure]:
    return sorted(items, key=lambda item: lines[item.series_id].order)


def _first_series(items: Iterable[AskedFigure], lines: Mapping[int, SeriesLine], most: int | None) -> set[int]:
    return set(list(dict.fromkeys(item.series_id for item in _ordered(items, lines)))[:most])


def _figures(series_ids: Collection[int], periods: dict[int, Period]) -> dict[Place, tuple[int, Amount, str]]:
    """The checked figures of series: revision, amount and status; their periods are added to ``periods``."""
    now = Vantage(timezone.now(), Audience.INTERNAL)
    rows = Observation.objects.filter(Q(series__in=series_ids) & visible_observations(now)).values_list(
        "series_id", "period_id", "revision", "value", "value_high", "marker", "qualifier", "decimals", "status",
        "period__kind", "period__start", "period__end",
    )  # fmt: skip
    found = {}
    for series, period, revision, value, high, marker, qualifier, decimals, status, kind, start, end in rows:
        if period not in periods:
            periods[period] = Period(PeriodKind(kind), start, end)
        note = "" if status == Status.FINAL else Status(status).label
        found[(series, period)] = (revision, Amount(value, high, marker, qualifier, decimals), note)
    return found


def _proposals(series_ids: Collection[int], periods: dict[int, Period]) -> dict[Place, GridCell]:
    """The values under way of series, as cells that know nothing yet of what is asked."""
    rows = Proposal.objects.filter(series__in=series_ids).values_list(
        "series_id", "period_id", "pk", "version", "state", "value", "value_high", "marker", "qualifier", "decimals",
        "changed_by__username", "period__kind", "period__start", "period__end",
    )  # fmt: skip
    found = {}
    for series, period, pk, version, state, value, high, marker, qualifier, decimals, who, kind, start, end in rows:
        if period not in periods:
            periods[period] = Period(PeriodKind(kind), start, end)
        found[(series, period)] = GridCell(
            series, period, Amount(value, high, marker, qualifier, decimals), ItemState(ProposalState(state).value),
            proposal_id=pk, version=version, changed_by=who,
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Builder:
    """Puts cells together from what was read."""

    periods: Mapping[int, Period]
    figures: Mapping[Place, tuple[int, Amount, str]]
    work: Mapping[Place, GridCell]
    may_enter: bool
    today: date

    def cell(self, place: Place, item: AskedFigure | None) -> GridCell:
        """What is under way goes before what was checked; an asked cell without a figure is open for typing."""
        revision, amount, note = self.figures.get(place, (0, Amount(), ""))
        proposed = self.work.get(place)
        if proposed is not None:
            late = _is_late(item, proposed.state, self.today)
            return replace(
                proposed, item_id=item.item_id if item else 0, revision=revision, is_late=late, may_type=self.may_enter
            )
        if item is None:
            return GridCell(*place, amount, revision=revision, note=note)
        state = item_state(
            proposal=None, checked=revision > 0, unavailable=item.is_unavailable, requested=item.was_requested
        )
        return GridCell(
            *place, amount, state, item.item_id, revision=revision, note=note,
            is_late=_is_late(item, state, self.today), may_type=self.may_enter and revision == 0,
        )  # fmt: skip


def _is_late(item: AskedFigure | None, state: ItemState | None, today: date) -> bool:
    return item is not None and state in NOT_DELIVERED and item.due is not None and item.due < today


def _themes(items: Collection[AskedFigure], lines: Mapping[int, SeriesLine], builder: _Builder) -> list[GridTheme]:
    by_theme: dict[tuple[str, str], list[AskedFigure]] = defaultdict(list)
    for item in _ordered(items, lines):
        by_theme[lines[item.series_id].theme].append(item)
    known: dict[int, set[int]] = defaultdict(set)  # the periods of each series with a figure or work
    for series, period in (*builder.figures, *builder.work):
        known[series].add(period)
    return [
        GridTheme(code, name, tuple(_tables(asked, lines, builder, known))) for (code, name), asked in by_theme.items()
    ]


def _tables(
    items: Collection[AskedFigure],
    lines: Mapping[int, SeriesLine],
    builder: _Builder,
    known: Mapping[int, Collection[int]],
) -> Iterator[GridTable]:
    """A table per kind of period; a series that is asked in two kinds stands in both."""
    for kind in kinds_in_order(builder.periods[item.period_id].kind for item in items):
        asked = {(i.series_id, i.period_id): i for i in items if builder.periods[i.period_id].kind is kind}
        of_series = {series: item for (series, _), item in asked.items()}
        ids = {builder.periods[period]: period for _, period in asked}
        beside = {builder.periods[one]: one for series in of_series for one in known.get(series, ())}
        columns = choose_columns(ids, beside)
        places = [ids.get(column) or beside[column] for column in columns]
        yield GridTable(
            kind=kind,
            columns=columns,
            asked=frozenset(ids),
            rows=tuple(
                _row(item, lines[series], [builder.cell((series, p), asked.get((series, p))) for p in places])
                for series, item in of_series.items()
            ),
        )


def _row(item: AskedFigure, line: SeriesLine, cells: Iterable[GridCell]) -> GridRow:
    return GridRow(
        item.series_id, line.name, line.detail, line.unit, line.expected, item.supplier_name, item.owner, tuple(cells)
    )
