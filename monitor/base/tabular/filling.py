"""Writing a workbook that somebody fills in and sends back: shown cells, cells to fill in with their rules, and codes
by which the rows and columns are known again wherever they end up.

Nothing is locked: rows must sort and columns must move. The rules of a number name the bounds in hidden columns of the
same row, because a spreadsheet moves values when it sorts and leaves the rules where they were.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from monitor.base.tabular.writing import Value, harmless

_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True, "border": 1}
_INPUT = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#8A6D1B"}
_SHOWN = {"bottom": 1, "bottom_color": "#C8CDD2"}
_A3, _A4 = 8, 9
_LINE = 13  # points per line of text
_EXPLANATION_WIDTH = 90
_PROMPT, _PROMPT_TITLE, _LIST = 255, 32, 255  # what a spreadsheet takes at most


class FillingKind(StrEnum):
    """What a column is for."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    ASIDE = "aside"  # shown in grey, belongs to the column after it
    NUMBER = "number"  # to fill in, within the bounds of the row
    CHOICE = "choice"  # to fill in, from a list
    TEXT = "text"  # to fill in, free


@dataclass(frozen=True)
class FillingColumn:
    """A column: ``code`` is what it is known by when it comes back; ``prompt`` appears beside a cell to fill in."""

    code: str
    title: str
    kind: FillingKind
    width: int = 12
    prompt: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class FillingCell:
    """What stands in a cell; a number is shown with ``decimals``."""

    value: Value = None
    decimals: int = 0


@dataclass(frozen=True)
class FillingSheet:
    """The sheet itself. ``mark`` stands in the hidden row of codes; ``bounds`` names two hidden columns."""

    name: str
    heading: tuple[str, ...]
    mark: str
    columns: tuple[FillingColumn, ...]
    rows: tuple[tuple[FillingCell, ...], ...]
    bounds: tuple[str, str]
    bounds_error: str
    first_input: str = ""  # the code of the column up to which a wide sheet stays in view


@dataclass(frozen=True)
class FillingBook:
    """The workbook: the sheet, its explanation, and what is hidden in it."""

    title: str
    moment: datetime
    sheet: FillingSheet
    explanation: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]


def write_filling_book(book: FillingBook) -> bytes:
    """The workbook as XLSX; the same book gives the same bytes."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"title": book.title, "created": book.moment.astimezone(UTC).replace(tzinfo=None)})
    _SheetWriter(workbook, book.sheet).write()
    _write_explanation(workbook, book)
    hidden = workbook.add_worksheet("_sleutel")
    for line, (name, value) in enumerate(book.hidden):
        hidden.write_string(line, 0, name)
        hidden.write_string(line, 1, harmless(value))
    hidden.hide()
    workbook.close()
    return target.getvalue()


class _SheetWriter:
    """Writes the sheet to fill in: heading, hidden codes, titles, rows, rules, print layout."""

    def __init__(self, workbook: Workbook, sheet: FillingSheet) -> None:
        self._workbook, self._sheet = workbook, sheet
        self._page: Worksheet = workbook.add_worksheet(sheet.name)
        self._formats: dict[tuple[tuple[str, Any], ...], CellFormat] = {}
        self._codes_row = len(sheet.heading)
        self._titles_row = self._codes_row + 1
        self._first_row = self._titles_row + 1
        self._last_row = self._first_row + len(sheet.rows) - 1
        self._places = {column.code: index for index, column in enumerate(sheet.columns)}

    def write(self) -> None:
        self._write_heads()
        for line, row in enumerate(self._sheet.rows, start=self._first_row):
            for index, (column, cell) in enumerate(zip(self._sheet.columns, row, strict=True)):
                self._write_cell(line, index, column, cell)
            self._page.set_row(line, self._height(row))
        if self._sheet.rows:
            self._add_rules()
        self._lay_out()

    def _format(self, **properties: Any) -> CellFormat:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format({**_FONT, **properties})
        return self._formats[key]

    def _write_heads(self) -> None:
        first_shown = next(i for i, column in enumerate(self._sheet.columns) if column.kind is not FillingKind.HIDDEN)
        for line, text in enumerate(self._sheet.heading):
            large = {"bold": True, "font_size": 14} if line == 0 else {}
            self._page.write_string(line, first_shown, harmless(text), self._format(**large))
        for index, column in enumerate(self._sheet.columns):
            mark = f" {self._sheet.mark}" if index == 0 else ""
            self._page.write_string(self._codes_row, index, f"#{column.code}{mark}")
            is_input = column.kind in (FillingKind.NUMBER, FillingKind.CHOICE, FillingKind.TEXT)
            colours = {"bg_color": "#7A5C00"} if is_input else {}
            self._page.write_string(self._titles_row, index, column.title, self._format(**{**_HEAD, **colours}))
            hidden = {"hidden": 1} if column.kind is FillingKind.HIDDEN else {}
            self._page.set_column(index, index, column.width, None, hidden)
        self._page.set_row(self._codes_row, None, None, {"hidden": 1})
        self._page.set_row(self._titles_row, 2 * _LINE + 3)
        self._page.set_row(0, 22)

    def _write_cell(self, line: int, index: int, column: FillingColumn, cell: FillingCell) -> None:
        look: dict[str, Any] = dict(_SHOWN)
        if column.kind in (FillingKind.NUMBER, FillingKind.CHOICE, FillingKind.TEXT):
            look = {**_INPUT, "text_wrap": column.kind is not FillingKind.NUMBER}
        elif column.kind is FillingKind.SHOWN:
            look["text_wrap"] = True
        elif column.kind is FillingKind.ASIDE:
            look |= {"font_color": "#4D5B68", "align": "right"}
        digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
        if column.kind is FillingKind.NUMBER or isinstance(cell.value, int | Decimal):
            look |= {"num_format": digits, "align": "right"}
        if isinstance(cell.value, int | Decimal):
            self._page.write_number(line, index, float(cell.value), self._format(**look))
        elif cell.value:
            self._page.write_string(line, index, harmless(cell.value), self._format(**look))
        else:
            self._page.write_blank(line, index, None, self._format(**look))

    def _height(self, row: Sequence[FillingCell]) -> float:
        """High enough for the longest text: not every program fits the height of a row to its wrapped text."""
        lines = [
            sum(math.ceil(max(1, len(part)) * 1.05 / column.width) for part in str(cell.value).split("\n"))
            for column, cell in zip(self._sheet.columns, row, strict=True)
            if isinstance(cell.value, str) and column.kind is not FillingKind.HIDDEN
        ]
        return _LINE * max([1, *lines]) + 3

    def _add_rules(self) -> None:
        for index, column in enumerate(self._sheet.columns):
            prompt = {"input_title": column.title[:_PROMPT_TITLE], "input_message": column.prompt[:_PROMPT]}
            rule: dict[str, Any] = {"ignore_blank": True, **(prompt if column.prompt else {})}
            if column.kind is FillingKind.NUMBER:
                rule |= self._number_rule()
            elif column.kind is FillingKind.CHOICE:
                rule |= _choice_rule(column)
            elif column.kind is FillingKind.TEXT and column.prompt:
                rule["validate"] = "any"
            else:
                continue
            self._page.data_validation(self._first_row, index, self._last_row, index, rule)

    def _number_rule(self) -> dict[str, Any]:
        low, high = (f"=${xl_col_to_name(self._places[code])}{self._first_row + 1}" for code in self._sheet.bounds)
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "error_title": "Dit kan niet",
            "error_message": self._sheet.bounds_error[:_PROMPT],
        }

    def _lay_out(self) -> None:
        page, last_column = self._page, len(self._sheet.columns) - 1
        page.freeze_panes(self._first_row, self._places.get(self._sheet.first_input, 0))
        if self._sheet.rows:
            page.autofilter(self._titles_row, 0, self._last_row, last_column)
            page.print_area(0, 0, self._last_row, last_column)
        page.repeat_rows(self._titles_row)
        page.set_landscape()
        page.set_paper(_A3)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&A&RBlad &P van &N")
        page.hide_gridlines(2)


def _choice_rule(column: FillingColumn) -> dict[str, Any]:
    source: Sequence[str] = column.choices
    assert sum(len(choice) + 1 for choice in source) <= _LIST
    return {
        "validate": "list",
        "source": list(source),
        "error_title": "Kies uit de lijst",
        "error_message": f"Mogelijk zijn: {', '.join(source)}."[:_PROMPT],
    }


def _write_explanation(workbook: Workbook, book: FillingBook) -> None:
    page = workbook.add_worksheet("Leesmij")
    plain = workbook.add_format({**_FONT, "text_wrap": True, "font_size": 11})
    bold = workbook.add_format({**_FONT, "bold": True, "font_size": 11})
    page.set_column(0, 0, 26)
    page.set_column(1, 1, _EXPLANATION_WIDTH)
    page.write_string(0, 0, harmless(book.title), workbook.add_format({**_FONT, "bold": True, "font_size": 14}))
    for line, (head, text) in enumerate(book.explanation, start=2):
        page.write_string(line, 0, harmless(head), bold)
        page.write_string(line, 1, harmless(text), plain)
        page.set_row(line, _LINE * 1.2 * math.ceil(len(text) * 1.05 / _EXPLANATION_WIDTH) + 4)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
