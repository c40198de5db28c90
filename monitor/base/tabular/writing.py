"""Writing a table to CSV or XLSX: numbers as numbers, texts that could be a formula made harmless.

Everything that a reader can download as a sheet goes through here. The same table gives the same bytes.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter

from monitor.base.core.numbers import format_number

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed date of making, so that bytes repeat
_WIDEST = 60

Value = str | int | Decimal | None


@dataclass(frozen=True)
class SheetColumn:
    """A column with its Dutch heading; ``is_number`` columns hold numbers or nothing."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table for a reader. ``decimals`` per row and column would be too much: a number keeps the digits it has."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def decimals_of(value: Decimal | int) -> int:
    """How many decimals a number was given with."""
    exponent = Decimal(value).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def write_csv(sheet: Sheet) -> bytes:
    """CSV as Dutch spreadsheets open it: semicolons, decimal commas, UTF-8 with a byte-order mark."""
    return b"".join(csv_lines(sheet.columns, sheet.rows))


def csv_lines(columns: Sequence[SheetColumn], rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """The same in parts, for a table that is too long to hold: each part is some whole lines."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    target.write("\ufeff")
    writer.writerow([harmless(column.title) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_csv_cell(value) for value in row])
        if number % 500 == 0:
            yield target.getvalue().encode()
            target.seek(0)
            target.truncate()
    yield target.getvalue().encode()


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    # No thousands separators and a plain minus: a spreadsheet must read it back as a number.
    return format_number(value, decimals_of(value)).replace(".", "").replace("−", "-")


def write_xlsx(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """A workbook with a frozen heading row, a filter and widths that fit; one sheet per table."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": title, "created": _EPOCH.replace(tzinfo=None)})
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.close()
    return target.getvalue()


def _write_sheet(book: "xlsxwriter.Workbook", sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name[:31])
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    formats = {
        places: book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else ""), "valign": "top"})
        for places in range(5)
    }
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, harmless(column.title), heading)
        page.set_column(index, index, _width(column, (row[index] for row in sheet.rows)))
    for line, row in enumerate(sheet.rows, start=1):
        for index, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(line, index, harmless(value), wrapped)
            else:
                page.write_number(line, index, float(value), formats[min(decimals_of(value), 4)])
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _width(column: SheetColumn, values: Iterable[Value]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(len(column.title), longest) + 2, _WIDEST)
