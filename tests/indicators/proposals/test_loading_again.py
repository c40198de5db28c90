"""Published history that is loaded again, after a figure of it was revised in a round."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.models import Observation
from indicators.services.catalogue import Counts
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.errors import MonitorError
from tests.factories import LONG_AGO, PublicationFactory


@pytest.fixture
def published(desk) -> PublishedValue:
    value = PublishedValue(
        series_id=desk.series.pk,
        period_id=desk.period.pk,
        value=Decimal(95),
        publication_id=PublicationFactory().pk,
        known_from=LONG_AGO,
        public_from=LONG_AGO,
        decimals=0,
        status="definitief",
        certainty="zeker",
        reason="Het seedbestand is verbeterd.",
    )
    record_published([value])
    return value


def test_it_leaves_what_was_checked_since(desk, published):
    desk.checked("96", change_kind="correctie", reason="Typefout.")
    assert record_published([published]) == Counts(same=1)
    assert desk.current().value == 96
    assert Observation.objects.count() == 2


def test_it_still_refuses_another_published_value_from_before_the_check(desk, published):
    desk.checked("96", change_kind="correctie", reason="Typefout.")
    with pytest.raises(MonitorError, match="kan niet eerder bekend zijn"):
        record_published([replace(published, value=Decimal(94))])
