"""Published totals against their parts: a wrong sum is found, a rest is allowed only where it is known."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Marker, Variant
from indicators.core.figures import CategoryInfo, Figure
from indicators.core.sums import SumCheck, check_sums
from monitor.base.core.numbers import format_number
from tests.factories import category, data_set, figure, indicator_info, series_info

A, B = category("a"), category("b")


def of(part: CategoryInfo | None, value: object, **fields: object) -> Figure:
    return figure("2024", value, series=series_info("zaken", *([part] if part else [])), **fields)


def checks(*figures: Figure, **info: object) -> list[SumCheck]:
    return list(check_sums(data_set(figures, indicator_info("zaken", **info))))


def test_a_total_that_is_the_sum_of_its_parts_agrees() -> None:
    (check,) = checks(of(None, 30), of(A, 10), of(B, 20))
    assert (check.agrees, check.rest, len(check.parts)) == (True, 0, 2)


@given(st.integers(0, 999), st.integers(0, 999), st.integers(-50, 50).filter(bool))
def test_a_total_of_a_complete_breakdown_that_differs_by_anything_is_found(a: int, b: int, wrong: int) -> None:
    (check,) = checks(of(None, a + b + wrong), of(A, a), of(B, b))
    assert not check.agrees
    total, added = format_number(Decimal(a + b + wrong), 0), format_number(Decimal(a + b), 0)
    assert f"het totaal is {total}, de 2 delen tellen op tot {added}." in check.sentence


def test_a_rest_is_allowed_only_where_it_is_known_and_never_negative() -> None:
    assert checks(of(None, 31), of(A, 10), of(B, 20), has_rest=True)[0].agrees
    assert not checks(of(None, 29), of(A, 10), of(B, 20), has_rest=True)[0].agrees
    assert not checks(of(None, 31), of(A, 10), of(B, 20))[0].agrees


def test_a_total_is_as_precise_as_it_was_published() -> None:
    assert checks(of(None, 31), of(A, "10.4"), of(B, "20.3"))[0].agrees
    assert not checks(of(None, "30.8"), of(A, "10.4"), of(B, "20.3"))[0].agrees


def test_nihil_counts_as_nothing_and_a_part_without_a_value_leaves_the_sum_unproven() -> None:
    (check,) = checks(of(None, 10), of(A, 10), of(B, None, marker=Marker.NIHIL))
    assert check.agrees
    assert checks(of(None, 10), of(A, 10), of(B, None, marker=Marker.UNKNOWN)) == []


def test_a_subtotal_is_held_against_its_own_parts_and_the_total_against_the_subtotals() -> None:
    top, below = category("top"), [category("x", above=["top"]), category("y", above=["top"])]
    found = checks(of(None, 30), of(top, 30), of(below[0], 10), of(below[1], 21))
    assert {(check.total.series.category_names, check.agrees) for check in found} == {("", True), ("Top", False)}


def test_parts_below_an_unpublished_class_count_for_the_nearest_published_one() -> None:
    parts = [category("x", above=["niet-gepubliceerd"]), category("y", above=["niet-gepubliceerd"])]
    (check,) = checks(of(None, 30), of(parts[0], 10), of(parts[1], 20))
    assert check.agrees


def test_what_may_not_be_added_is_not_added() -> None:
    assert checks(of(None, 30), of(A, 10), additive=False) == []


def test_variants_areas_and_periods_are_kept_apart() -> None:
    plan = series_info("zaken", A, variant=Variant.PLAN)
    unit = series_info("zaken", A, area="eenheid-limburg")
    figures = [of(None, 30), figure("2024", 1, series=plan), figure("2024", 1, series=unit)]
    figures.append(figure("2023", 1, series=series_info("zaken", A)))
    assert checks(*figures) == []


def test_series_of_two_breakdowns_at_once_are_in_no_sum() -> None:
    both = series_info("zaken", A, category("z", breakdown="leeftijd"))
    (check,) = checks(of(None, 10), of(A, 10), figure("2024", 3, series=both))
    assert check.parts_value == Decimal(10)
