"""The chart of what is looked at: lines over time where there is a course, bars where classes are compared."""

from collections.abc import Sequence

from indicators.core.chart_specs import class_spec, trend_spec
from indicators.core.charts import ChartKind, ChartSpec
from indicators.core.figures import DataSet, Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period, PeriodKind
from indicators.core.selection import Selection, usual_kind
from indicators.core.summaries import latest_figure
from indicators.core.tables import in_tree_order

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
    names = [_name(figures[0].series, rows) or info.name for figures in rows]
    usual = ChartKind.BAR if info.chart == ChartKind.BAR and len(rows) == 1 else ChartKind.LINE
    uncertain = _uncertain(data, selection, rows[0][0].period.kind)
    return trend_spec(f"indicator-{info.code}", info.name, info, rows, names, uncertain, form or usual)


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
    return class_spec(f"indicator-{info.code}", info.name, info, figures)


def _uncertain(data: DataSet, selection: Selection, kind: PeriodKind) -> list[Period]:
    found = {period for one in selection.series for period in data.uncertain.get(one.key, ()) if period.kind is kind}
    return sorted(found, key=lambda period: period.sort_key)


def _name(series: SeriesInfo, rows: Sequence[Sequence[Figure]]) -> str:
    """What tells a line apart from the others; empty when there is only one."""
    if len(rows) == 1:
        return series.category_names
    variants = {figures[0].series.variant for figures in rows}
    name = series.category_names
    if len(variants) > 1 or not name:
        return f"{name}, {series.variant.label}" if name else series.variant.label
    return name
