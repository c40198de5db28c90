"""Template tags of documents: rich text with footnote marks, table heads, pictures. They look nothing up."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.template import Context, Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from indicators.charts.text import text_width
from reports.core.document import Align, Cell, Column, RichText, RowKind, Table, Tile, TileGroup
from reports.rendering.media import Medium
from reports.rendering.outline import Outline
from reports.rendering.outline import upright as turned
from reports.rendering.tiling import tile_rows

register = Library()
_FEW_ROWS = 10
# Tables in Word; heads and totals are bold.
_POINTS, _BOLD, _POINTS_PER_CM = 8.5, 1.06, 28.35
_CM_CELL_MARGINS = 0.45
_LEAST_LABEL_SHARE = 0.22
_LEAST_LABEL_CM = 3.0
_MOST_TEXT_CM = 5.0


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table head that may span columns or rows."""

    title: str
    scope: str
    align: Align
    colspan: int = 1
    rowspan: int = 1


@register.simple_tag(takes_context=True)
def rich(context: Context, text: RichText) -> SafeString:
    """Running text: spans from the data carry their binding, footnote marks follow their span."""
    return format_html_join(
        "", "{}{}", ((_span(span.text, span.reference), _mark(context, span.footnote)) for span in text)
    )


@register.simple_tag(takes_context=True)
def cell(context: Context, content: Cell) -> SafeString:
    return format_html("{}{}", _span(content.text, content.reference), _mark(context, content.footnote))


def _span(text: str, reference: str) -> SafeString:
    if reference:
        return format_html('<span data-cijfer="{}">{}</span>', reference, text)
    return format_html("{}", text)


def _mark(context: Context, key: str) -> SafeString:
    """The mark of a footnote; at its first mention the PDF carries the text with it, to the foot of the page."""
    if not key:
        return mark_safe("")
    outline: Outline = context["outline"]
    seen: set[str] = context["seen"]
    number, first = outline.footnotes[key], key not in seen
    seen.add(key)
    medium = context["medium"]
    if medium is Medium.PDF:
        return _pdf_mark(number, outline.texts[key] if first else "")
    if medium is Medium.WORD:
        return _word_mark(number, first)
    return format_html(
        '<sup class="mark"><a href="#noot-{0}" role="doc-noteref"{1}><span class="hidden">noot </span>{0}</a></sup>',
        number, format_html(' id="noot-{}-mark"', number) if first else "",
    )  # fmt: skip


def _pdf_mark(number: int, text: str) -> SafeString:
    if text:
        return format_html('<span class="footnote" data-number="{}">{}</span>', number, text)
    return format_html('<sup class="mark">{}</sup>', number)


def _word_mark(number: int, first: bool) -> SafeString:
    """Pandoc makes a real footnote of the first mark; a later one is the same number, raised."""
    if first:
        return format_html('<a href="#noot-{0}" role="doc-noteref" id="noot-{0}-mark">{0}</a>', number)
    return format_html("<sup>{}</sup>", number)


@register.simple_tag
def head_rows(table: Table) -> list[list[HeadCell]]:
    """One row of column heads, or two when columns stand under a common heading."""
    if not any(column.group for column in table.columns):
        return [[HeadCell(column.title, "col", _align(index, column)) for index, column in enumerate(table.columns)]]
    upper, lower, index = [], [], 0
    for group, members in groupby(table.columns, key=lambda column: column.group):
        columns = list(members)
        if group:
            upper.append(HeadCell(group, "colgroup", Align.TEXT, colspan=len(columns)))
            lower += [HeadCell(c.title, "col", _align(index + n, c)) for n, c in enumerate(columns)]
        else:
            upper += [HeadCell(c.title, "col", _align(index + n, c), rowspan=2) for n, c in enumerate(columns)]
        index += len(columns)
    return [upper, lower]


def _align(index: int, column: Column) -> Align:
    return Align.TEXT if index == 0 else column.align


@register.filter
def aligned(table: Table, index: int) -> str:
    """``text`` or ``number`` for the cell at ``index`` after the row's header."""
    return "number" if table.columns[index + 1].align is Align.NUMBER else "text"


@register.filter
def is_short(table: Table) -> bool:
    """Short tables stay on one page."""
    return len(table.rows) <= _FEW_ROWS


@register.filter
def is_narrow(table: Table) -> bool:
    """Narrow tables fit beside their chart on a landscape page."""
    return len(table.columns) <= 4 and len(table.rows) <= 12


@register.filter
def upright(table: Table) -> Table:
    """A wide table of few rows turned on its side."""
    return turned(table)


@register.filter
def column_count(table: Table) -> int:
    return len(table.columns)


@register.filter
def rows_of_tiles(group: TileGroup) -> list[tuple[Tile, ...]]:
    return tile_rows(group.tiles)


@register.simple_tag(takes_context=True)
def number_of(context: Context, kind: str, uid: str) -> int:
    """The number of a ``figure`` or ``table`` in this document."""
    outline: Outline = context["outline"]
    return outline.figures[uid] if kind == "figure" else outline.tables[uid]


@register.simple_tag(takes_context=True)
def picture(context: Context, uid: str) -> str:
    """The address of the chart's picture: data within the file, or a file name for Word."""
    address: str = context["pictures"][uid]
    return address


@register.filter
def sourced(text: str) -> str:
    """“Bron: …”, once."""
    return text if text.lower().startswith("bron") else f"Bron: {text}"


@register.filter
def block_kind(block: object) -> str:
    return type(block).__name__.lower()


@register.filter
def plus(number: int, more: int) -> int:
    return number + more


@register.filter
def iso(day: date) -> str:
    return day.isoformat()


@register.simple_tag(takes_context=True)
def column_widths(context: Context, table: Table) -> list[str]:
    """Percents of the page for Word: every column gets what it needs, the labels what is left and wrap there."""
    page_width: float = context["page_width"]
    needs = [_need(table, index) for index in range(len(table.columns))]
    texts = [index for index, column in enumerate(table.columns) if index and column.align is Align.TEXT]
    numbers = [index for index in range(1, len(needs)) if index not in texts]
    least = _LEAST_LABEL_SHARE * page_width
    _fit(needs, numbers, page_width - least - min(sum(needs[index] for index in texts), least))
    left = page_width - sum(needs[index] for index in numbers)
    _fit(needs, texts, left - least)
    needs[0] = min(needs[0], left - sum(needs[index] for index in texts))
    return [f"{need / page_width * 100:.1f}" for need in needs]


def _fit(needs: list[float], members: list[int], room: float) -> None:
    """Make the members narrower in proportion when together they need more than ``room``."""
    wanted = sum(needs[index] for index in members)
    for index in members:
        needs[index] *= min(1.0, room / wanted)


def _need(table: Table, index: int) -> float:
    """Centimetres of the longest text; a column of labels is never very narrow, one of texts never very wide."""
    column = table.columns[index]
    widest = max(text_width(text, _POINTS) for text in (column.title, *_cells(table, index))) * _BOLD
    need = widest / _POINTS_PER_CM + _CM_CELL_MARGINS
    if index == 0:
        return max(need, _LEAST_LABEL_CM)
    return min(need, _MOST_TEXT_CM) if column.align is Align.TEXT else need


def _cells(table: Table, index: int) -> list[str]:
    if index == 0:
        return ["", *(row.header.text for row in table.rows if row.kind is not RowKind.GROUP)]
    return ["", *(row.cells[index - 1].text for row in table.rows if len(row.cells) >= index)]
