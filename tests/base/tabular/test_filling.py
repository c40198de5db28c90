"""A workbook to be filled in: rules that survive sorting, codes that nobody sees, nothing locked."""

import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

from monitor.base.tabular.filling import (
    FillingBook,
    FillingCell,
    FillingColumn,
    FillingKind,
    FillingSheet,
    write_filling_book,
)
from monitor.base.tabular.reading import read_file
from monitor.base.tabular.writing import Value

MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
COLUMNS = (
    FillingColumn("sleutel", "Sleutel", FillingKind.HIDDEN),
    FillingColumn("laagst", "Laagst", FillingKind.HIDDEN),
    FillingColumn("hoogst", "Hoogst", FillingKind.HIDDEN),
    FillingColumn("naam", "Naam", FillingKind.SHOWN),
    FillingColumn("waarde", "Waarde", FillingKind.NUMBER, prompt="Alleen het getal."),
    FillingColumn("status", "Status", FillingKind.CHOICE, choices=("voorlopig", "definitief")),
    FillingColumn("opmerking", "Opmerking", FillingKind.TEXT, prompt="Vrij."),
)


def book(*names: Value) -> bytes:
    rows = tuple(
        (FillingCell(f"k{number}"), FillingCell(0), FillingCell(100), FillingCell(name), *[FillingCell()] * 3)
        for number, name in enumerate(names)
    )
    sheet = FillingSheet("Vragen", ("Titel", "Uitleg"), "proef/1 x", COLUMNS, rows, ("laagst", "hoogst"), "Kan niet.")
    return write_filling_book(FillingBook("Proef", MOMENT, sheet, (("Waarde", "Zo."),), (("formaat", "proef/1"),)))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_codes_stand_in_a_hidden_row_above_the_titles_and_the_mark_with_the_first():
    sheet = read_file("a.xlsx", book("een")).sheets[0]
    assert [cell.text for cell in sheet.row(3)] == [
        "#sleutel proef/1 x", "#laagst", "#hoogst", "#naam", "#waarde", "#status", "#opmerking",
    ]  # fmt: skip
    assert [cell.text for cell in sheet.row(4)] == [column.title for column in COLUMNS]
    assert re.search(r'<row r="3"[^>]* hidden="1"', part(book("een"), "xl/worksheets/sheet1.xml"))


def test_the_rule_of_a_number_names_the_bounds_of_its_own_row():
    """One rule for the whole column, with a relative row: sorted values keep their own bounds."""
    markup = part(book("een", "twee"), "xl/worksheets/sheet1.xml")
    assert "<formula1>$B5</formula1><formula2>$C5</formula2>" in markup
    assert 'sqref="E5:E6"' in markup


def test_a_choice_has_its_list_and_a_cell_its_advice():
    markup = part(book("een"), "xl/worksheets/sheet1.xml")
    assert "voorlopig,definitief" in markup
    assert 'prompt="Alleen het getal."' in markup


def test_nothing_is_locked_and_all_columns_sort_together():
    markup = part(book("een", "twee"), "xl/worksheets/sheet1.xml")
    assert "sheetProtection" not in markup
    assert '<autoFilter ref="A4:G6"/>' in markup


def test_the_explanation_is_shown_and_the_key_is_not():
    sheets = read_file("a.xlsx", book("een")).sheets
    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [
        ("Vragen", False), ("Leesmij", False), ("_sleutel", True),
    ]  # fmt: skip


def test_texts_are_harmless_and_numbers_are_numbers():
    sheet = read_file("a.xlsx", book("=1+1", Decimal("12.5"))).sheets[0]
    assert (sheet.cell(5, 3).value, sheet.cell(6, 3).value) == ("'=1+1", Decimal("12.5"))


def test_the_same_book_gives_the_same_bytes():
    assert book("een") == book("een")


def test_a_sheet_without_rows_is_still_a_sheet():
    assert len(read_file("a.xlsx", book()).sheets[0].rows) == 4
