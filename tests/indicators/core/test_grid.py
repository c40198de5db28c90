"""The shape of the grid: which columns, and what a cell says in words."""

from decimal import Decimal

from indicators.core.enumerations import ItemState
from indicators.core.grid import Amount, GridCell, choose_columns
from tests.factories import period


def codes(asked: list[str], known: list[str]) -> list[str]:
    return [one.code for one in choose_columns([period(code) for code in asked], [period(code) for code in known])]


def test_the_last_values_stand_before_the_asked_one():
    years = [str(year) for year in range(2010, 2025)]
    assert codes(["2025"], years) == [*years[-7:], "2025"]


def test_where_many_are_asked_the_last_four_values_stand_among_them():
    asked = ["2015", "2017", "2019", "2021", "2023", "2025", "2026", "2027"]
    assert codes(asked, ["2012", "2013", "2014", "2016", "2018", "2020"]) == sorted(
        [*asked, "2014", "2016", "2018", "2020"]
    )


def test_another_kind_of_period_is_no_column_of_this_table():
    assert codes(["2025"], ["2024", "2024-05", "2024-12-31"]) == ["2024", "2025"]


def test_what_comes_after_the_asked_period_is_no_context():
    assert codes(["2022"], ["2021", "2023", "2024"]) == ["2021", "2022"]


def test_a_round_that_asks_nothing_has_no_columns():
    assert codes([], ["2024"]) == []


def test_an_amount_reads_as_in_a_table_and_edits_as_it_is_typed():
    circa = Amount(Decimal("12543.5000"), qualifier="circa", decimals=1)
    assert (circa.text, circa.typed) == ("circa 12.543,5", "12543,5")
    between = Amount(Decimal(20), Decimal(25))
    assert between.text == "20-25"
    nihil = Amount(marker="nihil")
    assert (nihil.text, nihil.typed) == ("–", "nihil")
    assert (Amount().text, Amount().typed) == ("", "")


def test_a_cell_says_its_state_in_words_and_with_a_sign():
    def words(state: ItemState | None, **more: object) -> str:
        return GridCell(1, 2, Amount(), state, **more).state_words  # type: ignore[arg-type]

    assert words(ItemState.EMPTY) == "in te vullen"
    assert words(ItemState.EMPTY, is_late=True) == "te laat"
    assert words(ItemState.SUBMITTED, is_late=True) == "ter controle"
    assert words(None, note="voorlopig") == "voorlopig"
    assert words(None) == ""
    assert len({GridCell(1, 2, Amount(), state).symbol for state in ItemState}) == len(ItemState) - 1
