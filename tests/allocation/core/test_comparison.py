"""Keys side by side: what is shown adds up, and nothing is shown that is not known."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from allocation.core.comparison import KeyColumn, compare, largest_differences, shares_of
from allocation.core.explanation import explain
from allocation.core.model import Order, run_model
from allocation.core.pictures import PLACES, bars_spec, map_spec, rounded_points, waterfall_spec
from tests.allocation.core.samples import MODEL, MUNICIPALITIES, WEIGHTS

UNITS = ("Noord", "Midden", "Zuid")
OLD = KeyColumn("oud", "Oude sleutel", shares_of({"Noord": Decimal(20), "Midden": Decimal(30), "Zuid": Decimal(50)}))


def model_column(shares=(1, 3, 6)) -> KeyColumn:
    return KeyColumn("model", "Model", shares_of(dict(zip(UNITS, map(Decimal, shares), strict=True))))


def test_every_column_adds_up_to_the_total_and_to_a_hundred():
    comparison = compare([model_column((1, 1, 1)), OLD], fte=Decimal(1000), units=UNITS)
    assert comparison.total_of(0) == comparison.total_of(1) == 1000
    for index in (0, 1):
        assert sum(row.lines[index].percentage for row in comparison.rows) == 100
    assert comparison.row("Noord").lines[0].fte == Decimal("333.3")


def test_a_total_with_decimals_is_shown_with_them():
    comparison = compare([model_column((1, 1, 1))], fte=Decimal("10.125"), units=UNITS)
    assert comparison.decimals == 3
    assert comparison.total_of(0) == Decimal("10.125")


def test_the_difference_is_that_of_the_numbers_shown():
    row = compare([model_column(), OLD], fte=Decimal(1000), units=UNITS).row("Noord")
    assert row.lines[0].difference is None
    assert row.lines[1].difference == Decimal(100) - Decimal(200)
    assert row.lines[1].difference_points == Decimal(10) - Decimal(20)


def test_specific_tasks_are_in_what_the_model_gives():
    given_fte = {"Noord": Decimal("104.5"), "Midden": Decimal("298.5"), "Zuid": Decimal(597)}
    comparison = compare([model_column(), OLD], fte=Decimal(1000), units=UNITS, given=given_fte)
    assert comparison.row("Noord").lines[0].fte == Decimal("104.5")
    assert comparison.row("Noord").lines[1].fte == Decimal(200)


def test_what_units_have_now_is_known_only_from_a_key_in_strength():
    unknown = compare([model_column(), OLD], fte=Decimal(1000), units=UNITS)
    assert not unknown.knows_strength
    assert unknown.row("Noord").lines[0].total is None
    now = {"Noord": Decimal(2000), "Midden": Decimal(3000), "Zuid": Decimal(5000)}
    formation = KeyColumn("formatie", "Formatie", shares_of(now), strength=now)
    known = compare([model_column(), formation], fte=Decimal(1000), units=UNITS)
    assert known.row("Noord").lines[0].total == Decimal(2100)
    assert known.row("Noord").lines[1].total == Decimal(2200)
    assert known.now_total == 10_000


def test_a_partial_run_is_compared_by_shares_alone():
    comparison = compare([model_column(), OLD], fte=None, units=UNITS)
    assert comparison.total_of(0) is None
    assert comparison.row("Zuid").lines[1].difference is None
    assert comparison.row("Zuid").lines[1].difference_points == 10
    assert bars_spec("x", comparison).unit == "procent"


def test_the_largest_differences_are_named_with_their_sign():
    comparison = compare([model_column(), OLD], fte=Decimal(1000), units=UNITS)
    assert list(largest_differences(comparison, 1)) == [("Noord", Decimal(-10)), ("Zuid", Decimal(10))]


def test_a_map_needs_the_ten_units():
    assert map_spec("x", compare([model_column()], fte=None, units=UNITS)) is None
    ten = KeyColumn("model", "Model", shares_of({unit: Decimal(10) for unit in PLACES}))
    spec = map_spec("x", compare([ten], fte=None, units=tuple(PLACES)), mark="FICTIEF")
    assert len(set(spec.places)) == 10
    assert spec.mark == "FICTIEF"
    assert "Limburg 10,00" in spec.alt


def test_the_waterfall_of_a_unit_adds_up_to_its_difference():
    outcome = run_model(MODEL, MUNICIPALITIES, Order(Decimal(1000)))
    for explanation in explain(outcome):
        spec = waterfall_spec("x", explanation, {name: name for name in WEIGHTS})
        *steps, total = spec.series[0].values
        assert sum(steps) == total
        assert abs(Fraction(total) / 100 - explanation.difference) <= Fraction(1, 20_000)


@given(st.lists(st.fractions(min_value=-1, max_value=1, max_denominator=100_000), min_size=1, max_size=30))
def test_rounded_points_add_up_to_the_rounded_sum_and_lie_within_a_step(parts):
    rounded = rounded_points(parts)
    assert abs(Fraction(sum(rounded)) - 100 * sum(parts)) <= Fraction(1, 200)
    for part, shown in zip(parts, rounded, strict=True):
        assert abs(Fraction(shown) - 100 * part) <= Fraction(1, 100)
