"""Finding tables on a wide sheet, wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.profiles import LabelRule, Profile
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.sheet_texts import read_footnote, split_marks
from indicators.core.wide_finding import find_tables
from indicators.core.wide_headings import period_inside, period_within
from indicators.core.wide_sheets import read_wide_table
from indicators.core.wide_tables import LabelKey
from tests.indicators.sheets.samples import seed_catalogue, sheet_of

TABLE = (("", 2023, 2024), ("GTPA", 12265, 12543), ("GDPA", 5, 6))
BOTH = Profile(
    "p",
    "P",
    labels=(
        LabelRule(LabelKey("GTPA"), SeriesChoice("gtpa-incidenten")),
        LabelRule(LabelKey("GDPA"), SeriesChoice("gdpa-incidenten")),
    ),
)


def tables(*rows, **layout):
    return find_tables(sheet_of(*rows, **layout), seed_catalogue().is_area)


@given(
    st.integers(0, 6),
    st.integers(0, 4),
    st.lists(st.sampled_from(["Geweld tegen en door de politie", "Toelichting bij de cijfers", ""]), max_size=3),
    st.lists(st.sampled_from(["Bron: politie", "* voorlopig", "Gemaakt door de afdeling"]), max_size=3),
)
def test_a_table_is_found_wherever_it_stands_with_anything_above_and_below(down, across, above, below):
    rows = [()] * down + [("",) * across + (text,) for text in above]
    rows += [("",) * across + row for row in TABLE] + [()] + [("",) * across + (text,) for text in below]
    sheet = sheet_of(*rows)
    (table,) = find_tables(sheet, seed_catalogue().is_area)
    outcome = read_wide_table(sheet, table, seed_catalogue(), BOTH)
    found = [(one.series.indicator, one.period.code, int(one.value)) for one in outcome.figures]
    assert found == [
        ("gtpa-incidenten", "2023", 12265), ("gtpa-incidenten", "2024", 12543),
        ("gdpa-incidenten", "2023", 5), ("gdpa-incidenten", "2024", 6),
    ]  # fmt: skip
    assert all(one.place.row == down + len(above) + 2 + number // 2 for number, one in enumerate(outcome.figures))


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3000), st.text(max_size=12)), max_size=5), max_size=12))
def test_no_sheet_breaks_the_finder(rows):
    sheet = sheet_of(*(tuple(row) for row in rows))
    for table in find_tables(sheet, seed_catalogue().is_area):
        outcome = read_wide_table(sheet, table, seed_catalogue(), BOTH)
        assert all(one.value is None or one.text for one in outcome.figures)


def test_years_that_are_figures_are_no_heading():
    (table,) = tables(("Onderwerp", 2023, 2024), ("Missies", 2003, 2012), ("Posten", 5, 6))
    assert (table.header_rows, [row.label for row in table.rows]) == ((1,), ["Missies", "Posten"])


def test_a_table_right_under_another_is_its_own():
    found = tables(*TABLE, ("", "jan 2025", "feb 2025"), ("GTPA", 1, 2))
    assert [[column.period.label for column in one.columns] for one in found] == [
        ["2023", "2024"],
        ["januari 2025", "februari 2025"],
    ]


def test_a_merged_heading_covers_all_its_columns_and_a_blank_one_the_columns_to_its_right():
    rows = (("", "2023", None, "2024", None), ("", "H1", "H2", "H1", "H2"), ("GTPA", 1, 2, 3, 4))
    codes = [column.period.period.code for column in tables(*rows)[0].columns]
    assert codes == ["2023-H1", "2023-H2", "2024-H1", "2024-H2"]


def test_the_unit_column_and_the_words_to_the_right_are_no_values():
    (table,) = tables(
        ("Onderwerp", "Eenheid", 2024, "Uitleg"), ("Fte", "fte", 5, "zie boven"), ("Inzet", "uren", 6, "")
    )
    assert [column.letters for column in table.columns] == ["C"]
    assert [one.code for one in table.remarks] == ["kolom-genegeerd"]


def test_a_label_is_known_by_its_section_too():
    (table,) = tables(("", 2024), ("Politie:",), ("Totaal", 5), (), ("Marechaussee:",), ("Totaal", 6))
    assert [key.words for key in table.label_keys()] == ["Politie › Totaal", "Marechaussee › Totaal"]


@pytest.mark.parametrize(
    ("text", "marks"),
    [("Aangiften langer dan 6 maanden³⁵", ("35",)), ("Totaal *", ("*",)), ("Verdachten 1)", ("1",)),
     ("Zaken a)", ("a",)), ("Aangiften (1)", ("1",)), ("Spoed (prio 1)", ()), ("prio 1", ()), ("Eenheid (LO)", ()),
     ("1) alleen een noot", ()), ("²", ())],
)  # fmt: skip
def test_footnote_marks_are_told_from_words(text, marks):
    assert split_marks(text).marks == marks


def test_a_bare_number_is_a_mark_only_when_a_footnote_has_it():
    assert split_marks("maanden35").text == "maanden35"
    assert split_marks("maanden35", {"35"}).text == "maanden"
    assert split_marks("prio 1", {"35"}).text == "prio 1"


@pytest.mark.parametrize("text", ["Bron: politie", "2024 is een jaar", "", "a", "Zie ook tabel 3"])
def test_a_line_without_a_mark_is_no_footnote(text):
    assert read_footnote(text) is None


def test_a_period_is_found_within_a_heading_and_never_chosen_between_two():
    assert period_within("Aangiften t/m 2 november 2025")[1] == "Aangiften"
    assert period_inside("Bezetting op 31-12-2024, in fte").day.isoformat() == "2024-12-31"
    assert period_inside("Prognose 2024 en 2025") is None
