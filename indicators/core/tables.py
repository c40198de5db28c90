"""Figures of one selection as tables: periods down for a total, categories down and periods across for a breakdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.core.enumerations import Variant
from indicators.core.figures import Figure, SeriesInfo
from indicators.core.periods import Period, PeriodKind

KIND_HEADINGS = {
    PeriodKind.YEAR: "Per jaar",
    PeriodKind.HALF_YEAR: "Per halfjaar",
    PeriodKind.QUARTER: "Per kwartaal",
    PeriodKind.MONTH: "Per maand",
    PeriodKind.STOCK: "Stand op een dag",
    PeriodKind.FLOW_TO_DAY: "Tot en met een dag",
    PeriodKind.SPAN: "Over een langere of andere periode",
    PeriodKind.INCIDENTAL: "Incidenteel",
    PeriodKind.STRUCTURAL: "Structureel",
}


@dataclass(frozen=True)
class NotedFigure:
    """A figure with the numbers of its footnotes in this table."""

    figure: Figure
    notes: tuple[int, ...]


@dataclass(frozen=True)
class FigureGroup:
    """Figures of one kind of period, the latest first. Kinds are never mixed."""

    heading: str
    rows: tuple[NotedFigure, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One series of a breakdown; ``depth`` is how far its category stands under others that are shown too."""

    label: str
    depth: int
    is_total: bool
    cells: tuple[NotedFigure | None, ...]


@dataclass(frozen=True)
class Matrix:
    """Series down, periods across (oldest first), of one kind of period."""

    heading: str
    periods: tuple[Period, ...]
    rows: tuple[MatrixRow, ...]


class Notes:
    """Numbers the footnotes of a page in order of appearance; the same text has one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def numbers(self, figure: Figure) -> tuple[int, ...]:
        return tuple(self._numbers.setdefault(text, len(self._numbers) + 1) for text in figure.footnotes)

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        return tuple((number, text) for text, number in self._numbers.items())


def group_figures(figures: Sequence[Figure], notes: Notes, usual: str = "") -> tuple[FigureGroup, ...]:
    """The figures per kind of period, the usual kind first, the latest period first."""
    kinds = sorted(
        {figure.period.kind for figure in figures}, key=lambda kind: (kind != usual, list(PeriodKind).index(kind))
    )
    groups = []
    for kind in kinds:
        rows = sorted((f for f in figures if f.period.kind is kind), key=_latest_first)
        groups.append(FigureGroup(KIND_HEADINGS[kind], tuple(NotedFigure(f, notes.numbers(f)) for f in rows)))
    return tuple(groups)


def _latest_first(figure: Figure) -> tuple[int, int, list[int]]:
    end, start, _ = figure.period.sort_key
    orders = [category.order for category in figure.series.categories]
    return (-end.toordinal(), -start.toordinal(), [list(Variant).index(figure.series.variant), *orders])


def matrices(
    series: Sequence[SeriesInfo],
    totals: Sequence[SeriesInfo],
    figures: Mapping[str, Sequence[Figure]],
    notes: Notes,
    usual: str = "",
) -> tuple[Matrix, ...]:
    """One matrix per kind of period that occurs; the published totals stand under it for the same periods."""
    found = [figure for one in series for figure in figures.get(one.key, ())]
    kinds = sorted(
        {figure.period.kind for figure in found}, key=lambda kind: (kind != usual, list(PeriodKind).index(kind))
    )
    return tuple(_matrix(kind, series, totals, figures, notes) for kind in kinds)


def _matrix(
    kind: PeriodKind,
    series: Sequence[SeriesInfo],
    totals: Sequence[SeriesInfo],
    figures: Mapping[str, Sequence[Figure]],
    notes: Notes,
) -> Matrix:
    by_series = {
        one.key: {f.period: f for f in figures.get(one.key, ()) if f.period.kind is kind} for one in (*series, *totals)
    }
    periods = sorted({period for one in series for period in by_series[one.key]}, key=lambda period: period.sort_key)
    here = in_tree_order([one for one in (*series, *totals) if not by_series[one.key].keys().isdisjoint(periods)])
    shown = {category.code for one in here for category in one.categories}
    variants = {one.variant for one in here}
    rows = []
    for one in here:
        cells = [by_series[one.key].get(period) for period in periods]
        noted = tuple(NotedFigure(cell, notes.numbers(cell)) if cell else None for cell in cells)
        rows.append(MatrixRow(_label(one, len(variants) > 1), _depth(one, shown), one.is_total, noted))
    return Matrix(KIND_HEADINGS[kind], tuple(periods), tuple(rows))


def in_tree_order(series: Sequence[SeriesInfo]) -> list[SeriesInfo]:
    """Every category right after the one it belongs to; totals last."""
    orders = {c.code: c.order for one in series for c in one.categories}

    def path(one: SeriesInfo) -> tuple[object, ...]:
        steps = []
        for category in one.categories:
            above = [orders.get(code, -1) for code in reversed(category.ancestors) if code in orders]
            steps.append((*above, category.order))
        return (one.is_total, list(Variant).index(one.variant), steps, one.key)

    return sorted(series, key=path)


def _depth(one: SeriesInfo, shown: set[str]) -> int:
    return max((sum(code in shown for code in category.ancestors) for category in one.categories), default=0)


def _label(one: SeriesInfo, with_variant: bool) -> str:
    name = one.category_names or "Totaal"
    return f"{name} ({one.variant.label})" if with_variant else name
