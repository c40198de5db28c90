"""What a document needs before it can be written: numbers for footnotes, figures and tables, and the charts to draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indicators.core.charts import ChartSpec
from reports.core.document import (
    Align,
    Block,
    BulletList,
    Cell,
    Chart,
    Column,
    Document,
    Footnote,
    Notice,
    Paragraph,
    RichText,
    Row,
    RowKind,
    Table,
    Tile,
    TileGroup,
)

_WIDE_FROM, _FEW_ROWS = 5, 3


@dataclass(frozen=True)
class Outline:
    """Numbers by key: footnotes by key, figures and tables by uid. ``tile_tables`` stand at the end of the document."""

    footnotes: Mapping[str, int]
    texts: Mapping[str, str]
    figures: Mapping[str, int]
    tables: Mapping[str, int]
    tile_tables: tuple[Table, ...]

    @property
    def notes(self) -> list[Footnote]:
        """The footnotes that are marked somewhere, in order of their number."""
        return [Footnote(key, self.texts[key]) for key in self.footnotes]


def outline_of(document: Document) -> Outline:
    """Number everything in the order of reading. Raises ``ValueError`` for a mark without footnote or a double uid."""
    texts = {note.key: note.text for note in document.footnotes}
    tile_tables = tuple(upright(tile.chart.table) for tile in tiles_of(document) if tile.chart)
    figures: dict[str, int] = {}
    tables: dict[str, int] = {}
    for block in _blocks(document):
        if isinstance(block, Chart):
            _number(figures, block.spec.uid)
        for table in _tables(block):
            _number(tables, table.uid)
    for table in tile_tables:
        _number(tables, table.uid)
    marks = dict.fromkeys(_marks(document, tile_tables))
    for key in marks:
        if key not in texts:
            raise ValueError(f"Voetnoot ‘{key}’ wordt genoemd, maar de tekst ervan ontbreekt.")
    return Outline({key: number for number, key in enumerate(marks, 1)}, texts, figures, tables, tile_tables)


def charts_of(document: Document) -> dict[str, tuple[ChartSpec, bool]]:
    """Every chart by uid, with True for the small ones within tiles."""
    charts: dict[str, tuple[ChartSpec, bool]] = {}
    for block in _blocks(document):
        small = isinstance(block, TileGroup)
        found = [tile.chart for tile in block.tiles if tile.chart] if isinstance(block, TileGroup) else [block]
        for chart in found:
            if isinstance(chart, Chart):
                if chart.spec.uid in charts:
                    raise ValueError(
                        f"Twee grafieken heten ‘{chart.spec.uid}’; elke grafiek heeft een eigen naam nodig."
                    )
                charts[chart.spec.uid] = (chart.spec, small)
    return charts


def all_tables(document: Document) -> list[Table]:
    """Every table of the document in the order of its number."""
    tables = [table for block in _blocks(document) for table in _tables(block)]
    return tables + [tile.chart.table for tile in tiles_of(document) if tile.chart]


def tiles_of(document: Document) -> Iterator[Tile]:
    for block in _blocks(document):
        if isinstance(block, TileGroup):
            yield from block.tiles


def upright(table: Table) -> Table:
    """A wide table of one to three rows turned on its side, so that it fits in a column; others as they are.

    Rows of another kind and marks at row heads cannot be turned: a column head holds neither.
    """
    turnable = all(row.kind is RowKind.ORDINARY and not row.header.footnote for row in table.rows)
    grouped = any(column.group for column in table.columns)
    if not turnable or grouped or len(table.columns) < _WIDE_FROM or len(table.rows) > _FEW_ROWS:
        return table
    first, *heads = table.columns
    columns = (Column(first.title, Align.TEXT), *(Column(row.header.text) for row in table.rows))
    rows = tuple(
        Row(Cell(head.title), tuple(row.cells[index] for row in table.rows)) for index, head in enumerate(heads)
    )
    return replace(table, columns=columns, rows=rows)


def _number(numbers: dict[str, int], uid: str) -> None:
    if uid in numbers:
        raise ValueError(f"De naam ‘{uid}’ komt twee keer voor; elke tabel en grafiek heeft een eigen naam nodig.")
    numbers[uid] = len(numbers) + 1


def _blocks(document: Document) -> Iterator[Block]:
    for section in document.sections:
        yield from section.blocks


def _tables(block: Block) -> Iterator[Table]:
    """The tables that stand where the block stands; those of tile charts stand at the end."""
    if isinstance(block, Table):
        yield block
    elif isinstance(block, Chart):
        yield block.table
    elif isinstance(block, TileGroup):
        yield from (tile.table for tile in block.tiles if tile.table)


def _marks(document: Document, tile_tables: tuple[Table, ...]) -> Iterator[str]:
    """Footnote keys in the order in which a reader meets them."""
    for block in _blocks(document):
        if isinstance(block, Paragraph | Notice):
            yield from _rich_marks(block.text)
        elif isinstance(block, BulletList):
            for item in block.items:
                yield from _rich_marks(item)
        elif isinstance(block, TileGroup):
            for tile in block.tiles:
                yield from _tile_marks(tile)
        else:
            yield from _table_marks(block.table if isinstance(block, Chart) else block)
    for table in tile_tables:
        yield from _table_marks(table)


def _tile_marks(tile: Tile) -> Iterator[str]:
    for text in (tile.figure, tile.change, tile.norm, tile.note):
        yield from _rich_marks(text)
    if tile.table:
        yield from _table_marks(tile.table)


def _rich_marks(text: RichText) -> Iterator[str]:
    yield from (span.footnote for span in text if span.footnote)


def _table_marks(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: tuple[Cell, ...] = (row.header, *row.cells)
        yield from (cell.footnote for cell in cells if cell.footnote)
