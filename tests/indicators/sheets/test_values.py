"""One value of a supplier's sheet: exact, in words, as a sign, or asked."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Marker, Qualifier
from indicators.core.pasting import Notation
from indicators.core.sheet_names import KnownIndicator
from indicators.core.sheet_units import is_same_unit, multiple_in, unit_of
from indicators.core.sheet_values import Scale, SignMeaning, ValueKind, ValueReading, ValueSettings, read_value
from monitor.base.core.numbers import format_number
from monitor.base.tabular.reading_cells import BROKEN_FORMULA, CellPlace, CellValue, ReadCell

COUNT = KnownIndicator("telling", "Telling", "aantal", 0, "telling", "jaar")
SHARE = KnownIndicator("aandeel", "Aandeel", "procent", 1, "aandeel", "jaar")
MONEY = KnownIndicator("geld", "Geld", "miljoen euro", 1, "bedrag", "jaar")


def read(value: CellValue, known: KnownIndicator = COUNT, *, percentage: bool = False, **settings) -> ValueReading:
    return read_value(ReadCell(CellPlace("Blad1", 3, 2), value, percentage), known, ValueSettings(**settings))


@pytest.mark.parametrize(
    ("written", "known", "value"),
    [
        (Decimal("12398"), COUNT, "12398"), ("12.398", COUNT, "12398"), ("12 398", COUNT, "12398"),
        ("83,7%", SHARE, "83.7"), ("83,7 procent", SHARE, "83.7"), ("€ 371,8 miljoen", MONEY, "371.8"),
        ("371,8 mln", MONEY, "371.8"), ("0", COUNT, "0"), (Decimal(0), COUNT, "0"), ("−12", COUNT, "-12"),
    ],
)  # fmt: skip
def test_numbers_are_exact_in_their_meeteenheid(written, known, value):
    assert read(written, known).value == Decimal(value)


@pytest.mark.parametrize("sign", ["-", "–", "—", ".", "..", "x", "*", "n.b.", "n.v.t."])
def test_a_sign_is_asked_until_the_profile_says_what_it_means(sign):
    asked = read(sign)
    assert (asked.kind, asked.code, asked.value) == (ValueKind.ASKED, "teken", None)
    assert read(sign, signs={asked.subject: SignMeaning.WITHHELD}).marker is Marker.WITHHELD
    assert read(sign, signs={asked.subject: SignMeaning.SKIPPED}).kind is ValueKind.SKIPPED


def test_no_answer_to_a_sign_makes_it_zero():
    for meaning in SignMeaning:
        assert read("-", signs={"-": meaning}).value is None


def test_an_empty_cell_is_no_figure_unless_the_profile_says_what_it_means():
    assert read(None).kind is ValueKind.SKIPPED
    assert read(None, signs={"leeg": SignMeaning.NOT_DELIVERED}).marker is Marker.NOT_DELIVERED


def test_reasons_in_words_are_reasons():
    assert read("nihil").marker is Marker.NIHIL
    assert read("Niet geleverd").marker is Marker.NOT_DELIVERED


@pytest.mark.parametrize(
    ("written", "qualifier"),
    [("circa 84", Qualifier.CIRCA), ("ca. 84", Qualifier.CIRCA), ("ruim 84", Qualifier.AMPLY),
     ("Bijna 84", Qualifier.NEARLY), ("> 84", Qualifier.MORE_THAN), ("<84", Qualifier.LESS_THAN)],
)  # fmt: skip
def test_words_before_a_number_are_kept(written, qualifier):
    reading = read(written)
    assert (reading.value, reading.qualifier) == (Decimal(84), qualifier)


def test_a_range_has_two_ends():
    reading = read("80 tot 90")
    assert (reading.value, reading.value_high) == (Decimal(80), Decimal(90))


def test_a_percentage_cell_holds_a_share():
    assert read(Decimal("0.837"), SHARE, percentage=True).value == Decimal("83.7")
    assert read(Decimal("0.837"), COUNT, percentage=True).code == "meeteenheid"


def test_a_fraction_where_a_percentage_is_expected_is_asked():
    asked = read(Decimal("0.837"), SHARE)
    assert (asked.code, [one.answer for one in asked.answers]) == ("schaal", ["fracties", "procenten"])
    assert read(Decimal("0.837"), SHARE, scale=Scale.FRACTION).value == Decimal("83.7")
    assert read(Decimal("0.837"), SHARE, scale=Scale.PERCENTAGE).value == Decimal("0.837")
    assert read(Decimal("0.8"), SHARE).value == Decimal("0.8")


@pytest.mark.parametrize("written", ["12 duizend", "46.777 fte", "83,7%", "€ 12"])
def test_another_meeteenheid_is_refused_and_never_converted(written):
    reading = read(written)
    assert (reading.kind, reading.code) in ((ValueKind.REFUSED, "meeteenheid"), (ValueKind.NUMBER, ""))
    assert reading.value is None or written == "€ 12"


def test_the_factor_of_the_profile_is_exact():
    assert read(Decimal("12.398"), factor=Decimal(1000)).value == Decimal(12398)
    assert read("12,3981", factor=Decimal("0.001")).code == "te-precies"


def test_what_cannot_be_kept_exactly_is_refused_unless_the_profile_rounds():
    assert read(Decimal("83.6941176470588"), SHARE).code == "te-precies"
    rounded = read(Decimal("83.6941176470588"), SHARE, rounds=True)
    assert (rounded.value, rounded.is_rounded) == (Decimal("83.7"), True)


def test_a_number_that_can_be_read_in_two_ways_is_settled_by_the_notation_or_asked():
    asked = read("1.234", SHARE)
    assert (asked.kind, [one.answer for one in asked.answers]) == (ValueKind.ASKED, ["nederlands", "engels"])
    assert read("1.234", SHARE, notation=Notation.DUTCH).value == Decimal(1234)
    assert read("1.234", COUNT).value == Decimal(1234)
    assert read("1.234", COUNT, notation=Notation.ENGLISH).kind is ValueKind.ASKED


@pytest.mark.parametrize(("told", "value"), [(Notation.DUTCH, "1234"), (Notation.ENGLISH, "1.234")])
def test_the_answer_of_a_person_goes_before_what_the_column_shows(told, value):
    assert read("1.234", COUNT, told=told, notation=Notation.ENGLISH).value == Decimal(value)
    assert read("1.234", COUNT, told=told, notation=Notation.DUTCH).value == Decimal(value)


@pytest.mark.parametrize(
    "hostile", ["=cmd|'/c calc'!A1", "=1+1", "+SOM(A1)", "@x", "a" * 40_000, "1" * 5000, "1,2,3", "3.4.84", "12\x00"]
)
def test_hostile_texts_stay_text(hostile):
    reading = read(hostile)
    assert (reading.kind, reading.value) == (ValueKind.REFUSED, None) or hostile == "12\x00"
    assert len(reading.message) < 250


def test_a_failed_formula_and_a_date_are_no_number():
    assert read(BROKEN_FORMULA).code == "formule"
    assert read(True).code == "geen-getal"


def test_a_footnote_mark_hangs_on_a_number_only_when_it_is_one():
    assert (read("999³⁵").value, read("999³⁵").marks) == (Decimal(999), ("35",))
    assert (read("999*").value, read("999*").marks) == (Decimal(999), ("*",))
    assert read("999 35").value is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_written_the_dutch_way_is_read_back_exactly(number):
    known = KnownIndicator("x", "X", "euro", 2, "bedrag", "jaar")
    assert read(format_number(number, 2), known).value == number


@given(st.text(max_size=200))
def test_no_text_becomes_a_number_without_digits(text):
    reading = read(text)
    assert reading.value is None or any(letter.isdigit() for letter in text)


def test_meeteenheden_are_known_by_their_spellings():
    assert unit_of("%") == "procent"
    assert unit_of("x € 1.000") == "duizend euro"
    assert is_same_unit("Aantallen", "aantal")
    assert not is_same_unit("fte", "aantal")


@pytest.mark.parametrize(
    ("title", "factor"),
    [("Aantal x 1.000", 1000), ("(× 1000)", 1000), ("in miljoenen euro's", 10**6), ("€ mln", 10**6), ("x 1,5", None),
     ("Zeden 2024", None), ("prio 1", None)],
)  # fmt: skip
def test_a_title_may_say_how_many_times_its_figures_must_be_taken(title, factor):
    assert multiple_in(title) == (Decimal(factor) if factor else None)
