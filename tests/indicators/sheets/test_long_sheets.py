"""Long sheets: one figure per row, columns in any order, names or codes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Marker, Status
from indicators.core.long_columns import COLUMN_SYNONYMS, LongColumn, find_heading
from indicators.core.long_sheets import LongSettings, is_long, read_long_sheet
from indicators.core.pasting import Notation
from indicators.core.sheet_outcome import SheetOutcome
from indicators.core.sheet_texts import folded
from indicators.core.sheet_values import Scale, SignMeaning, ValueSettings
from monitor.base.core.numbers import format_number
from tests.indicators.sheets.samples import seed_catalogue, sheet_of

HEADING = ("indicator", "gebied", "uitsplitsing", "variant", "periode", "waarde", "meeteenheid", "status", "bron")


def read(*rows: tuple, settings: LongSettings | None = None, **layout) -> SheetOutcome:
    return read_long_sheet(sheet_of(*rows, **layout), seed_catalogue(), settings)


def row(indicator="gtpa-incidenten", period="2024", value="1", **others) -> tuple:
    cells = {"indicator": indicator, "periode": period, "waarde": value, **others}
    return tuple(cells.get(name, "") for name in HEADING)


def codes(outcome: SheetOutcome) -> list[str]:
    return [one.code for one in outcome.refusals]


def test_a_row_becomes_a_figure_with_its_cell():
    outcome = read(
        ("Levering van de politie",),
        (),
        ("Periode", "Cijfer", "Onderwerp", "Onderverdeling", "Status cijfer", "Herkomst", "Opmerking"),
        (
            "2024",
            "5.352",
            "Geweld tegen politieambtenaren (GTPA)",
            "soort-geweld=Belediging",
            "voorlopig",
            "BVH",
            "let",
        ),
    )
    figure = outcome.figures[0]
    assert figure.key == ("gtpa-incidenten|nederland|realisatie|soort-geweld=belediging", "2024")
    assert (figure.value, figure.place.address, figure.text) == (Decimal(5352), "B4", "5.352")
    assert (figure.status, figure.source, figure.remark) == (Status.PROVISIONAL, "BVH", "let")
    assert (outcome.refusals, outcome.questions) == ((), ())


@pytest.mark.parametrize("sort", list(LongColumn))
def test_every_synonym_of_a_column_is_known_and_means_one_thing(sort):
    own = {folded(name) for name in COLUMN_SYNONYMS[sort]}
    others = {folded(name) for other, names in COLUMN_SYNONYMS.items() if other is not sort for name in names}
    assert own.isdisjoint(others | {other.value for other in LongColumn if other is not sort})


@given(st.permutations(HEADING))
def test_the_order_of_the_columns_makes_no_difference(order):
    cells = dict(zip(HEADING, row(value="12.543", gebied="Nederland"), strict=True))
    outcome = read(tuple(order), tuple(cells[name] for name in order))
    assert [(one.key[0], one.value) for one in outcome.figures] == [
        ("gtpa-incidenten|nederland|realisatie|", Decimal(12543))
    ]


@pytest.mark.parametrize("written", ["GTPA-incidenten", "gtpa incidenten", " geweld  TEGEN politieambtenaren (gtpa)"])
def test_capitals_accents_spaces_and_hyphens_make_no_difference(written):
    assert len(read(HEADING, row(indicator=written)).figures) == 1


def test_an_ambiguous_name_is_refused_with_its_candidates():
    outcome = read(HEADING, row(gebied="Amsterdam"), row(gebied="gemeente Amsterdam"), row(gebied="PE Amsterdam"))
    assert [one.series.area for one in outcome.figures] == ["gemeente-amsterdam", "eenheid-amsterdam"]
    assert codes(outcome) == ["gebied-dubbelzinnig"]
    assert "(gemeente-amsterdam)" in outcome.refusals[0].message
    assert "(eenheid-amsterdam)" in outcome.refusals[0].message


def test_an_unknown_name_is_refused_with_what_was_perhaps_meant():
    outcome = read(HEADING, row(indicator="gtpa-incidentn"), row(uitsplitsing="soort-geweld=Beledeging"))
    assert codes(outcome) == ["indicator-onbekend", "uitsplitsing-onbekend"]
    assert "Bedoelt u Geweld tegen politieambtenaren (GTPA) (gtpa-incidenten)" in outcome.refusals[0].message
    assert "Cel A2 van blad ‘Blad1’" in outcome.refusals[0].message
    assert "Belediging" in outcome.refusals[1].message


@pytest.mark.parametrize("split", ["soort=Belediging", "Belediging", "soort geweld tegen de politie = belediging"])
def test_a_category_is_found_by_name_with_or_without_its_breakdown(split):
    outcome = read(HEADING, row(uitsplitsing=split))
    assert codes(outcome) == []
    assert outcome.figures[0].series.categories == (("soort-geweld", "belediging"),)


def test_a_total_is_the_absence_of_a_category():
    outcome = read(HEADING, row(uitsplitsing="soort-geweld=Totaal"), row(uitsplitsing="totaal", period="2023"))
    assert [one.series.categories for one in outcome.figures] == [(), ()]


def test_several_breakdowns_make_one_series():
    outcome = read(HEADING, row(uitsplitsing="soort-geweld=Belediging; kostensoort=Personeel"))
    assert outcome.figures[0].series.categories == (("kostensoort", "personeel"), ("soort-geweld", "belediging"))


def test_the_decimal_sign_is_a_matter_of_the_whole_column():
    money = {"indicator": "uitgaven-politie"}
    dutch = read(HEADING, row(period="2023", value="1.234", **money), row(period="2024", value="7,5", **money))
    assert [one.value for one in dutch.figures] == [Decimal(1234), Decimal("7.5")]
    share = {"indicator": "verzuim"}
    asked = read(HEADING, row(period="2023", value="1.234", **share), row(period="2024", value="8.123", **share))
    assert asked.figures == ()
    assert [(one.code, one.subject, one.count) for one in asked.questions] == [("decimaalteken", "kolom F", 2)]
    told = LongSettings(values=ValueSettings(told=Notation.ENGLISH))
    answered = read(HEADING, row(period="2023", value="1.234", **share), settings=told)
    assert (answered.figures[0].value, answered.questions) == (Decimal("1.234"), ())


def test_one_fraction_puts_all_of_its_indicator_in_doubt():
    outcome = read(HEADING, row("verzuim", "2023", 0.0634), row("verzuim", "2024", 0.1))
    assert (len(outcome.figures), [(one.code, one.count) for one in outcome.questions]) == (0, [("schaal", 2)])
    told = LongSettings(scales={"verzuim": Scale.FRACTION})
    outcome = read(HEADING, row("verzuim", "2023", 0.0634), row("verzuim", "2024", 0.1), settings=told)
    assert [one.value for one in outcome.figures] == [Decimal("6.34"), Decimal(10)]


def test_another_meeteenheid_is_refused_unless_the_profile_gives_the_factor():
    outcome = read(HEADING, row(value="12,5", meeteenheid="x 1.000"))
    assert codes(outcome) == ["meeteenheid"]
    told = LongSettings(unit_factors={"x 1.000": Decimal(1000)})
    assert read(HEADING, row(value="12,5", meeteenheid="x 1.000"), settings=told).figures[0].value == 12500


def test_a_dash_is_one_question_for_the_sheet_and_never_zero():
    outcome = read(HEADING, row(value="-"), row(period="2023", value="–"))
    assert [(one.code, one.subject, one.count) for one in outcome.questions] == [("teken", "-", 2)]
    told = LongSettings(values=ValueSettings(signs={"-": SignMeaning.NIHIL}))
    outcome = read(HEADING, row(value="-"), settings=told)
    assert (outcome.figures[0].value, outcome.figures[0].marker) == (None, Marker.NIHIL)


def test_the_same_figure_twice_is_taken_once_or_refused():
    outcome = read(HEADING, row(value="5"), row(value=5), row(period="2023", value=5), row(period="2023", value=6))
    assert [one.place.address for one in outcome.figures] == ["F2"]
    assert codes(outcome) == ["dubbel", "dubbel"]
    assert "F5" in outcome.refusals[0].message
    assert [one.code for one in outcome.remarks] == ["dubbel"]


def test_notes_under_the_table_and_rows_without_a_value_are_passed_over():
    outcome = read(HEADING, row(), row(period="2023", value=None), (), ("Bron: politie",))
    assert (len(outcome.figures), outcome.refusals) == (1, ())
    assert {one.code for one in outcome.remarks} == {"lege-waarde", "regel-overgeslagen"}


def test_hidden_rows_are_left_out_and_said():
    outcome = read(HEADING, row(), row(period="2023"), hidden_rows=frozenset({3}))
    assert len(outcome.figures) == 1
    assert outcome.remarks[0].message == "Verborgen rijen zijn niet gelezen: 3."


def test_every_problem_of_a_row_is_told_at_once():
    outcome = read(HEADING, row(period="ooit", gebied="Nergenshuizen", status="misschien", variant="wens"))
    assert codes(outcome) == ["gebied-onbekend", "variant", "periode", "status"]


def test_a_year_over_a_stand_is_refused_with_what_to_write():
    assert "31-12-2024" in read(HEADING, row("zeden-voorraad", "2024")).refusals[0].message


def test_a_sheet_without_headings_is_no_long_sheet():
    sheet = sheet_of(("Zeden", "2023", "2024"), ("Aangiften", 1, 2))
    assert not is_long(sheet)
    assert codes(read_long_sheet(sheet, seed_catalogue())) == ["opschriften"]


def test_a_profile_may_know_headings_of_its_own():
    rows = (("kolom a", "kolom b", "kolom c"), ("gtpa-incidenten", "2024", 5))
    names = {"kolom a": LongColumn.INDICATOR, "kolom b": LongColumn.PERIOD, "kolom c": LongColumn.VALUE}
    assert find_heading(sheet_of(*rows).rows) is None
    assert len(read(*rows, settings=LongSettings(column_names=names)).figures) == 1


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=20, unique=True), st.booleans())
def test_a_column_of_counts_is_read_as_it_was_written_in_either_notation(numbers, is_dutch):
    written = [format_number(number) if is_dutch else f"{number:,}" for number in numbers]
    rows = [row(period=str(1990 + place), value=text) for place, text in enumerate(written)]
    assert [one.value for one in read(HEADING, *rows).figures] == [Decimal(number) for number in numbers]


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=30)), min_size=9, max_size=9), max_size=6))
def test_nothing_in_the_cells_breaks_the_reader(rows):
    outcome = read(HEADING, *(tuple(cells) for cells in rows))
    assert all(one.message for one in outcome.refusals)
