"""Reading a composed document: its texts, tables, charts, and the numbers in its cells."""

import re
from collections.abc import Iterator
from decimal import Decimal

from monitor.base.core.numbers import read_number
from reports.core.document import (
    BulletList,
    Cell,
    Chart,
    Document,
    Notice,
    Paragraph,
    RichText,
    Row,
    RowKind,
    Span,
    Table,
    Tile,
    TileGroup,
)


def tiles(document: Document) -> Iterator[Tile]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, TileGroup):
                yield from block.tiles


def running_texts(document: Document) -> Iterator[RichText]:
    """Everything that is read as text: paragraphs, lists, remarks, tiles."""
    for section in document.sections:
        for block in section.blocks:
            match block:
                case Paragraph(text) | Notice(text=text):
                    yield text
                case BulletList(items):
                    yield from items
    for tile in tiles(document):
        yield from (tile.figure, tile.change, tile.norm, tile.note)


def spans(document: Document) -> Iterator[Span]:
    for text in running_texts(document):
        yield from text


def charts(document: Document) -> Iterator[Chart]:
    for section in document.sections:
        yield from (block for block in section.blocks if isinstance(block, Chart))
    yield from (tile.chart for tile in tiles(document) if tile.chart)


def tables(document: Document) -> Iterator[Table]:
    for section in document.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))
    yield from (tile.table for tile in tiles(document) if tile.table)
    yield from (chart.table for chart in charts(document))


def table(document: Document, caption: str) -> Table:
    return next(item for item in tables(document) if item.caption == caption)


def text_of(text: RichText) -> str:
    return "".join(span.text for span in text)


def number(cell: Cell) -> Decimal | None:
    """The number a reader sees in a cell; a dash is nothing, an empty cell is None."""
    text = cell.text.strip()
    if text == "–":
        return Decimal(0)
    found = read_number(re.sub(r"^[a-z ]+", "", text))
    return found.values[0] if found.values else None


def column(rows: list[Row], index: int) -> Decimal:
    """The sum of a column over these rows; empty cells count as nothing."""
    return sum((number(row.cells[index]) or Decimal(0) for row in rows), Decimal(0))


def leaves(item: Table) -> list[Row]:
    return [row for row in item.rows if row.kind is RowKind.ORDINARY]
