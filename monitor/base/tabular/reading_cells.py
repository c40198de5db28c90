"""What reading a sheet gives: typed values with the place where they stand. No library behind it shows through."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from monitor.base.core.errors import MonitorError

CellValue = str | Decimal | bool | date | datetime | time | timedelta | None

BROKEN_FORMULA = "#FOUT!"  # what stands for the outcome of a formula that went wrong


class UnreadableFile(MonitorError):
    """A file that is not read: damaged, too large, protected, or not what its name says. Nothing of it was used."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read at most. The expanded size counts every part of a compressed file."""

    file_bytes: int = 10 * 2**20
    expanded_bytes: int = 150 * 2**20
    ratio: int = 200  # expanded against compressed; sheets of real figures stay under fifty
    members: int = 1_000
    sheets: int = 100
    rows: int = 100_000
    columns: int = 1_000
    cells: int = 4_000_000  # rows times columns of one sheet: an empty corner far away takes memory too


@dataclass(frozen=True)
class CellPlace:
    """Where a value stands: sheet (empty for a text file), row from 1, column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """As a spreadsheet names it: “H12”."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"cel {self.address} van blad ‘{self.sheet}’" if self.sheet else f"cel {self.address}"


@dataclass(frozen=True)
class ReadCell:
    """A value with its place. Where a person sees 83,7% in a percentage cell, the value is 0.837."""

    place: CellPlace
    value: CellValue
    shows_percentage: bool = False

    @property
    def text(self) -> str:
        """The value as plain text; empty for an empty cell."""
        return plain_text(self.value)

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True)
class MergedCells:
    """Cells that show as one; the value stands in the first. Rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(frozen=True)
class ReadSheet:
    """One sheet. ``rows`` start at row 1 and may differ in length; what is not there is empty."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    is_hidden: bool = False
    percentages: frozenset[tuple[int, int]] = field(default_factory=frozenset)  # row from 1, column from 0
    merged: tuple[MergedCells, ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)

    def cell(self, row: int, column: int) -> ReadCell:
        """The cell at a row (from 1) and column (from 0); empty outside the sheet."""
        values = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        value = values[column] if column < len(values) else None
        return ReadCell(CellPlace(self.name, row, column), value, (row, column) in self.percentages)

    def row(self, row: int) -> Iterator[ReadCell]:
        """The cells of a row, from 1."""
        return (self.cell(row, column) for column in range(len(self.rows[row - 1])))


@dataclass(frozen=True)
class ReadFile:
    """Everything that was read: the name without any folder, and the sheets in order."""

    name: str
    sheets: tuple[ReadSheet, ...]


def column_letters(column: int) -> str:
    """0 → “A”, 27 → “AB”."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """“A” → 0, “AB” → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def plain_text(value: CellValue) -> str:
    """A value as somebody would read it aloud; whole numbers without decimals, days as day-month-year."""
    match value:
        case None:
            return ""
        case bool():
            return "waar" if value else "onwaar"
        case Decimal():
            return f"{value:f}"
        case date():  # a datetime is one too
            return f"{value.day}-{value.month}-{value.year}"
        case _:
            return str(value).strip()
