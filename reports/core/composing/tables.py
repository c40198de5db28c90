"""Tables: series over periods, classes with subtotals and totals, plan against realisation, lists of key figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.core.binding import Binding, parse_binding
from indicators.core.enumerations import Variant
from indicators.core.figures import CategoryInfo, Explanation, Figure, IndicatorInfo
from indicators.core.periods import Period, PeriodKind
from indicators.core.trend import change_between, previous_figure, same_period_last_year
from reports.core.composing.charts import figure_cell, series_name, series_of_kind, source_line, unit_line
from reports.core.composing.ledger import Ledger, ReportStops
from reports.core.document import Align, BulletList, Cell, Column, Row, RowKind, Span, Table
from reports.core.templates import (
    BreakdownTableBlock,
    FigureTableBlock,
    PlanTableBlock,
    SeriesTableBlock,
    period_kind,
)

SAME_LAST_YEAR = "tov zelfde periode vorig jaar"


def series_over_time(ledger: Ledger, uid: str, block: SeriesTableBlock) -> Table:
    """Rows may be flows and stocks beside each other; columns are the days or years they share.

    A flow up to a day and a stock on that day stand in one column headed by the day; the row says which it is.
    """
    bindings = [parse_binding(reference) for reference in block.series]
    kind = period_kind(block.period_kind)
    rows = [series_of_kind(ledger, binding, kind) for binding in bindings]
    ends = sorted({figure.period.end for figures in rows for figure in figures if figure.period.end})
    body = []
    for binding, figures in zip(bindings, rows, strict=True):
        by_end = {figure.period.end: figure for figure in figures}
        cells = [figure_cell(ledger, by_end[end]) if end in by_end else Cell("") for end in ends]
        if block.change:
            cells.append(_change_cell(ledger, figures, block.change))
        body.append(Row(_row_header(ledger, binding, figures, block, rows), tuple(cells)))
    heads = [_head(figure_period(rows, end)) for end in ends]
    if block.change:
        heads.append("in een jaar" if block.change == SAME_LAST_YEAR else "verandering")
    columns = (Column("", Align.TEXT), *(Column(head) for head in heads))
    info = ledger.data.indicators[bindings[0].indicator]
    return Table(uid, block.caption, columns, tuple(body), source_line(rows), unit_line(info))


def figure_period(rows: Sequence[Sequence[Figure]], end: object) -> Period:
    return next(figure.period for figures in rows for figure in figures if figure.period.end == end)


def _head(period: Period) -> str:
    """The day itself for stocks and flows up to a day."""
    if period.end and period.kind in (PeriodKind.STOCK, PeriodKind.FLOW_TO_DAY):
        return f"{period.end.day}-{period.end.month}-{period.end.year}"
    return period.short_label


def _row_header(
    ledger: Ledger,
    binding: Binding,
    figures: Sequence[Figure],
    block: SeriesTableBlock,
    rows: Sequence[Sequence[Figure]],
) -> Cell:
    """The label with what belongs to the whole row: footnotes of the indicator and a restatement."""
    info = ledger.data.indicators[binding.indicator]
    label = block.labels.get(block.series[rows.index(tuple(figures))]) or series_name(ledger.data, figures[0], rows)
    kind = {PeriodKind.FLOW_TO_DAY: " (tot en met de dag)", PeriodKind.STOCK: " (op de dag)"}
    suffix = kind.get(figures[0].period.kind, "")
    return Cell(f"{label}{suffix}", ledger.note(*info.footnotes, *info.restatements))


def _change_cell(ledger: Ledger, figures: Sequence[Figure], against: str) -> Cell:
    latest = figures[-1]
    earlier = same_period_last_year(figures, latest) if against == SAME_LAST_YEAR else previous_figure(figures, latest)
    breaks = ledger.data.indicators[latest.series.indicator].breaks
    change = change_between(earlier, latest, breaks) if earlier else None
    if change is None:
        return Cell("")
    sign = {1: "+", -1: "−", 0: ""}[change.sign]
    ledger.use(latest)
    about = "circa " if change.is_approximate else ""
    note = ledger.note(*(found.text for found in change.broken_by))
    return Cell(f"{about}{sign}{change.size}", note, f"{latest.series.key} | verandering {against}")


def by_class(ledger: Ledger, uid: str, block: BreakdownTableBlock) -> Table:
    """Classes in the order of their tree, a subtotal after its parts, the published total last."""
    info = ledger.data.indicators.get(block.indicator)
    if info is None:
        raise ReportStops(f"Tabel ‘{block.caption}’ vindt indicator ‘{block.indicator}’ niet.")
    series = _series_by_class(ledger, block.indicator, block.breakdown, block.variant)
    kinds = tuple(PeriodKind(kind) for kind in block.period_kinds)
    periods = sorted(
        {f.period for figures in series.values() for f in figures if f.period.kind in kinds and _in_years(f, block)},
        key=_money_last,
    )
    if not periods:
        raise ReportStops(f"Tabel ‘{block.caption}’ vindt geen cijfers van indicator ‘{block.indicator}’.")
    rows: list[Row] = []
    shown: list[list[Figure]] = []
    group = ""
    for code, figures in _in_tree_order(series):
        by_period = {figure.period: figure for figure in figures}
        cells = tuple(figure_cell(ledger, by_period[p]) if p in by_period else Cell("") for p in periods)
        if any(cell.text for cell in cells):
            group = _open_group(rows, figures, group, len(periods))
            rows.append(Row(_class_header(ledger, figures, _row_kind(code, series)), cells, _row_kind(code, series)))
            shown.append([by_period[period] for period in periods if period in by_period])
    columns = (Column("", Align.TEXT), *(Column(period.short_label) for period in periods))
    return Table(uid, block.caption, columns, tuple(rows), source_line(shown), _unit_with_basis(info, shown))


def _in_years(figure: Figure, block: BreakdownTableBlock) -> bool:
    year = figure.period.year
    return year is None or block.from_year <= year <= block.to_year


def _money_last(period: Period) -> tuple[int, object]:
    """Incidental first, then the years, then structural: as budget tables are read."""
    order = {PeriodKind.INCIDENTAL: 0, PeriodKind.STRUCTURAL: 2}
    return (order.get(period.kind, 1), period.sort_key)


def _unit_with_basis(info: IndicatorInfo, rows: object) -> str:
    bases = {figure.money_basis for figures in rows for figure in figures if figure.money_basis}  # type: ignore[attr-defined]
    words = {
        "exclusief-lpo": "exclusief loon- en prijsbijstelling",
        "inclusief-lpo": "inclusief loon- en prijsbijstelling",
    }
    unit = unit_line(info)
    return f"{unit}, {words[bases.pop()]}" if len(bases) == 1 else unit


def _series_by_class(ledger: Ledger, indicator: str, breakdown: str, variant: str) -> dict[str, tuple[Figure, ...]]:
    """Figures by code of the class; the total has the empty code."""
    found = {}
    for figures in ledger.data.figures.values():
        series = figures[0].series
        if series.indicator != indicator or series.variant != variant or series.area != "nederland":
            continue
        if not series.categories:
            found[""] = figures
        elif [category.breakdown for category in series.categories] == [breakdown]:
            found[series.categories[0].code] = figures
    return found


def _in_tree_order(series: dict[str, tuple[Figure, ...]]) -> list[tuple[str, tuple[Figure, ...]]]:
    categories = {code: figures[0].series.categories[0] for code, figures in series.items() if code}
    ordered = sorted((code for code in series if code), key=lambda code: _path(categories, categories[code]))
    if "" in series:
        ordered.append("")
    return [(code, series[code]) for code in ordered]


def _path(categories: dict[str, CategoryInfo], category: CategoryInfo) -> list[tuple[int, int, str]]:
    """Sorts a subtotal after its parts: parts come first (0), the class itself last (1)."""
    above = [categories[code] for code in reversed(category.ancestors) if code in categories]
    return [*((parent.order, 0, parent.code) for parent in above), (category.order, 1, category.code)]


def _open_group(rows: list[Row], figures: Sequence[Figure], current: str, width: int) -> str:
    """Put a heading row above the first class of a group; returns the group that is open now."""
    categories = figures[0].series.categories
    group = categories[0].ancestor_names[0] if categories and categories[0].ancestors else ""
    is_parent = bool(categories) and categories[0].name == current
    if group and group != current and not is_parent:
        rows.append(Row(Cell(group), tuple(Cell("") for _ in range(width)), RowKind.GROUP))
    return current if is_parent else group


def _class_header(ledger: Ledger, figures: Sequence[Figure], kind: RowKind) -> Cell:
    """The name of a class; the total carries the footnotes that belong to the whole indicator."""
    series = figures[0].series
    if kind is RowKind.TOTAL:
        return Cell("Totaal", ledger.note(*ledger.data.indicators[series.indicator].footnotes))
    name = series.categories[0].name if series.categories else "Totaal"
    needs_word = kind is RowKind.SUBTOTAL and not name.startswith("Subtotaal")
    return Cell(f"Subtotaal {name[0].lower()}{name[1:]}" if needs_word else name)


def _row_kind(code: str, series: dict[str, tuple[Figure, ...]]) -> RowKind:
    if not code:
        return RowKind.TOTAL
    has_parts = any(code in figures[0].series.categories[0].ancestors for other, figures in series.items() if other)
    return RowKind.SUBTOTAL if has_parts else RowKind.ORDINARY


def plan_against_realisation(ledger: Ledger, uid: str, block: PlanTableBlock) -> tuple[Table, BulletList | None]:
    """Plan, realisation and the published difference (plan − realisatie), with the published reasons under it."""
    info = ledger.data.indicators.get(block.indicator)
    if info is None:
        raise ReportStops(f"Tabel ‘{block.caption}’ vindt indicator ‘{block.indicator}’ niet.")
    plan = _series_by_class(ledger, block.indicator, block.breakdown, Variant.PLAN)
    realised = _series_by_class(ledger, block.indicator, block.breakdown, Variant.REALISED)
    difference = _series_by_class(ledger, block.difference, block.breakdown, Variant.REALISED)
    period = _latest_realised(block, realised)
    rows: list[Row] = []
    used: list[list[Figure]] = []
    group = ""
    for code, figures in _in_tree_order({**plan, **realised}):
        found = [_at(columns.get(code, ()), period) for columns in (plan, realised, difference)]
        if not any(found):
            continue
        cells = tuple(figure_cell(ledger, figure) if figure else Cell("") for figure in found)
        group = _open_group(rows, figures, group, len(cells))
        rows.append(Row(_class_header(ledger, figures, _row_kind(code, plan)), cells, _row_kind(code, plan)))
        used.append([figure for figure in found if figure])
    if not rows:
        raise ReportStops(f"Tabel ‘{block.caption}’ vindt geen cijfers van ‘{block.indicator}’ over {period.label}.")
    heads = (f"{word} {period.short_label}" for word in ("Plan", "Realisatie", "Verschil"))
    columns = (Column("", Align.TEXT), *(Column(head) for head in heads))
    table = Table(uid, block.caption, columns, tuple(rows), source_line(used), _unit_with_basis(info, used))
    return table, _explanations(ledger, block, period) if block.explanations else None


def _latest_realised(block: PlanTableBlock, realised: Mapping[str, Sequence[Figure]]) -> Period:
    """The last period of which the realisation is known."""
    periods = [figure.period for figures in realised.values() for figure in figures]
    if not periods:
        raise ReportStops(f"Tabel ‘{block.caption}’ vindt geen realisatie van ‘{block.indicator}’.")
    return max(periods, key=lambda period: period.sort_key)


def _at(figures: Sequence[Figure], period: Period) -> Figure | None:
    return next((figure for figure in figures if figure.period == period), None)


def _explanations(ledger: Ledger, block: PlanTableBlock, period: Period) -> BulletList | None:
    found = [
        explanation
        for explanation in ledger.data.explanations
        if explanation.series.indicator in (block.indicator, block.difference) and explanation.period == period
    ]
    items = tuple(
        (Span(_explained(explanation), f"{explanation.series.key} @ {period.code} | toelichting"),)
        for explanation in found
    )
    return BulletList(items) if items else None


def _explained(explanation: Explanation) -> str:
    subject = explanation.series.category_names
    return f"{subject}: {explanation.text}" if subject else explanation.text


def key_figures(ledger: Ledger, uid: str, block: FigureTableBlock) -> Table:
    """Every series of the named indicators with its latest figure, the period it is about, and its change."""
    rows: list[Row] = []
    used: list[Sequence[Figure]] = []
    for code in block.indicators:
        if code not in ledger.data.indicators:
            raise ReportStops(f"Tabel ‘{block.caption}’ vindt indicator ‘{code}’ niet.")
        series = ledger.data.series_of(code)
        if not series:
            raise ReportStops(f"Tabel ‘{block.caption}’ vindt geen bekend cijfer van indicator ‘{code}’.")
        for item in sorted(series, key=lambda s: ([c.order for c in s.categories], s.key)):
            figures = ledger.data.figures[item.key]
            rows.append(_key_row(ledger, figures))
            used.append(figures[-1:])
    columns = [Column("", Align.TEXT), Column("Cijfer"), Column("Periode of peildatum", Align.TEXT)]
    if any(row.cells[-1].text for row in rows):
        columns.append(Column("Verandering", Align.TEXT))
    else:
        rows = [replace(row, cells=row.cells[:-1]) for row in rows]
    return Table(uid, block.caption, tuple(columns), tuple(rows), source_line(used))


def _key_row(ledger: Ledger, figures: Sequence[Figure]) -> Row:
    latest = ledger.use(figures[-1])
    info = ledger.data.indicators[latest.series.indicator]
    earlier = previous_figure(figures, latest)
    change = change_between(earlier, latest, info.breaks) if earlier else None
    if earlier:
        ledger.use(earlier)
    label = info.name
    if latest.series.categories:
        label += f": {latest.series.category_names}"
    if latest.series.area != "nederland":
        label += f" ({latest.series.area_name})"
    says_so = latest.series.category_names.lower().startswith("gepland")
    if latest.series.variant is not Variant.REALISED and not says_so:
        label += f", {latest.series.variant.label}"
    return Row(
        Cell(label, ledger.note(info.definition_note)),
        (
            Cell(latest.text, ledger.note_of(latest), f"{latest.series.key} @ {latest.period.code}"),
            Cell(latest.period.label),
            Cell(change.text, reference=f"{latest.series.key} | verandering") if change else Cell(""),
        ),
    )
