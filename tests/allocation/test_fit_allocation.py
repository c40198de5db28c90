"""``manage.py fit_allocation``: what it writes, and what it says about files that are not right."""

import csv
import json
import random
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from tests.allocation.core.reference import least_squares, reference_refit

ROWS = 150


@pytest.fixture
def inputs(tmp_path):
    """Three files of a country in which two clusters hang on three features, and what is in them per inhabitant."""
    chance = np.random.default_rng(11)
    inhabitants = chance.lognormal(10, 1, ROWS).round() + 500
    per = chance.lognormal(-3, 0.6, (ROWS, 6))
    per[:, 2] = per[:, 1] + 0.02 * chance.standard_normal(ROWS)  # of the category of the one before
    truth = np.array([[0.2, 0.0], [0.3, 0.0], [0.0, 0.3], [0.0, 0.1], [0.0, 0.0], [0.0, 0.0]])
    workloads = 0.01 + per @ truth + 0.002 * chance.standard_normal((ROWS, 2))
    codes = [f"GM{row:04}" for row in range(ROWS)]
    features = [f"kenmerk-{number}" for number in range(6)]
    tables = {
        "workloads": [["code", "inhabitants", "handhaving", "opsporing"]]
        + [[code, n, *row] for code, n, row in zip(codes, inhabitants, workloads * inhabitants[:, None], strict=True)],
        "features": [["code", *features]]
        + [[code, *row] for code, row in zip(codes, per * inhabitants[:, None], strict=True)],
        "categories": [["feature", "category"]]
        + [[name, category] for name, category in zip(features, "abbcde", strict=True)],
    }
    return tmp_path, tables, (per, "abbcde", workloads)


def write(folder, tables, delimiter=","):
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)


def run(folder, workloads=("workloads.csv",), **other):
    out = StringIO()
    files = {"features": "features.csv", "categories": "categories.csv", "json": "uit.json", **other}
    given = ["--workloads", *(str(folder / name) for name in workloads)]
    for option, name in files.items():
        given += [f"--{option}", str(folder / name)]
    call_command("fit_allocation", *given, stdout=out)
    return json.loads((folder / files["json"]).read_text()), out.getvalue()


def test_the_file_tells_what_the_reference_finds(inputs):
    folder, tables, (per, categories, workloads) = inputs
    write(folder, tables)
    outcome, told = run(folder)
    paths, final = reference_refit(per, categories, list(workloads.T))
    assert [cluster["cluster"] for cluster in outcome["clusters"]] == ["handhaving", "opsporing"]
    for cluster, (picks, bic), chosen, workload in zip(outcome["clusters"], paths, final, workloads.T, strict=True):
        assert cluster["selected"] == [f"kenmerk-{index}" for index in picks]
        assert cluster["final"] == [f"kenmerk-{index}" for index in chosen]
        assert len(cluster["bic"]) == len(cluster["r2"]) == len(picks) + 1
        assert cluster["bic"] == pytest.approx(bic, rel=1e-8)
        own = least_squares(workload, per[:, chosen])
        assert list(cluster["coefficients"].values()) == pytest.approx(list(own.params), rel=1e-8)
        assert list(cluster["coefficients"]) == ["inwoners", *cluster["final"]]
        assert list(cluster["standard_errors"].values()) == pytest.approx(list(own.bse), rel=1e-7)
        assert {one["feature"] for one in cluster["left_out"]} == {f"kenmerk-{i}" for i in set(range(6)) - set(chosen)}
        assert len(cluster["residuals"]) == ROWS
    assert "handhaving: kenmerk-" in told


def test_one_cluster_gives_way_to_the_other_and_the_reason_names_both(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    clusters = run(folder)[0]["clusters"]
    replaced = [one for cluster in clusters for one in cluster["replaced"]]
    assert len(replaced) == 1
    (told,) = [
        one["text"]
        for cluster in clusters
        for one in cluster["left_out"]
        if cluster["replaced"] and one["feature"] == cluster["replaced"][0]["feature"]
    ]
    assert told == f"vervangen door ‘{replaced[0]['by']}’: over alle clusters één kenmerk per categorie"


def test_the_order_of_the_rows_changes_nothing(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    straight, _ = run(folder)
    shuffled = {name: [rows[0], *random.Random(2).sample(rows[1:], len(rows) - 1)] for name, rows in tables.items()}
    write(folder, shuffled)
    turned, _ = run(folder)
    assert turned["clusters"] == straight["clusters"]


def test_dutch_files_with_semicolons_are_read_as_well(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    straight, _ = run(folder)
    dutch = {
        name: [
            rows[0],
            *(
                [cell if isinstance(cell, str) else f"{cell:.17f}".replace(".", ",") for cell in row]
                for row in rows[1:]
            ),
        ]
        for name, rows in tables.items()
    }
    write(folder, dutch, ";")
    read, _ = run(folder)
    assert [one["selected"] for one in read["clusters"]] == [one["selected"] for one in straight["clusters"]]
    for one, other in zip(read["clusters"], straight["clusters"], strict=True):
        assert one["coefficients"] == pytest.approx(other["coefficients"], rel=1e-9)


def test_three_years_weigh_a_sixth_a_third_and_a_half(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    straight, _ = run(folder)
    for number, factor in enumerate((3.0, 0.0, 1.0)):  # 3/6 + 0/3 + 1/2 = 1
        rows = [[code, n, *(cell * factor for cell in cells)] for code, n, *cells in tables["workloads"][1:]]
        write(folder, {f"jaar{number}": [tables["workloads"][0], *rows]})
    years, _ = run(folder, workloads=[f"jaar{number}.csv" for number in range(3)])
    for one, other in zip(years["clusters"], straight["clusters"], strict=True):
        assert one["selected"] == other["selected"]
        assert one["coefficients"] == pytest.approx(other["coefficients"], rel=1e-9)
    assert len(years["inputs"]) == 5


def test_names_and_units_beside_the_features_are_no_features(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    straight, _ = run(folder)
    head, *rows = tables["features"]
    about = ["name", "police_unit", "safety_region"]
    wider = [[head[0], *about, *head[1:]], *([row[0], "Aa", "Limburg", "VR24", *row[1:]] for row in rows)]
    write(folder, {**tables, "features": wider})
    assert run(folder)[0]["clusters"] == straight["clusters"]


def change(tables, name, line, column, value):
    rows = [list(row) for row in tables[name]]
    rows[line - 1][rows[0].index(column)] = value
    return {**tables, name: rows}


@pytest.mark.parametrize(
    ("name", "line", "column", "value", "sentence"),
    [
        ("workloads", 7, "inhabitants", "0", "Regel 7, kolom ‘inhabitants’: gemeente GM0005 heeft geen inwoners."),
        ("workloads", 7, "inhabitants", "", "Regel 7, kolom ‘inhabitants’: gemeente GM0005 heeft geen inwoners."),
        ("workloads", 7, "opsporing", "", "Regel 7, kolom ‘opsporing’: gemeente GM0005 heeft geen waarde."),
        ("workloads", 7, "opsporing", "veel", "gemeente GM0005 heeft ‘veel’; dat is geen getal."),
        ("workloads", 7, "opsporing", "nan", "gemeente GM0005 heeft ‘nan’; dat is geen getal."),
        ("workloads", 7, "code", "GM0004", "Regel 7, kolom ‘code’: gemeente GM0004 staat er al."),
        ("workloads", 7, "code", "GM9999", "gemeente GM9999 staat in het bestand met werklast, maar niet in"),
        ("workloads", 1, "inhabitants", "inwoners", "kolom ‘inhabitants’: deze kolom ontbreekt."),
        ("workloads", 1, "opsporing", "handhaving", "kolom ‘handhaving’: deze kolom staat er 2 keer."),
        ("features", 9, "kenmerk-3", "", "Regel 9, kolom ‘kenmerk-3’: gemeente GM0007 heeft geen waarde."),
        ("features", 9, "kenmerk-3", "inf", "gemeente GM0007 heeft ‘inf’; dat is geen getal."),
        ("categories", 3, "feature", "kenmerk-0", "Regel 3, kolom ‘feature’: kenmerk ‘kenmerk-0’ staat er al."),
        ("categories", 3, "feature", "iets", "kenmerk ‘kenmerk-1’ staat niet in het bestand met categorieën"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(inputs, name, line, column, value, sentence):
    folder, tables, _ = inputs
    write(folder, change(tables, name, line, column, value))
    with pytest.raises(CommandError) as refused:
        run(folder)
    assert sentence in str(refused.value)
    assert refused.value.returncode == 2
    assert not (folder / "uit.json").exists()


def test_a_number_with_two_readings_is_asked_not_guessed(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    write(folder, {"workloads": change(tables, "workloads", 3, "opsporing", "1.234")["workloads"]}, ";")
    with pytest.raises(CommandError, match="op twee manieren te lezen"):
        run(folder)


def test_two_years_a_missing_file_and_a_folder_that_does_not_exist_are_refused(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    with pytest.raises(CommandError, match="Er zijn 2 bestanden met werklast"):
        run(folder, workloads=["workloads.csv"] * 2)
    with pytest.raises(CommandError, match="niet te lezen"):
        run(folder, features="weg.csv")
    with pytest.raises(CommandError, match="niet te schrijven"):
        run(folder, json="weg/uit.json")


def test_three_years_with_other_municipalities_or_clusters_are_refused_by_name(inputs):
    folder, tables, _ = inputs
    write(folder, tables)
    write(folder, {"eerder": change(tables, "workloads", 2, "code", "GM0999")["workloads"]})
    files = ["eerder.csv", "workloads.csv", "workloads.csv"]
    with pytest.raises(CommandError, match="gemeente GM0999 staat in werklastbestand 1, maar niet in"):
        run(folder, workloads=files)
    write(folder, {"eerder": change(tables, "workloads", 1, "opsporing", "recherche")["workloads"]})
    with pytest.raises(CommandError, match="werklastbestand 1 heeft andere clusters"):
        run(folder, workloads=files)
