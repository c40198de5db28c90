"""Changes, norms and trends in words: only like with like, and the words follow the numbers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.core.enumerations import Comparator, Marker, Qualifier, TargetState
from indicators.core.figures import Break
from indicators.core.periods import flow_to_day, parse_period, span, stock
from indicators.core.trend import (
    change_between,
    comparable,
    describe_series,
    in_period,
    norm_verdict,
    previous_figure,
    same_period_last_year,
)
from tests.factories import figure, indicator_info, target

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
amounts = st.decimals(Decimal("-999999"), Decimal("999999"), places=2)


# --- what may be compared ---------------------------------------------------------------------------------------------


@given(days, st.integers(1990, 2100))
def test_a_flow_up_to_a_day_is_never_comparable_with_a_full_year(day: date, number: int) -> None:
    assert not comparable(flow_to_day(day), parse_period(str(number)))
    assert not comparable(parse_period(str(number)), flow_to_day(day))


@given(days)
@example(date(2024, 2, 29))
def test_a_flow_up_to_a_day_is_comparable_with_its_same_period_last_year(day: date) -> None:
    earlier = flow_to_day(day).same_last_year()
    assert earlier is not None
    assert comparable(earlier, flow_to_day(day))


@given(days, days)
def test_flows_up_to_different_days_of_the_year_are_not_comparable(first: date, second: date) -> None:
    if (first.month, first.day) != (second.month, second.day) and {first.month, second.month} != {2}:
        assert not comparable(flow_to_day(first), flow_to_day(second))


def test_a_stock_and_a_flow_on_the_same_day_are_not_comparable() -> None:
    day = date(2025, 11, 2)
    assert not comparable(stock(day), flow_to_day(day))


def test_spans_are_comparable_only_when_they_are_the_same_part_of_a_year() -> None:
    wanted = parse_period("2025-01/2025-07")
    assert comparable(parse_period("2024-01/2024-07"), wanted)
    assert not comparable(parse_period("2024-01/2024-08"), wanted)
    assert not comparable(parse_period("2023-01/2024-07"), wanted)  # nineteen months
    assert not comparable(parse_period("2024-01-10/2024-07-20"), wanted)
    assert not comparable(parse_period("2024-01/.."), wanted)
    assert comparable(parse_period("2024-01/2024-02"), parse_period("2025-01/2025-02"))  # with and without 29 February


def test_the_previous_figure_of_a_flow_passes_over_the_full_year_between() -> None:
    rows = [figure("../2023-11-02", 10), figure("2023", 12), figure("../2024-11-02", 11), figure("2024", 14)]
    assert previous_figure(rows, rows[2]) is rows[0]
    assert previous_figure(rows, rows[3]) is rows[1]
    assert previous_figure(rows, rows[0]) is None


def test_the_same_period_last_year_is_exactly_that_period() -> None:
    rows = [figure("2022", 1), figure("2024", 2)]
    assert same_period_last_year(rows, rows[1]) is None
    assert previous_figure(rows, rows[1]) is rows[0]


# --- changes ----------------------------------------------------------------------------------------------------------


@given(amounts, amounts)
def test_verb_sign_and_amount_follow_the_difference(before: Decimal, after: Decimal) -> None:
    change = change_between(figure("2023", before), figure("2024", after))
    assert change is not None
    assert change.difference == after - before
    verbs = {True: "gestegen", False: "gedaald"}
    assert change.verb == ("gelijk gebleven" if after == before else verbs[after > before])
    assert ("meer dan" in change.text) == (after > before)
    assert ("minder dan" in change.text) == (after < before)
    assert "-" not in change.amount
    assert "−" not in change.amount


@pytest.mark.parametrize(
    ("before", "after", "unit", "text"),
    [
        (12263, 12543, "aantal", "2,3% meer dan in 2023"),
        (200, 100, "aantal", "50,0% minder dan in 2023"),
        (0, 5, "aantal", "5 meer dan in 2023"),
        ("83.4", "83.7", "procent", "0,3 procentpunt hoger dan in 2023"),
        ("7.4", "7.1", "rapportcijfer", "0,3 lager dan in 2023"),
        (5, 5, "aantal", "gelijk aan de waarde in 2023"),
        (-10, -5, "aantal", "50,0% meer dan in 2023"),
    ],
)
def test_a_change_is_said_as_readers_say_it(before: object, after: object, unit: str, text: str) -> None:
    change = change_between(figure("2023", before, unit=unit), figure("2024", after, unit=unit))
    assert change is not None
    assert change.text == text


@pytest.mark.parametrize(
    ("before", "after", "qualifier", "text"),
    [
        (285000, 336379, None, "circa 18% meer dan in 2023"),
        (300001, 400001, Qualifier.CIRCA, "circa 33% meer dan in 2023"),
        (490, 610, None, "24,5% meer dan in 2023"),
    ],
)
def test_a_change_is_no_more_exact_than_its_figures(
    before: int, after: int, qualifier: Qualifier | None, text: str
) -> None:
    change = change_between(figure("2023", before), figure("2024", after, qualifier=qualifier))
    assert change is not None
    assert change.text == text


def test_amounts_in_thousands_of_euros_are_exact() -> None:
    change = change_between(figure("2023", 10000, unit="duizend euro"), figure("2024", 11000, unit="duizend euro"))
    assert change is not None
    assert change.text == "10,0% meer dan in 2023"


def test_a_break_between_two_figures_is_said_and_one_outside_them_is_not() -> None:
    found = Break(parse_period("2024"), "wet", "Nieuwe wet.")
    across = change_between(figure("2023", 1), figure("2024", 2), [found])
    after = change_between(figure("2024", 1), figure("2025", 2), [found])
    before = change_between(figure("2022", 1), figure("2023", 2), [found])
    assert across is not None
    assert across.text.endswith("(door een trendbreuk niet zonder meer te vergelijken)")
    assert after is not None
    assert before is not None
    assert not after.broken_by
    assert not before.broken_by


def test_there_is_no_change_from_or_to_a_figure_without_a_value() -> None:
    unknown = figure("2023", None, marker=Marker.UNKNOWN)
    assert change_between(unknown, figure("2024", 5)) is None
    assert change_between(figure("2023", 5), figure("2024", None, marker=Marker.NOT_DELIVERED)) is None


def test_nihil_counts_as_nothing_in_a_change() -> None:
    change = change_between(figure("2023", None, marker=Marker.NIHIL), figure("2024", 5))
    assert change is not None
    assert change.text == "5 meer dan in 2023"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2024", "in 2024"),
        ("2025-11-02", "op 2 november 2025"),
        ("../2025-11-02", "tot en met 2 november 2025"),
        ("2024-H1", "in het eerste halfjaar 2024"),
        ("2024-Q3", "in het derde kwartaal 2024"),
        ("2024-05", "in mei 2024"),
        ("2024-07-01/..", "vanaf 1 juli 2024"),
        ("2025-01/2025-07", "in januari tot en met juli 2025"),
    ],
)
def test_a_period_gets_its_preposition(code: str, text: str) -> None:
    assert in_period(parse_period(code)) == text


# --- norms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comparator", "norm", "value", "met"),
    [
        (Comparator.AT_MOST, "5.9", "5.9", True),
        (Comparator.AT_MOST, "5.9", "6.0", False),
        (Comparator.AT_LEAST, 90, 90, True),
        (Comparator.AT_LEAST, 90, "89.9", False),
        (Comparator.EQUAL, 5, 5, True),
        (Comparator.EQUAL, 5, "5.1", False),
    ],
)
def test_a_norm_is_met_at_its_boundary_and_not_beyond(
    comparator: Comparator, norm: object, value: object, met: bool
) -> None:
    info = indicator_info(targets=(target(comparator, norm),), unit="procent")
    verdict = norm_verdict(figure("2024", value, unit="procent"), info)
    assert verdict is not None
    assert verdict.met is met
    assert verdict.text.endswith(": gehaald" if met else ": niet gehaald")


@pytest.mark.parametrize(("value", "met"), [("9.9", False), (10, True), (20, True), ("20.1", False)])
def test_a_norm_between_two_values_includes_both(value: object, met: bool) -> None:
    info = indicator_info(targets=(target(Comparator.BETWEEN, 10, value_high=Decimal(20)),))
    verdict = norm_verdict(figure("2024", value), info)
    assert verdict is not None
    assert verdict.met is met


def test_a_norm_that_is_to_be_agreed_or_not_valid_or_without_a_number_gives_no_verdict() -> None:
    late = target(Comparator.AT_MOST, 5, valid_from=date(2025, 1, 1))
    early = target(Comparator.AT_MOST, 5, valid_to=date(2023, 12, 31))
    open_norm = target(Comparator.AT_MOST, 5, state=TargetState.TO_BE_AGREED)
    growth = target(Comparator.INCREASE, 5)
    for norm in (late, early, open_norm, growth, target(Comparator.QUALITATIVE, None)):
        assert norm_verdict(figure("2024", 4), indicator_info(targets=(norm,))) is None


def test_a_figure_without_a_value_is_held_against_no_norm() -> None:
    info = indicator_info(targets=(target(Comparator.AT_MOST, 5),))
    assert norm_verdict(figure("2024", None), info) is None


# --- a series in words ------------------------------------------------------------------------------------------------


def test_a_trend_names_its_ends_and_its_extremes() -> None:
    rows = [figure("2021", 10), figure("2022", 30), figure("2023", 5), figure("2024", 20)]
    assert describe_series("Zaken", rows) == (
        "Zaken: gestegen van 10 in 2021 naar 20 in 2024; hoogste punt 30 in 2022, laagste punt 5 in 2023."
    )


def test_a_trend_without_extremes_between_names_only_its_ends() -> None:
    rows = [figure("2022", 10), figure("2023", 15), figure("2024", 20)]
    assert describe_series("Zaken", rows) == "Zaken: gestegen van 10 in 2022 naar 20 in 2024."
    assert describe_series("Zaken", rows[:1]) == "Zaken: 10 in 2022."
    assert describe_series("Zaken", []) == "Zaken: geen cijfers."


def test_a_trend_that_returns_to_its_start_says_so() -> None:
    rows = [figure("2022", 10), figure("2023", 15), figure("2024", 10)]
    assert describe_series("Zaken", rows) == ("Zaken: 10 in 2022 en weer 10 in 2024; hoogste punt 15 in 2023.")


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=8))
def test_the_words_of_a_trend_agree_with_its_first_and_last_value(values: list[int]) -> None:
    rows = [figure(str(2000 + n), value) for n, value in enumerate(values)]
    text = describe_series("Zaken", rows)
    assert ("gestegen" in text) == (values[-1] > values[0])
    assert ("gedaald" in text) == (values[-1] < values[0])
    assert ("hoogste" in text) == (max(values) > max(values[0], values[-1]))
    assert ("laagste" in text) == (min(values) < min(values[0], values[-1]))


def test_a_comparison_across_spans_uses_the_days_of_the_span() -> None:
    first = span(date(2024, 3, 5), date(2024, 3, 20))
    assert comparable(first, span(date(2025, 3, 5), date(2025, 3, 20)))
    assert not comparable(first, span(date(2025, 3, 1), date(2025, 3, 20)))
