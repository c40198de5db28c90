"""Largest remainder: the parts always add up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocation.core.apportionment import apportion

parts = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.fractions(Fraction(1, 1000), 1000), min_size=1, max_size=12
)


@given(parts, st.integers(1, 10**9), st.sampled_from(["1", "0.1", "0.000001"]))
def test_the_parts_add_up_and_are_less_than_a_step_off(weights, steps, step):
    total = steps * Decimal(step)
    found = apportion(total, weights, Decimal(step))
    assert sum(found.values()) == total
    whole = sum(weights.values())
    for name, value in found.items():
        assert abs(Fraction(value) - Fraction(total) * weights[name] / whole) < Fraction(step)


@given(parts, st.integers(1, 1000))
def test_the_order_does_not_matter(weights, total):
    turned = dict(reversed(weights.items()))
    assert apportion(Decimal(total), weights, Decimal(1)) == apportion(Decimal(total), turned, Decimal(1))


def test_equal_remainders_go_in_order_of_name():
    thirds = dict.fromkeys("cab", Fraction(1))
    assert apportion(Decimal(10), thirds, Decimal(1)) == {"a": 4, "b": 3, "c": 3}


@pytest.mark.parametrize(("total", "weights"), [("1", {"a": Fraction(0)}), ("0.5", {"a": Fraction(1)})])
def test_what_cannot_be_divided_is_refused(total, weights):
    with pytest.raises(ValueError):
        apportion(Decimal(total), weights, Decimal(1))
