"""Charts over time and over classes, each with its table and its trend in words."""

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from indicators.core.binding import Binding, find_figure, find_series
from indicators.core.charts import BreakMark, ChartKind, ChartSeries, ChartSpec, NormLine
from indicators.core.enumerations import Marker
from indicators.core.figures import Break, DataSet, Figure, IndicatorInfo
from indicators.core.periods import Period, PeriodKind, year
from indicators.core.trend import describe_series, in_period, norm_verdict
from reports.core.composing.ledger import Ledger, ReportStops
from reports.core.document import Align, Cell, Chart, Column, Row, Table

NOT_CONFIRMED = "niet bevestigd"
NOT_CONFIRMED_NOTE = "Voor deze periode is er alleen een lezing die nog niet is bevestigd; er is geen cijfer getoond."


def trend_chart(
    ledger: Ledger,
    uid: str,
    caption: str,
    bindings: Sequence[Binding],
    *,
    form: ChartKind = ChartKind.LINE,
    kind: PeriodKind | None = None,
    labels: Sequence[str] = (),
) -> Chart:
    """Series over time in one chart. All figures are of one kind of period; a period that is unsure is a gap."""
    rows = [find_series(binding, ledger.data) for binding in bindings]
    wanted = kind or rows[0][-1].period.kind
    rows = [tuple(figure for figure in figures if figure.period.kind is wanted) for figures in rows]
    names = list(labels) or [series_name(ledger.data, figures[0], rows) for figures in rows]
    uncertain = _uncertain_periods(ledger.data, bindings, wanted)
    periods = sorted({f.period for figures in rows for f in figures} | set(uncertain), key=lambda p: p.sort_key)
    for figures in rows:
        ledger.use_all(figures)
    info = ledger.data.indicators[bindings[0].indicator]
    if len(rows) == 1:
        table = period_table(ledger, f"{uid}-tabel", caption, rows[0], periods, uncertain)
    else:
        table = series_table(ledger, f"{uid}-tabel", caption, rows, names, periods, uncertain)
    axis = without_holes(periods)
    spec = ChartSpec(
        uid=uid,
        kind=form,
        title=caption,
        labels=tuple(period.short_label for period in axis),
        series=tuple(ChartSeries(name, _values(figures, axis)) for name, figures in zip(names, rows, strict=True)),
        unit=info.unit,
        decimals=max(figure.decimals for figures in rows for figure in figures),
        alt=_alt(names, rows, uncertain),
        norms=_norm_lines(rows[0][-1], info),
        breaks=_break_marks(info, axis),
        uncertain=tuple(period.short_label for period in uncertain),
        footer=" ".join(found.text for found in _shown_breaks(info, axis)),
    )
    return Chart(spec, caption, table, source_line(rows))


def class_chart(ledger: Ledger, uid: str, caption: str, binding: Binding, breakdown: str) -> Chart:
    """The classes of an indicator at one moment, as lying bars, largest first."""
    figures = class_figures(ledger.data, binding, breakdown)
    ordered = sorted(figures, key=lambda f: f.value or Decimal(0), reverse=True)
    ledger.use_all(ordered)
    names = [figure.series.category_names for figure in ordered]
    info = ledger.data.indicators[binding.indicator]
    first = ordered[0]
    parts = [f"{name} {figure.text}" for name, figure in zip(names, ordered, strict=True)]
    spec = ChartSpec(
        uid=uid,
        kind=ChartKind.HORIZONTAL_BAR,
        title=caption,
        labels=tuple(names),
        series=(ChartSeries(first.period.label, tuple(figure.value for figure in ordered)),),
        unit=info.unit,
        decimals=max(figure.decimals for figure in ordered),
        alt=f"{info.name} {in_period(first.period)}, van hoog naar laag: {', '.join(parts)}.",
    )
    rows = tuple(Row(Cell(name), (figure_cell(ledger, figure),)) for name, figure in zip(names, ordered, strict=True))
    columns = (Column(_breakdown_name(first), Align.TEXT), Column(first.period.short_label))
    table = Table(f"{uid}-tabel", caption, columns, rows, source_line([ordered]), unit_line(info))
    return Chart(spec, caption, table, source_line([ordered]))


def class_figures(data: DataSet, binding: Binding, breakdown: str) -> list[Figure]:
    """The figures per class at the binding's moment: the latest period that any class has, unless told otherwise."""
    rows = [
        figures
        for figures in data.figures.values()
        if figures[0].series.indicator == binding.indicator
        and figures[0].series.area == binding.area
        and figures[0].series.variant == binding.variant
        and [category.breakdown for category in figures[0].series.categories] == [breakdown]
    ]
    if not rows:
        raise ReportStops(f"Indicator ‘{binding.indicator}’ heeft geen cijfers naar uitsplitsing ‘{breakdown}’.")
    merged = sorted((figure for figures in rows for figure in figures), key=lambda f: f.period.sort_key)
    moment = find_figure(binding, merged).period
    found = [figure for figures in rows for figure in figures if figure.period == moment]
    return sorted(found, key=lambda f: (f.series.categories[0].order, f.series.key))


def series_table(
    ledger: Ledger,
    uid: str,
    caption: str,
    rows: Sequence[Sequence[Figure]],
    names: Sequence[str],
    periods: Sequence[Period],
    uncertain: Sequence[Period] = (),
) -> Table:
    """Rows are series, columns periods; what is only a reading says so and shows no number."""
    info = ledger.data.indicators[rows[0][0].series.indicator]
    body = []
    for name, figures in zip(names, rows, strict=True):
        by_period = {figure.period: figure for figure in figures}
        cells = tuple(
            figure_cell(ledger, by_period[period]) if period in by_period else _empty(ledger, period, uncertain)
            for period in periods
        )
        body.append(Row(Cell(name), cells))
    columns = (Column("", Align.TEXT), *(Column(period.short_label) for period in periods))
    return Table(uid, caption, columns, tuple(body), source_line(rows), unit_line(info))


def period_table(
    ledger: Ledger,
    uid: str,
    caption: str,
    figures: Sequence[Figure],
    periods: Sequence[Period],
    uncertain: Sequence[Period],
) -> Table:
    """One series: periods are the rows."""
    info = ledger.data.indicators[figures[0].series.indicator]
    by_period = {figure.period: figure for figure in figures}
    rows = tuple(
        Row(
            Cell(period.label),
            (figure_cell(ledger, by_period[period]) if period in by_period else _empty(ledger, period, uncertain),),
        )
        for period in periods
    )
    columns = (Column("Periode", Align.TEXT), Column(info.name))
    return Table(uid, caption, columns, rows, source_line([figures]), unit_line(info))


def without_holes(periods: Sequence[Period]) -> list[Period]:
    """Years at their true distance: 2016, 2019, 2023 become all years from 2016; 2015, 2017, 2019 stay as they are."""
    if len(periods) < 3 or any(not period.is_year for period in periods):
        return list(periods)
    numbers = [period.year for period in periods if period.year is not None]
    step = math.gcd(*(after - before for before, after in pairwise(numbers)))
    return [year(number) for number in range(numbers[0], numbers[-1] + 1, step)]


def figure_cell(ledger: Ledger, figure: Figure) -> Cell:
    """A figure in a table: number with qualifying word; what was reasoned or remarked is in its footnote."""
    ledger.use(figure)
    text = f"{figure.qualifier.label} {figure.number}" if figure.qualifier else figure.number
    # A dash read as nihil needs no note under every cell; the notes of the table explain it once.
    note = "" if figure.marker is Marker.NIHIL else ledger.note_of(figure)
    return Cell(text, note, f"{figure.series.key} @ {figure.period.code}")


def _empty(ledger: Ledger, period: Period, uncertain: Sequence[Period]) -> Cell:
    return Cell(NOT_CONFIRMED, ledger.note(NOT_CONFIRMED_NOTE)) if period in uncertain else Cell("")


def series_name(data: DataSet, figure: Figure, rows: Sequence[Sequence[Figure]]) -> str:
    """What tells this series apart from the others in the chart or table."""
    series, info = figure.series, data.indicators[figure.series.indicator]
    others = [row[0].series for row in rows]
    parts = []
    if len({other.indicator for other in others}) > 1 or len(others) == 1:
        parts.append(info.name)
    if series.categories:
        parts.append(series.category_names)
    if len({other.area for other in others}) > 1:
        parts.append(series.area_name)
    if len({other.variant for other in others}) > 1:
        parts.append(series.variant.label)
    return ", ".join(parts) or "Totaal"


def source_line(rows: Sequence[Sequence[Figure]]) -> str:
    """The sources of these figures, each once, in order of appearance."""
    sources = dict.fromkeys(figure.source or figure.publication for figures in rows for figure in figures)
    return "; ".join(source for source in sources if source)


def unit_line(info: IndicatorInfo) -> str:
    """What the numbers of a table are, where they do not say it themselves."""
    return {
        "duizend euro": "bedragen × € 1.000",
        "miljoen euro": "bedragen in miljoenen euro",
        "miljard euro": "bedragen in miljarden euro",
        "euro": "bedragen in euro",
        "procent": "procent",
        "aantal": "aantallen",
    }.get(info.unit, info.unit)


def _values(figures: Sequence[Figure], periods: Sequence[Period]) -> tuple[Decimal | None, ...]:
    by_period = {figure.period: figure.value for figure in figures}
    return tuple(by_period.get(period) for period in periods)


def _uncertain_periods(data: DataSet, bindings: Sequence[Binding], kind: PeriodKind) -> list[Period]:
    found = {period for binding in bindings for period in data.uncertain.get(binding.key, ()) if period.kind is kind}
    return sorted(found, key=lambda period: period.sort_key)


def _alt(names: Sequence[str], rows: Sequence[Sequence[Figure]], uncertain: Sequence[Period]) -> str:
    sentences = [describe_series(name, figures) for name, figures in zip(names, rows, strict=True)]
    if uncertain:
        labels = ", ".join(period.label for period in uncertain)
        sentences.append(f"Voor {labels} is er geen bevestigd cijfer; daar is de lijn onderbroken.")
    return " ".join(sentences)


def _norm_lines(latest: Figure, info: IndicatorInfo) -> tuple[NormLine, ...]:
    verdict = norm_verdict(latest, info)
    if verdict is None or verdict.target.value is None:
        return ()
    return (NormLine(f"norm: {verdict.value_text}", verdict.target.value),)


def _break_marks(info: IndicatorInfo, periods: Sequence[Period]) -> tuple[BreakMark, ...]:
    """A mark before the first period that the break touches; a break before the first or after the last has none."""
    return tuple(
        BreakMark(_first_touched(found, periods), f"trendbreuk: {found.kind}") for found in _shown_breaks(info, periods)
    )


def _shown_breaks(info: IndicatorInfo, periods: Sequence[Period]) -> list[Break]:
    return [found for found in info.breaks if _first_touched(found, periods) > 0]


def _first_touched(found: Break, periods: Sequence[Period]) -> int:
    """The place of the first period the break touches; 0 when it lies outside these periods."""
    places = (place for place, period in enumerate(periods) if period.sort_key >= found.period.sort_key)
    return next(places, 0)


def _breakdown_name(figure: Figure) -> str:
    return figure.series.categories[0].breakdown_name
