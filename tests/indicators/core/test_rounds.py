"""What a round asks, and what the overview shows."""

from datetime import date

import pytest

from indicators.core.enumerations import ItemState, ProposalState, RoundRhythm
from indicators.core.periods import parse_period
from indicators.core.rounds import asked_period, item_state, later, next_day, rhythm

CUT_OFF = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("history", "asked"),
    [
        (["2020", "2021", "2024"], "2025"),
        (["2021", "2023"], "2025"),
        (["2025"], None),
        (["2025-11-02"], "2026-11-02"),
        (["../2024-11-02", "../2025-11-02"], "../2026-11-02"),
        (["2023-12-31", "2025-08-31"], "2026-08-31"),
        (["2025-01/2025-07"], "2026-01/2026-07"),
        (["2022-05"], "2026-05"),
        (["2024-Q3"], "2026-Q3"),
        (["2024-07/.."], None),
        (["structureel"], None),
        ([], None),
    ],
)
def test_a_round_asks_for_the_newest_period_in_the_rhythm_that_is_over(history, asked):
    found = asked_period([parse_period(code) for code in history], CUT_OFF)
    assert (found.code if found else None) == asked


def test_a_peildatum_that_moved_has_a_rhythm_of_a_year():
    assert rhythm([parse_period("2023-12-31"), parse_period("2025-08-31")]) == 1


@pytest.mark.parametrize(
    ("period", "years", "expected"),
    [("2024-02-29", 1, "2025-02-28"), ("2024-02", 1, "2025-02"), ("2025-02", 3, "2028-02"), ("2024", 2, "2026")],
)
def test_a_period_moves_whole_years_and_keeps_the_end_of_february(period, years, expected):
    moved = later(parse_period(period), years)
    assert moved is not None
    assert moved.code == expected


def test_work_under_way_goes_before_what_was_checked():
    states = {"checked": True, "unavailable": True, "requested": True}
    assert item_state(proposal=ProposalState.DRAFT, **states) is ItemState.DRAFT
    assert item_state(proposal=None, **states) is ItemState.CHECKED
    assert item_state(proposal=None, **{**states, "checked": False}) is ItemState.UNAVAILABLE
    assert item_state(proposal=None, checked=False, unavailable=False, requested=True) is ItemState.REQUESTED
    assert item_state(proposal=None, checked=False, unavailable=False, requested=False) is ItemState.EMPTY


@pytest.mark.parametrize(
    ("history", "cut_off", "asked"),
    [
        (["2025-H1", "2025-H2"], date(2026, 7, 15), "2026-H1"),
        (["2024-H2", "2025-H2"], date(2026, 12, 31), "2026-H2"),
        (["2025-Q3", "2025-Q4", "2026-Q1"], date(2026, 11, 2), "2026-Q3"),
        (["2025-12", "2026-01"], date(2026, 3, 1), "2026-02"),
    ],
)
def test_what_comes_more_than_once_a_year_is_asked_in_its_own_steps(history, cut_off, asked):
    found = asked_period([parse_period(code) for code in history], cut_off)
    assert found is not None
    assert found.code == asked


@pytest.mark.parametrize(
    ("day", "rhythm", "expected"),
    [
        (date(2026, 12, 31), RoundRhythm.HALF_YEARLY, date(2027, 6, 30)),
        (date(2026, 11, 2), RoundRhythm.HALF_YEARLY, date(2027, 5, 2)),
        (date(2024, 6, 30), RoundRhythm.YEARLY, date(2025, 6, 30)),
        (date(2025, 8, 31), RoundRhythm.HALF_YEARLY, date(2026, 2, 28)),
    ],
)
def test_the_next_round_comes_one_rhythm_later_and_keeps_the_end_of_a_month(day, rhythm, expected):
    assert next_day(day, rhythm) == expected
