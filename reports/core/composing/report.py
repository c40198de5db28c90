"""Composing a whole report: sections and blocks in order, then the books closed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators.core.binding import Binding, find_figure, find_series, parse_binding
from indicators.core.charts import ChartKind
from indicators.core.enumerations import Certainty
from indicators.core.figures import DataSet, FactInfo, Figure, IndicatorInfo
from indicators.core.trend import change_between, norm_verdict, previous_figure
from monitor.base.core.dates import AMSTERDAM, format_date
from monitor.base.core.errors import MonitorError
from reports.core.composing.allocation import AllocationData, allocation_blocks, figure_rows, require_publishable
from reports.core.composing.charts import class_chart, class_figures, figure_cell, source_line, trend_chart, unit_line
from reports.core.composing.ledger import Ledger, ReportStops
from reports.core.composing.tables import by_class, key_figures, plan_against_realisation, series_over_time
from reports.core.document import (
    Align,
    Block,
    BulletList,
    Cell,
    Chart,
    Column,
    Document,
    FigureRow,
    LetterFields,
    Notice,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Tile,
    TileGroup,
)
from reports.core.templates import (
    AllocationBlock,
    BreakdownTableBlock,
    ChartBlock,
    FactsBlock,
    FigureTableBlock,
    NoticeBlock,
    PlanTableBlock,
    ReportTemplate,
    SeriesTableBlock,
    TemplateBlock,
    TemplateSection,
    TextBlock,
    TilesBlock,
    TileSpec,
    period_kind,
)


@dataclass(frozen=True)
class ReportContext:
    """What a report gets from its round: the name under the title, the letter fields, the day it is dated."""

    subtitle: str
    fields: LetterFields
    document_date: date
    as_known_on: date | None = None
    allocation: AllocationData | None = None


def compose(template: ReportTemplate, data: DataSet, context: ReportContext) -> Document:
    """Make the document. Raises :class:`MonitorError` that names the section for whatever finds nothing."""
    ledger = Ledger(data)
    if context.allocation:
        require_publishable(context.allocation)
    sections = tuple(_section(ledger, section, context.allocation) for section in template.sections)
    return Document(
        code=template.code,
        title=template.title,
        subtitle=context.subtitle,
        layout=template.layout,
        fields=context.fields,
        sections=sections,
        footnotes=ledger.footnotes,
        figures=(
            *(_figure_row(data, figure) for figure in ledger.figures.values()),
            *(_fact_row(fact) for fact in ledger.facts.values()),
            *(figure_rows(context.allocation) if context.allocation else ()),
        ),
        known_as_of=_known_as_of(ledger, context),
        document_date=context.document_date,
        data_digest=_digest(ledger, context.allocation),
        observation_ids=tuple(ledger.figures),
    )


def _section(ledger: Ledger, section: TemplateSection, allocation: AllocationData | None) -> Section:
    blocks: list[Block] = []
    for number, block in enumerate(section.blocks, 1):
        try:
            uid = f"{section.uid}-{number}"
            if isinstance(block, AllocationBlock):
                blocks += allocation_blocks(_required(allocation), uid, block)
            else:
                blocks += _blocks(ledger, uid, block)
        except MonitorError as error:
            raise ReportStops(f"Onderdeel ‘{section.title}’: {error.message}") from error
    return Section(section.uid, section.level, section.title, tuple(blocks))


def _required(allocation: AllocationData | None) -> AllocationData:
    if allocation is None:
        raise ReportStops("Dit rapport gaat over een berekening van de sterkteverdeling. Noem de berekening.")
    return allocation


def _blocks(ledger: Ledger, uid: str, block: TemplateBlock) -> Iterator[Block]:
    match block:
        case TextBlock(text):
            for paragraph in text.strip().split("\n\n"):
                yield Paragraph(ledger.rich(paragraph))
        case NoticeBlock():
            yield _notice(ledger, block)
        case TilesBlock(tiles):
            yield TileGroup(tuple(_tile(ledger, f"{uid}-{n}", tile) for n, tile in enumerate(tiles, 1)))
        case ChartBlock():
            yield _chart(ledger, uid, block)
        case SeriesTableBlock():
            yield series_over_time(ledger, uid, block)
        case BreakdownTableBlock():
            yield by_class(ledger, uid, block)
        case PlanTableBlock():
            table, reasons = plan_against_realisation(ledger, uid, block)
            yield table
            if reasons:
                yield reasons
        case FigureTableBlock():
            yield key_figures(ledger, uid, block)
        case FactsBlock(facts):
            yield _facts(ledger, facts)


def _notice(ledger: Ledger, block: NoticeBlock) -> Notice:
    """A remark of our own, or one that comes from the data; then the data must have it."""
    if block.text:
        return Notice(block.title, ledger.rich(block.text))
    code = block.definition_of or block.restatement_of or block.breaks_of
    info = ledger.data.indicators.get(code)
    if info is None:
        raise ReportStops(f"Let-op ‘{block.title}’ vindt indicator ‘{code}’ niet.")
    if block.definition_of:
        what, text = "aandachtspunt", info.definition_note
    elif block.restatement_of:
        what, text = "herstelling", " ".join(info.restatements)
    else:
        what, text = "trendbreuk", " ".join(found.text for found in info.breaks)
    if not text:
        raise ReportStops(f"Let-op ‘{block.title}’ vindt bij indicator ‘{code}’ geen tekst in de data.")
    return Notice(block.title, (Span(text, f"{code} | {what}"),))


def _facts(ledger: Ledger, codes: Sequence[str]) -> BulletList:
    items = []
    for code in codes:
        binding = parse_binding(f"feit:{code} | zin")
        items.append((ledger.span(binding),))
    sources = dict.fromkeys(ledger.data.facts[code].source or ledger.data.facts[code].publication for code in codes)
    return BulletList(tuple(items), "; ".join(sources))


def _chart(ledger: Ledger, uid: str, block: ChartBlock) -> Chart:
    bindings = [parse_binding(reference) for reference in block.series]
    if block.breakdown:
        return class_chart(ledger, uid, block.caption, bindings[0], block.breakdown)
    return trend_chart(
        ledger, uid, block.caption, bindings, form=ChartKind(block.form), kind=period_kind(block.period_kind)
    )


# --- tiles ------------------------------------------------------------------------------------------------------------


def _tile(ledger: Ledger, uid: str, spec: TileSpec) -> Tile:
    """A key figure with what the template asks to be shown and the data has."""
    binding = parse_binding(spec.figure)
    figures = find_series(binding, ledger.data)
    figure = ledger.use(find_figure(binding, figures))
    info = ledger.data.indicators[binding.indicator]
    title = spec.title or info.name
    chart = _tile_chart(ledger, uid, title, binding, figures) if "grafiek" in spec.show else None
    note = _tile_note(info) if "toelichting" in spec.show else ()
    return Tile(
        title=title,
        figure=(Span(figure.text, binding.source, ledger.note_of(figure)),),
        unit=spec.unit,
        period=figure.period.label,
        change=_tile_change(ledger, figures, figure) if "verandering" in spec.show else (),
        norm=_tile_norm(ledger, figure, info.code) if "norm" in spec.show else (),
        note=(*note, *_reasoned_points(ledger, figures, figure)) if chart else note,
        source=figure.source or info.source,
        chart=chart,
        table=_tile_table(ledger, uid, title, binding, spec.breakdown) if spec.breakdown else None,
    )


def _tile_note(info: IndicatorInfo) -> tuple[Span, ...]:
    return (Span(info.definition_note, f"{info.code} | aandachtspunt"),) if info.definition_note else ()


def _reasoned_points(ledger: Ledger, figures: Sequence[Figure], shown: Figure) -> tuple[Span, ...]:
    """Under a small chart: that some of its points were reasoned, with a footnote that says how they were read."""
    reasoned = [f for f in figures if f.period.kind is shown.period.kind and f.certainty is Certainty.REASONED]
    if not reasoned:
        return ()
    note = ledger.note(*(text for figure in reasoned for text in figure.footnotes))
    return (Span(" De grafiek bevat beredeneerde cijfers.", f"{shown.series.key} | zekerheid", note),)


def _tile_change(ledger: Ledger, figures: Sequence[Figure], figure: Figure) -> tuple[Span, ...]:
    earlier = previous_figure(figures, figure)
    change = (
        change_between(earlier, figure, ledger.data.indicators[figure.series.indicator].breaks) if earlier else None
    )
    if earlier is None or change is None:
        return ()
    ledger.use(earlier)
    return (Span(change.text, f"{figure.series.key} | verandering", ledger.note_of(earlier)),)


def _tile_norm(ledger: Ledger, figure: Figure, code: str) -> tuple[Span, ...]:
    verdict = norm_verdict(figure, ledger.data.indicators[code])
    if verdict is None:
        raise ReportStops(f"De tegel van ‘{code}’ vraagt een norm, maar die heeft bij dit cijfer geen waarde.")
    return (Span(f"{verdict.target.kind}: {verdict.text.removeprefix('norm ')}", f"{figure.series.key} | norm"),)


def _tile_chart(ledger: Ledger, uid: str, title: str, binding: Binding, figures: Sequence[Figure]) -> Chart | None:
    """A chart only where there is a series: three or more periods of the figure's kind, unsure ones counted as gaps."""
    kind = find_figure(binding, figures).period.kind
    unsure = [period for period in ledger.data.uncertain.get(binding.key, ()) if period.kind is kind]
    if len([figure for figure in figures if figure.period.kind is kind]) + len(unsure) < 3:
        return None
    chart = trend_chart(ledger, uid, title, [binding], kind=kind)
    return replace(chart, spec=replace(chart.spec, title=""))


def _tile_table(ledger: Ledger, uid: str, title: str, binding: Binding, breakdown: str) -> Table:
    figures = class_figures(ledger.data, binding, breakdown)
    rows = tuple(Row(Cell(f.series.category_names), (figure_cell(ledger, f),)) for f in figures)
    info = ledger.data.indicators[binding.indicator]
    columns = (
        Column(figures[0].series.categories[0].breakdown_name, Align.TEXT),
        Column(figures[0].period.short_label),
    )
    breakdown_name = figures[0].series.categories[0].breakdown_name
    caption = f"{title}: {breakdown_name[0].lower()}{breakdown_name[1:]}"
    return Table(f"{uid}-klassen", caption, columns, rows, source_line([figures]), unit_line(info))


# --- closing the books ------------------------------------------------------------------------------------------------


def _known_as_of(ledger: Ledger, context: ReportContext) -> str:
    """The day asked for, or the newest figure used: never the clock, so that the same data gives the same document."""
    if context.as_known_on:
        return f"Zoals bekend op {format_date(context.as_known_on)}"
    newest = max((figure.known_from for figure in ledger.figures.values()), default=None)
    day = newest.astimezone(AMSTERDAM).date() if newest else context.document_date
    return f"Bijgewerkt tot en met {format_date(day)}"


def _digest(ledger: Ledger, allocation: AllocationData | None) -> str:
    """SHA-256 over the revisions and facts used, by their meaning (not by row numbers, which differ per database)."""
    lines = sorted(
        f"{f.series.key}|{f.period.code}|{f.revision}|{f.value}|{f.marker or ''}" for f in ledger.figures.values()
    )
    lines += sorted(f"{fact.code}|{fact.value}" for fact in ledger.facts.values())
    if allocation:
        lines += [f"{row.name}|{row.area}|{row.value}" for row in figure_rows(allocation)]
        lines.append(f"uitkomst|{allocation.digest}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _figure_row(data: DataSet, figure: Figure) -> FigureRow:
    series = figure.series
    info = data.indicators[series.indicator]
    return FigureRow(
        indicator=series.indicator,
        name=info.name,
        area=series.area_name,
        categories=series.category_names,
        variant=series.variant.label,
        period=figure.period.code,
        period_label=figure.period.label,
        value=figure.value,
        marker=figure.marker.label if figure.marker else "",
        qualifier=figure.qualifier.label if figure.qualifier else "",
        unit=figure.unit,
        decimals=figure.decimals,
        status=figure.status.label,
        publication=figure.publication,
        place=figure.place,
        source=figure.source or info.source,
        certainty=figure.certainty.label,
        footnote=" ".join(figure.footnotes),
        revision=figure.revision,
    )


def _fact_row(fact: FactInfo) -> FigureRow:
    return FigureRow(
        indicator=fact.code,
        name=fact.name,
        area=fact.area,
        categories="",
        variant=fact.variant.label,
        period=fact.period.code,
        period_label=fact.period.label,
        value=fact.value,
        marker="",
        qualifier=fact.qualifier.label if fact.qualifier else "",
        unit=fact.unit,
        decimals=fact.decimals,
        status="los cijfer",
        publication=fact.publication,
        place=fact.place,
        source=fact.source,
        certainty=fact.certainty.label,
        footnote=" ".join(filter(None, (fact.read_as, fact.footnote))),
        revision=1,
    )
