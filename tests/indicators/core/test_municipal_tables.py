"""The table of an indicator per unit and municipality: published values, sums, and why there is none."""

from datetime import date
from decimal import Decimal

from indicators.core.areas import Division, Membership, Succession
from indicators.core.enumerations import Marker, Status
from indicators.core.municipal_tables import MunicipalFigure, MunicipalTable, municipal_table
from indicators.core.periods import parse_period

DIVISION = Division(
    (
        Membership("a", date(2013, 1, 1), "noord"),
        Membership("b", date(2013, 1, 1), "noord", date(2018, 12, 31)),
        Membership("c", date(2013, 1, 1), "zuid"),
    ),
    (Succession(date(2019, 1, 1), "b", "a"),),
    {"a": "Aa", "b": "Bee", "c": "Cee", "noord": "Politie-eenheid Noord", "zuid": "Politie-eenheid Zuid"},
)


def figure(area: str, value: int | None, marker: Marker | None = None, **more: object) -> MunicipalFigure:
    number = None if value is None else Decimal(value)
    return MunicipalFigure(area, number, marker, 0, Status(str(more.get("status", "definitief"))))


def table(
    *figures: MunicipalFigure, period: str = "2018", day: date | None = None, additive: bool = True
) -> MunicipalTable:
    return municipal_table(
        figures, period=parse_period(period), division=DIVISION, day=day, unit="aantal", additive=additive
    )


def shown(found: MunicipalTable) -> dict[str, dict[str, str]]:
    return {
        f"{one.unit.name}: {one.unit.text}": {row.name: row.text for row in one.municipalities} for one in found.units
    }


ALL = (figure("a", 1000), figure("b", 200), figure("c", 5))


def test_units_and_municipalities_stand_on_the_division_of_the_period() -> None:
    found = table(*ALL)

    assert found.day == date(2018, 1, 1)
    assert shown(found) == {"Noord: 1.200": {"Aa": "1.000", "Bee": "200"}, "Zuid: 5": {"Cee": "5"}}


def test_on_todays_division_it_says_what_a_figure_is_made_of() -> None:
    found = table(*ALL, day=date(2024, 1, 1))

    assert shown(found) == {"Noord: 1.200": {"Aa": "1.200"}, "Zuid: 5": {"Cee": "5"}}
    assert found.units[0].municipalities[0].note == "Met wat toen Bee was."


def test_what_cannot_be_computed_says_why_and_is_counted() -> None:
    found = table(figure("a", 1000), figure("c", 5), day=date(2024, 1, 1))

    assert shown(found)["Noord: niet te berekenen"] == {"Aa": "niet te berekenen"}
    assert found.units[0].municipalities[0].note == "Er is geen cijfer van Bee."
    assert found.units[0].unit.note == "Van Aa is er geen cijfer op deze indeling."
    assert found.lacks == 1


def test_a_reason_for_no_value_stays_and_nihil_counts_as_zero() -> None:
    found = table(figure("a", None, Marker.WITHHELD), figure("b", 200), figure("c", None, Marker.NIHIL))

    assert shown(found) == {"Noord: niet te berekenen": {"Aa": "geheim", "Bee": "200"}, "Zuid: 0": {"Cee": "–"}}


def test_a_share_is_not_added_up_per_unit() -> None:
    found = table(*ALL, additive=False)

    assert [one.unit.text for one in found.units] == ["niet te berekenen", "niet te berekenen"]
    assert found.units[0].municipalities[0].text == "1.000"


def test_provisional_figures_are_told() -> None:
    assert table(figure("a", 1, status="voorlopig")).is_provisional
    assert not table(*ALL).is_provisional


def test_a_period_without_days_has_no_division() -> None:
    assert table(*ALL, period="structureel").units == ()
