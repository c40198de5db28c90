"""Periods: canonical, readable back, in order, one year apart, never without a name."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.core.periods import (
    MONEY_KINDS,
    Period,
    PeriodKind,
    UnknownPeriod,
    flow_to_day,
    from_cbs,
    parse_period,
    span,
    stock,
    to_cbs,
    year,
)

days = st.dates(date(1901, 1, 1), date(2150, 12, 31))
years = st.integers(1901, 2150)
calendar_codes = st.one_of(
    years.map(str),
    st.builds("{}-H{}".format, years, st.integers(1, 2)),
    st.builds("{}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{}-{:02d}".format, years, st.integers(1, 12)),
)
calendar_periods = calendar_codes.map(parse_period)
first_days = st.builds(date, years, st.integers(1, 12), st.just(1))


def whole_months(first: date, number: int) -> Period:
    index = first.year * 12 + first.month - 1 + number
    return span(first, date(index // 12, index % 12 + 1, 1) - timedelta(days=1))


month_spans = st.builds(whole_months, first_days, st.integers(1, 30))
day_spans = st.tuples(days, days).map(lambda pair: span(min(pair), max(pair)))
closed_spans = st.one_of(day_spans, month_spans)
open_spans = days.map(lambda day: span(day, None))
money_periods = st.sampled_from(sorted(MONEY_KINDS)).map(parse_period)
dated_periods = st.one_of(calendar_periods, days.map(stock), days.map(flow_to_day), closed_spans)
periods = st.one_of(dated_periods, open_spans, money_periods)

MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


@given(periods)
def test_a_code_reads_back_as_the_same_period(period: Period) -> None:
    assert parse_period(period.code) == period
    assert parse_period(f" {period.code}\n") == period


@given(calendar_codes)
def test_the_code_of_a_calendar_period_is_the_text_it_was_read_from(code: str) -> None:
    assert parse_period(code).code == code


@given(periods, periods)
def test_two_periods_share_a_code_only_when_they_are_the_same(first: Period, second: Period) -> None:
    assert (first.code == second.code) == (first == second)


@given(calendar_periods)
def test_the_days_of_a_calendar_period_are_that_period(period: Period) -> None:
    assert span(period.start, period.end) == period
    assert parse_period(f"{period.start}/{period.end}") == period


@given(first_days, st.integers(1, 30))
def test_whole_months_are_a_calendar_period_only_where_the_calendar_has_one(first: date, number: int) -> None:
    period = whole_months(first, number)
    kinds = {12: PeriodKind.YEAR, 6: PeriodKind.HALF_YEAR, 3: PeriodKind.QUARTER, 1: PeriodKind.MONTH}
    has_one = number in kinds and (first.month - 1) % number == 0
    assert period.kind is (kinds[number] if has_one else PeriodKind.SPAN)
    assert period.start == first


@given(closed_spans)
def test_a_span_keeps_its_days_and_is_a_span_only_when_it_is_nothing_simpler(period: Period) -> None:
    assert period.start is not None
    assert period.end is not None
    length = (period.end - period.start).days + 1
    assert length >= 1
    if period.kind is PeriodKind.SPAN:
        starts_month = period.start.day == 1
        ends_month = (period.end + timedelta(days=1)).day == 1
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        whole = starts_month and ends_month and months in (1, 3, 6, 12)
        assert not (whole and (period.start.month - 1) % months == 0)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2024-01/2024-12", "2024"),
        ("2024-01-01/2024-12-31", "2024"),
        ("2024-Q1/2024-Q2", "2024-H1"),
        ("2024-07/2024-09", "2024-Q3"),
        ("2024-02-01/2024-02-29", "2024-02"),
        ("2020/2022", "2020-01/2022-12"),
        ("2024-07-01/..", "2024-07/.."),
        ("../2025", "../2025-12-31"),
    ],
)
def test_one_period_has_one_code_however_it_is_written(written: str, canonical: str) -> None:
    assert parse_period(written).code == canonical


@pytest.mark.parametrize("wrong", ["", "24", "2024-13", "2024-H3", "2024-Q5", "2023-02-29", "../..", "2024/2023", "//"])
def test_what_is_no_period_is_refused_with_the_possible_forms(wrong: str) -> None:
    with pytest.raises(UnknownPeriod, match=r"is geen periode\. Mogelijk zijn bijvoorbeeld 2024"):
        parse_period(wrong)


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused_in_dutch(text: str) -> None:
    try:
        period = parse_period(text)
    except UnknownPeriod:
        return  # any other exception fails the test
    assert parse_period(period.code) == period


# --- neighbours in time -----------------------------------------------------------------------------------------------


@given(calendar_periods)
def test_the_previous_calendar_period_ends_on_the_day_before(period: Period) -> None:
    before = period.previous()
    assert before is not None
    assert before.kind is period.kind
    assert before.end is not None
    assert before.end + timedelta(days=1) == period.start


@given(calendar_periods)
def test_going_back_a_year_by_previous_periods_is_the_same_period_last_year(period: Period) -> None:
    back: Period | None = period
    for _ in range(12 // MONTHS[period.kind]):
        assert back is not None
        back = back.previous()
    assert back == period.same_last_year()


@given(days)
def test_previous_of_a_stock_or_a_flow_to_a_day_is_the_same_day_a_year_earlier(day: date) -> None:
    for make in (stock, flow_to_day):
        period = make(day)
        assert period.previous() == period.same_last_year()
        earlier = period.same_last_year()
        assert earlier is not None
        assert earlier.kind is period.kind
        assert earlier.end is not None
        assert earlier.end.year == day.year - 1
        if (day.month, day.day) != (2, 29):
            assert (earlier.end.month, earlier.end.day) == (day.month, day.day)


@given(dated_periods)
def test_the_same_period_last_year_is_of_the_same_kind_and_lies_earlier(period: Period) -> None:
    earlier = period.same_last_year()
    assert earlier is not None
    assert earlier.kind is period.kind
    assert earlier.sort_key < period.sort_key


def test_29_february_becomes_28_february_and_the_month_stays_whole() -> None:
    leap = date(2024, 2, 29)
    assert stock(leap).same_last_year() == stock(date(2023, 2, 28))
    assert flow_to_day(leap).same_last_year() == flow_to_day(date(2023, 2, 28))
    assert parse_period("2024-02").same_last_year() == parse_period("2023-02")
    assert parse_period("2025-02").same_last_year() == parse_period("2024-02")
    assert parse_period("2025-01/2025-02").same_last_year() == parse_period("2024-01/2024-02")
    assert parse_period("2024-02-29/2024-03-15").same_last_year() == parse_period("2023-02-28/2023-03-15")


@given(closed_spans.filter(lambda p: p.kind is PeriodKind.SPAN))
def test_the_previous_span_touches_and_is_as_long(period: Period) -> None:
    assume(period.start is not None and period.end is not None)
    before = period.previous()
    assert before is not None
    assert before.end is not None
    assert before.end + timedelta(days=1) == period.start
    whole_months = period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    if not whole_months:
        assert before.end - before.start == period.end - period.start


@given(st.one_of(money_periods, open_spans))
def test_money_kinds_and_open_spans_have_no_period_before_them(period: Period) -> None:
    assert period.previous() is None
    assert period.same_last_year() is None


# --- order and containment --------------------------------------------------------------------------------------------


@given(st.lists(periods, max_size=8))
def test_periods_sort_by_their_end_and_money_comes_last(items: list[Period]) -> None:
    ordered = sorted(items, key=lambda period: period.sort_key)
    ends = [period.end or date.max for period in ordered]
    assert ends == sorted(ends)
    backwards = items[::-1]
    assert sorted(backwards, key=lambda period: period.sort_key) == ordered


@given(calendar_periods, days)
def test_a_calendar_period_contains_a_stock_exactly_when_the_day_lies_in_it(period: Period, day: date) -> None:
    assert period.start is not None
    assert period.end is not None
    assert period.contains(stock(day)) == (period.start <= day <= period.end)


@given(calendar_periods)
def test_a_period_contains_itself_and_its_months_but_not_its_neighbour(period: Period) -> None:
    assert period.start is not None
    assert period.end is not None
    assert period.contains(period)
    assert period.contains(parse_period(period.start.strftime("%Y-%m")))
    before = period.previous()
    assert before is not None
    assert not period.contains(before)


@given(days, periods)
def test_what_has_an_unknown_edge_certainly_contains_nothing(day: date, other: Period) -> None:
    assert not flow_to_day(day).contains(other)
    assert not span(day, None).contains(other)
    assert not parse_period("structureel").contains(other)


def test_a_year_does_not_contain_a_flow_whose_start_is_unknown() -> None:
    assert not year(2025).contains(flow_to_day(date(2025, 11, 2)))
    assert year(2025).contains(stock(date(2025, 11, 2)))


# --- CBS codes and labels ---------------------------------------------------------------------------------------------


@given(st.one_of(calendar_periods, days.map(stock)))
def test_a_cbs_code_translates_both_ways(period: Period) -> None:
    assert from_cbs(to_cbs(period)) == period


@pytest.mark.parametrize(
    ("cbs", "code"),
    [
        ("2024JJ00", "2024"),
        ("2024HJ02", "2024-H2"),
        ("2024KW03", "2024-Q3"),
        ("2024MM05", "2024-05"),
        ("20241231", "2024-12-31"),
    ],
)
def test_cbs_codes_mean_what_cbs_says(cbs: str, code: str) -> None:
    assert from_cbs(cbs).code == code
    assert to_cbs(parse_period(code)) == cbs


@pytest.mark.parametrize("wrong", ["2024KW05", "2024HJ00", "2024MM13", "2024XX01", "20240230", "2024", ""])
def test_an_unknown_cbs_code_is_refused(wrong: str) -> None:
    with pytest.raises(UnknownPeriod):
        from_cbs(wrong)


@given(st.one_of(closed_spans.filter(lambda p: p.kind is PeriodKind.SPAN), open_spans, days.map(flow_to_day)))
def test_a_period_that_cbs_does_not_have_gets_no_code(period: Period) -> None:
    with pytest.raises(UnknownPeriod):
        to_cbs(period)


@given(periods)
def test_every_period_has_a_name_for_readers(period: Period) -> None:
    for text in (period.label, period.short_label, str(period)):
        assert text.strip()
        assert "None" not in text
    if period.end:
        assert str(period.end.year) in period.label


@pytest.mark.parametrize(
    ("code", "label", "short"),
    [
        ("2024", "2024", "2024"),
        ("2024-H1", "eerste halfjaar 2024", "eerste halfjaar 2024"),
        ("2024-Q3", "derde kwartaal 2024", "derde kwartaal 2024"),
        ("2024-05", "mei 2024", "mei 2024"),
        ("2025-11-02", "2 november 2025", "2-11-2025"),
        ("../2025-11-02", "tot en met 2 november 2025", "t/m 2-11-2025"),
        ("2025-01/2025-07", "januari tot en met juli 2025", "januari tot en met juli 2025"),
        ("2024-11/2025-02", "november 2024 tot en met februari 2025", "november 2024 tot en met februari 2025"),
        ("2020/2022", "2020 tot en met 2022", "2020 tot en met 2022"),
        ("2024-07-01/..", "vanaf 1 juli 2024", "vanaf 1 juli 2024"),
        ("structureel", "structureel", "structureel"),
    ],
)
def test_a_period_is_named_as_readers_say_it(code: str, label: str, short: str) -> None:
    assert (parse_period(code).label, parse_period(code).short_label) == (label, short)
