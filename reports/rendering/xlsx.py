"""XLSX: the figures behind a report with their sources, what the columns mean, and every table of the report."""

import re
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from monitor.base.core.numbers import read_number
from reports.core.document import Align, Document, Row, RowKind, Table
from reports.rendering.archive import repeatable_zip
from reports.rendering.figures import COLUMNS, escaped
from reports.rendering.outline import Outline, all_tables, outline_of

_NUMBER = re.compile(r"^[+−-]?[\d.]+(,\d+)?%?$")
_YEAR = re.compile(r"^\d{4}$")
_WIDEST = 60


def render_xlsx(document: Document) -> bytes:
    """The workbook: sheet “Cijfers”, sheet “Toelichting”, then one sheet per table. The same input, the same bytes."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    moment = datetime.combine(document.document_date, time(12))
    book.set_properties({"title": document.title, "subject": document.subtitle, "created": moment, "author": ""})
    styles = _Styles(book)
    _figures_sheet(book, document, styles)
    _explanation_sheet(book, document, styles)
    outline = outline_of(document)
    for table in all_tables(document):
        _table_sheet(book, table, outline, styles)
    book.close()
    return repeatable_zip(target.getvalue())


class _Styles:
    """The cell formats of one workbook; number formats are made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], CellFormat] = {}

    def get(self, **properties: Any) -> CellFormat:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "Noto Sans", "font_size": 10, "valign": "top", **properties}
            )
        return self._made[key]

    def head(self, **more: Any) -> CellFormat:
        return self.get(bold=True, font_color="#FFFFFF", bg_color="#1F4E79", text_wrap=True, **more)

    def number(self, decimals: int, **more: Any) -> CellFormat:
        return self.get(num_format="#,##0" + ("." + "0" * decimals if decimals else ""), **more)


def _figures_sheet(book: Workbook, document: Document, styles: _Styles) -> None:
    sheet = book.add_worksheet("Cijfers")
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.head, styles.head())
    for line, row in enumerate(document.figures, 1):
        for index, column in enumerate(COLUMNS):
            content = column.content(row)
            if isinstance(content, Decimal):
                sheet.write_number(line, index, float(content), styles.number(row.decimals))
            elif isinstance(content, int):
                sheet.write_number(line, index, content, styles.get())
            elif content:
                sheet.write_string(line, index, escaped(content), styles.get())
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(document.figures), len(COLUMNS) - 1)
    sheet.repeat_rows(0)
    _print_on_a4(sheet)


def _print_on_a4(sheet: Worksheet) -> None:
    """Landscape, all columns on one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _explanation_sheet(book: Workbook, document: Document, styles: _Styles) -> None:
    sheet = book.add_worksheet("Toelichting")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    facts = [
        ("Document", f"{document.title} ({document.subtitle})"),
        ("Stand", document.known_as_of),
        ("Kenmerk van de gegevens", document.data_digest),
        ("Cijfers", "Het blad ‘Cijfers’ bevat elk cijfer waarop het document steunt, met bron en vindplaats."),
        ("Tabellen", "Daarna volgt één blad per tabel van het document, met de cijfers zoals ze daar staan."),
        (
            "Zekerheid",
            "Alleen cijfers die zeker zijn, of waarvan maar één lezing klopt, staan hier. Onzekere lezingen ontbreken.",
        ),
        (
            "Tekens",
            "Begint een tekst met = + - of @, dan staat er een apostrof voor, zodat Excel hem niet als formule leest.",
        ),
    ]
    for line, (name, text) in enumerate(facts):
        sheet.write_string(line, 0, name, styles.get(bold=True))
        sheet.write_string(line, 1, escaped(text), styles.get(text_wrap=True))
    _print_on_a4(sheet)
    first = len(facts) + 1
    sheet.write_string(first, 0, "Kolom", styles.head())
    sheet.write_string(first, 1, "Betekenis", styles.head())
    for line, column in enumerate(COLUMNS, first + 1):
        sheet.write_string(line, 0, column.head, styles.get())
        sheet.write_string(line, 1, column.meaning, styles.get(text_wrap=True))


def _table_sheet(book: Workbook, table: Table, outline: Outline, styles: _Styles) -> None:
    number = outline.tables[table.uid]
    sheet = book.add_worksheet(f"Tabel {number}")
    unit = f" ({table.unit})" if table.unit else ""
    sheet.write_string(0, 0, f"Tabel {number}. {table.caption}{unit}", styles.get(bold=True, font_size=12))
    if table.source:
        sheet.write_string(1, 0, f"Bron: {table.source}", styles.get(font_color="#4D5B68"))
    top = _table_heads(sheet, table, 3, styles)
    for line, row in enumerate(table.rows, top):
        _table_row(sheet, table, row, line, outline, styles)
    _table_notes(sheet, table, top + len(table.rows) + 1, outline, styles)
    for index in range(len(table.columns)):
        sheet.set_column(index, index, _width(table, index))
    sheet.freeze_panes(top, 1)
    _print_on_a4(sheet)


def _table_heads(sheet: Worksheet, table: Table, line: int, styles: _Styles) -> int:
    """One or two rows of heads; a common heading is repeated over its columns rather than merged, so sorting works."""
    if any(column.group for column in table.columns):
        for index, column in enumerate(table.columns):
            sheet.write_string(line, index, escaped(column.group), styles.head())
        line += 1
    for index, column in enumerate(table.columns):
        align = "right" if index and column.align is Align.NUMBER else "left"
        sheet.write_string(line, index, escaped(column.title), styles.head(align=align))
    return line + 1


def _table_row(sheet: Worksheet, table: Table, row: Row, line: int, outline: Outline, styles: _Styles) -> None:
    more = {} if row.kind is RowKind.ORDINARY else {"bold": True}
    sheet.write_string(
        line, 0, escaped(row.header.text + _mark(row.header.footnote, outline)), styles.get(text_wrap=True, **more)
    )
    for index, cell in enumerate(row.cells, 1):
        number = _number(cell.text) if table.columns[index].align is Align.NUMBER else None
        if number is None:
            sheet.write_string(
                line, index, escaped(cell.text + _mark(cell.footnote, outline)), styles.get(align="right", **more)
            )
            continue
        value, decimals, percent = number
        style = styles.get(num_format=f'{_digits(decimals)}"%"', **more) if percent else styles.number(decimals, **more)
        sheet.write_number(line, index, float(value), style)
        if cell.footnote:
            sheet.write_comment(line, index, outline.texts[cell.footnote], {"author": ""})


def _table_notes(sheet: Worksheet, table: Table, line: int, outline: Outline, styles: _Styles) -> None:
    """The footnotes of this table, with the numbers of the document."""
    keys = {cell.footnote for row in table.rows for cell in (row.header, *row.cells) if cell.footnote}
    for offset, key in enumerate(sorted(keys, key=lambda key: outline.footnotes[key])):
        text = f"{outline.footnotes[key]}) {outline.texts[key]}"
        sheet.write_string(line + offset, 0, text, styles.get(font_color="#4D5B68"))


def _mark(key: str, outline: Outline) -> str:
    return f" {outline.footnotes[key]})" if key else ""


def _digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _number(text: str) -> tuple[Decimal, int, bool] | None:
    """Value, decimals and whether it is a percentage, when the cell holds one plain number; years stay text."""
    if not _NUMBER.match(text) or _YEAR.match(text):
        return None
    dutch = [value for value in read_number(text).values if _reads_dutch(text, value)]
    if not dutch:
        return None
    return dutch[0], len(text.rstrip("%").partition(",")[2]), text.endswith("%")


def _reads_dutch(text: str, value: Decimal) -> bool:
    """The texts of a document are Dutch: a point separates thousands."""
    plain = text.rstrip("%").replace(".", "").replace(",", ".").replace("−", "-")
    return value == Decimal(plain)


def _width(table: Table, index: int) -> int:
    texts = [table.columns[index].title]
    texts += [
        row.header.text if index == 0 else row.cells[index - 1].text for row in table.rows if index == 0 or row.cells
    ]
    return min(max(len(text) for text in texts) + 4, _WIDEST)
