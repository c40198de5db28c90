"""Reading sheets that come in: typed values with their places, and a sentence for what is not a plain sheet."""

import shutil
import subprocess
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.base.core.errors import MonitorError
from monitor.base.tabular.reading import read_file, safe_file_name
from monitor.base.tabular.reading_cells import CellPlace, Limits, UnreadableFile, column_letters, column_number
from tests.base.tabular.hostile import lying_about_its_size, member, old_workbook_with, repacked, workbook

PLAIN = workbook([["naam", 12.5], ["é", 3]])
SHEET = "xl/worksheets/sheet1.xml"


def refused(name: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as told:
        read_file(name, content, limits)
    assert told.value.message.endswith(".")
    return told.value.message


# --- what is read -----------------------------------------------------------------------------------------------------


def test_values_keep_their_type_and_their_place():
    sheet = read_file("cijfers.xlsx", PLAIN).sheets[0]
    cell = sheet.cell(1, 1)
    assert (cell.value, str(cell.place)) == (Decimal("12.5"), "cel B1 van blad ‘Blad1’")
    assert sheet.cell(2, 0).value == "é"
    assert sheet.cell(2, 1).value == Decimal(3)
    assert sheet.cell(99, 99).is_empty


def everything_a_cell_may_hold() -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Soorten")
    page.write_number(1, 1, 0.837, book.add_format({"num_format": "0.0%"}))
    page.write_number(1, 2, 83.7, book.add_format({"num_format": '0.0"%"'}))
    page.write_number(1, 3, 0.5, book.add_format({"num_format": 9}))
    page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 2, "=1+1", None, 2)
    page.write_datetime(3, 1, date(2026, 11, 2), book.add_format({"num_format": "d-m-yyyy"}))
    page.write_number(4, 1, 83.69999999999999)
    page.write_number(4, 2, 12345678901.2345)
    page.write_boolean(5, 1, True)
    book.add_worksheet("_sleutel").hide()
    book.get_worksheet_by_name("_sleutel").write(0, 0, "x")
    book.close()
    return target.getvalue()


def holds_everything(content: bytes, name: str) -> None:
    book = read_file(name, content)
    sheet = book.sheets[0]
    shown = [(str(sheet.cell(2, column).value), sheet.cell(2, column).shows_percentage) for column in (1, 2, 3)]
    assert shown == [("0.837", True), ("83.7", False), ("0.5", True)]
    assert sheet.cell(3, 1).value == "#FOUT!"
    assert sheet.cell(3, 2).value == Decimal(2)
    assert sheet.cell(4, 1).value == date(2026, 11, 2)
    assert [sheet.cell(5, column).value for column in (1, 2)] == [Decimal("83.7"), Decimal("12345678901.2345")]
    assert [one.is_hidden for one in book.sheets] == [False, True]


def test_percentages_failed_formulas_and_days_are_told_apart():
    holds_everything(everything_a_cell_may_hold(), "soorten.xlsx")
    assert read_file("soorten.xlsx", everything_a_cell_may_hold()).sheets[0].cell(6, 1).value is True


@pytest.mark.documents
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_reads_the_same(tmp_path, extension):
    (tmp_path / "in.xlsx").write_bytes(everything_a_cell_may_hold())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profiel", "--headless", "--convert-to", extension,
         "--outdir", str(tmp_path / "uit"), str(tmp_path / "in.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    holds_everything((tmp_path / "uit" / f"in.{extension}").read_bytes(), f"in.{extension}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_file_is_read_whatever_its_encoding_and_separator(encoding, separator):
    lines = [["naam", "waarde"], ["één", "83.7"], ["twee", "x y"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    assert read_file("cijfers.csv", content).sheets[0].rows == tuple(tuple(line) for line in lines)


def test_a_decimal_comma_does_not_make_the_comma_a_separator():
    rows = read_file("cijfers.csv", b"naam;waarde\na;1,5\nb;2,5\n").sheets[0].rows
    assert rows[1] == ("a", "1,5")


def test_a_field_may_hold_separators_and_line_ends_between_quotes():
    assert read_file("a.csv", b'naam;uitleg\n"a;b";"c\nd"\n').sheets[0].rows[1] == ("a;b", "c\nd")


@given(st.integers(min_value=0, max_value=20_000))
def test_letters_of_a_column_and_its_number_belong_together(number):
    assert column_number(column_letters(number)) == number


def test_a_place_is_named_as_people_point_at_it():
    assert str(CellPlace("Uitvraag", 12, 7)) == "cel H12 van blad ‘Uitvraag’"
    assert str(CellPlace("", 12, 27)) == "cel AB12"


# --- what is refused --------------------------------------------------------------------------------------------------


def test_a_file_that_grows_beyond_its_limit_is_refused():
    bomb = repacked(PLAIN, {"xl/media/groot.bin": bytes(40 * 2**20)})
    assert len(bomb) < 100_000
    assert "pakt uit tot veel meer" in refused("bom.xlsx", bomb)


def test_a_file_that_lies_about_what_comes_out_of_it_is_refused():
    honest = repacked(PLAIN, {"xl/media/groot.bin": bytes(40 * 2**20)})
    refused("bom.xlsx", lying_about_its_size(honest, "xl/media/groot.bin"))


def test_many_parts_are_refused():
    assert "pakt uit" in refused("veel.xlsx", repacked(PLAIN, {f"xl/x{n}.bin": b"" for n in range(1_100)}))


def test_one_cell_in_the_far_corner_takes_no_memory():
    corner = member(PLAIN, SHEET).replace(b'r="B2"', b'r="XFD1048576"')
    assert "losse cel ver van de andere" in refused("hoek.xlsx", repacked(PLAIN, {SHEET: corner}))


def test_an_open_document_that_repeats_a_value_without_end_is_refused():
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="900000000"/>'
    content = open_document(f'<table:table-row table:number-rows-repeated="900000000">{cell}</table:table-row>')
    assert "meer dan" in refused("herhaald.ods", content)


def open_document(rows: str, manifest: str = "") -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    body = (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='A'>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", body)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return target.getvalue()


@pytest.mark.parametrize(
    "entity",
    ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'],
)
def test_entities_from_outside_are_refused_and_never_fetched(entity):
    sheet = member(PLAIN, SHEET).replace(b"<worksheet", entity.encode() + b"<worksheet", 1)
    assert "documenttype" in refused("entiteit.xlsx", repacked(PLAIN, {SHEET: sheet}))


def test_a_document_type_in_another_encoding_is_seen_too():
    text = member(PLAIN, SHEET).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    sheet = text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1).encode("utf-16")
    assert "documenttype" in refused("entiteit.xlsx", repacked(PLAIN, {SHEET: sheet}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("macro.xlsm", PLAIN),
        ("macro.xlsx", repacked(PLAIN, {"xl/vbaProject.bin": b"x"})),
        ("macro.ods", repacked(open_document("<table:table-row/>"), {"Basic/Standard/script-lb.xml": b"<a/>"})),
        ("macro.xls", old_workbook_with("_VBA_PROJECT_CUR")),
    ],
)
def test_macros_are_refused(name, content):
    assert "macro's" in refused(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("geheim.xlsx", old_workbook_with("EncryptedPackage")),
        ("geheim.ods", open_document("", "<manifest><encryption-data/></manifest>")),
    ],
)
def test_a_password_is_refused_with_what_to_do(name, content):
    assert "Haal het wachtwoord eraf" in refused(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cijfers.csv", PLAIN),
        ("cijfers.ods", PLAIN),
        ("cijfers.xls", PLAIN),
        ("cijfers.xlsx", b"naam;waarde\na;1\n"),
        ("cijfers.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("cijfers.csv", b"%PDF-1.7 ..."),
        ("cijfers.csv", b"<!DOCTYPE html><p>a;b"),
    ],
)
def test_a_name_that_promises_something_else_is_refused(name, content):
    assert "de inhoud is iets anders" in refused(name, content)


@pytest.mark.parametrize("name", ["cijfers.pdf", "cijfers", "cijfers.docx", "cijfers.exe", "xlsx", ""])
def test_other_sorts_of_files_are_refused(name):
    assert "XLSX, XLS, ODS, CSV, TSV" in refused(name, PLAIN)


def test_a_document_that_is_no_workbook_is_refused():
    word = BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "geen rekenblad" in refused("brief.xlsx", word.getvalue())
    assert "geen rekenblad" in refused("brief.xls", old_workbook_with("WordDocument"))


def test_parts_that_point_outside_the_archive_are_refused():
    for name in ("../../etc/cron.d/x", "/etc/passwd", "C:/x", "a\\..\\b"):
        assert "andere map" in refused("pad.xlsx", repacked(PLAIN, {name: b"x"})), name


def test_nul_bytes_in_a_text_file_are_refused():
    assert "tekens in die daar niet in horen" in refused("a.csv", b"a;b\n1\x00;2\n")


def test_letters_that_belong_to_no_encoding_are_refused():
    assert "niet te lezen" in refused("a.csv", b"a;b\n\x81\x8d;2\n")


def test_a_quote_that_never_closes_is_refused_with_its_line():
    assert refused("a.csv", b'naam;waarde\n"open;1\n').startswith("Regel 2")


@pytest.mark.parametrize("name", ["leeg.csv", "leeg.xlsx"])
def test_an_empty_file_is_refused(name):
    assert "leeg" in refused(name, b"")


def test_a_workbook_without_any_value_is_refused():
    assert "is leeg" in refused("leeg.xlsx", workbook([[]]))


def test_too_much_is_refused_by_size_rows_columns_and_sheets():
    assert "te groot" in refused("groot.xlsx", PLAIN, Limits(file_bytes=1_000))
    assert "meer dan 1 rijen" in refused("rijen.xlsx", PLAIN, Limits(rows=1))
    assert "of 1 kolommen" in refused("kolommen.xlsx", PLAIN, Limits(columns=1))
    assert "meer dan 0 bladen" in refused("bladen.xlsx", PLAIN, Limits(sheets=0))
    assert "meer dan 1 regels" in refused("regels.csv", b"a;b\n1;2\n", Limits(rows=1))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    """Cut off somewhere, or with bytes changed: never an error that nobody catches."""
    content = bytearray(PLAIN)
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    for _ in range(data.draw(st.integers(0, 8))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(MonitorError):
        read_file("stuk.xlsx", bytes(content))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_old_workbook_is_read_or_refused_and_nothing_else(data):
    content = bytearray(old_workbook_with("Workbook"))
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(MonitorError):
        read_file("stuk.xls", bytes(content))


@given(st.text())
def test_a_file_name_never_leads_anywhere(name):
    safe = safe_file_name(name)
    assert Path(safe).name == safe
    assert safe not in ("", ".", "..")
    assert safe.isprintable()
    assert len(safe) <= 200


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\map\\uitvraag.xlsx", "uitvraag.xlsx"),
        ('a"b;c\r\n.xlsx', "abc.xlsx"),
        ("uitvraag (2).xlsx", "uitvraag (2).xlsx"),
    ],
)
def test_a_file_name_keeps_what_is_harmless(name, safe):
    assert safe_file_name(name) == safe
