"""Municipalities over the years: figures on another division, only where nothing has to be guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.areas import Combined, Division, Membership, Succession, on_division, reference_day, unit_totals
from indicators.core.periods import parse_period

START = date(2013, 1, 1)
TODAY = date(2024, 6, 1)


def here(area: str, start: str = "2013-01-01", end: str = "", unit: str = "noord") -> Membership:
    return Membership(area, date.fromisoformat(start), unit, date.fromisoformat(end) if end else None)


def went(old: str, new: str, day: str, share: str | None = "1") -> Succession:
    return Succession(date.fromisoformat(day), old, new, Decimal(share) if share else None)


def haren() -> Division:
    """Haren and Ten Boer went on in Groningen in 2019; Winsum was split over two new ones."""
    return Division(
        (
            here("groningen"),
            here("haren", end="2018-12-31"),
            here("ten-boer", end="2018-12-31"),
            here("winsum", end="2018-12-31"),
            here("bedum", end="2018-12-31"),
            here("hogeland", "2019-01-01"),
            here("westerkwartier", "2019-01-01"),
        ),
        (
            went("haren", "groningen", "2019-01-01"),
            went("ten-boer", "groningen", "2019-01-01"),
            went("bedum", "hogeland", "2019-01-01"),
            went("winsum", "hogeland", "2019-01-01", None),
            went("winsum", "westerkwartier", "2019-01-01", "0.4"),
        ),
        {"groningen": "Groningen", "haren": "Haren", "winsum": "Winsum", "hogeland": "Het Hogeland"},
    )


def values(**numbers: int | None) -> dict[str, Decimal | None]:
    return {name.replace("_", "-"): None if number is None else Decimal(number) for name, number in numbers.items()}


def today(
    numbers: dict[str, Decimal | None], period: str, *, additive: bool = True, division: Division | None = None
) -> dict[str, Combined]:
    return on_division(numbers, period=parse_period(period), day=TODAY, division=division or haren(), additive=additive)


def test_municipalities_that_went_on_as_a_whole_are_added_up() -> None:
    found = today(values(groningen=200, haren=20, ten_boer=7), "2018")["groningen"]

    assert (found.value, found.parts, found.reason) == (Decimal(227), ("groningen", "haren", "ten-boer"), "")


def test_a_figure_of_after_the_change_stands_as_it_is() -> None:
    found = today(values(groningen=230), "2019")["groningen"]

    assert (found.value, found.parts) == (Decimal(230), ("groningen",))


def test_what_was_split_cannot_be_computed_and_says_why() -> None:
    found = today(values(bedum=10, winsum=14), "2018")

    assert found["hogeland"].value is None
    assert found["hogeland"].reason == "Een deel van Winsum ging per 1-1-2019 over naar Het Hogeland."
    assert found["westerkwartier"].value is None


def test_who_gave_a_part_away_and_went_on_cannot_be_computed_either() -> None:
    division = Division((here("a"), here("b")), (went("a", "b", "2016-01-01", "0.1"),))

    found = today(values(a=100, b=50), "2015", division=division)

    assert (found["a"].value, found["b"].value) == (None, None)
    assert today(values(a=90, b=60), "2016", division=division)["a"].value == Decimal(90)


def test_a_missing_figure_is_named_and_never_taken_for_zero() -> None:
    found = today(values(groningen=200, haren=None, ten_boer=7), "2018")["groningen"]

    assert (found.value, found.reason) == (None, "Er is geen cijfer van Haren.")


def test_a_share_is_no_count_and_is_not_added_up() -> None:
    found = today(values(groningen=80, haren=70, ten_boer=90), "2018", additive=False)

    assert found["groningen"].value is None
    assert "geen aantal" in found["groningen"].reason
    assert today(values(groningen=81), "2020", additive=False)["groningen"].value == Decimal(81)


def test_a_change_within_the_period_asks_for_the_figures_of_before() -> None:
    division = Division(
        (here("amsterdam"), here("weesp", end="2022-03-23")), (went("weesp", "amsterdam", "2022-03-24"),)
    )

    assert today(values(amsterdam=900), "2022", division=division)["amsterdam"].value is None
    assert today(values(amsterdam=900, weesp=4), "2022", division=division)["amsterdam"].value == Decimal(904)
    assert today(values(amsterdam=900), "2023", division=division)["amsterdam"].value == Decimal(900)


def test_figures_that_the_source_itself_put_on_todays_division_are_kept() -> None:
    division = Division(
        (here("x", end="2022-12-31"), here("y", end="2022-12-31"), here("new", "2023-01-01")),
        (went("x", "new", "2023-01-01"), went("y", "new", "2023-01-01")),
    )

    assert today(values(new=9), "2020", division=division)["new"].value == Decimal(9)
    both = today(values(new=9, x=4, y=5), "2020", division=division)["new"]
    assert both.value is None
    assert "en van wat ervoor was" in both.reason


def test_a_chain_of_changes_is_followed_to_its_beginning() -> None:
    division = Division(
        (here("a", end="2014-12-31"), here("b", "2015-01-01", "2017-12-31"), here("c"), here("d", "2018-01-01")),
        (went("a", "b", "2015-01-01"), went("b", "d", "2018-01-01")),
    )

    assert today(values(a=3, c=1), "2014", division=division)["d"].parts == ("a",)


def test_an_area_of_unknown_origin_cannot_be_computed_for_earlier_years() -> None:
    division = Division((here("new", "2020-01-01"),), ())

    assert today(values(), "2019", division=division)["new"].reason == "Niet bekend is waaruit new is ontstaan."


def test_newer_figures_are_not_put_back_on_an_older_division() -> None:
    division = haren()

    found = on_division(
        values(groningen=230), period=parse_period("2020"), day=date(2018, 6, 1), division=division, additive=True
    )

    assert found["groningen"].value is None
    assert "terugrekenen kan niet" in found["groningen"].reason


def test_units_add_up_their_municipalities_or_say_which_one_lacks() -> None:
    division = Division((here("a"), here("b"), here("c", unit="zuid")), (), {"b": "Bee"})
    figures = today(values(a=1, b=2, c=5), "2020", division=division)

    assert unit_totals(figures, day=TODAY, division=division, additive=True)["noord"].value == Decimal(3)
    lacking = today(values(a=1, c=5), "2020", division=division)
    totals = unit_totals(lacking, day=TODAY, division=division, additive=True)
    assert (totals["noord"].value, totals["noord"].reason) == (None, "Van Bee is er geen cijfer op deze indeling.")
    assert totals["zuid"].value == Decimal(5)
    assert unit_totals(figures, day=TODAY, division=division, additive=False)["zuid"].value is None


def test_a_municipality_may_change_unit_and_keeps_its_figures() -> None:
    division = Division((here("a", end="2018-12-31"), here("a", "2019-01-01", unit="zuid")), ())

    assert division.unit_on("a", date(2018, 12, 31)) == "noord"
    assert division.unit_on("a", date(2019, 1, 1)) == "zuid"
    assert division.unit_on("a", date(2012, 12, 31)) is None
    assert today(values(a=4), "2015", division=division)["a"].value == Decimal(4)


@pytest.mark.parametrize(
    ("period", "day"),
    [("2018", date(2018, 1, 1)), ("2025-11-02", date(2025, 11, 2)), ("../2025-11-02", date(2024, 11, 3))],
)
def test_the_division_of_a_period_is_that_of_its_first_day(period: str, day: date) -> None:
    assert reference_day(parse_period(period)) == day


def test_periods_without_days_belong_to_no_division() -> None:
    found = today(values(groningen=1), "structureel")["groningen"]

    assert found.value is None
    assert "niet bekend" in found.reason


@st.composite
def histories(draw: st.DrawFn) -> tuple[Division, int]:
    """Areas that merge whole, year after year, from 2014 to 2023; returns how many there were at first."""
    size = draw(st.integers(2, 8))
    alive = [f"a{number}" for number in range(size)]
    start = dict.fromkeys(alive, START)
    memberships, successions = [], []
    for year in range(2014, 2024):
        if len(alive) < 2 or not draw(st.booleans()):
            continue
        merged = draw(st.lists(st.sampled_from(alive), min_size=2, max_size=3, unique=True))
        day = date(year, 1, 1)
        absorbs = draw(st.booleans())
        new = merged[0] if absorbs else f"n{year}"
        for old in merged[1:] if absorbs else merged:
            memberships.append(Membership(old, start[old], "noord", day - timedelta(days=1)))
            successions.append(Succession(day, old, new))
            alive.remove(old)
        if not absorbs:
            alive.append(new)
            start[new] = day
    memberships += [Membership(area, start[area], "noord") for area in alive]
    return Division(tuple(memberships), tuple(successions)), size


@given(histories(), st.lists(st.integers(-(10**9), 10**9), min_size=8, max_size=8))
def test_nothing_is_lost_or_counted_twice_when_all_go_on_whole(
    history: tuple[Division, int], numbers: list[int]
) -> None:
    division, size = history
    then = {f"a{number}": Decimal(numbers[number]) for number in range(size)}

    found = today(then, "2013", division=division)

    assert set(found) == division.areas_on(TODAY)
    assert all(one.value is not None for one in found.values())
    assert sorted(part for one in found.values() for part in one.parts) == sorted(then)
    assert sum(one.value or 0 for one in found.values()) == sum(then.values())


@given(histories(), st.data())
def test_one_split_leaves_out_all_it_touches_and_nothing_else(
    history: tuple[Division, int], data: st.DataObject
) -> None:
    division, size = history
    if not division.successions:
        return
    broken = data.draw(st.sampled_from(division.successions))
    split = tuple(
        Succession(one.date, one.old, one.new, Decimal("0.5")) if one == broken else one for one in division.successions
    )
    other = Division(division.memberships, split)
    then = {f"a{number}": Decimal(1) for number in range(size)}
    whole = today(then, "2013", division=division)

    found = today(then, "2013", division=other)

    assert any(one.value is None for one in found.values())
    for area, one in found.items():
        assert one.value is None or one == whole[area]
