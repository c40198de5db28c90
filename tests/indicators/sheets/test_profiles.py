"""Profiles: suggested by likeness, checked when they come in, and honest about what no longer matches."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.core.long_columns import LongColumn
from indicators.core.profile_json import BadProfile, profile_content, profile_from, read_profile, write_profile
from indicators.core.profile_matching import likely_series, read_own_file, suggest_profiles, tables_of
from indicators.core.profiles import Layout, Profile
from indicators.core.supplier_corrections import Correction, correct
from indicators.core.wide_tables import LabelKey
from monitor.base.tabular.reading_cells import ReadFile
from tests.indicators.sheets.golden_sheets import GEWELD, THOUSANDS, ZEDEN, zeden_rows
from tests.indicators.sheets.samples import seed_catalogue, sheet_of

ROWS = [row for row in zeden_rows()[:10] if not row or isinstance(row[0], str)]
FILE = ReadFile("zeden.xlsx", (sheet_of(*ROWS, name="Zeden"),))
LONG = Profile("lang", "Lang", layout=Layout.LONG, column_names={"wat": LongColumn.INDICATOR})


def test_the_profile_that_fits_best_is_suggested_first_with_its_reasons():
    file = ReadFile("a.xlsx", (sheet_of(("", 2024), ("GTPA", 5), ("Prio 1", 6), name="Geweld"),))
    near = replace(GEWELD, code="ook-geweld", sheet="Geweld", headings=("2024",), label_column="A")
    found = suggest_profiles([THOUSANDS, ZEDEN, GEWELD, near, LONG], file, seed_catalogue())
    assert [one.profile.code for one in found] == ["ook-geweld", "geweld", "meldingen"]
    assert found[0].score > found[1].score
    assert "1 van de 1 labels staan erin." in found[0].reasons
    assert "Het blad heet ‘Geweld’, in het profiel ‘Geweld’." in found[0].reasons


def test_a_profile_for_long_sheets_is_suggested_for_its_own_headings_only():
    file = ReadFile("a.xlsx", (sheet_of(("wat", "periode", "waarde"), ("gtpa-incidenten", 2024, 1)),))
    assert [one.profile.code for one in suggest_profiles([LONG, GEWELD], file, seed_catalogue())] == ["lang"]
    assert len(read_own_file(file, seed_catalogue(), LONG).figures) == 1


def test_a_label_that_is_gone_is_told_with_what_it_may_be_called_now():
    rows = (
        ("", "2-11-2025"),
        ("Zedenincidenten", 1),
        ("Voorraad zaken", 2),
        ("Aangiften", 3),
        ("verdachten naar om", 4),
    )
    outcome = read_own_file(ReadFile("z", (sheet_of(*rows, name="Zeden"),)), seed_catalogue(), ZEDEN)
    gone = [one.message for one in outcome.refusals if one.code == "label-weg"]
    assert any("‘Voorraad’" in one and "Misschien heet het nu ‘Voorraad zaken’" in one for one in gone)
    assert len(gone) == 2


def test_figures_are_read_by_their_headings_when_the_columns_move():
    rows = (("", "", "2-11-2024"), ("", "Zedenincidenten", 7), ("", "Voorraad", 8), ("", "Aangiften", 9))
    outcome = read_own_file(ReadFile("z", (sheet_of(*rows, name="Zeden"),)), seed_catalogue(), ZEDEN)
    assert (outcome.figures[0].series.indicator, int(outcome.figures[0].value)) == ("zeden-incidenten", 7)
    assert {one.code for one in outcome.remarks} >= {"kolom-verschoven", "labels-verschoven", "opschriften-verschoven"}


def test_an_answer_goes_into_the_profile_and_only_an_answer_that_was_possible():
    profile = Profile("p", "P").with_answer("teken", "-", "geheim").with_answer("vermenigvuldigen", "1000", "1000")
    assert (profile.signs["-"], profile.factor) == ("geheim", Decimal(1000))
    for code, subject, answer in (("teken", "-", "0"), ("vermenigvuldigen", "1000", "7"), ("anders", "", "")):
        with pytest.raises(ValueError):
            profile.with_answer(code, subject, answer)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"formaat": "iets"}, {"code": "Met Spaties"}, {"naam": ""}, {"versie": 0}, {"indeling": "schuin"},
        {"labels": [{"label": "x"}]}, {"labels": "x"}, {"tekens": {"-": "nul"}}, {"factor": "0"}, {"factor": 1000},
        {"factor": "NaN"}, {"factoren": {"x": "-1"}}, {"dag_in_het_jaar": [2, 30]}, {"status": "misschien"},
        {"soort_gebied": "planeet"}, {"onbekend": 1}, {"naam": "x" * 501}, {"naam": "a\0b"}, {"afronden": "ja"},
        {"labels": [{"label": "x", "reeks": {"indicator": "", "variant": "realisatie"}}]},
    ],
)  # fmt: skip
def test_a_profile_that_is_not_right_to_the_letter_is_refused(spoilt):
    content = {**profile_content(ZEDEN), **spoilt}
    with pytest.raises(BadProfile) as told:
        profile_from(content)
    assert told.value.message.endswith(".")


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000, '{"formaat": 1}', "x" * 1_000_001])
def test_what_is_no_profile_at_all_is_refused(text):
    with pytest.raises(BadProfile):
        read_profile(text)


def test_a_profile_is_written_the_same_every_time():
    assert write_profile(ZEDEN) == write_profile(read_profile(write_profile(ZEDEN)))
    assert json.loads(write_profile(ZEDEN))["formaat"] == "importprofiel/1"


def test_the_series_whose_name_looks_most_like_a_label_is_offered_first():
    names = {"a": "Aangiften zeden langer dan 6 maanden in voorraad", "b": "Aangiften zeden", "c": "Ziekteverzuim"}
    assert likely_series(LabelKey("Aangiften langer dan 6 maanden"), names)[0] == "a"
    assert likely_series(LabelKey("Helikopters"), names) == ()


def fix(**others) -> Correction:
    plain = {"code": "c", "series_key": "zeden-incidenten|nederland|realisatie|", "period": "../2024-11-02",
             "wrong": Decimal(12398), "right": Decimal(12399), "what": "Wat.", "why": "Waarom."}  # fmt: skip
    return Correction(**{**plain, **others})


@pytest.mark.parametrize(
    ("correction", "value", "codes"),
    [
        (fix(), 12399, ["correctie"]),
        (fix(cell="F5"), 12399, ["correctie"]),
        (fix(cell="f5", sheet="zeden"), 12399, ["correctie"]),
        (fix(cell="F6"), 12398, []),
        (fix(wrong=Decimal(1)), 12398, ["correctie-gestopt"]),
        (fix(period="2024"), 12398, []),
    ],
)
def test_a_correction_touches_only_the_value_it_expects(correction, value, codes):
    outcome = read_own_file(FILE, seed_catalogue(), ZEDEN, [correction])
    figure = next(one for one in outcome.figures if one.period.code == "../2024-11-02")
    assert int(figure.value) == value
    assert [one.code for one in outcome.remarks if one.code.startswith("correctie")] == codes


def test_two_corrections_of_one_value_are_not_both_applied():
    outcome = correct(read_own_file(FILE, seed_catalogue(), ZEDEN), [fix(), fix(code="d", right=Decimal(5))])
    assert [one.code for one in outcome.remarks if "correctie" in one.code] == ["correctie", "correctie-dubbel"]


def test_hidden_sheets_are_no_place_for_a_table():
    hidden = ReadFile("a", (sheet_of(("", 2024), ("GTPA", 5), is_hidden=True),))
    assert tables_of(hidden, seed_catalogue()) == ()
    assert [one.code for one in read_own_file(hidden, seed_catalogue()).refusals] == ["geen-tabel"]
