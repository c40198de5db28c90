"""Reading a sheet of municipalities: what is right is read to the digit, what is wrong is named with its place."""

from decimal import Decimal

import pytest

from allocation.core.features import FeatureInfo, Plausible
from allocation.core.model import Municipality
from allocation.core.municipality_files import (
    NATIONAL_FROM,
    FeatureTable,
    FileRefused,
    completeness_problems,
    plausibility_problems,
    read_table,
)

KNOWN = {
    "inwoners": FeatureInfo("inwoners", "Inwoners", "personen"),
    "land": FeatureInfo("land", "Oppervlakte land", "km2", plausible=Plausible(Decimal(30_000), Decimal(36_000))),
}
HEAD = ["code", "name", "police_unit", "safety_region", "inwoners", "land"]
AA = ["GM0001", "Aa", "Noord", "VR01", "10000", "12.5"]


def refusal(rows, *, point_is_decimal=True) -> str:
    with pytest.raises(FileRefused) as caught:
        read_table(rows, KNOWN, point_is_decimal=point_is_decimal)
    return caught.value.message


def test_a_file_is_read_with_its_values_and_regions():
    table = read_table([HEAD, AA, [None] * 6], KNOWN, point_is_decimal=True)
    assert table.features == ("inwoners", "land")
    assert table.municipalities == (
        Municipality("GM0001", "Aa", "Noord", {"inwoners": Decimal(10000), "land": Decimal("12.5")}),
    )
    assert table.regions == {"GM0001": "VR01"}


def test_an_empty_cell_is_a_missing_value_and_never_zero():
    table = read_table([HEAD, [*AA[:4], "", "0"]], KNOWN, point_is_decimal=True)
    assert table.municipalities[0].values == {"land": Decimal(0)}


def test_cells_of_a_workbook_are_numbers_already():
    table = read_table([HEAD, [*AA[:4], Decimal(7), Decimal("3.813")]], KNOWN, point_is_decimal=False)
    assert table.municipalities[0].values == {"inwoners": Decimal(7), "land": Decimal("3.813")}


def test_a_point_in_a_file_separated_by_commas_is_the_decimal_sign():
    table = read_table([HEAD, [*AA[:5], "3.813"]], KNOWN, point_is_decimal=True)
    assert table.municipalities[0].values["land"] == Decimal("3.813")


def test_elsewhere_a_number_that_can_be_read_in_two_ways_is_refused():
    told = refusal([HEAD, [*AA[:5], "3.813"]], point_is_decimal=False)
    assert "Regel 2, kolom ‘land’: ‘3.813’ is op twee manieren te lezen; schrijf 3813 of 3,813." in told


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (["code", "name", "inwoners"], "Regel 1, kolom ‘police_unit’: deze kolom ontbreekt."),
        ([*HEAD, "lengte"], "Regel 1, kolom ‘lengte’: dit is geen code van een omgevingskenmerk."),
        ([*HEAD, "land"], "Regel 1, kolom ‘land’: deze kolom staat er 2 keer."),
        (["code", "name", "police_unit", "", "land"], "Regel 1: 1 van de kolommen heeft geen naam."),
    ],
)
def test_a_head_that_is_wrong_is_refused(head, told):
    assert told in refusal([head, AA])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["GM0001", "", "Noord", "", "1", "2"], "Regel 2, kolom ‘name’: de cel is leeg."),
        ([*AA[:4], "tien", "2"], "Regel 2, kolom ‘inwoners’: ‘tien’ is geen getal"),
        ([*AA[:4], "-3", "2"], "Regel 2, kolom ‘inwoners’: ‘-3’ is minder dan nul"),
        ([*AA[:4], "NaN", "2"], "‘NaN’ is geen getal"),
        ([*AA[:4], "1e9", "2"], "‘1e9’ is geen getal"),
        ([*AA, "over"], "Regel 2: er staan meer cellen dan kolommen."),
    ],
)
def test_a_line_that_is_wrong_is_refused_with_its_place(row, told):
    assert told in refusal([HEAD, row])


def test_a_municipality_that_stands_there_twice_is_refused():
    assert "gemeente GM0001 staat er 2 keer in" in refusal([HEAD, AA, AA])


def test_of_many_problems_the_first_ten_are_told():
    rows = [HEAD, *([f"GM{number:04}", "Aa", "Noord", "", "x", "2"] for number in range(14))]
    told = refusal(rows)
    assert told.count("is geen getal") == 10
    assert "En nog 4 andere." in told


def test_a_file_without_municipalities_is_refused():
    assert "bevat geen gemeenten" in refusal([HEAD])
    assert "kolom ‘code’: deze kolom ontbreekt" in refusal([])


def national(area: str) -> FeatureTable:
    rows = [Municipality(f"GM{n:04}", "Aa", "Noord", {"land": Decimal(area)}) for n in range(NATIONAL_FROM)]
    return FeatureTable(("land",), tuple(rows))


def test_hectares_in_a_national_file_are_refused_with_the_likely_cause():
    assert list(plausibility_problems(national("110"), KNOWN, year=2024)) == []
    (problem,) = plausibility_problems(national("11000"), KNOWN, year=2024)
    assert "hectare" in str(problem)


def test_a_part_of_the_country_has_no_national_total():
    part = FeatureTable(("land",), (Municipality("GM0001", "Aa", "Noord", {"land": Decimal(9_999_999)}),))
    assert list(plausibility_problems(part, KNOWN, year=2024)) == []


def test_missing_unknown_and_misplaced_municipalities_are_named():
    table = read_table([HEAD, AA, ["GM0009", "Ef", "Nergens", "", "1", "2"]], KNOWN, point_is_decimal=True)
    told = [
        str(one)
        for one in completeness_problems(
            table, expected={"GM0001": "Zuid", "GM0002": "Zuid"}, units=["Noord", "Zuid"], year=2024
        )
    ]
    assert "Kolom ‘police_unit’: Aa (GM0001) hoorde in 2024 bij Zuid, niet bij Noord." in told
    assert "Kolom ‘police_unit’: politie-eenheid ‘Nergens’ van Ef (GM0009) bestaat niet." in told
    assert "Kolom ‘code’: deze gemeenten ontbreken in 2024: GM0002." in told
    assert "Kolom ‘code’: deze gemeenten bestonden niet in 2024: GM0009." in told
