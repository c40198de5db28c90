"""The checks read only the family of a value; they say the same as with everything at hand."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.core.enumerations import Audience
from indicators.core.vantage import Vantage
from indicators.models import Proposal, RoundItem
from indicators.queries.data_set import load_data_set
from indicators.queries.judging import findings_of
from monitor.base.core.roles import Role
from tests.loaded import figures, loaded_figures  # noqa: F401 (fixtures)
from tests.workers import worker

pytestmark = pytest.mark.usefixtures("figures")


@pytest.fixture
def proposals() -> list[Proposal]:
    """A value for every asked figure; many of them odd."""
    author = worker("anna", Role.INVOERDER).user_id
    items = RoundItem.objects.filter(round__code="2026-2")
    people = {"entered_by_id": author, "changed_by_id": author}
    Proposal.objects.bulk_create(
        Proposal(
            series_id=item.series_id, period_id=item.period_id, round_id=item.round_id,
            value=Decimal(item.pk * 37 % 900), **people,
        )
        for item in items
    )  # fmt: skip
    return list(Proposal.objects.select_related("period"))


def test_reading_the_family_alone_changes_no_finding(proposals):
    everything = load_data_set(Vantage(timezone.now(), Audience.INTERNAL))
    narrow, wide = findings_of(proposals), findings_of(proposals, everything)
    assert narrow == wide
    assert sum(len(found) for found in narrow.values()) > len(proposals) / 2
    alone = {one.pk: findings_of([one])[one.pk] for one in proposals[::5]}
    assert alone == {pk: narrow[pk] for pk in alone}


def test_the_number_of_statements_does_not_grow(proposals):
    with CaptureQueriesContext(connection) as one:
        findings_of(proposals[:1])
    with CaptureQueriesContext(connection) as all_of_them:
        findings_of(proposals)
    assert len(one) == len(all_of_them)
