"""Running the model: exact, in any order, and complete unless asked otherwise."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocation.core.errors import AllocationError, MissingFeatures
from allocation.core.model import Order, run_model
from tests.allocation.core.samples import MODEL, MUNICIPALITIES

fte = st.decimals(Decimal("0.01"), 20_000, places=2)
values = st.decimals(0, 10_000_000, places=4)


def with_values(numbers):
    """The sample municipalities with other numbers, a row of three each."""
    rows = zip(MUNICIPALITIES, numbers, strict=True)
    return [replace(one, values=dict(zip(MODEL.weights, row, strict=True))) for one, row in rows]


tables = st.lists(st.tuples(values, values, values), min_size=6, max_size=6)


@given(tables, fte)
def test_shares_add_up_to_one_and_fte_to_the_total(numbers, total):
    municipalities = with_values(numbers)
    try:
        outcome = run_model(MODEL, municipalities, Order(total))
    except AllocationError:
        return  # contributions of zero or less
    assert sum(one.exact_share for one in outcome.units) == 1
    assert sum(one.share for one in outcome.units) == 1
    assert sum(one.fte for one in outcome.units) == total
    exact = sum(
        (
            Fraction(MODEL.weights[name]) * Fraction(number)
            for one in municipalities
            for name, number in one.values.items()
        ),
        Fraction(0),
    )
    assert Fraction(outcome.raw_total) == exact


@given(st.permutations(MUNICIPALITIES), st.permutations(list(MODEL.weights)))
def test_the_order_of_municipalities_and_weights_does_not_matter(municipalities, names):
    turned = replace(MODEL, weights={name: MODEL.weights[name] for name in names})
    straight = run_model(MODEL, MUNICIPALITIES, Order(Decimal(1000)))
    assert run_model(turned, municipalities, Order(Decimal(1000))).units == straight.units


@given(fte)
def test_twice_the_fte_is_twice_the_result(total):
    once, twice = (run_model(MODEL, MUNICIPALITIES, Order(total * times)) for times in (1, 2))
    for one, double in zip(once.units, twice.units, strict=True):
        assert one.exact_share == double.exact_share
        assert abs(2 * one.fte - double.fte) <= Decimal("0.000002")


def test_specific_tasks_come_off_first_and_are_added_to_their_unit():
    plain = run_model(MODEL, MUNICIPALITIES, Order(Decimal(990)))
    outcome = run_model(MODEL, MUNICIPALITIES, Order(Decimal(999), {"Noord": Decimal(4), "Zuid": Decimal(5)}))
    assert [one.fte - one.specific for one in outcome.units] == [one.fte for one in plain.units]
    assert outcome.unit("Zuid").fte == plain.unit("Zuid").fte + 5


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (Order(Decimal(0)), "groter dan nul"),
        (Order(Decimal("0.0000001")), "te veel decimalen"),
        (Order(Decimal(100), {"Oost": Decimal(1)}), "Eenheid ‘Oost’ komt in de gegevens niet voor"),
        (Order(Decimal(100), {"Zuid": Decimal(-1)}), "minder dan nul"),
        (Order(Decimal(100), {"Zuid": Decimal(1)}), "minder dan 1%"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_refused(order, sentence):
    with pytest.raises(AllocationError, match=sentence):
        run_model(MODEL, MUNICIPALITIES, order)


def without(feature, *codes):
    return [
        replace(one, values={name: value for name, value in one.values.items() if name != feature})
        if one.code in codes
        else one
        for one in MUNICIPALITIES
    ]


def test_a_feature_that_is_missing_stops_the_run_by_name():
    with pytest.raises(MissingFeatures, match="Kenmerk ‘bedrijven’ heeft geen waarde voor GM0002, GM0005") as stopped:
        run_model(MODEL, without("bedrijven", "GM0002", "GM0005"), Order(Decimal(100)))
    assert stopped.value.features == ("bedrijven",)
    everywhere = without("bedrijven", *(one.code for one in MUNICIPALITIES))
    with pytest.raises(MissingFeatures, match="Deze kenmerken ontbreken: bedrijven"):
        run_model(MODEL, everywhere, Order(Decimal(100)))


def test_a_partial_run_has_shares_and_no_fte():
    outcome = run_model(MODEL, without("bedrijven", "GM0002"), Order(Decimal(100), partial=True))
    assert outcome.partial
    assert outcome.missing == {"bedrijven": ("GM0002",)}
    assert {one.fte for one in outcome.units} == {None}
    assert sum(one.share for one in outcome.units) == 1


def test_a_municipality_that_is_there_twice_is_refused():
    with pytest.raises(AllocationError, match=r"Gemeente Aa .GM0001. staat er twee keer in"):
        run_model(MODEL, [*MUNICIPALITIES, MUNICIPALITIES[0]], Order(Decimal(100)))


def test_contributions_of_zero_or_less_give_no_division():
    negative = replace(MODEL, weights={name: -abs(weight) for name, weight in MODEL.weights.items()})
    with pytest.raises(AllocationError, match="nul of minder"):
        run_model(negative, MUNICIPALITIES, Order(Decimal(100)))
