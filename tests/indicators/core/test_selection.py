"""Which series are looked at together, and which one stands for all."""

from indicators.core.enumerations import Variant
from indicators.core.selection import headline_series, select_series, usual_kind
from indicators.core.summaries import latest_figure
from tests.indicators.core.samples import category, data_set, figure, series

TOTAL = series()
PLAN = series(variant=Variant.PLAN)
HERE = series(area="amsterdam")
PART_A, PART_B = series(category("a", order=2)), series(category("b", order=1))
PLAN_A = series(category("a"), variant=Variant.PLAN)


def test_totals_of_the_country_are_chosen_by_default_with_their_variants_side_by_side():
    chosen = select_series([PART_A, HERE, PLAN, TOTAL])
    assert chosen.series == (TOTAL, PLAN)
    assert [option.code for option in chosen.areas] == ["nederland", "amsterdam"]
    assert [option.label for option in chosen.breakdowns] == ["Totaal", "Naar soort"]
    assert chosen.variants == ()


def test_a_breakdown_shows_its_parts_in_order_with_one_variant_and_the_total_beside_it():
    chosen = select_series([PART_A, PART_B, PLAN_A, TOTAL, PLAN], breakdown="soort")
    assert chosen.series == (PART_B, PART_A)
    assert chosen.variant == "realisatie"
    assert chosen.totals == (TOTAL,)


def test_without_a_total_the_first_breakdown_is_shown():
    assert select_series([PART_A, PART_B]).breakdown == "soort"


def test_what_is_not_there_gives_what_comes_closest():
    chosen = select_series([TOTAL, HERE], area="mars", breakdown="onzin", variant="onzin")
    assert chosen.series == (TOTAL,)


def test_nothing_gives_nothing():
    chosen = select_series([])
    assert chosen.series == ()
    assert not chosen.has_choice


def test_two_breakdowns_at_once_are_a_choice_of_their_own():
    both = series(category("a", breakdown="duur"), category("b", breakdown="soort"))
    chosen = select_series([TOTAL, PART_A, both])
    assert [option.label for option in chosen.breakdowns] == ["Totaal", "Naar soort", "Naar duur en soort"]


def test_the_realised_total_of_the_country_stands_for_the_indicator():
    data = data_set(*(figure(one, "2024", "1") for one in (PLAN, HERE, TOTAL, PART_A)))
    assert headline_series(data, "proef") == TOTAL


def test_the_only_series_there_is_stands_for_the_indicator_whatever_it_is():
    assert headline_series(data_set(figure(PART_A, "2024", "1")), "proef") == PART_A


def test_no_part_stands_for_the_whole():
    assert headline_series(data_set(figure(PART_A, "2024", "1"), figure(PART_B, "2024", "2")), "proef") is None


def test_the_usual_kind_is_what_most_figures_have_and_at_a_tie_the_latest():
    years = [figure(TOTAL, "2023", "1"), figure(TOTAL, "2024", "1")]
    assert usual_kind([*years, figure(TOTAL, "2025-11-02", "1")]) == "jaar"
    assert usual_kind([years[0], figure(TOTAL, "2025-11-02", "1")]) == "stand"
    assert usual_kind([years[0], figure(TOTAL, "2025-11-02", "1")], "jaar") == "jaar"


def test_the_figure_to_show_first_is_not_one_that_lies_years_ahead():
    years = [figure(PLAN, code, "1") for code in ("2024", "2025", "2026", "2030", "structureel")]
    assert latest_figure(years).period.code == "2025"  # it became known in December 2025
    assert latest_figure(years[3:]).period.code == "2030"
    assert latest_figure(years[4:]).period.code == "structureel"
