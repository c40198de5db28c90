"""An explanation adds up exactly and reads as a sentence."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocation.core.errors import AllocationError
from allocation.core.explanation import REMARK, Contribution, Explanation, explain, in_words, split_change
from allocation.core.model import Order, run_model
from tests.allocation.core.samples import MODEL, MUNICIPALITIES

ORDER = Order(Decimal(1000))
NAMES = {"inwoners": "inwoners", "bijstandsontvangers": "bijstandsontvangers", "bedrijven": "bedrijven"}


def test_contributions_add_up_to_the_raw_value_and_the_differences_to_the_difference():
    outcome = run_model(MODEL, MUNICIPALITIES, ORDER)
    for one in explain(outcome):
        assert sum(part.raw for part in one.contributions) == one.raw == outcome.unit(one.unit).raw
        assert sum(part.difference for part in one.contributions) == one.difference


def test_inhabitants_make_no_difference_with_the_share_of_inhabitants():
    for one in explain(run_model(MODEL, MUNICIPALITIES, ORDER)):
        assert next(part.difference for part in one.contributions if part.feature == "inwoners") == 0


def test_the_differences_of_all_units_cancel_out():
    found = explain(run_model(MODEL, MUNICIPALITIES, ORDER))
    assert sum(one.difference for one in found) == 0


def test_without_inhabitants_there_is_nothing_to_compare_with():
    empty = [replace(one, values={**one.values, "inwoners": Decimal(0)}) for one in MUNICIPALITIES]
    with pytest.raises(AllocationError, match=r"Gemeente Aa .GM0001. heeft geen aantal inwoners"):
        explain(run_model(MODEL, empty, ORDER))


def explained(share, *differences):
    parts = tuple(
        Contribution(feature, Decimal(0), Fraction(value, 1000))
        for feature, value in zip(NAMES, differences, strict=True)
    )
    return Explanation("Rotterdam", Decimal(1), Fraction(share, 1000), Fraction(share - sum(differences), 1000), parts)


@pytest.mark.parametrize(
    ("explanation", "sentences"),
    [
        (
            explained(130, 0, 14, 5),
            ["Eenheid Rotterdam krijgt 1,9 procentpunt meer dan haar aandeel inwoners; "
             "daarvan komt 1,4 door bijstandsontvangers en 0,5 door bedrijven."],
        ),
        (
            explained(130, 3, -14, 0),
            ["Eenheid Rotterdam krijgt 1,1 procentpunt minder dan haar aandeel inwoners; "
             "daarvan komt 1,4 door bijstandsontvangers.",
             "Daar staat 0,3 procentpunt tegenover door inwoners."],
        ),
        (explained(130, 0, 0, 0), ["Eenheid Rotterdam krijgt even veel als haar aandeel inwoners."]),
    ],
)  # fmt: skip
def test_an_explanation_in_words(explanation, sentences):
    assert list(in_words(explanation, NAMES)) == [*sentences, REMARK]


shares = st.lists(st.integers(1, 1000), min_size=3, max_size=3).map(
    lambda numbers: {unit: Fraction(number, sum(numbers)) for unit, number in zip("abc", numbers, strict=True)}
)


@given(shares, shares, shares, shares)
def test_a_change_is_data_plus_weights(old, new_data, new_weights, new):
    changes = split_change(old, new_data, new_weights, new)
    for one in changes:
        assert one.by_data + one.by_weights == one.after - one.before
    assert sum(one.by_data for one in changes) == sum(one.by_weights for one in changes) == 0


def test_without_new_weights_all_of_the_change_is_data():
    old, new = {"a": Fraction(1, 2), "b": Fraction(1, 2)}, {"a": Fraction(2, 3), "b": Fraction(1, 3)}
    assert {one.by_weights for one in split_change(old, new, old, new)} == {0}
