"""XLSX and CSV hold the figures with their sources, as numbers, and nothing that a spreadsheet would run."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from reports.core.formats import Format
from reports.rendering.csv import render_csv
from reports.rendering.xlsx import render_xlsx
from tests.reports.rendering.blocks import GTPA, figure_rows
from tests.reports.rendering.sample import annex_document, visual_document


@pytest.fixture(scope="module")
def book() -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(render_xlsx(annex_document())))


@pytest.fixture(scope="module")
def rows(book: CalamineWorkbook) -> list[dict[str, object]]:
    head, *body = book.get_sheet_by_name("Cijfers").to_python()
    return [dict(zip(head, row, strict=True)) for row in body]


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_every_figure_is_a_number_with_its_source(rows: list[dict[str, object]]) -> None:
    assert [row["waarde"] for row in rows if row["indicator"] == "gtpa-incidenten"] == list(GTPA)
    absence = next(row for row in rows if row["indicator"] == "verzuim")
    assert absence["waarde"] == 6.3
    assert absence["nauwkeurigheid"] == "circa"
    assert absence["publicatie"] == "Tweede halfjaarbericht politie 2025"


def test_a_figure_without_value_is_empty_and_says_why(rows: list[dict[str, object]]) -> None:
    missing = next(row for row in rows if row["indicator"] == "lege-reeks")
    assert missing["waarde"] == ""
    assert missing["bijzonderheid"] == "niet geleverd"


def test_number_formats_follow_the_published_precision() -> None:
    styles = parts(render_xlsx(annex_document()))["xl/styles.xml"]
    assert 'formatCode="#,##0.0"' in styles
    assert 'formatCode="#,##0"' in styles


def test_text_that_looks_like_a_formula_is_written_as_text(rows: list[dict[str, object]]) -> None:
    assert next(row for row in rows if row["indicator"] == "verzuim")["vindplaats"] == "'=HYPERLINK(1)"
    assert not any("<f>" in sheet for name, sheet in parts(render_xlsx(annex_document())).items() if "sheet" in name)
    assert "'=HYPERLINK(1)" in render_csv(annex_document()).decode()


def test_the_second_sheet_explains_every_column(book: CalamineWorkbook) -> None:
    explained = {row[0] for row in book.get_sheet_by_name("Toelichting").to_python()}
    head = book.get_sheet_by_name("Cijfers").to_python()[0]
    assert set(head) <= explained
    assert {"Zekerheid", "Stand"} <= explained


def test_every_table_of_the_report_has_a_sheet_with_numbers(book: CalamineWorkbook) -> None:
    assert book.sheet_names == ["Cijfers", "Toelichting", "Tabel 1", "Tabel 2", "Tabel 3", "Tabel 4"]
    table = book.get_sheet_by_name("Tabel 1").to_python()
    assert table[0][0] == "Tabel 1. Zedenzaken bij de politie (aantallen)"
    incidents = next(row for row in table if str(row[0]).startswith("Incidenten"))
    assert incidents[0] == "Incidenten 2)"
    assert incidents[1:] == [10143, 10743, 13343, 12016, 12398, 13401]
    assert any(str(row[0]).startswith("2) Incidenten zijn alle registraties") for row in table)


def test_percentages_keep_their_sign_and_years_stay_text() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(render_xlsx(visual_document())))
    rows = [row for name in book.sheet_names[2:] for row in book.get_sheet_by_name(name).to_python()]
    assert ["Fysiek geweld", 57.0] in rows
    assert ["2024", 12543.0] in rows
    assert '#,##0.0"%"' in parts(render_xlsx(visual_document()))["xl/styles.xml"].replace("&quot;", '"')


def test_the_head_row_stands_still_and_filters() -> None:
    sheet = parts(render_xlsx(annex_document()))["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:R8"' in sheet


def test_a_dutch_excel_and_a_program_read_the_same_csv() -> None:
    content = render_csv(annex_document())
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")
    assert frame["waarde"].tolist()[:5] == list(GTPA)
    assert frame.loc[frame["indicator"] == "verzuim", "waarde"].item() == 6.3
    assert len(frame) == len(figure_rows())


def test_csv_values_have_a_decimal_comma_and_no_thousands() -> None:
    rows = list(csv.DictReader(StringIO(render_csv(annex_document()).decode("utf-8-sig")), delimiter=";"))
    assert [row["waarde"] for row in rows] == ["12543", "12940", "12895", "12265", "12543", "6,3", ""]


def test_formats_know_their_media_type() -> None:
    assert [format_.value for format_ in Format] == ["html", "pdf", "docx", "xlsx", "csv"]
    assert Format.CSV.media_type.startswith("text/csv")
