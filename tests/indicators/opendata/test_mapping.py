"""From cells to figures by a profile: exact, provisional or not, never a silent zero, never a guess."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Marker, Status
from indicators.core.figures import series_key
from indicators.core.opendata import v3, v4
from indicators.core.opendata.answers import BrokenAnswer, OpenDataProblem, read_json
from indicators.core.opendata.mapping import KnownPlaces, MappedTable, match_profile
from indicators.core.opendata.profiles import read_profile
from indicators.core.opendata.tables import (
    Code,
    Dimension,
    Measure,
    Service,
    TableCell,
    TableDescription,
    TableInfo,
    provisional_status,
)
from tests.indicators.opendata.profiles import prices, reactions
from tests.indicators.opendata.service import house_prices, recorded

PLACES = KnownPlaces(
    {"NL01": "nederland", "GM0358": "gemeente-aalsmeer", "GM0014": "gemeente-groningen"},
    {"noord-nederland": "eenheid-noord-nederland"},
)


def described() -> TableDescription:
    """Table 83625NED as it describes itself."""
    table = house_prices()
    codes = {
        "RegioS": v4.read_codes(table.lists["RegioSCodes"], "RegioS", table.name),
        "Perioden": v4.read_codes(table.lists["PeriodenCodes"], "Perioden", table.name),
    }
    dimensions = v4.read_dimensions({"value": table.lists["Dimensions"]}, table.name)
    measures = v4.read_measures(table.lists["MeasureCodes"], table.name)
    return TableDescription(v4.read_info(table.info, table.name), dimensions, measures, codes)


def police(**codes: str) -> TableDescription:
    """A v3 table with two measures."""
    regions = {"GM0014": Code("GM0014", "Groningen"), "RE01": Code("RE01", "Noord-Nederland (RE)")}
    periods = {"2024MM01": Code("2024MM01", "2024 januari", status=Status.FINAL)}
    return TableDescription(
        TableInfo(Service.V3, "47008NED", "Reactietijden", "1", "1"),
        (Dimension("RegioS", "Regio's", is_place=True), Dimension("Perioden", "Perioden", is_time=True)),
        (
            Measure("Meldingen_1", "Meldingen", "Meldingen", "aantal"),
            Measure("Reactietijd0Tot15MinutenRelatief_2", "Reactietijd0Tot15MinutenRelatief", "Op tijd", "%", 1),
        ),
        {"RegioS": regions, "Perioden": periods},
    )


def cell(number: str | None, missing: str = "", region: str = "NL01", period: str = "2024JJ00") -> TableCell:
    value = Decimal(number) if number is not None else None
    return TableCell(1, "M001534", (("RegioS", region), ("Perioden", period)), value, missing)


def mapped(*cells: TableCell, **changes: Any) -> MappedTable:
    return match_profile(read_profile(prices(**changes)), described(), PLACES).rows(cells)


def test_a_cell_becomes_a_figure_with_its_place() -> None:
    (row,) = mapped(cell("450985", region="GM0358")).rows

    assert row.key == (series_key("verkoopprijs", "gemeente-aalsmeer", "realisatie", ()), "2024")
    assert (row.indicator, row.area, row.variant) == ("verkoopprijs", "gemeente-aalsmeer", "realisatie")
    assert (row.value, row.marker, row.period.code, row.status) == (Decimal(450985), None, "2024", Status.FINAL)
    assert row.place == "tabel 83625NED, sleutel M001534 GM0358 2024JJ00"


def test_the_recorded_table_gives_its_prices_exactly() -> None:
    table = house_prices()
    page = v4.read_page({"value": table.cells}, table.name, ("RegioS", "Perioden"))

    found = mapped(*page.cells)

    expected = {
        row["Perioden"][:4]: row["Value"] for row in table.cells if row["RegioS"] == "NL01" and row["Value"] is not None
    }
    assert {row.period.code: row.value for row in found.rows if row.area == "nederland"} == expected
    assert all(row.status is Status.FINAL for row in found.rows)
    assert {one.code for one in found.refused} == {"gebied"}  # municipalities that these places do not have


@pytest.mark.parametrize(
    ("missing", "means"),
    [
        ("Impossible", Marker.IMPOSSIBLE),
        ("Confidential", Marker.WITHHELD),
        ("NotAvailable", Marker.UNKNOWN),
    ],
)
def test_a_missing_value_keeps_its_reason(missing: str, means: Marker) -> None:
    (row,) = mapped(cell(None, missing), ontbrekend={}).rows

    assert (row.value, row.marker) == (None, means)


def test_a_missing_value_may_be_left_out() -> None:
    found = mapped(cell(None, "Impossible"))

    assert (found.rows, found.refused, found.left_out) == ((), (), 1)


@pytest.mark.parametrize("missing", ["null", ".", "-", "leeg", "tekst", "Vreemd"])
def test_what_nobody_explained_is_refused_and_never_zero(missing: str) -> None:
    found = mapped(cell(None, missing))

    assert found.rows == ()
    assert found.refused[0].code == "ontbrekend"
    assert f"niet wat ‘{missing}’ betekent" in found.refused[0].message


def test_a_zero_is_a_zero() -> None:
    (row,) = mapped(cell("0")).rows
    assert (row.value, row.marker) == (Decimal(0), None)


def test_an_unknown_area_says_how_to_mend_it() -> None:
    (refused,) = mapped(cell("1", region="GM0197")).refused

    assert refused.code == "gebied"
    assert refused.message.startswith("‘GM0197’ (Aalten) is als gebied niet bekend. Laad de gemeenten")
    assert refused.place.endswith("GM0197 2024JJ00")


def test_kinds_of_keys_that_are_not_wanted_are_left_out() -> None:
    found = mapped(cell("1", region="PV20"), cell("1", period="2024KW01"))
    assert (found.rows, found.refused, found.left_out) == ((), (), 2)


def test_units_of_the_police_tables_are_known_by_their_name() -> None:
    keys = (("RegioS", "RE01"), ("Perioden", "2024MM01"))
    found = match_profile(read_profile(reactions()), police(), PLACES).rows(
        [TableCell(1, "Reactietijd0Tot15MinutenRelatief_2", keys, Decimal("80.5"))]
    )

    assert [(row.area, row.value, row.decimals) for row in found.rows] == [
        ("eenheid-noord-nederland", Decimal("80.5"), 1)
    ]


def test_the_number_behind_a_measure_may_change() -> None:
    moved = police()
    measures = tuple(
        Measure(f"{one.name}_{index + 7}", *list(vars(one).values())[1:]) for index, one in enumerate(moved.measures)
    )
    later = TableDescription(moved.info, moved.dimensions, measures, moved.codes)

    found = match_profile(read_profile(reactions()), later, PLACES)

    assert found.measure_keys == ("Meldingen_7", "Reactietijd0Tot15MinutenRelatief_8")


def test_measures_of_one_name_are_told_apart_by_their_group() -> None:
    _, measures = v3.read_properties(recorded("85984NED/DataProperties.json"), "85984NED")
    table = TableDescription(police().info, police().dimensions, measures, police().codes)
    here = "Bevolking / Bevolking naar herkomst / Herkomstland"

    content = reactions(maten={"Nederland_99": {"indicator": "x"}})
    with pytest.raises(OpenDataProblem, match="komt in tabel 47008NED vaker voor"):
        match_profile(read_profile(content), table, PLACES)
    content["maten"]["Nederland_99"]["groep"] = here
    assert match_profile(read_profile(content), table, PLACES).measure_keys == ("Nederland_17",)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"tabel": "99999NED"}, "is voor tabel 99999NED"),
        ({"maten": {"M9": {"indicator": "x"}}}, "heeft geen maat ‘M9’"),
        ({"maten": {"M001534": {"indicator": "x", "eenheid": "1 000 euro"}}}, "is in ‘euro’ en niet meer in"),
        ({"dimensies": {"Perioden": {"rol": "periode"}}}, "‘RegioS’ van tabel 83625NED staat niet in het profiel"),
        (
            {
                "dimensies": {
                    "Perioden": {"rol": "periode"},
                    "RegioS": {"rol": "gebied"},
                    "Soort": {"rol": "vast", "sleutel": "T"},
                }
            },
            "heeft geen dimensie ‘Soort’",
        ),
        (
            {"dimensies": {"Perioden": {"rol": "periode"}, "RegioS": {"rol": "vast", "sleutel": "XX99"}}},
            "geen sleutel ‘XX99’",
        ),
    ],
)
def test_a_table_that_no_longer_fits_stops_the_import(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(OpenDataProblem, match=says):
        match_profile(read_profile(prices(**changes)), described(), PLACES)


def test_two_cells_for_one_figure_are_not_chosen_between() -> None:
    content = {"RegioS": {"rol": "gebied", "codes": {"GM0197": "gemeente-aalsmeer"}}, "Perioden": {"rol": "periode"}}

    found = mapped(cell("1", region="GM0358"), cell("2", region="GM0197"), dimensies=content)

    assert [row.value for row in found.rows] == [1]
    assert found.refused[0].code == "dubbel"
    assert "staat ook in tabel 83625NED, sleutel M001534 GM0358 2024JJ00" in found.refused[0].message


def test_a_factor_is_exact_and_too_many_digits_are_refused() -> None:
    thousand = {"M001534": {"indicator": "x", "factor": "1000"}}

    found = mapped(cell("450.9851234"), cell("450.98512345", period="2023JJ00"), maten=thousand)

    assert [row.value for row in found.rows] == [Decimal("450985.1234")]
    assert "450.98512345 × 1000 is niet exact te bewaren" in found.refused[0].message


@pytest.mark.parametrize("number", ["0.00001", "1" + "0" * 11, "1.0000" + "0" * 40 + "1", "1e400", "1e-400"])
def test_what_the_database_would_round_is_refused(number: str) -> None:
    found = mapped(cell(number))
    assert (found.rows, [one.code for one in found.refused]) == ((), ["getal"])


@pytest.mark.parametrize("number", ["-0.5000000", "12345678901.2345", "0E+3", "1.20E+3"])
def test_trailing_zeros_and_powers_of_ten_are_no_digits_too_many(number: str) -> None:
    assert [row.value for row in mapped(cell(number)).rows] == [Decimal(number)]


def test_a_year_may_stand_for_a_count_on_its_first_day() -> None:
    content = prices()["dimensies"]
    content["Perioden"]["als"] = "eerste-dag"

    (row,) = mapped(cell("5"), dimensies=content).rows

    assert row.period.code == "2024-01-01"


def test_periods_carry_their_provisional_mark() -> None:
    codes = v4.read_codes(recorded("82242NED_PeriodenCodes.json")["value"], "Perioden", "82242NED")

    assert codes["2026MM05"].status is Status.PROVISIONAL
    assert codes["2026MM04"].status is Status.REVISED_PROVISIONAL
    assert codes["2026MM03"].status is Status.FINAL


@pytest.mark.parametrize(
    ("status", "title", "description", "means"),
    [
        ("Definitief", "2023", "", Status.FINAL),
        ("NaderVoorlopig", "2024", "", Status.REVISED_PROVISIONAL),
        ("Voorlopig", "2024", "", Status.PROVISIONAL),
        ("", "2024*", "", Status.PROVISIONAL),
        ("", "2024**", "", Status.REVISED_PROVISIONAL),
        ("", "2024 (nader voorlopig)", "", Status.REVISED_PROVISIONAL),
        ("", "2024", "Voorlopige cijfers", Status.PROVISIONAL),
        ("", "2024 december", "", None),
    ],
)
def test_a_provisional_mark_is_found_wherever_it_stands(
    status: str, title: str, description: str, means: Status | None
) -> None:
    assert provisional_status(status, title, description) is means


def test_when_nothing_says_whether_it_is_provisional_the_profile_must() -> None:
    table = police()
    bare = {"RegioS": table.codes["RegioS"], "Perioden": {"2024MM01": Code("2024MM01", "2024 januari")}}
    table = TableDescription(table.info, table.dimensions, table.measures, bare)
    keys = (("RegioS", "GM0014"), ("Perioden", "2024MM01"))
    one = TableCell(1, "Meldingen_1", keys, Decimal(3))

    (refused,) = match_profile(read_profile(reactions()), table, PLACES).rows([one]).refused
    assert refused.code == "status"
    found = match_profile(read_profile(reactions(status="voorlopig")), table, PLACES).rows([one])
    assert found.rows[0].status is Status.PROVISIONAL


def test_categories_and_totals_come_from_the_profile() -> None:
    table = police()
    kinds = {"T001": Code("T001", "Totaal"), "A1": Code("A1", "Vernieling"), "A2": Code("A2", "Overig")}
    more = TableDescription(
        table.info, (*table.dimensions, Dimension("Soort", "Soort")), table.measures, {**table.codes, "Soort": kinds}
    )
    content = reactions()
    content["dimensies"]["Soort"] = {
        "rol": "uitsplitsing",
        "uitsplitsing": "soort",
        "codes": {"A1": "vernieling"},
        "totalen": ["T001"],
    }
    keys = (("RegioS", "GM0014"), ("Perioden", "2024MM01"))
    cells = [TableCell(1, "Meldingen_1", (*keys, ("Soort", kind)), Decimal(1)) for kind in kinds]

    found = match_profile(read_profile(content), more, PLACES).rows(cells)

    assert [row.categories for row in found.rows] == [(), (("soort", "vernieling"),)]
    assert found.refused[0].message == "‘A2’ (Overig) is als categorie niet bekend. Noem deze sleutel in het profiel."


@pytest.mark.parametrize(
    ("written", "value", "missing"),
    [
        (12, Decimal(12), ""),
        (Decimal("80.50"), Decimal("80.50"), ""),
        ("     17.1", Decimal("17.1"), ""),
        ("    -3", Decimal(-3), ""),
        ("        .", None, "."),
        ("         ", None, "leeg"),
        ("-", None, "-"),
        ("x", None, "x"),
        ("1.234,5", None, "1.234,5"),
        ("NaN", None, "NaN"),
        ("1e5", None, "1e5"),
        (None, None, "null"),
    ],
)
def test_values_of_v3_are_numbers_or_say_what_stands_there(written: Any, value: Decimal | None, missing: str) -> None:
    page = v3.read_page([{"ID": 1, "RegioS": "GM0014  ", "A_1": written}], "47008NED", ("RegioS",), ("A_1",))

    (found,) = page.cells
    assert (found.number, found.missing, found.keys) == (value, missing, (("RegioS", "GM0014"),))


@pytest.mark.parametrize("value", [True, [1], {"a": 1}])
def test_values_that_are_no_values_break_the_page(value: Any) -> None:
    with pytest.raises(BrokenAnswer):
        v3.read_page([{"ID": 1, "A_1": value}], "47008NED", (), ("A_1",))
    with pytest.raises(BrokenAnswer):
        v4.read_page({"value": [{"Id": 1, "Measure": "M", "Value": value}]}, "x", ())


@pytest.mark.parametrize("read", [v3.read_info, v4.read_info])
def test_a_description_that_is_none_is_a_broken_answer(read: Callable[[Any, str], TableInfo]) -> None:
    for answer in (None, [], "x", {"value": []}, {"value": [1]}):
        with pytest.raises(BrokenAnswer):
            read(answer, "83625NED")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
def test_no_digit_is_lost_on_the_way(number: Decimal) -> None:
    answer = read_json(f'{{"value": [{{"Id": 1, "Measure": "M", "Value": {number:f}}}]}}', "x")

    (found,) = v4.read_page(answer, "x", ()).cells

    assert found.number == number
    assert str(found.number) == f"{number:f}"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["value", "Id", "ID", "Measure", "Value", "Key"]), inner, max_size=4)
        ),
    )
)
def test_whatever_comes_it_is_read_or_refused_with_a_sentence(answer: Any) -> None:
    readers: list[Callable[[], Any]] = [
        lambda: v4.read_page(answer, "x", ("RegioS",)),
        lambda: v3.read_page(answer, "x", ("RegioS",), ("A_1",)),
        lambda: v4.read_info(answer, "x"),
        lambda: v3.read_info(answer, "x"),
        lambda: v3.read_properties(answer, "x"),
        lambda: v4.read_dimensions(answer, "x"),
    ]
    for read in readers:
        assert _refusal(read).endswith(".")


def _refusal(read: Callable[[], Any]) -> str:
    try:
        read()
    except OpenDataProblem as problem:
        return str(problem)
    return "gelezen."
