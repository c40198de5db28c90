"""What cannot be right whatever the history says: each rule speaks just past its bound and is silent on it."""

from decimal import Decimal

import pytest

from indicators.core.rules import ROW_RULES, Severity
from indicators.core.rules.rows import (
    CountIsWhole,
    CountNotNegative,
    MoreDecimalsThanUsual,
    ScoreWithinBounds,
    ShareWithinBounds,
    UpperBoundAboveValue,
)
from tests.indicators.rules.samples import candidate, share

MARK = {"unit": "rapportcijfer", "value_kind": "score", "decimals": 1}


@pytest.mark.parametrize(
    ("rule", "wrong", "right", "fields"),
    [
        (ShareWithinBounds(), "100.1", "100", share()),
        (ShareWithinBounds(), "-0.1", "0", share()),
        (ShareWithinBounds(), "8370", "83.7", share()),
        (CountNotNegative(), "-1", "0", {}),
        (CountIsWhole(), "12.5", "12.0000", {}),
        (ScoreWithinBounds(), "0.9", "1", MARK),
        (ScoreWithinBounds(), "10.1", "10", MARK),
        (MoreDecimalsThanUsual(), "83.75", "83.7000", share()),
        (MoreDecimalsThanUsual(), "1.5", "1.0", {"unit": "fte"}),
    ],
)
def test_a_rule_speaks_past_its_bound_only(rule, wrong, right, fields):
    finding = rule.judge(candidate(wrong, **fields))
    assert finding is not None
    assert (finding.rule, finding.severity) == (rule.code, rule.severity)
    assert finding.message.endswith((".", "?"))
    assert rule.judge(candidate(right, **fields)) is None


@pytest.mark.parametrize(
    ("rule", "value", "fields"),
    [
        (ShareWithinBounds(), "120", {"unit": "procent", "value_kind": "verhouding"}),  # a ratio may pass 100%
        (CountNotNegative(), "-1", {"unit": "miljoen euro", "value_kind": "bedrag"}),
        (CountIsWhole(), "12.5", {"unit": "fte", "value_kind": "telling"}),
        (CountIsWhole(), "12.5", {"unit": "aantal", "value_kind": "verhouding"}),
        (ScoreWithinBounds(), "11", {"unit": "aantal", "value_kind": "score"}),
        (MoreDecimalsThanUsual(), "12.5", {}),  # said already: a count has none
    ],
)
def test_a_rule_leaves_other_kinds_alone(rule, value, fields):
    assert rule.judge(candidate(value, **fields)) is None


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("fields", [share(), MARK, {}])
def test_no_value_is_no_finding(rule, fields):
    assert rule.judge(candidate(None, **fields)) is None


def test_an_upper_bound_may_equal_the_value_but_not_lie_under_it():
    rule = UpperBoundAboveValue()
    assert rule.judge(candidate("20", value_high=Decimal(20))) is None
    assert rule.judge(candidate("20", value_high=Decimal("19.9999"))) is not None
    assert rule.judge(candidate(None, value_high=Decimal(20))) is not None


def test_sentences_show_the_value_as_people_write_it():
    assert ShareWithinBounds().judge(candidate("8370.0000", **share())).message == (
        "8.370,0% kan niet: een aandeel ligt tussen 0% en 100%. Kijk of de komma op de goede plaats staat."
    )
    assert CountIsWhole().judge(candidate("12.5000")).message == (
        "12,5 kan niet: het gaat om een aantal, dus zonder decimalen. Is de punt of komma voor duizendtallen bedoeld?"
    )
    assert MoreDecimalsThanUsual().judge(candidate("83.7500", **share())).message == (
        "83,75% heeft meer decimalen dan deze indicator gewoonlijk (1)."
    )


def test_only_more_decimals_is_a_warning():
    warnings = [rule.code for rule in ROW_RULES if rule.severity is Severity.WARNING]
    assert warnings == ["meer-decimalen"]
