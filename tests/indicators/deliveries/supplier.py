"""A supplier at work on a request sheet: fills cells in, sorts rows, moves columns, and saves the file again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from monitor.base.tabular.reading import read_file

CODES_ROW = 4  # of the sheets that this monitor makes, from 0
FIRST_ROW = 6


@dataclass(frozen=True)
class Shown:
    """A value in a cell with a number format of its own; it travels with the value."""

    value: Any
    format: str


@dataclass
class Grid:
    """A sheet as a person sees it in a spreadsheet, to be changed at will. Rows and columns count from 0."""

    name: str
    cells: list[list[Any]]
    is_hidden: bool = False

    def column(self, code: str) -> int:
        return next(i for i, value in enumerate(self.cells[CODES_ROW]) if str(value).split(" ")[0] == f"#{code}")

    def row_of(self, key: str) -> int:
        """The row whose hidden key begins with this."""
        at = self.column("sleutel")
        return next(i for i, row in enumerate(self.cells) if i >= FIRST_ROW and str(row[at]).startswith(key))

    def fill(self, key: str, **values: Any) -> str:
        """Fill in cells of a row by the codes of their columns; returns the address of the value."""
        row = self.row_of(key)
        for code, value in values.items():
            self.cells[row][self.column(code.replace("_", "-"))] = value
        return f"{_letters(self.column('waarde'))}{row + 1}"

    def fill_percentage(self, key: str, fraction: float) -> None:
        self.fill(key, waarde=Shown(fraction, "0.0%"))

    def sort_rows(self, order: Callable[[Sequence[Any]], Any], *, reverse: bool = False) -> None:
        self.cells[FIRST_ROW:] = sorted(self.cells[FIRST_ROW:], key=order, reverse=reverse)

    def insert_column(self, at: int, title: str = "") -> None:
        for number, row in enumerate(self.cells):
            row.insert(at, title if number == CODES_ROW + 1 else None)

    def move_column(self, code: str, to: int) -> None:
        at = self.column(code)
        for row in self.cells:
            row.insert(to, row.pop(at))

    def delete_row(self, key: str) -> None:
        del self.cells[self.row_of(key)]


class Workbook:
    """A request sheet opened by a supplier."""

    def __init__(self, content: bytes) -> None:
        book = read_file("uitvraag.xlsx", content)
        width = max(len(row) for row in book.sheets[0].rows)
        self.sheets = [
            Grid(
                sheet.name,
                [list(row) + [None] * (width - len(row)) for row in sheet.rows],
                is_hidden=sheet.is_hidden,
            )
            for sheet in book.sheets
        ]

    @property
    def grid(self) -> Grid:
        return self.sheets[0]

    def save(self) -> bytes:
        target = BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
        for sheet in self.sheets:
            page = book.add_worksheet(sheet.name)
            if sheet.is_hidden:
                page.hide()
            for row, values in enumerate(sheet.cells):
                for column, value in enumerate(values):
                    if isinstance(value, Shown):
                        page.write(row, column, value.value, book.add_format({"num_format": value.format}))
                    elif value is not None:
                        page.write(row, column, value)
        book.close()
        return target.getvalue()


def _letters(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else "A" + chr(ord("A") + column - 26)
