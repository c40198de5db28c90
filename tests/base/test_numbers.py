"""Dutch numbers: written as readers expect, read as officers type, never settled where two readings are possible."""

from decimal import ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.base.core.numbers import (
    format_number,
    format_quantity,
    read_number,
    read_row_number,
    round_half_up,
    typed_number,
)

decimals = st.integers(0, 4)
numbers = st.decimals(Decimal("-99999999999.9999"), Decimal("99999999999.9999"), places=4)


@given(numbers, decimals)
def test_what_is_written_reads_back_as_the_first_reading(number: Decimal, places: int) -> None:
    reading = read_number(format_number(number, places))
    assert reading.values[0] == round_half_up(number, places)


@given(numbers, decimals)
def test_a_written_number_is_ambiguous_only_when_its_one_separator_has_three_digits_after_it(
    number: Decimal, places: int
) -> None:
    text = format_number(number, places)
    separators = [sign for sign in text if sign in ".,"]
    three_after = bool(separators) and len(text.rpartition(separators[0])[2]) == 3
    one_group = len(separators) == 1 and three_after
    is_zero = round_half_up(number, places) == 0  # both readings of “0,000” are nothing
    assert read_number(text).is_ambiguous == (one_group and not is_zero)


@given(numbers, decimals)
def test_half_is_rounded_away_from_zero(number: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    expected = (abs(number) / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step
    assert abs(round_half_up(number, places)) == expected
    assert round_half_up(-number, places) == -round_half_up(number, places)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("12543", 0, "12.543"),
        ("83.7", 1, "83,7"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("2.345", 2, "2,35"),
        ("-0.4", 0, "0"),
        ("1234567.891", 2, "1.234.567,89"),
        ("999.95", 1, "1.000,0"),
    ],
)
def test_numbers_are_written_the_dutch_way(value: str, places: int, text: str) -> None:
    assert format_number(Decimal(value), places) == text


def test_a_sign_is_written_when_asked_for_but_never_on_zero() -> None:
    assert format_number(Decimal(5), sign=True) == "+5"
    assert format_number(Decimal(-5), sign=True) == "−5"
    assert format_number(Decimal("0.04"), 1, sign=True) == "0,0"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.234", ["1234", "1.234"]),
        ("1,234", ["1.234", "1234"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("83,7", ["83.7"]),
        ("83.7", ["83.7"]),
        ("1234", ["1234"]),
        ("12 543", ["12543"]),
        ("12\u00a0543", ["12543"]),
        ("12\u202f543,5", ["12543.5"]),
        (" 5,9% ", ["5.9"]),
        ("€ 1.250.000,50", ["1250000.50"]),
        ("-5", ["-5"]),
        ("−5,5", ["-5.5"]),
        ("–5", ["-5"]),
        ("+5", ["5"]),
    ],
)
def test_a_typed_number_has_the_readings_it_may_have(text: str, readings: list[str]) -> None:
    reading = read_number(text)
    assert reading.values == tuple(Decimal(value) for value in readings)
    assert reading.is_ambiguous == (len(readings) > 1)


@pytest.mark.parametrize("text", ["", " ", "3.4.84", "1.23.456", "12.34,5", "1 23", "abc", "--5", "1,2,3", "-", "%"])
def test_what_is_no_number_has_no_reading(text: str) -> None:
    assert read_number(text).values == ()


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
@given(whole=st.integers(1000, 99_999_999))
def test_spaces_between_thousands_are_read_and_are_never_ambiguous(space: str, whole: int) -> None:
    text = f"{whole:,}".replace(",", space)
    assert read_number(text).values == (Decimal(whole),)


@given(st.text(max_size=15))
def test_any_text_has_at_most_two_different_readings(text: str) -> None:
    values = read_number(text).values
    assert len(values) == len(set(values)) <= 2
    assert all(value.is_finite() for value in values)


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [
        ("83.7", "procent", 1, "83,7%"),
        ("371.8", "miljoen euro", 1, "€\u00a0371,8 miljoen"),
        ("59900", "duizend euro", 0, "€\u00a059.900.000"),
        ("46777", "fte", 0, "46.777\u00a0fte"),
        ("12543", "aantal", 0, "12.543"),
        ("7.4", "rapportcijfer", 1, "7,4"),
    ],
)
def test_a_quantity_carries_its_unit(value: str, unit: str, places: int, text: str) -> None:
    assert format_quantity(Decimal(value), unit, places) == text


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_row_is_named_by_its_number(text, number):
    assert read_row_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", " 1", "²", "٣", "9" * 19])
def test_what_no_row_can_have_names_none(text):
    assert read_row_number(text) is None


@pytest.mark.parametrize(
    ("value", "decimals", "typed"), [(None, 0, ""), (Decimal("12543"), 0, "12543"), (Decimal("-1234.5"), 1, "−1234,5")]
)
def test_a_number_as_it_is_typed_has_no_thousands_separators(value, decimals, typed):
    assert typed_number(value, decimals) == typed
    assert not typed or read_number(typed).values == (value,)
