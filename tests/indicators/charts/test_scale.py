"""The value axis tells the truth about how large a change is."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.scale import bar_scale, line_scale, nice_step

values = st.lists(st.decimals(-10_000_000, 10_000_000, places=2), min_size=1, max_size=12)


@given(values)
def test_every_value_lies_on_the_axis(numbers: list[Decimal]) -> None:
    for scale in (bar_scale(numbers), line_scale(numbers)):
        assert all(scale.low <= number <= scale.high for number in numbers)
        assert scale.low < scale.high


@given(values)
def test_bars_start_at_zero(numbers: list[Decimal]) -> None:
    assert bar_scale(numbers).starts_at_zero


@given(values)
def test_an_axis_has_between_two_and_nine_ticks(numbers: list[Decimal]) -> None:
    for scale in (bar_scale(numbers), line_scale(numbers)):
        assert 2 <= len(scale.ticks) <= 9
        assert all(scale.low <= tick <= scale.high for tick in scale.ticks)


@given(st.decimals("0.001", 10_000_000, places=3))
def test_a_step_is_one_two_two_and_a_half_or_five_times_a_power_of_ten(span: Decimal) -> None:
    digits = "".join(str(digit) for digit in nice_step(span).normalize().as_tuple().digits)
    assert digits in {"1", "2", "25", "5"}


def test_a_change_of_three_percent_does_not_fill_the_axis() -> None:
    scale = line_scale([Decimal(12265), Decimal(12940)])
    assert (scale.high - scale.low) > 4 * Decimal(12940 - 12265)


def test_a_line_near_zero_starts_at_zero() -> None:
    assert line_scale([Decimal(1074), Decimal(3607)]).low == 0


def test_equal_values_still_have_an_axis() -> None:
    scale = line_scale([Decimal("6.3"), Decimal("6.3")])
    assert scale.low < Decimal("6.3") < scale.high


def test_a_step_of_two_and_a_half_needs_a_decimal() -> None:
    scale = bar_scale([Decimal(10)])
    assert scale.step == Decimal("2.5")
    assert scale.decimals == 1
