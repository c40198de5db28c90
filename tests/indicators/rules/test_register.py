"""The register: every rule once, and what holds for all of them, whatever the value."""

import inspect
import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.core.enumerations import Comparator, Marker, Status, Variant
from indicators.core.figures import is_storable
from indicators.core.rules import ROW_RULES, SERIES_RULES, Candidate, Severity, judge, rows, series
from indicators.core.rules.series import FEWEST_FOR_A_JUMP, Jump
from tests.factories import figure, indicator_info, period, series_info, target
from tests.indicators.rules.samples import candidate, context, share

YEARS = ("2022", "2023", "2024", "2025", "2021-01/2024-12", "2023-01/..", "structureel", "incidenteel")
PARTS = ("2024-H1", "2024-Q3", "2024-05", "2024-02-29", "../2024-02-29", "../2025-11-02", "2023-11/2024-06")
periods = st.sampled_from([period(code) for code in YEARS + PARTS])
numbers = st.decimals(-(10**11) + 1, 10**11 - 1, allow_nan=False, places=4).filter(is_storable)
values = st.none() | st.sampled_from([Decimal(0), Decimal(1), Decimal(100)]) | numbers
infos = st.builds(
    indicator_info,
    unit=st.sampled_from(["aantal", "fte", "procent", "rapportcijfer", "miljoen euro", "duizend euro", ""]),
    decimals=st.integers(0, 4),
    additive=st.booleans(),
    has_rest=st.booleans(),
    value_kind=st.sampled_from(["aandeel", "bedrag", "score", "telling", "verhouding"]),
    targets=st.lists(st.builds(target, st.sampled_from(Comparator), st.none() | numbers), max_size=2).map(tuple),
)
candidates = st.builds(
    Candidate,
    infos,
    st.sampled_from(Variant).map(lambda variant: series_info(variant=variant)),
    periods,
    values,
    values,
    st.none() | st.sampled_from(Marker),
    st.sampled_from(Status),
)
figures = st.lists(
    st.builds(lambda when, value: figure(when, value), periods, values), max_size=9, unique_by=lambda f: f.period
)
around = st.builds(
    lambda rows, parts, siblings, total: context(
        *sorted(rows, key=lambda f: f.period.sort_key), parts=parts, siblings=siblings, total=total
    ),
    figures,
    st.dictionaries(st.sampled_from("ABC"), values),
    st.dictionaries(st.sampled_from("DEF"), values),
    values,
)


def test_every_rule_is_registered_once_under_a_code_of_its_own():
    registered = [*ROW_RULES, *SERIES_RULES]
    codes = [rule.code for rule in registered]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)
    written = {
        item
        for module in (rows, series)
        for _, item in inspect.getmembers(module, inspect.isclass)
        if item.__module__ == module.__name__ and hasattr(item, "judge")
    }
    assert {type(rule) for rule in registered} == written
    assert len({type(rule) for rule in registered}) == len(registered)


@settings(max_examples=400, deadline=None)
@given(candidates, around)
def test_no_rule_raises_and_errors_come_first(value, surroundings):
    findings = judge(value, surroundings)
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.ERROR)
    known = [rule.code for rule in (*ROW_RULES, *SERIES_RULES)]
    for severity in Severity:
        order = [known.index(finding.rule) for finding in findings if finding.severity is severity]
        assert order == sorted(set(order))
    for finding in findings:
        assert finding.message[0].isupper() or finding.message[0] in "0123456789−€"
        assert finding.message.endswith((".", "?"))
        assert all(text for _, text in finding.compared)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(1, 5000), min_size=1, max_size=9),
    st.integers(1, 20000),
    st.sampled_from([Decimal("0.01"), Decimal(2), Decimal(5), Decimal(10), Decimal(1000)]),
)
def test_a_jump_does_not_depend_on_the_meeteenheid(earlier, value, scale):
    def verdict(factor):
        rows = [figure(str(2010 + step), number * factor) for step, number in enumerate(earlier)]
        return Jump().judge(candidate(value * factor, "2024", unit="kilo"), context(*rows))

    once, scaled = verdict(Decimal(1)), verdict(scale)
    assert (once is None) == (scaled is None)
    if once and scaled:
        assert ("keer" in once.message) == ("keer" in scaled.message)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 5000), max_size=FEWEST_FOR_A_JUMP - 1), st.integers(1, 20000))
def test_under_five_values_only_a_wrong_meeteenheid_is_named(earlier, value):
    rows = [figure(str(2010 + step), number) for step, number in enumerate(earlier)]
    finding = Jump().judge(candidate(value), context(*rows))
    assert finding is None or "meeteenheid" in finding.message


def test_a_value_that_is_impossible_by_itself_is_not_compared():
    findings = judge(candidate("8370", **share()), context(figure("2023", "83.7")))
    assert [finding.rule for finding in findings] == ["aandeel-buiten-0-100"]
