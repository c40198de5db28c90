"""What a wide sheet holds: tables with their title, headings, labels and notes. :mod:`wide_finding` finds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.core.enumerations import Variant
from indicators.core.period_words import PeriodWords
from indicators.core.sheet_outcome import SheetRemark
from indicators.core.sheet_texts import FootnoteText, folded
from monitor.base.tabular.reading_cells import CellPlace, column_letters


@dataclass(frozen=True)
class ColumnHead:
    """The heading over a column of values: all its lines, and what they say. ``label`` is what no other part took."""

    column: int
    text: str
    places: tuple[CellPlace, ...] = ()
    label: str = ""
    period: PeriodWords | None = None
    area: str = ""
    variant: Variant | None = None
    unit: str = ""
    marks: tuple[str, ...] = ()
    is_total: bool = False

    @property
    def letters(self) -> str:
        return column_letters(self.column)


@dataclass(frozen=True)
class RowHead:
    """The label before a row of values; ``section`` is the heading it stands under (“waarvan:”, a merged theme)."""

    row: int
    label: str
    place: CellPlace
    section: str = ""
    period: PeriodWords | None = None
    area: str = ""
    unit: str = ""
    marks: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(frozen=True)
class WideTable:
    """One table on a sheet, where everything stands."""

    sheet: str
    number: int
    title: tuple[str, ...]
    header_rows: tuple[int, ...]
    label_columns: tuple[int, ...]
    columns: tuple[ColumnHead, ...]
    rows: tuple[RowHead, ...]
    footnotes: tuple[FootnoteText, ...] = ()
    notes: tuple[str, ...] = ()
    title_period: PeriodWords | None = None
    multiple: Decimal | None = None
    remarks: tuple[SheetRemark, ...] = ()

    @property
    def periods_across(self) -> bool:
        return any(column.period for column in self.columns)

    @property
    def areas_across(self) -> bool:
        return any(column.area for column in self.columns)

    @property
    def first_column(self) -> str:
        return self.columns[0].letters

    @property
    def label_column(self) -> str:
        return column_letters(self.label_columns[-1]) if self.label_columns else ""

    @property
    def name(self) -> str:
        """How a person would point at it."""
        where = f"blad ‘{self.sheet}’" if self.sheet else "het bestand"
        title = f", ‘{self.title[0]}’" if self.title else ""
        return f"{where}, tabel {self.number}{title}"

    def label_keys(self) -> Iterator["LabelKey"]:
        """Every label to be tied to a series, once, in order."""
        return iter(dict.fromkeys(key_of(row, column) for row in self.rows for column in self.columns))


@dataclass(frozen=True)
class LabelKey:
    """What tells one series from another in a table: the label, the section it stands in, words over the column."""

    label: str
    section: str = ""
    column: str = ""

    @property
    def folded(self) -> "LabelKey":
        return LabelKey(folded(self.label), folded(self.section), folded(self.column))

    @property
    def words(self) -> str:
        """As a person would say it."""
        return " › ".join(part for part in (self.section, self.label, self.column) if part)


def key_of(row: RowHead, column: ColumnHead) -> LabelKey:
    """The label of a cell; periods and areas are no part of it."""
    return LabelKey("" if row.period or row.area else row.label, row.section, column.label)
