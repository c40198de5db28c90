"""Reading typed and pasted cells: Dutch and English numbers, reasons for no value, and what must be asked."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.core.enumerations import Marker
from indicators.core.pasting import (
    EntryKind,
    Expected,
    Notation,
    common_notation,
    notation_of,
    read_block,
    read_entry,
    split_block,
)
from monitor.base.core.numbers import format_number

COUNT = Expected("aantal", 0, "telling")
SHARE = Expected("procent", 1, "aandeel")
MONEY = Expected("miljoen euro", 1, "bedrag")
PRECISE = Expected("index", 4, "index")


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        ("12.543", COUNT, "12543"),
        ("12,543", COUNT, "12543"),
        ("12 543", COUNT, "12543"),
        ("12\u00a0543", COUNT, "12543"),
        ("1.234.567", COUNT, "1234567"),
        ("83,7", SHARE, "83.7"),
        ("83.7", SHARE, "83.7"),
        ("83,7%", SHARE, "83.7"),
        (" 83,7 % ", SHARE, "83.7"),
        ("€ 371,8", MONEY, "371.8"),
        ("1.234,5", MONEY, "1234.5"),
        ("1,234.5", MONEY, "1234.5"),
        ("-12", MONEY, "-12"),
        ("−12,5", MONEY, "-12.5"),
        ("0", COUNT, "0"),
    ],
)
def test_a_number_in_dutch_or_english_is_read(text, expected, value):
    reading = read_entry(text, expected)
    assert (reading.kind, reading.value) == (EntryKind.NUMBER, Decimal(value))


def test_a_number_keeps_the_decimals_it_was_written_with():
    assert str(read_entry("12,50", MONEY).value) == "12.50"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234", SHARE), ("1,234", SHARE), ("1.234", PRECISE), ("1,234", PRECISE)],
)
def test_what_can_be_read_in_two_ways_is_asked_with_both_readings(text, expected):
    reading = read_entry(text, expected)
    assert reading.kind is EntryKind.ASKED
    assert reading.value is None
    assert {choice.value for choice in reading.choices} == {Decimal(1234), Decimal("1.234")}
    assert {choice.label for choice in reading.choices} == {"1.234 (zonder decimalen)", "1,234 (met 3 decimalen)"}


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", " - ", "€ -"])
def test_a_dash_is_never_zero_but_asked(dash):
    reading = read_entry(dash, COUNT)
    assert (reading.kind, reading.value) == (EntryKind.ASKED, None)
    assert Marker.NIHIL in {choice.marker for choice in reading.choices}
    assert all(choice.value is None for choice in reading.choices)


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("n.b.", Marker.UNKNOWN),
        ("N.B.", Marker.UNKNOWN),
        ("onbekend", Marker.UNKNOWN),
        ("nihil", Marker.NIHIL),
        ("geheim", Marker.WITHHELD),
        ("n.v.t.", Marker.IMPOSSIBLE),
        ("niet geleverd", Marker.NOT_DELIVERED),
        ("niet-geleverd", Marker.NOT_DELIVERED),
    ],
)
def test_a_word_for_no_value_is_a_reason(text, marker):
    reading = read_entry(text, COUNT)
    assert (reading.kind, reading.marker, reading.value) == (EntryKind.MARKER, marker, None)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\ufeff"])
def test_nothing_is_empty_and_no_zero(text):
    assert read_entry(text, COUNT).kind is EntryKind.EMPTY


@pytest.mark.parametrize("text", ["3.4.84", "circa 12", "#N/B", "(12)", "1e3", "12,5,3", ".", "12-13", "nan", "inf"])
def test_what_is_no_number_is_refused_and_named(text):
    reading = read_entry(text, COUNT)
    assert reading.kind is EntryKind.REFUSED
    assert f"‘{text}’ is geen getal" in reading.problem


def test_a_percentage_in_a_cell_for_a_count_is_refused():
    assert "is een percentage, maar dit cijfer is in aantal" in read_entry("83,7%", COUNT).problem


def test_what_cannot_be_kept_exactly_is_refused():
    assert "ten hoogste 11 cijfers" in read_entry("123456789012", COUNT).problem
    assert "4 decimalen" in read_entry("0,12345", PRECISE).problem


def test_neighbours_settle_what_the_decimals_leave_open():
    assert read_entry("1.234", PRECISE, Notation.DUTCH).value == 1234
    assert read_entry("1.234", PRECISE, Notation.ENGLISH).value == Decimal("1.234")


def test_neighbours_that_contradict_the_decimals_make_it_a_question():
    assert read_entry("1.234", COUNT, Notation.ENGLISH).kind is EntryKind.ASKED
    assert read_entry("1,234", COUNT, Notation.ENGLISH).value == 1234


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("83,7", Notation.DUTCH),
        ("83.7", Notation.ENGLISH),
        ("1.234.567", Notation.DUTCH),
        ("1,234,567", Notation.ENGLISH),
        ("1.234,56", Notation.DUTCH),
        ("1,234.56", Notation.ENGLISH),
        ("1.234", None),
        ("1234", None),
        ("12 543", None),
        ("n.b.", None),
    ],
)
def test_the_notation_shows_from_where_the_mark_stands(text, notation):
    assert notation_of(text) == notation


def test_neighbours_that_differ_say_nothing():
    assert common_notation(["83,7", "83.7"]) is None


def test_a_column_goes_before_the_block():
    rows = [["83,7", "83.7"], ["1.234", "1.234"]]
    readings = read_block(rows, lambda row, column: PRECISE)
    assert [reading.value for reading in readings[1]] == [Decimal(1234), Decimal("1.234")]


def test_a_column_that_says_nothing_follows_the_block():
    readings = read_block([["83,7", "1.234"]], lambda row, column: PRECISE)
    assert readings[0][1].value == 1234


def test_a_block_is_split_as_spreadsheets_write_it():
    assert split_block("1\t2\r\n3\t4\r\n") == [["1", "2"], ["3", "4"]]
    assert split_block('"twee\nregels"\t5\n6\t"zeg ""ja"""') == [["twee\nregels", "5"], ["6", 'zeg "ja"']]
    assert split_block('5"\t6') == [['5"', "6"]]
    assert split_block("1\n\n2\n") == [["1"], [""], ["2"]]
    assert split_block("") == []


numbers = st.decimals(min_value=-99_999_999, max_value=99_999_999, places=4, allow_nan=False).flatmap(
    lambda number: st.integers(0, 4).map(lambda places: round(number, places))
)


@given(numbers)
def test_every_number_written_the_dutch_way_is_read_back_or_asked(number):
    places = max(0, -int(number.as_tuple().exponent))
    reading = read_entry(format_number(number, places), PRECISE)
    if reading.kind is EntryKind.ASKED:
        assert abs(number) in {abs(choice.value) for choice in reading.choices if choice.value is not None}
    else:
        assert reading.value == number


@given(numbers)
def test_a_number_among_dutch_neighbours_is_never_misread(number):
    places = max(0, -int(number.as_tuple().exponent))
    rows = [["0,5"], [format_number(number, places)]]
    assert read_block(rows, lambda row, column: PRECISE)[1][0].value == number


@given(numbers)
def test_a_number_among_english_neighbours_is_never_misread(number):
    rows = [["0.5"], [f"{number:,}"]]
    assert read_block(rows, lambda row, column: PRECISE)[1][0].value == number


@given(st.text(max_size=12))
def test_any_text_at_all_is_read_without_an_accident(text):
    reading = read_entry(text, SHARE)
    if reading.kind is EntryKind.REFUSED:
        assert reading.problem
    assert (reading.kind is EntryKind.NUMBER) == (reading.value is not None)


@given(st.lists(st.lists(st.text(alphabet=st.characters(exclude_characters='"\r\n\t\0')), min_size=1), min_size=1))
def test_a_block_without_quotes_keeps_its_cells(rows):
    assume(rows[-1] != [""])
    assert split_block("\n".join("\t".join(row) for row in rows)) == rows
