"""A composed report as plain values: everything a renderer needs, nothing it would have to look up.

``queries`` and ``core.compose`` make a :class:`Document`; ``rendering`` turns it into HTML, PDF, DOCX, XLSX and CSV.
All texts are final Dutch texts; numbers in them are already formatted. Nothing here knows Django.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from indicators.core.charts import ChartSpec


class Layout(StrEnum):
    """``visual``: landscape pages of tiles; ``bijlage``: a formal portrait annex with letter fields."""

    VISUAL = "visual"
    BIJLAGE = "bijlage"


@dataclass(frozen=True)
class Span:
    """A piece of running text. ``reference`` is the binding it came from, when it came from the data.

    ``footnote`` is the key of a footnote of the document whose mark follows the text.
    """

    text: str
    reference: str = ""
    footnote: str = ""


RichText = tuple[Span, ...]


@dataclass(frozen=True)
class Footnote:
    """A footnote of the document; numbered by the renderer in order of first mark, one number per key."""

    key: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: RichText


@dataclass(frozen=True)
class BulletList:
    """A list of sentences; ``source`` under it when all items share one."""

    items: tuple[RichText, ...]
    source: str = ""


@dataclass(frozen=True)
class Notice:
    """A set-apart remark: a definition that is wider than usual, a provisional figure, a restatement."""

    title: str
    text: RichText


@dataclass(frozen=True)
class Tile:
    """One key figure: the figure first, the period named, the source under it."""

    title: str
    figure: RichText  # “12.543”, “ruim 300.000”, “83,7%”
    unit: str  # “incidenten”; empty when the figure says it
    period: str  # “2024”, “31 augustus 2025”
    change: RichText = ()  # “2,3% meer dan in 2023”
    norm: RichText = ()  # “norm: ten hoogste 5,9%; niet gehaald”
    note: RichText = ()  # definition note
    source: str = ""
    chart: "Chart | None" = None  # small trend chart within the tile
    table: "Table | None" = None  # small table within the tile


@dataclass(frozen=True)
class TileGroup:
    tiles: tuple[Tile, ...]


class Align(StrEnum):
    TEXT = "tekst"
    NUMBER = "getal"


@dataclass(frozen=True)
class Column:
    title: str
    align: Align = Align.NUMBER
    group: str = ""  # a heading over several neighbouring columns


@dataclass(frozen=True)
class Cell:
    text: str
    footnote: str = ""
    reference: str = ""


class RowKind(StrEnum):
    ORDINARY = "gewoon"
    SUBTOTAL = "subtotaal"
    TOTAL = "totaal"
    GROUP = "groep"  # a heading row: only the first cell has text


@dataclass(frozen=True)
class Row:
    header: Cell  # the row's label: a TH with scope row
    cells: tuple[Cell, ...]  # one per column after the first
    kind: RowKind = RowKind.ORDINARY


@dataclass(frozen=True)
class Table:
    """``columns[0]`` is the column of row labels; every row has ``len(columns) - 1`` cells."""

    uid: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str = ""
    unit: str = ""  # “bedragen x € 1.000”


@dataclass(frozen=True)
class Chart:
    """A chart with the table of its values (every chart has its table)."""

    spec: ChartSpec
    caption: str
    table: Table
    source: str = ""


Block = Paragraph | BulletList | Notice | TileGroup | Table | Chart


@dataclass(frozen=True)
class Section:
    """``level`` 1 is a theme, 2 a sub-theme; ``uid`` is a slug unique in the document."""

    uid: str
    level: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class FigureRow:
    """One figure behind the report, for XLSX and CSV: with its source, place, certainty and revision."""

    indicator: str
    name: str
    area: str
    categories: str
    variant: str
    period: str
    period_label: str
    value: Decimal | None
    marker: str  # nihil, onbekend, …; empty with a value
    qualifier: str
    unit: str
    decimals: int
    status: str
    publication: str
    place: str
    source: str
    certainty: str
    footnote: str
    revision: int


@dataclass(frozen=True)
class LetterFields:
    """The fields of a formal annex; empty fields are left out."""

    annex_number: str = ""
    belongs_to: str = ""  # “Horend bij”
    letter_date: date | None = None
    reference: str = ""  # kenmerk
    department: str = ""  # directie


@dataclass(frozen=True)
class Document:
    code: str  # template code, also the file name
    title: str
    subtitle: str  # “Tweede halfjaarbericht politie 2025”
    layout: Layout
    fields: LetterFields
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    figures: tuple[FigureRow, ...]
    known_as_of: str  # “Stand van de gegevens: 3 december 2025”
    document_date: date  # fixes every date inside the files, so that they repeat byte for byte
    data_digest: str  # SHA-256 over the revisions used, printed small in the colophon
    # The revisions used, by the number of their row: for the books, no part of what is printed.
    observation_ids: tuple[int, ...] = field(default=(), repr=False, compare=False)
