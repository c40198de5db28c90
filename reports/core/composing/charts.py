"""Charts over time and over classes, each with its table and its trend in words."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.core.binding import Binding, find_figure, find_series
from indicators.core.chart_specs import class_spec, trend_spec
from indicators.core.charts import ChartKind
from indicators.core.enumerations import Marker
from indicators.core.figures import DataSet, Figure, IndicatorInfo
from indicators.core.periods import Period, PeriodKind
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
    wanted = kind or find_series(bindings[0], ledger.data)[-1].period.kind
    rows = [series_of_kind(ledger, binding, wanted) for binding in bindings]
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
    spec = trend_spec(uid, caption, info, rows, names, uncertain, form)
    return Chart(spec, caption, table, source_line(rows))


def class_chart(ledger: Ledger, uid: str, caption: str, binding: Binding, breakdown: str) -> Chart:
    """The classes of an indicator at one moment, as lying bars, largest first."""
    figures = class_figures(ledger.data, binding, breakdown)
    ordered = sorted(figures, key=lambda f: f.value or Decimal(0), reverse=True)
    ledger.use_all(ordered)
    names = [figure.series.category_names for figure in ordered]
    info = ledger.data.indicators[binding.indicator]
    spec = class_spec(uid, caption, info, ordered)
    rows = tuple(Row(Cell(name), (figure_cell(ledger, figure),)) for name, figure in zip(names, ordered, strict=True))
    columns = (
        Column(ordered[0].series.categories[0].breakdown_name, Align.TEXT),
        Column(ordered[0].period.short_label),
    )
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


def _uncertain_periods(data: DataSet, bindings: Sequence[Binding], kind: PeriodKind) -> list[Period]:
    found = {period for binding in bindings for period in data.uncertain.get(binding.key, ()) if period.kind is kind}
    return sorted(found, key=lambda period: period.sort_key)


def series_of_kind(ledger: Ledger, binding: Binding, kind: PeriodKind | None) -> tuple[Figure, ...]:
    """The figures of one kind of period (None: all). Raises :class:`ReportStops` when the series has none."""
    figures = find_series(binding, ledger.data)
    found = tuple(figure for figure in figures if kind in (None, figure.period.kind))
    if not found:
        raise ReportStops(f"Binding ‘{binding.source}’ vindt niets: er is geen cijfer over een {kind}.")
    return found
