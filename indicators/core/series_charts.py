"""The chart of what is looked at: lines over time where there is a course, bars where classes are compared."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import gcd

from indicators.core.charts import BreakMark, ChartKind, ChartSeries, ChartSpec, NormLine
from indicators.core.figures import DataSet, Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period, PeriodKind, year
from indicators.core.selection import Selection, usual_kind
from indicators.core.summaries import latest_figure
from indicators.core.tables import in_tree_order
from indicators.core.trend import describe_series, in_period, norm_verdict

NO_CHART = "geen"
MAXIMUM_LINES = 5
MINIMUM_BARS = 2
MAXIMUM_BARS = 24
MINIMUM_COURSE = 3


def chart_of(data: DataSet, info: IndicatorInfo, selection: Selection) -> ChartSpec | None:
    """The chart of a selection; None when there is nothing that a chart would show better than the table does."""
    rows = [data.figures[series.key] for series in selection.series]
    if info.chart == NO_CHART or not rows:
        return None
    kind = PeriodKind(usual_kind([figure for figures in rows for figure in figures]))
    drawn = [tuple(f for f in figures if f.period.kind is kind and f.value_high is None) for figures in rows]
    drawn = _outermost([figures for figures in drawn if any(figure.as_number is not None for figure in figures)])
    if not drawn:
        return None
    periods = {figure.period for figures in drawn for figure in figures}
    if len(periods) >= MINIMUM_COURSE and len(drawn) <= MAXIMUM_LINES:
        return _over_time(data, info, selection, drawn)
    if selection.breakdown:
        return _over_classes(info, drawn)
    if len(periods) >= MINIMUM_BARS and len(drawn) <= MAXIMUM_LINES:
        return _over_time(data, info, selection, drawn, form=ChartKind.BAR)
    return None


def _over_time(
    data: DataSet,
    info: IndicatorInfo,
    selection: Selection,
    rows: Sequence[Sequence[Figure]],
    *,
    form: ChartKind | None = None,
) -> ChartSpec:
    uncertain = _uncertain(data, selection, rows[0][0].period.kind)
    known = {figure.period for figures in rows for figure in figures}
    periods = without_holes(sorted(known | set(uncertain), key=lambda period: period.sort_key))
    names = [_name(figures[0].series, rows) for figures in rows]
    verdict = norm_verdict(rows[0][-1], info) if len(rows) == 1 else None
    alt = " ".join(describe_series(name or info.name, figures) for name, figures in zip(names, rows, strict=True))
    if uncertain:
        alt += f" Niet getoond, want nog niet bevestigd: {', '.join(period.label for period in uncertain)}."
    return ChartSpec(
        uid=f"indicator-{info.code}",
        kind=form or (ChartKind.BAR if info.chart == ChartKind.BAR and len(rows) == 1 else ChartKind.LINE),
        title=info.name,
        labels=tuple(period.short_label for period in periods),
        series=tuple(
            ChartSeries(name or info.name, _values(figures, periods)) for name, figures in zip(names, rows, strict=True)
        ),
        unit=info.unit,
        decimals=max(figure.decimals for figures in rows for figure in figures),
        alt=alt,
        norms=(NormLine(f"norm {verdict.value_text}", verdict.target.value),)
        if verdict and verdict.target.value
        else (),
        breaks=_break_marks(info, periods),
        uncertain=tuple(period.short_label for period in uncertain),
    )


def _outermost(rows: Sequence[tuple[Figure, ...]]) -> list[tuple[Figure, ...]]:
    """The rows in the order of their tree; classes within a class that is shown itself are left out."""
    by_series = {figures[0].series: figures for figures in rows}
    shown = {category.code for series in by_series for category in series.categories}
    top = [
        by_series[series]
        for series in in_tree_order(list(by_series))
        if not any(code in shown for category in series.categories for code in category.ancestors)
    ]
    return top if len(top) > 1 else [by_series[series] for series in in_tree_order(list(by_series))]


def _over_classes(info: IndicatorInfo, rows: Sequence[Sequence[Figure]]) -> ChartSpec | None:
    """The classes at the latest moment that had begun, as lying bars."""
    merged = sorted((figure for figures in rows for figure in figures), key=lambda figure: figure.period.sort_key)
    moment = latest_figure(merged).period
    figures = [f for found in rows for f in found if f.period == moment and f.as_number is not None]
    if not MINIMUM_BARS <= len(figures) <= MAXIMUM_BARS:
        return None
    names = [figure.series.category_names for figure in figures]
    parts = ", ".join(f"{name} {figure.text}" for name, figure in zip(names, figures, strict=True))
    return ChartSpec(
        uid=f"indicator-{info.code}",
        kind=ChartKind.HORIZONTAL_BAR,
        title=info.name,
        labels=tuple(names),
        series=(ChartSeries(moment.label, tuple(figure.as_number for figure in figures)),),
        unit=info.unit,
        decimals=max(figure.decimals for figure in figures),
        alt=f"{info.name} {in_period(moment)}: {parts}.",
    )


def _uncertain(data: DataSet, selection: Selection, kind: PeriodKind) -> list[Period]:
    found = {period for one in selection.series for period in data.uncertain.get(one.key, ()) if period.kind is kind}
    return sorted(found, key=lambda period: period.sort_key)


def without_holes(periods: Sequence[Period]) -> list[Period]:
    """Years at their true distance: 2016, 2019, 2023 become all years from 2016; 2015, 2017, 2019 stay as they are.

    A year that is put in has no value: a gap.
    """
    if len(periods) < MINIMUM_COURSE or any(not period.is_year for period in periods):
        return list(periods)
    numbers = [period.year for period in periods if period.year is not None]
    step = gcd(*(after - before for before, after in pairwise(numbers)))
    return [year(number) for number in range(numbers[0], numbers[-1] + 1, step)]


def _name(series: SeriesInfo, rows: Sequence[Sequence[Figure]]) -> str:
    """What tells a line apart from the others; empty when there is only one."""
    if len(rows) == 1:
        return series.category_names
    variants = {figures[0].series.variant for figures in rows}
    name = series.category_names
    if len(variants) > 1 or not name:
        return f"{name}, {series.variant.label}" if name else series.variant.label
    return name


def _values(figures: Sequence[Figure], periods: Sequence[Period]) -> tuple[Decimal | None, ...]:
    by_period = {figure.period: figure.as_number for figure in figures}
    return tuple(by_period.get(period) for period in periods)


def _break_marks(info: IndicatorInfo, periods: Sequence[Period]) -> tuple[BreakMark, ...]:
    marks = []
    for one in info.breaks:
        later = [index for index, period in enumerate(periods) if period.sort_key >= one.period.sort_key]
        if later and later[0] > 0:
            marks.append(BreakMark(later[0], "trendbreuk"))
    return tuple(marks)
