"""``manage.py allocate``: a file in, exact numbers out; what cannot be run is refused and leaves no file."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allocation.importing.seeds import EXERCISE, MUNICIPALITIES, SEED_FOLDER, seed_features, seed_model

OPEN_FILE = SEED_FOLDER / MUNICIPALITIES


def allocate(tmp_path: Path, file: Path, fte: str = "1000", **options) -> dict:
    out = tmp_path / "uit.json"
    call_command("allocate", features=file, fte=fte, json=out, stdout=StringIO(), **options)
    return json.loads(out.read_text(), parse_float=Decimal, parse_int=Decimal)


def refusal(tmp_path: Path, file: Path, fte: str = "1000", **options) -> str:
    out = tmp_path / "uit.json"
    with pytest.raises(CommandError) as caught:
        call_command("allocate", features=file, fte=fte, json=out, stdout=StringIO(), **options)
    assert caught.value.returncode == 2
    assert not out.exists()
    return str(caught.value)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The open figures with the invented ones beside them, as one file."""
    rows = {row["code"]: row for row in csv.DictReader(OPEN_FILE.open())}
    for row in csv.DictReader((SEED_FOLDER / EXERCISE).open()):
        rows[row["code"]] |= {name: value for name, value in row.items() if value}
    target = tmp_path / "gemeenten.csv"
    with target.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(next(iter(rows.values()))))
        writer.writeheader()
        writer.writerows(rows.values())
    return target


def test_shares_add_up_to_one_and_strength_to_the_total(tmp_path, filled):
    result = allocate(tmp_path, filled)
    assert len(result["units"]) == 10
    assert len(result["municipalities"]) == 342
    assert sum(one["share"] for one in result["units"]) == 1
    assert sum(one["fte"] for one in result["units"]) == 1000
    assert sum(one["raw"] for one in result["units"]) == result["raw_total"]
    for unit in result["units"]:
        assert unit["raw"] == sum(one["raw"] for one in result["municipalities"] if one["unit"] == unit["unit"])


def test_the_raw_outcome_is_weight_times_value_computed_apart(tmp_path, filled):
    weights = seed_model("sterktemodel-2025").weights
    expected = {
        row["code"]: sum(weight * Decimal(row[code]) for code, weight in weights.items())
        for row in csv.DictReader(filled.open())
    }
    assert {one["code"]: one["raw"] for one in allocate(tmp_path, filled)["municipalities"]} == expected


def test_twice_the_strength_is_twice_the_outcome(tmp_path, filled):
    once = {one["unit"]: one for one in allocate(tmp_path, filled, "500")["units"]}
    for twice in allocate(tmp_path, filled, "1000")["units"]:
        assert twice["share"] == once[twice["unit"]]["share"]
        assert abs(twice["fte"] - 2 * once[twice["unit"]]["fte"]) <= Decimal("1e-11")


def test_the_order_of_the_lines_does_not_matter(tmp_path, filled):
    head, *lines = filled.read_text().splitlines()
    first = allocate(tmp_path, filled)
    filled.write_text("\n".join([head, *reversed(lines)]))
    assert allocate(tmp_path, filled) == first


def test_missing_features_stop_the_run_and_are_named(tmp_path):
    told = refusal(tmp_path, OPEN_FILE)
    assert "Deze kenmerken ontbreken: verkeersongevallen" in told
    assert "Kenmerk ‘landbouwbedrijven’ heeft geen waarde voor GM0096, GM0277, GM0542." in told


def test_a_partial_run_shows_shares_and_no_strength(tmp_path):
    result = allocate(tmp_path, OPEN_FILE, partial=True)
    assert result["partial"] is True
    assert result["marks"] == ["GEDEELTELIJK"]
    assert {one["fte"] for one in result["units"]} == {None}
    assert sum(one["share"] for one in result["units"]) == 1
    assert 700 < result["raw_total"] < 750


def test_invented_features_are_named_in_the_outcome(tmp_path, filled):
    result = allocate(tmp_path, filled, fictitious="ambassades,kernen")
    assert result["fictitious"] is True
    assert result["fictitious_features"] == ["ambassades", "kernen"]
    assert result["marks"] == ["FICTIEF"]
    assert allocate(tmp_path, filled)["fictitious"] is False


def test_hectares_are_refused_with_the_question_whether_it_is_hectares(tmp_path, filled):
    rows = list(csv.DictReader(filled.open()))
    with filled.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "oppervlakte-land": str(Decimal(row["oppervlakte-land"]) * 100)} for row in rows)
    assert "Staat er hectare in plaats van km²?" in refusal(tmp_path, filled)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"fte": "veel"}, "‘veel’ is geen aantal fte"),
        ({"fte": "1.000"}, "kan op twee manieren worden gelezen"),
        ({"fte": "0"}, "groter dan nul"),
        ({"fte": "0,0000001"}, "te veel decimalen"),
        ({"fictitious": "draken"}, "Kenmerk ‘draken’ staat niet in het bestand"),
    ],
)
def test_an_order_that_is_wrong_is_refused(tmp_path, filled, options, told):
    assert told in refusal(tmp_path, filled, **options)


@pytest.mark.django_db
def test_a_model_that_does_not_exist_is_refused(tmp_path, filled):
    assert "Model ‘droommodel’ bestaat niet" in refusal(tmp_path, filled, model="droommodel")


def test_a_file_that_is_not_there_and_an_outcome_that_cannot_be_written_are_told(tmp_path, filled):
    assert "is niet te lezen" in refusal(tmp_path, tmp_path / "weg.csv")
    with pytest.raises(CommandError, match="is niet te schrijven"):
        call_command("allocate", features=filled, fte="1", json=tmp_path / "weg" / "uit.json", stdout=StringIO())


def test_every_weight_of_the_published_model_is_of_a_feature_that_is_described():
    model = seed_model("Sterktemodel 2025")
    assert len(model.weights) == 27
    assert list(model.weights) == list(seed_features())
    assert [code for code, weight in model.weights.items() if weight < 0] == ["inwoners", "landbouwbedrijven", "kernen"]
