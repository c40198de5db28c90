"""A rule about a value alone and its twin in SQL say the same, on either database."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators.core.rules import ROW_RULES, Candidate
from indicators.models import Proposal
from indicators.queries.data_set import indicator_infos, series_infos
from indicators.queries.rule_filters import breaking
from monitor.base.core.roles import Role
from tests.factories import IndicatorFactory, PeriodFactory, SeriesFactory
from tests.workers import person

KINDS = ("aandeel", "bedrag", "score", "telling", "verhouding")
UNITS = ("aantal", "fte", "kilo", "procent", "rapportcijfer", "miljoen euro")
BOUNDS = [Decimal(text) for text in ("-0.0001", "0", "0.29", "0.9999", "1", "10", "10.0001", "100", "100.0001")]
near_a_bound = st.sampled_from(BOUNDS)
anywhere = st.decimals(-(10**11) + 1, 10**11 - 1, allow_nan=False, places=4)
small = st.decimals(-200, 200, allow_nan=False, places=2)
numbers = st.none() | near_a_bound | small | anywhere
rows = st.tuples(st.sampled_from(KINDS), st.sampled_from(UNITS), st.integers(0, 4), numbers, numbers)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(rows, min_size=1, max_size=12))
@example(
    drawn=[
        ("telling", "aantal", 0, Decimal("12.5"), None),
        ("verhouding", "procent", 1, Decimal("99999999.2599"), None),
    ]
)
def test_sql_and_python_name_the_same_proposals(drawn):
    with transaction.atomic():
        _propose(drawn)
        _compare()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_sql_and_python_agree_on_every_bound_of_every_kind():
    _propose([(kind, unit, 1, value, None) for kind in KINDS for unit in UNITS for value in BOUNDS])
    _propose([("telling", "fte", 4, low, high) for low in (None, *BOUNDS) for high in (None, *BOUNDS)])
    assert all(_compare().values())


def _compare():
    """How many proposals break each rule, after both ways named the same ones."""
    candidates = _candidates()
    broken = {}
    for rule in ROW_RULES:
        by_sql = set(Proposal.objects.filter(breaking(rule)).values_list("pk", flat=True))
        by_python = {pk for pk, candidate in candidates.items() if rule.judge(candidate)}
        assert by_sql == by_python, rule.code
        broken[rule.code] = len(by_sql)
    return broken


def _propose(drawn):
    """A proposal per drawn row, each of an indicator of its own; drafts may hold anything."""
    anna, period = person("anna", Role.INVOERDER), PeriodFactory()
    Proposal.objects.bulk_create(
        Proposal(
            series=SeriesFactory(
                indicator=IndicatorFactory(value_kind=kind, version__unit=unit, version__decimals=decimals)
            ),
            period=period,
            value=value,
            value_high=high,
            entered_by=anna,
            changed_by=anna,
        )
        for kind, unit, decimals, value, high in drawn
    )


def _candidates():
    infos, series = indicator_infos(), series_infos(set(Proposal.objects.values_list("series_id", flat=True)))
    stored = Proposal.objects.select_related("period")  # with the digits that the database adds
    return {
        row.pk: Candidate(
            infos[series[row.series_id].indicator],
            series[row.series_id],
            row.period.as_value,
            row.value,
            row.value_high,
        )
        for row in stored
    }


def test_every_rule_about_a_value_alone_has_a_twin():
    for rule in ROW_RULES:
        breaking(rule)
