"""Every golden sheet gives exactly what stands beside it, down to the cell."""

import json

import pytest

from indicators.core.profile_json import read_profile, write_profile
from tests.indicators.sheets.golden_outcome import FOLDER, expected_path, outcome_of, written
from tests.indicators.sheets.golden_sheets import GOLDEN, Golden

NAMES = [golden.file_name for golden in GOLDEN]


@pytest.mark.parametrize("golden", GOLDEN, ids=NAMES)
def test_the_sheet_gives_what_was_checked_by_hand(golden: Golden):
    assert written(outcome_of(golden)) == expected_path(golden).read_text(encoding="utf-8")


@pytest.mark.parametrize("golden", [one for one in GOLDEN if not one.converted], ids=lambda one: one.file_name)
def test_the_sheet_is_made_again_to_the_byte(golden: Golden):
    assert golden.make() == (FOLDER / golden.file_name).read_bytes()


@pytest.mark.parametrize("golden", [one for one in GOLDEN if one.profile], ids=lambda one: one.file_name)
def test_the_profile_is_the_same_after_it_went_out_and_came_back(golden: Golden):
    assert read_profile(write_profile(golden.profile)) == golden.profile


def test_there_are_at_least_thirty_and_nothing_lies_about():
    expected = {name for golden in GOLDEN for name in (golden.file_name, expected_path(golden).name)}
    assert len(GOLDEN) >= 30
    assert {path.name for path in FOLDER.iterdir()} == expected


def test_together_they_show_every_sort_of_outcome():
    outcomes = [json.loads(expected_path(golden).read_text(encoding="utf-8")) for golden in GOLDEN]
    asked = {item["code"] for one in outcomes for item in one.get("gevraagd", [])}
    refused = {item["code"] for one in outcomes for item in one.get("geweigerd", [])}
    assert asked == {"decimaalteken", "teken", "schaal", "vermenigvuldigen", "gebied"}
    assert refused >= {"label-weg", "label-onbekend", "meeteenheid", "dubbel", "formule", "geen-getal", "te-precies"}
    assert any("onleesbaar" in one for one in outcomes)
