"""A sheet that comes back: read without mapping however it was rearranged; what cannot be right is told per cell."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.core.enumerations import Marker, Qualifier, Status
from indicators.core.request_answers import Answer, ReturnedSheet
from indicators.core.request_layout import NotARequestSheet, find_layouts, request_key_of
from indicators.importing.delivery import stage_delivery
from monitor.base.tabular.reading import read_file
from tests.base.tabular.hostile import workbook
from tests.indicators.deliveries.office import CASES, SCORE, SHARE, STAFF, Office, key_of
from tests.indicators.deliveries.supplier import FIRST_ROW, Shown, Workbook


def returned(office: Office, content: bytes, name: str = "uitvraag.xlsx") -> ReturnedSheet:
    return stage_delivery(office.receive(content, name)).returned


def answers(sheet: ReturnedSheet) -> dict[str, Answer]:
    return {answer.key[0].split("|")[0]: answer for answer in sheet.answers}


def filled(office: Office) -> Workbook:
    """Everything answered as a supplier would: numbers, a percentage, a reason, a remark."""
    book = office.sheet()
    book.grid.fill(key_of(CASES), waarde=1180, status="Voorlopig", opmerking="Zonder december.")
    book.grid.fill_percentage(key_of(SHARE), 0.837)
    book.grid.fill(key_of(SHARE), status="definitief")
    book.grid.fill(key_of(STAFF), reden="niet geleverd")
    book.grid.fill(key_of(SCORE), waarde="7,3", status="definitief")
    return book


def is_filled(sheet: ReturnedSheet) -> None:
    assert sheet.problems == ()
    assert sheet.overtyped == ()
    found = answers(sheet)
    assert (found[CASES].value, found[CASES].status) == (Decimal(1180), Status.PROVISIONAL)
    assert found[CASES].remark == "Zonder december."
    assert (found[SHARE].value, found[SHARE].decimals) == (Decimal("83.7"), 1)
    assert (found[STAFF].value, found[STAFF].marker) == (None, Marker.NOT_DELIVERED)
    assert (found[SCORE].value, found[SCORE].decimals) == (Decimal("7.3"), 1)


# --- however it was rearranged ----------------------------------------------------------------------------------------


def test_a_filled_sheet_is_read_without_mapping(office):
    is_filled(returned(office, filled(office).save()))


def test_sorted_rows_keep_their_answers(office):
    book = filled(office)
    at = book.grid.column("indicator")
    before = [row[at] for row in book.grid.cells[FIRST_ROW:]]
    book.grid.sort_rows(lambda row: str(row[at]))
    if [row[at] for row in book.grid.cells[FIRST_ROW:]] == before:
        book.grid.sort_rows(lambda row: str(row[at]), reverse=True)
    assert [row[at] for row in book.grid.cells[FIRST_ROW:]] != before
    is_filled(returned(office, book.save()))


def test_added_and_moved_columns_do_not_matter(office):
    book = filled(office)
    book.grid.insert_column(0, "Intern nummer")
    book.grid.insert_column(5, "Afdeling")
    book.grid.cells[book.grid.row_of(key_of(CASES))][5] = "Afdeling Noord"
    book.grid.move_column("opmerking", 4)
    book.grid.move_column("waarde", 2)
    is_filled(returned(office, book.save()))


def test_a_renamed_sheet_and_other_sheets_before_it_do_not_matter(office):
    book = filled(office)
    book.grid.name = "Antwoord politie"
    book.sheets.reverse()
    is_filled(returned(office, book.save()))


def test_notes_below_and_rows_above_do_not_matter(office):
    book = filled(office)
    width = len(book.grid.cells[0])
    book.grid.cells += [[None] * width, ["Met vriendelijke groet", *[None] * (width - 1)], [None] * width]
    book.grid.cells.insert(0, ["Intern kenmerk 2026/14", *[None] * (width - 1)])
    is_filled(returned(office, book.save()))


def test_a_deleted_row_is_not_an_answer(office):
    book = filled(office)
    book.grid.delete_row(key_of(STAFF))
    sheet = returned(office, book.save())
    assert STAFF not in answers(sheet)
    assert sheet.problems == ()


def test_titles_still_tell_the_columns_when_the_hidden_row_was_deleted(office):
    book = filled(office)
    del book.grid.cells[4]
    is_filled(returned(office, book.save()))


def test_the_sheet_alone_is_enough_when_it_was_copied_to_another_file(office):
    book = filled(office)
    book.sheets = book.sheets[:1]
    is_filled(returned(office, book.save()))


@pytest.mark.documents
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_sheet_that_libreoffice_saved_in_any_of_its_formats_is_read_the_same(office, tmp_path):
    """One run of the office for all: as it opened our own file, and as it saved it."""
    content = filled(office).save()
    (tmp_path / "uitvraag.xlsx").write_bytes(content)
    read = {}
    for extension in ("ods", "xls", "xlsx", "csv"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profiel", "--headless", "--convert-to", extension,
             "--outdir", str(tmp_path / extension), str(tmp_path / "uitvraag.xlsx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        name = f"uitvraag.{extension}"
        read[extension] = returned(office, (tmp_path / extension / name).read_bytes(), name)
    for extension in ("ods", "xls", "xlsx", "csv"):
        is_filled(read[extension])


@pytest.mark.documents
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_our_own_file_keeps_its_rules_and_hidden_parts_through_libreoffice(office, tmp_path: Path):
    (tmp_path / "uitvraag.xlsx").write_bytes(office.request().content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profiel", "--headless", "--convert-to", "ods",
         "--outdir", str(tmp_path / "uit"), str(tmp_path / "uitvraag.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    book = read_file("uitvraag.ods", (tmp_path / "uit" / "uitvraag.ods").read_bytes())
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [
        ("Uitvraag", False), ("Leesmij", False), ("_sleutel", True),
    ]  # fmt: skip
    assert len(find_layouts(book)) == 1


# --- what cannot be right ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "values", "problem", "words"),
    [
        (CASES, {"waarde": "3.4.84"}, "geen-getal", "‘3.4.84’ is geen getal"),
        (CASES, {"waarde": "twaalf"}, "geen-getal", "‘twaalf’ is geen getal"),
        (CASES, {"waarde": "-"}, "streepje", "Vul 0 in, of kies een reden"),
        (CASES, {"waarde": Shown(date(2026, 4, 3), "d-m-yyyy")}, "geen-getal", "een datum (3-4-2026)"),
        (CASES, {"waarde": True}, "geen-getal", "‘waar’ is geen getal"),
        (CASES, {"waarde": "12%"}, "geen-getal", "is een percentage, maar dit cijfer is in aantal"),
        (CASES, {"waarde": 0.123456}, "te-precies", "0,123456 heeft meer dan vier decimalen"),
        (CASES, {"waarde": 123456789012}, "te-precies", "meer dan elf cijfers"),
        (CASES, {"waarde": 12, "status": "bijna zeker"}, "onbekende-status", "nader voorlopig"),
        (CASES, {"reden": "geen zin"}, "onbekende-reden", "kan logisch niet voorkomen"),
        (CASES, {"waarde": 12, "reden": "geheim"}, "waarde-en-reden", "Laat een van de twee weg"),
    ],
)
def test_a_cell_that_cannot_be_right_is_named_with_what_to_do(office, code, values, problem, words):
    book = office.sheet()
    address = book.grid.fill(key_of(code), **values)
    sheet = returned(office, book.save())
    (told,) = sheet.problems
    assert told.code == problem
    assert words in told.message
    assert "bied het bestand opnieuw aan" in told.message
    if problem not in ("onbekende-status", "onbekende-reden"):
        assert told.message.startswith(f"Cel {address} van blad ‘Uitvraag’: ")
    assert code not in answers(sheet)
    assert len(sheet.answers) == 3


def test_a_number_that_can_be_read_in_two_ways_is_settled_by_the_indicator_or_asked(office):
    version = office.series[STAFF].indicator.versions.get()
    version.decimals = 3
    version.save()
    book = office.sheet()
    book.grid.fill(key_of(CASES), waarde="1.234")
    book.grid.fill(key_of(STAFF), waarde="1.234")
    sheet = returned(office, book.save())
    assert answers(sheet)[CASES].value == Decimal(1234)
    (told,) = sheet.problems
    assert (told.code, told.key and told.key[0].split("|")[0]) == ("dubbelzinnig", STAFF)
    assert "op twee manieren te lezen" in told.message


@pytest.mark.parametrize(
    ("text", "value", "marker", "qualifier"),
    [
        ("circa 300", 300, None, Qualifier.CIRCA),
        ("1.180", 1180, None, None),
        (" 1 180 ", 1180, None, None),
        ("nihil", None, Marker.NIHIL, None),
        ("Geheim", None, Marker.WITHHELD, None),
    ],
)
def test_what_is_typed_as_text_is_understood_when_it_can_mean_one_thing(office, text, value, marker, qualifier):
    book = office.sheet()
    book.grid.fill(key_of(CASES), waarde=text)
    answer = answers(returned(office, book.save()))[CASES]
    assert (answer.value, answer.marker, answer.qualifier) == (value, marker, qualifier)


def test_a_percentage_cell_where_a_count_is_asked_is_refused(office):
    book = office.sheet()
    book.grid.fill_percentage(key_of(CASES), 0.5)
    (told,) = returned(office, book.save()).problems
    assert told.code == "geen-percentage"


def test_the_same_figure_twice_counts_once_when_the_rows_agree(office):
    book = filled(office)
    book.grid.cells.append(list(book.grid.cells[book.grid.row_of(key_of(CASES))]))
    is_filled(returned(office, book.save()))


def test_the_same_figure_twice_with_two_answers_is_refused(office):
    book = filled(office)
    again = list(book.grid.cells[book.grid.row_of(key_of(CASES))])
    again[book.grid.column("waarde")] = 9
    book.grid.cells.append(again)
    sheet = returned(office, book.save())
    assert [told.code for told in sheet.problems] == ["dubbel"]
    assert CASES not in answers(sheet)


def test_rows_of_which_only_some_columns_were_sorted_are_refused(office):
    """The names no longer stand beside their keys: taking the values would mix them up."""
    book = filled(office)
    at = book.grid.column("sleutel")
    keys = [row[at] for row in book.grid.cells[FIRST_ROW:]]
    for row, key in zip(book.grid.cells[FIRST_ROW:], keys[::-1], strict=True):
        row[at] = key
    sheet = returned(office, book.save())
    assert {told.code for told in sheet.problems} == {"rij-door-elkaar"}
    assert sheet.answers == ()


def test_a_value_in_a_row_without_its_key_is_told(office):
    book = filled(office)
    book.grid.cells[book.grid.row_of(key_of(CASES))][book.grid.column("sleutel")] = None
    sheet = returned(office, book.save())
    assert [told.code for told in sheet.problems] == ["sleutel-ontbreekt"]


def test_a_row_that_this_request_did_not_ask_is_told(office):
    book = filled(office)
    row = book.grid.row_of(key_of(CASES))
    book.grid.cells[row][book.grid.column("sleutel")] = "verzonnen|nederland|realisatie| 2024"
    (told,) = returned(office, book.save()).problems
    assert told.code == "niet-gevraagd"


def test_a_file_that_is_no_request_is_told_what_to_do(office):
    for content in (workbook([["naam", "waarde"], ["a", 1]]), workbook([["#waarde", "#status"]])):
        with pytest.raises(NotARequestSheet, match="geen ingevulde uitvraag"):
            request_key_of(read_file("iets.xlsx", content))


def test_sheets_of_two_requests_in_one_file_are_refused(office):
    first, second = filled(office), filled(office)
    second.grid.name = "Nog een"
    first.sheets.append(second.grid)
    with pytest.raises(NotARequestSheet, match="meer dan één uitvraag"):
        request_key_of(read_file("twee.xlsx", first.save()))


def test_a_sheet_without_the_column_of_values_is_refused(office):
    book = filled(office)
    at = book.grid.column("waarde")
    for row in book.grid.cells:
        del row[at]
    with pytest.raises(NotARequestSheet, match="ontbreekt de kolom ‘Waarde’"):
        request_key_of(read_file("zonder.xlsx", book.save()))


def test_a_sheet_of_another_edition_is_refused(office):
    book = filled(office)
    mark = str(book.grid.cells[4][0])
    book.grid.cells[4][0] = mark.replace("uitvraag/1", "uitvraag/9")
    with pytest.raises(NotARequestSheet, match="andere uitgave"):
        request_key_of(read_file("anders.xlsx", book.save()))


# --- earlier figures --------------------------------------------------------------------------------------------------


def test_an_overtyped_earlier_figure_is_noticed_with_its_cell(office):
    book = filled(office)
    book.grid.fill(key_of(CASES), eerder_1=1111)
    (one,) = returned(office, book.save()).overtyped
    assert (one.key[1], one.value, one.sent.value) == ("2023", Decimal(1111), Decimal(1100))
    assert one.remark == "Zonder december."


def test_an_emptied_earlier_figure_says_nothing(office):
    book = filled(office)
    book.grid.fill(key_of(CASES), eerder_1=None)
    is_filled(returned(office, book.save()))


def test_an_earlier_figure_that_is_no_number_is_told_and_does_not_stop_the_answer(office):
    book = filled(office)
    book.grid.fill(key_of(CASES), eerder_1="zie bijlage")
    sheet = returned(office, book.save())
    assert [(told.code, told.key and told.key[1]) for told in sheet.problems] == [("eerder-cijfer", "2023")]
    assert answers(sheet)[CASES].value == Decimal(1180)
