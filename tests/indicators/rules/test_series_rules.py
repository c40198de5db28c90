"""A value among others: each rule speaks past its bound and is silent before it."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.core.enumerations import Comparator, Marker, Status, Variant
from indicators.core.rules import Severity
from indicators.core.rules.series import (
    FullYearInPartYear,
    GapInSeries,
    Jump,
    LongProvisional,
    NormCrossed,
    OtherKindOfPeriod,
    RealisedInTheFuture,
    RepeatedValue,
    SumOfParts,
)
from tests.factories import category, figure, series_info, target
from tests.indicators.rules.samples import candidate, context, history, share

NOVEMBER = "../{}-11-02"
MONEY = {"unit": "miljoen euro", "value_kind": "bedrag", "decimals": 1}


def speaks(rule, value, around):
    finding = rule.judge(value, around)
    if finding is not None:
        assert finding.rule == rule.code
        assert finding.message.endswith((".", "?"))
    return finding is not None


# --- jump -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "jumps"), [("1040", False), ("1060", False), ("1200", True), ("800", True)])
def test_a_change_far_outside_the_usual_changes_is_a_jump(value, jumps):
    around = context(*history(1000, 1010, 1000, 1020, 1010, 1030))
    assert speaks(Jump(), candidate(value), around) is jumps


def test_the_bound_of_a_jump_is_a_modified_z_score_of_three_and_a_half():
    """Changes of +1.000 and −1.000 in turn: median 0, spread 1.000; 3,5 / 0,6745 × 1.000 is 5.189."""
    around = context(*history(100_000, 101_000, 100_000, 101_000, 100_000))
    assert not speaks(Jump(), candidate("105189"), around)
    assert speaks(Jump(), candidate("105190"), around)


def test_under_five_values_there_is_no_verdict_on_a_jump():
    assert not speaks(Jump(), candidate("1900"), context(*history(1000, 1010, 1000, 1010)))
    assert speaks(Jump(), candidate("1900"), context(*history(1000, 1000, 1010, 1000, 1010)))


def test_a_series_that_never_varied_jumps_with_any_change():
    around = context(*history(50, 50, 50, 50, 50))
    assert speaks(Jump(), candidate("51"), around)
    assert not speaks(Jump(), candidate("50"), around)


def test_a_series_that_varied_once_is_judged_by_its_mean_change():
    around = context(*history(50, 50, 50, 50, 60))
    assert not speaks(Jump(), candidate("65"), around)
    assert speaks(Jump(), candidate("90"), around)


def test_a_flow_up_to_a_day_is_compared_with_the_same_day_only():
    other_days = history(10, 10, 10, 10, 10, code="../{}-06-30")
    assert not speaks(Jump(), candidate("1900", "../2024-11-02"), context(*other_days))
    same_day = history(1000, 1010, 1000, 1010, 1000, code=NOVEMBER)
    assert speaks(Jump(), candidate("1900", "../2024-11-02"), context(*same_day))


def test_later_figures_and_markers_are_no_history():
    around = context(*history(1000, None, 1010, 1000, 1010), figure("2025", 1000))
    assert not speaks(Jump(), candidate("1900"), around)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("50000", "ongeveer 1.000 keer groter"),
        ("0.05", "ongeveer 1.000 keer kleiner"),
        ("5100", "ongeveer 100 keer groter"),
        ("51000000", "ongeveer 1.000.000 keer groter"),
    ],
)
def test_a_round_factor_is_named_also_with_little_history(value, sentence):
    finding = Jump().judge(candidate(value, unit="ton"), context(*history(51, 60)))
    assert sentence in finding.message
    assert finding.compared == (("2023", "60"),)


def test_a_budget_that_grows_tenfold_in_its_first_years_is_no_wrong_unit():
    assert not speaks(Jump(), candidate("30", **MONEY), context(*history("3.9", "3.5")))
    assert speaks(Jump(), candidate("30", **MONEY), context(*history("3.9", "3.5", "3.7", "3.6", "3.4")))


def test_a_value_within_what_was_seen_is_no_wrong_unit():
    """The series itself ranges over more than a factor hundred."""
    assert not speaks(Jump(), candidate("600"), context(*history(6, 6, 700)))


# --- repeated ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "fields", "repeats"),
    [
        ("100", {}, True),
        ("99", {}, False),
        ("83.7", share(), True),
        ("9.9", share(), False),
        ("33", share(decimals=0), False),
        ("592.1", MONEY, True),
    ],
)
def test_the_same_value_as_before_is_doubted_when_it_is_no_small_number(value, fields, repeats):
    assert speaks(RepeatedValue(), candidate(value, **fields), context(*history(1, value))) is repeats


def test_a_plan_may_stay_the_same():
    plan = series_info(variant=Variant.PLAN)
    assert not speaks(RepeatedValue(), candidate("694", series=plan), context(*history(694)))


def test_the_same_as_longer_ago_is_no_repetition():
    assert not speaks(RepeatedValue(), candidate("694"), context(*history(694, 700)))


# --- kinds of period --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "before", "fits"),
    [
        ("2024", NOVEMBER, False),
        ("../2024-11-02", "{}", False),
        ("2024-H1", "{}", False),
        ("2024-12-31", "{}", False),
        ("2024", "{}", True),
        ("2024", "2010-01/{}-12", True),  # several whole years beside one
        ("2024-01/2024-07", "{}", False),
        ("../2024-11-02", NOVEMBER, True),
    ],
)
def test_a_whole_year_and_a_part_of_a_year_do_not_mix(period, before, fits):
    assert speaks(OtherKindOfPeriod(), candidate("5", period), context(*history(4, code=before))) is not fits


def test_the_first_figure_of_a_series_may_have_any_period():
    assert not speaks(OtherKindOfPeriod(), candidate("5", "../2024-11-02"), context())


def test_money_may_be_structural_beside_years_and_a_count_may_not():
    around = context(*history(4))
    assert not speaks(OtherKindOfPeriod(), candidate("5", "structureel", **MONEY), around)
    assert not speaks(OtherKindOfPeriod(), candidate("5", **MONEY), context(figure("structureel", 4)))
    assert speaks(OtherKindOfPeriod(), candidate("5", "structureel"), around)


# --- a full year in a part of the year --------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "doubted"), [("1248", True), ("1249", False), ("1130", True), ("1129", False)])
def test_a_value_up_to_a_day_as_high_as_a_year_is_doubted(value, doubted):
    """2 November is day 307 of 2024: at last year's pace a year counts 1.189."""
    around = context(*history(1000, code=NOVEMBER))
    assert speaks(FullYearInPartYear(), candidate(value, "../2024-11-02"), around) is doubted


def test_near_the_end_of_the_year_a_part_is_as_good_as_a_year():
    around = context(*history(1000, code="../{}-12-30"))
    assert not speaks(FullYearInPartYear(), candidate("1001", "../2024-12-30"), around)


def test_other_periods_are_no_part_of_a_year():
    assert not speaks(FullYearInPartYear(), candidate("1192"), context(*history(1000)))


# --- sums -------------------------------------------------------------------------------------------------------------

PARTS = {"Belediging": Decimal(60), "Bedreiging": Decimal(40)}


def test_a_total_is_the_sum_of_its_parts():
    assert not speaks(SumOfParts(), candidate("100"), context(parts=PARTS))
    finding = SumOfParts().judge(candidate("101"), context(parts=PARTS))
    assert finding.severity is Severity.ERROR
    assert finding.message == "De delen tellen op tot 100, maar het totaal is 101: een verschil van 1."
    assert finding.compared == (("Belediging", "60"), ("Bedreiging", "40"))


def test_a_part_is_held_against_the_total_and_its_siblings():
    part = series_info("zaken", category("bedreiging"))
    around = context(siblings={"Belediging": Decimal(60)}, total=Decimal(100))
    assert not speaks(SumOfParts(), candidate("40", series=part), around)
    assert speaks(SumOfParts(), candidate("41", series=part), around)


def test_a_subtotal_is_held_against_what_is_below_and_what_is_above():
    middle = series_info("zaken", category("geweld"))
    around = context(parts=PARTS, siblings={"Overig": Decimal(1)}, total=Decimal(500))
    assert speaks(SumOfParts(), candidate("100", series=middle), around)
    assert not speaks(SumOfParts(), candidate("100", series=middle), context(parts=PARTS))


def test_while_a_part_is_missing_there_is_no_sum():
    assert not speaks(SumOfParts(), candidate("500"), context(parts={**PARTS, "Overig": None}))


def test_nihil_counts_as_zero_in_a_sum():
    none = candidate(None, marker=Marker.NIHIL)
    assert not speaks(SumOfParts(), none, context(parts={"Belediging": Decimal(0)}))
    assert speaks(SumOfParts(), none, context(parts=PARTS))
    assert not speaks(SumOfParts(), candidate(None, marker=Marker.WITHHELD), context(parts=PARTS))


def test_a_rest_may_be_left_but_parts_never_exceed_the_total():
    assert not speaks(SumOfParts(), candidate("150", has_rest=True), context(parts=PARTS))
    assert speaks(SumOfParts(), candidate("99", has_rest=True), context(parts=PARTS))


def test_what_cannot_be_added_has_no_sum():
    assert not speaks(SumOfParts(), candidate("150", additive=False), context(parts=PARTS))


def test_a_total_is_compared_in_the_digits_it_was_published_in():
    """“€ 33 miljoen” above 24,2 and 8,5."""
    parts = {"Kosten": Decimal("24.2"), "Overig": Decimal("8.5")}
    assert not speaks(SumOfParts(), candidate("33", **MONEY), context(parts=parts))


def test_what_rounding_explains_is_a_warning_for_amounts_only():
    """Two parts and a total, each off by at most 0,05: together 0,15."""
    parts = {"Kosten": Decimal("24.2"), "Overig": Decimal("8.5")}
    rounded = SumOfParts().judge(candidate("32.8", **MONEY), context(parts=parts))
    assert rounded.severity is Severity.WARNING
    assert rounded.message.endswith("een verschil van 0,1. Komt dat door afronding?")
    assert SumOfParts().judge(candidate("32.9", **MONEY), context(parts=parts)).severity is Severity.ERROR
    assert SumOfParts().judge(candidate("101"), context(parts=PARTS)).severity is Severity.ERROR


# --- gaps, provisional, future, norm ----------------------------------------------------------------------------------


def test_a_skipped_period_is_told():
    finding = GapInSeries().judge(candidate("5"), context(*history(1, 2, 3, until=2022)))
    assert finding.message == ("Na 2022 ontbreekt een periode. Is dat cijfer er niet, leg dan de reden vast.")
    assert not speaks(GapInSeries(), candidate("5"), context(*history(1, 2, 3)))


def test_a_series_of_every_other_year_has_no_gap():
    around = context(figure("2018", 1), figure("2020", 1), figure("2022", 1))
    assert not speaks(GapInSeries(), candidate("5"), around)
    assert speaks(GapInSeries(), candidate("5", "2026"), around)


def test_a_reason_for_no_value_fills_the_gap():
    assert not speaks(GapInSeries(), candidate("5"), context(*history(1, 2, None)))


def test_provisional_for_more_than_two_years_is_long():
    assert speaks(LongProvisional(), candidate("5", "2023", status=Status.PROVISIONAL), context())
    assert not speaks(LongProvisional(), candidate("5", "2024", status=Status.PROVISIONAL), context())
    assert not speaks(LongProvisional(), candidate("5", "2010"), context())


def test_what_is_counted_must_be_over():
    day = date(2024, 11, 2)
    assert not speaks(RealisedInTheFuture(), candidate("5", "../2024-11-02"), context(today=day))
    assert speaks(RealisedInTheFuture(), candidate("5", "../2024-11-03"), context(today=day))


def test_a_plan_and_a_reason_for_no_value_may_be_about_later():
    plan = series_info(variant=Variant.PLAN)
    assert not speaks(RealisedInTheFuture(), candidate("5", "2028", series=plan), context())
    assert not speaks(RealisedInTheFuture(), candidate(None, "2028", marker=Marker.WITHHELD), context())


@pytest.mark.parametrize(
    ("before", "now", "word"), [("6.0", "5.9", "nu wel"), ("5.9", "6.0", "niet meer"), ("5.9", "5.8", None)]
)
def test_passing_a_norm_is_told_both_ways(before, now, word):
    norm = (target(Comparator.AT_MOST, "5.9"),)
    finding = NormCrossed().judge(candidate(now, **share(targets=norm)), context(*history(before, unit="procent")))
    assert (finding is None) is (word is None)
    if finding and word:
        assert word in finding.message


def test_without_a_norm_with_a_value_nothing_is_passed():
    norm = (target(Comparator.AT_MOST, None), target(Comparator.INCREASE, "5.9"))
    assert not speaks(NormCrossed(), candidate("9", **share(targets=norm)), context(*history("1.0")))
