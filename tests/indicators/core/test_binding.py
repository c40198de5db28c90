"""Text bound to the data: every filter and moment, and a binding that finds nothing names itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.binding import (
    Binding,
    BindingFailed,
    evaluate,
    parse_binding,
    split_text,
    unbound_numbers,
)
from indicators.core.enumerations import Comparator, Marker, Qualifier, Variant
from indicators.core.figures import Break, DataSet
from indicators.core.periods import parse_period
from tests.factories import category, data_set, fact, figure, indicator_info, series_info, target

OLD = category("oud", breakdown="leeftijd")
GUILTY = category("schuldig", breakdown="uitspraak")


def text(source: str, data: DataSet) -> str:
    return evaluate(parse_binding(source), data).text


@pytest.fixture
def data() -> DataSet:
    money = {"unit": "duizend euro", "series": series_info("geld")}
    both = series_info("zaken", OLD, GUILTY)
    verzuim = {"unit": "procent", "series": series_info("verzuim")}
    figures = [
        figure("2022", 80),
        figure("2023", 100),
        figure("2024", 120, qualifier=Qualifier.AMPLY),
        figure("../2023-11-02", 70),
        figure("../2024-11-02", 84),
        figure("2024", 40, series=series_info("zaken", OLD)),
        figure("2024", 7, series=both),
        figure("2025", 150, series=series_info("zaken", variant=Variant.PLAN)),
        figure("2024", 12, series=series_info("zaken", area="eenheid-limburg")),
        figure("2024", 371800, **money),
        figure("2025-06-01", "6.0", **verzuim),
        figure("2024-06-01", "5.9", **verzuim),
    ]
    infos = [
        indicator_info("zaken", source="Politie, Jaarverslag"),
        indicator_info("geld", unit="duizend euro"),
        indicator_info("verzuim", unit="procent", decimals=1, targets=(target(Comparator.AT_MOST, "5.9"),)),
    ]
    return data_set(figures, *infos, facts=[fact()])


# --- moments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("zaken @ laatste", "ruim 120"),
        ("zaken", "ruim 120"),
        ("zaken @ vorige", "100"),
        ("zaken @ eerste", "80"),
        ("zaken @ laatste jaar", "ruim 120"),
        ("zaken @ laatste stroom-tot-dag", "84"),
        ("zaken @ vorige stroom-tot-dag", "70"),
        ("zaken @ eerste stroom-tot-dag", "70"),
        ("zaken @ zelfde periode vorig jaar", "100"),
        ("zaken @ 2023", "100"),
        ("zaken @ ../2023-11-02", "70"),
        ("zaken @ 2023-01/2023-12", "100"),
        ("verzuim", "6,0%"),
        ("verzuim @ vorige", "5,9%"),
    ],
)
def test_a_moment_chooses_the_figure(data: DataSet, source: str, expected: str) -> None:
    assert text(source, data) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("zaken[leeftijd=oud]", "40"),
        ("zaken[uitspraak=schuldig;leeftijd=oud]", "7"),
        ("zaken[leeftijd=oud; uitspraak=schuldig] @ 2024", "7"),
        ("zaken:plan", "150"),
        ("zaken/eenheid-limburg", "12"),
        ("zaken:realisatie/nederland @ 2022", "80"),
    ],
)
def test_classes_variants_and_areas_choose_the_series(data: DataSet, source: str, expected: str) -> None:
    assert text(source, data) == expected


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("zaken | getal", "120"),
        ("verzuim | getal", "6,0"),
        ("zaken | periode", "2024"),
        ("zaken @ laatste stroom-tot-dag | periode", "tot en met 2 november 2024"),
        ("verzuim | in periode", "op 1 juni 2025"),
        ("zaken | bron", "Politie, Jaarverslag"),
        ("zaken | kwalificatie", "ruim"),
        ("zaken @ 2023 | kwalificatie", ""),
        ("zaken | verandering", "circa 20% meer dan in 2023"),
        ("zaken | verandering tov vorige", "circa 20% meer dan in 2023"),
        ("zaken | verandering tov eerste", "circa 50% meer dan in 2022"),
        ("zaken | verandering tov zelfde periode vorig jaar", "circa 20% meer dan in 2023"),
        ("zaken @ laatste stroom-tot-dag | verandering", "20,0% meer dan tot en met 2 november 2023"),
        ("verzuim | verandering", "0,1 procentpunt hoger dan op 1 juni 2024"),
        ("zaken | richting", "gestegen"),
        ("zaken | richting tov eerste", "gestegen"),
        ("verzuim | norm", "norm ten hoogste 5,9%: niet gehaald"),
        ("verzuim @ 2024-06-01 | norm", "norm ten hoogste 5,9%: gehaald"),
        ("verzuim | normwaarde", "ten hoogste 5,9%"),
        ("geld | in miljoenen", "€\u00a0372 miljoen"),
        ("geld | in miljoenen 1", "€\u00a0371,8 miljoen"),
        ("geld | in miljarden 2", "€\u00a00,37 miljard"),
        ("geld", "€\u00a0371.800.000"),
    ],
)
def test_a_filter_says_what_it_promises(data: DataSet, source: str, expected: str) -> None:
    assert text(source, data) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("feit:opgeleid", "ruim 350"),
        ("feit:opgeleid | getal", "ruim 350"),
        ("feit:opgeleid | zin", "De haven leidde ruim 350 medewerkers op (2024)."),
        ("feit:opgeleid | periode", "2024"),
        ("feit:opgeleid | in periode", "in 2024"),
        ("feit:opgeleid | bron", "Halfjaarbericht"),
    ],
)
def test_a_one_off_figure_is_bound_too(data: DataSet, source: str, expected: str) -> None:
    bound = evaluate(parse_binding(source), data)
    assert (bound.text, bound.fact) == (expected, "opgeleid")


def test_a_bound_text_knows_the_figures_it_rests_on(data: DataSet) -> None:
    rows = {f.period.code: f.observation_id for f in data.figures["zaken|nederland|realisatie|"]}
    assert evaluate(parse_binding("zaken"), data).observation_ids == (rows["2024"],)
    changed = evaluate(parse_binding("zaken | verandering"), data)
    assert changed.observation_ids == (rows["2024"], rows["2023"])
    assert changed.source == "zaken | verandering"


def test_a_change_across_a_break_warns() -> None:
    info = indicator_info("zaken", breaks=(Break(parse_period("2024"), "wet", "Nieuwe wet."),))
    data = data_set([figure("2023", 100), figure("2024", 120)], info)
    assert text("zaken | verandering", data).endswith("(door een trendbreuk niet zonder meer te vergelijken)")


def test_a_flow_up_to_a_day_is_never_held_against_a_full_year() -> None:
    """Planted: the only earlier figure is a full year."""
    data = data_set([figure("2023", 100), figure("../2024-11-02", 84)])
    for source in ("zaken | verandering", "zaken | richting", "zaken | verandering tov eerste", "zaken @ vorige"):
        with pytest.raises(BindingFailed, match="vergelijk"):
            text(source, data)


def test_markers_are_said_in_words_in_text() -> None:
    data = data_set([figure("2024", None, marker=Marker.NIHIL)])
    assert text("zaken", data) == "nihil"
    assert text("zaken | getal", data) == "–"


# --- nothing found, or not readable -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("zakken", "indicator ‘zakken’ bestaat niet. Bedoelt u zaken?"),
        ("zaken[leeftijd=jong]", "er is geen bekend cijfer voor de reeks ‘zaken|nederland|realisatie|leeftijd=jong’"),
        ("zaken:raming", "er is geen bekend cijfer"),
        ("zaken/eenheid-den-haag", "er is geen bekend cijfer"),
        ("zaken @ 1999", "er zijn cijfers voor 2022, ../2023-11-02, 2023, ../2024-11-02, 2024"),
        ("zaken @ laatste kwartaal", "er is geen cijfer over een kwartaal"),
        ("zaken:plan @ vorige", "er is geen vergelijkbaar cijfer vóór 2025"),
        ("zaken:plan @ zelfde periode vorig jaar", "er is geen vergelijkbaar cijfer vóór 2025"),
        ("zaken:plan | verandering", "geen eerder cijfer dat met 2025 te vergelijken is"),
        ("zaken @ 2022 | verandering tov eerste", "geen eerder cijfer"),
        ("zaken | norm", "geen norm met een waarde"),
        ("zaken | in miljoenen", "geen bedrag"),
        ("feit:onbekend", "los cijfer ‘onbekend’ bestaat niet of was toen niet bekend"),
    ],
)
def test_a_binding_that_finds_nothing_names_itself(data: DataSet, source: str, says: str) -> None:
    with pytest.raises(BindingFailed) as failed:
        text(source, data)
    assert f"Binding ‘{source}’" in failed.value.message
    assert says in failed.value.message


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("Zaken met spaties", "geen verwijzing naar een indicator"),
        ("zaken[leeftijd]", "geen uitsplitsing=categorie"),
        ("zaken:gewenst", "variant ‘gewenst’ bestaat niet. Mogelijk zijn realisatie, plan"),
        ("zaken @ ooit", "is geen periode"),
        ("zaken @ laatste eeuw", "‘eeuw’ is geen soort periode"),
        ("zaken | hoofdletters", "filter ‘hoofdletters’ bestaat niet. Mogelijk zijn getal"),
        ("zaken | verandering tov gisteren", "filter ‘verandering tov gisteren’ bestaat niet"),
        ("zaken | norm streng", "filter ‘norm streng’ bestaat niet"),
        ("", "geen verwijzing"),
    ],
)
def test_a_binding_that_cannot_be_read_says_what_is_possible(source: str, says: str) -> None:
    with pytest.raises(BindingFailed) as failed:
        parse_binding(source)
    assert f"Binding ‘{source}’ is niet te lezen" in failed.value.message
    assert says in failed.value.message


@pytest.mark.parametrize("source", ["zaken | periode | getal", "zaken | verandering | richting"])
def test_filters_that_cannot_go_together_are_refused(data: DataSet, source: str) -> None:
    with pytest.raises(BindingFailed, match="combineert"):
        text(source, data)


def test_a_series_filter_on_a_one_off_figure_is_refused(data: DataSet) -> None:
    with pytest.raises(BindingFailed, match="bij een los cijfer kunnen alleen"):
        text("feit:opgeleid | norm", data)


# --- text -------------------------------------------------------------------------------------------------------------


def test_a_text_is_cut_into_plain_pieces_and_bindings() -> None:
    pieces = list(split_text("Er waren {{ zaken }} zaken in {{ 'prio 1' }}."))
    assert [piece for piece in pieces if isinstance(piece, str)] == ["Er waren ", " zaken in ", "."]
    assert [piece.source for piece in pieces if isinstance(piece, Binding)] == ["zaken", "'prio 1'"]


def test_a_declared_name_stands_as_it_is_and_rests_on_nothing(data: DataSet) -> None:
    bound = evaluate(parse_binding("'prio 1'"), data)
    assert (bound.text, bound.source, bound.observation_ids) == ("prio 1", "", ())


def test_a_number_that_somebody_typed_is_found_and_a_bound_one_is_not() -> None:
    assert unbound_numbers("In 2024 waren het {{ zaken @ 2024 }}.") == ["2024"]
    assert unbound_numbers("Bij {{ 'prio 1' }} waren het {{ zaken @ laatste }}.") == []


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="{}"), max_size=30), st.integers(0, 10**6))
def test_every_typed_number_is_found_wherever_it_stands(around: str, number: int) -> None:
    assert unbound_numbers(f"{around} {number} {{{{ zaken }}}}")


@given(
    st.sampled_from(["zaken", "verzuim"]),
    st.sampled_from(["", ":plan", "/eenheid-limburg", ":plan/eenheid-limburg"]),
    st.sampled_from(["", " @ laatste", " @ vorige jaar", " @ 2024", " @ ../2025-11-02"]),
    st.sampled_from(["", " | getal", " | verandering tov vorige", " | norm"]),
)
def test_the_spaces_of_a_binding_do_not_matter(code: str, series: str, moment: str, filters: str) -> None:
    source = f"{code}{series}{moment}{filters}"
    spaced = source.replace(" ", "  \n ")
    assert parse_binding(f"  {spaced} ") == parse_binding(source)


def test_a_value_between_two_bounds_is_written_with_both() -> None:
    data = data_set([figure("2024", 5, value_high=Decimal(10))])
    assert text("zaken", data) == "5 tot 10"
    assert text("zaken | getal", data) == "5-10"


def test_a_plan_can_stand_beside_the_last_realised_period():
    realised = [figure("2022", 90), figure("2023", 100)]
    plan = series_info(variant=Variant.PLAN)
    planned = [figure("2023", 120, series=plan), figure("2024", 130, series=plan)]
    data = data_set([*realised, *planned])
    assert evaluate(parse_binding("zaken:plan @ zelfde periode als zaken"), data).text == "120"
