"""What the machine says about a one-off figure."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.core.enumerations import Variant
from indicators.core.periods import parse_period
from indicators.core.rules.facts import FactCandidate, judge_fact

TODAY = date(2026, 11, 22)


def said(sentence="De rechter verbood {waarde} motorbendes.", value="23", **fields):
    given = {"value_high": None, "unit": "aantal", "decimals": 0, "variant": Variant.REALISED, "has_origin": True}
    number = None if value is None else Decimal(value)
    fact = FactCandidate(
        sentence=sentence, value=number, period=parse_period(fields.pop("period", "2024")), **given | fields
    )
    return [(finding.rule, finding.severity.value) for finding in judge_fact(fact, TODAY)]


def test_a_sentence_with_its_value_bound_is_fine():
    assert said() == []


@pytest.mark.parametrize("sentence", ["De rechter verbood motorbendes.", "{waarde} van de {waarde} motorbendes."])
def test_the_value_stands_in_the_sentence_exactly_once(sentence):
    assert said(sentence) == [("zin-zonder-waarde", "fout")]


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("Het waren er 23: {waarde} motorbendes.", "fout"),
        ("Van de 1.250 leden zaten er {waarde} vast.", "waarschuwing"),
        ("Sinds 2016 verbood de rechter {waarde} motorbendes.", None),
        ("Voor C2000 geldt een dwangsom van {waarde}.", None),
    ],
)
def test_a_number_that_is_typed_in_the_sentence_is_bound_to_nothing(sentence, severity):
    assert said(sentence) == ([("getal-in-zin", severity)] if severity else [])


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"has_origin": False}, ("zonder-herkomst", "fout")),
        ({"value": None}, ("geen-waarde", "fout")),
        ({"value": "-1"}, ("telling-negatief", "fout")),
        ({"value": "2.5"}, ("telling-niet-heel", "fout")),
        ({"value_high": Decimal(20)}, ("bovengrens-lager", "fout")),
        ({"value": "837", "unit": "procent"}, ("aandeel-buiten-0-100", "waarschuwing")),
        ({"period": "2027"}, ("periode-niet-voorbij", "fout")),
        ({"value": "23000", "earlier": Decimal(23)}, ("sprong", "waarschuwing")),
        ({"value": "23", "earlier": Decimal(2300)}, ("sprong", "waarschuwing")),
    ],
)
def test_each_thing_that_is_odd_is_named(fields, finding):
    assert said(**fields) == [finding]


def test_a_plan_may_lie_ahead_and_an_ordinary_change_is_no_jump():
    assert said(period="2027", variant=Variant.PLAN) == []
    assert said(value="46", earlier=Decimal(23)) == []
