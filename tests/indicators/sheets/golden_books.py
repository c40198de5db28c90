"""Building the golden sheets: small workbooks and text files that look like what suppliers send; always the same bytes.

A sheet is rows of plain values; :class:`Formula`, :class:`Percent` and :class:`Raised` are cells of a special sort.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

Cell = Any
Rows = Sequence[Sequence[Cell]]
_MADE = datetime(2025, 11, 3, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Formula:
    text: str
    shows: object


@dataclass(frozen=True)
class Percent:
    fraction: float


@dataclass(frozen=True)
class Raised:
    """A text with a raised number behind it, as a word processor or spreadsheet makes a footnote mark."""

    text: str
    mark: str


@dataclass(frozen=True)
class Page:
    name: str
    rows: Rows
    merged: tuple[tuple[str, Cell], ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()


def book(*pages: Page) -> bytes:
    """An XLSX file."""
    target = BytesIO()
    writer = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    writer.set_properties({"created": _MADE})
    day = writer.add_format({"num_format": "dd-mm-yyyy"})
    percent = writer.add_format({"num_format": "0.0%"})
    raised = writer.add_format({"font_script": 1})
    for page in pages:
        sheet = writer.add_worksheet(page.name)
        for line, row in enumerate(page.rows):
            for column, value in enumerate(row):
                match value:
                    case None | "":
                        continue
                    case Formula():
                        sheet.write_formula(line, column, value.text, None, value.shows)
                    case Percent():
                        sheet.write_number(line, column, value.fraction, percent)
                    case Raised():
                        sheet.write_rich_string(line, column, value.text, raised, value.mark)
                    case date():
                        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)
                    case str():
                        sheet.write_string(line, column, value)
                    case _:
                        sheet.write_number(line, column, value)
        for cells, value in page.merged:
            sheet.merge_range(cells, value)
        for row in page.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for letters in page.hidden_columns:
            sheet.set_column(f"{letters}:{letters}", None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    writer.close()
    return target.getvalue()


def text(rows: Rows, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A text file with columns; no quotes, as most systems write it."""
    lines = [separator.join("" if value is None else str(value) for value in row) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
