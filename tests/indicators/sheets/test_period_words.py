"""Periods as suppliers write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Status
from indicators.core.period_words import read_period_words
from indicators.core.periods import Period, PeriodKind, flow_to_day, parse_period, span, stock
from monitor.base.core.dates import format_date

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024", "2024"), ("2024*", "2024"), ("2022²", "2022"), ("heel 2024", "2024"), ("2023 (voorlopig)", "2023"),
        ("1e halfjaar 2025", "2025-H1"), ("Eerste half jaar 2025", "2025-H1"), ("2025 2e halfjaar", "2025-H2"),
        ("H1 2025", "2025-H1"), ("2e helft van 2024", "2024-H2"), ("Q3 2025", "2025-Q3"), ("2025-Q3", "2025-Q3"),
        ("3e kwartaal 2025", "2025-Q3"), ("2025, kwartaal 3", ""), ("kwartaal 3 2025", "2025-Q3"),
        ("jan-okt 2025", "2025-01/2025-10"), ("jan. t/m okt. 2025", "2025-01/2025-10"),
        ("Januari tot en met oktober 2025", "2025-01/2025-10"), ("2025 (t/m oktober)", "2025-01/2025-10"),
        ("1 januari t/m 2 november 2025", "2025-01/2025-11-02"), ("1-1-2025 t/m 2-11-2025", "2025-01/2025-11-02"),
        ("2021-2024", "2021-01/2024-12"), ("mrt 2024", "2024-03"), ("okt '25", "2025-10"), ("2024MM05", "2024-05"),
        ("vanaf 1 juli 2024", "2024-07/.."), ("structureel", "structureel"),
    ],
)  # fmt: skip
def test_words_for_a_period_are_read(written, code):
    words = read_period_words(written)
    assert (words.period.code if words and words.period else "") == code


@pytest.mark.parametrize(
    "written",
    ["Stand 02-11-2025", "stand per 2 november 2025", "peildatum 2-11-2025", "2 nov. 2025", "2/11/25", "2025-11-02"],
)
def test_words_for_a_day_are_read(written):
    words = read_period_words(written)
    assert (words.day, words.is_until) == (date(2025, 11, 2), False)


@pytest.mark.parametrize("written", ["t/m 2 november 2025", "tot en met 02-11-2025", "Cumulatief t/m 2 november 2025"])
def test_a_flow_up_to_a_day_is_told_from_a_day(written):
    words = read_period_words(written)
    assert (words.day, words.is_until) == (date(2025, 11, 2), True)


def test_up_to_a_month_ends_on_its_last_day():
    assert read_period_words("t/m februari 2024").day == date(2024, 2, 29)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "12.398",
        "prio 1",
        "31-02-2025",
        "2024/25",
        "13-2025",
        "Realisatie 2024",
        "x",
        "1 tot 2",
        "2024" * 30,
        "2150",
    ],
)
def test_anything_else_is_no_period(written):
    assert read_period_words(written) is None


def test_the_status_and_the_mark_of_a_heading_are_kept():
    assert read_period_words("2024 nader voorlopig").status is Status.REVISED_PROVISIONAL
    assert read_period_words("2023 (voorlopig)").status is Status.PROVISIONAL
    assert read_period_words("2024**").marks == ("**",)
    assert read_period_words("2024*").status is None  # a mark means what its footnote says


def test_a_year_may_be_a_number_and_a_day_may_be_a_date():
    assert read_period_words(Decimal(2024)).period == parse_period("2024")
    assert read_period_words(Decimal("2024.5")) is None
    assert read_period_words(Decimal(12398)) is None
    assert read_period_words(date(2025, 11, 2)).day == date(2025, 11, 2)


def test_the_series_decides_between_a_stand_and_a_flow():
    day = read_period_words("Stand 02-11-2025")
    assert day.for_series("stand") == stock(date(2025, 11, 2))
    assert day.for_series("stroom-tot-dag") == flow_to_day(date(2025, 11, 2))
    assert day.for_series("jaar") is None
    assert read_period_words("t/m 2-11-2025").for_series("jaar") == flow_to_day(date(2025, 11, 2))


def test_a_year_over_a_stand_needs_the_day_that_the_profile_names():
    year = read_period_words("2024")
    assert year.for_series("stand") is None
    assert year.for_series("stand", (12, 31)) == stock(date(2024, 12, 31))
    assert year.for_series("jaar", (12, 31)) == parse_period("2024")


def periods() -> st.SearchStrategy[Period]:
    ordered = st.tuples(DAYS, DAYS).map(sorted)
    codes = st.builds(
        lambda year, form: form.format(year),
        st.integers(1950, 2090),
        st.sampled_from(["{}", "{}-H1", "{}-H2", "{}-Q1", "{}-Q4", "{}-01", "{}-09", "{}-12"]),
    )
    return st.one_of(
        codes.map(parse_period), DAYS.map(stock), DAYS.map(flow_to_day), ordered.map(lambda two: span(*two))
    )


@given(periods())
def test_what_the_screen_calls_a_period_is_read_back_as_that_period(period):
    usual = period.kind.value if period.kind in (PeriodKind.STOCK, PeriodKind.FLOW_TO_DAY) else "jaar"
    for written in (period.label, period.short_label, period.code, period.label.upper(), f"{period.label} (voorlopig)"):
        words = read_period_words(written)
        assert words is not None, written
        assert words.for_series(usual) == period, written


@given(
    DAYS,
    st.sampled_from(["{0.day}-{0.month}-{0.year}", "{0.day:02}/{0.month:02}/{0.year}", "{0.day}.{0.month}.{0.year}"]),
)
def test_a_day_is_day_month_year_whatever_stands_between(day, form):
    assert read_period_words(form.format(day)).day == day
    assert read_period_words(f"stand per {format_date(day)}").day == day


@given(st.text(max_size=100))
def test_no_text_breaks_the_reader(text):
    words = read_period_words(text)
    assert words is None or words.period or words.day
