"""Sheets to take away: numbers as numbers, formulas harmless, the same bytes every time."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from monitor.base.tabular.writing import Sheet, SheetColumn, harmless, write_csv, write_xlsx

COLUMNS = (SheetColumn("Naam"), SheetColumn("Waarde", is_number=True))


def sheet(*rows) -> Sheet:
    return Sheet("Cijfers", COLUMNS, rows)


@given(st.text())
def test_no_text_is_left_that_a_spreadsheet_would_take_for_a_formula(text):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_is_as_dutch_spreadsheets_read_it():
    written = write_csv(sheet(("Één; naam", Decimal("-12543.50")), ("=1+1", None))).decode("utf-8-sig")
    assert written == 'Naam;Waarde\r\n"Één; naam";-12543,50\r\n\'=1+1;\r\n'


@pytest.mark.parametrize("value", ["0", "12543", "83.7", "-0.0001", "12345678901.2345"])
def test_a_number_in_a_workbook_is_that_number(value):
    content = write_xlsx([sheet(("x", Decimal(value)))], title="Proef")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == float(value)


def test_a_formula_in_a_workbook_is_a_text():
    content = write_xlsx([sheet(("=HYPERLINK(1)", 1))], title="Proef")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "'=HYPERLINK(1)"


def test_the_same_table_gives_the_same_bytes():
    one = sheet(("a", Decimal("1.5")))
    assert write_xlsx([one], title="Proef") == write_xlsx([one], title="Proef")
    assert write_csv(one) == write_csv(one)


def test_an_empty_table_keeps_its_headings():
    rows = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx([sheet()], title="Proef"))).get_sheet_by_index(0)
    assert rows.to_python() == [["Naam", "Waarde"]]
