"""How fast is the second officer? Demanded: 5,000 values checked at once under 3 s, in a fixed number of statements."""

import time
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from django.db import connection

from indicators.core.access import Worker
from indicators.models import Observation, Proposal, Series
from indicators.services.approval import approve_proposals
from indicators.services.submission import submit_proposals
from monitor.base.core.roles import Role
from tests.factories import AreaFactory, IndicatorFactory, PeriodFactory
from tests.workers import worker

DEMANDED_SECONDS = 3
FEW, MANY = 50, 5_000
AREAS = 500


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
def test_five_thousand_values_checked_under_three_seconds() -> None:
    anna = worker("anna", Role.INVOERDER)
    bram = worker("bram", Role.CONTROLEUR)
    _round_trip(anna, bram, FEW, "2023")  # the first time warms up
    _round_trip(anna, bram, FEW, "2024")
    _round_trip(anna, bram, MANY, "2025")
    _round_trip(anna, bram, MANY, "2025", base=1)


def _round_trip(anna: Worker, bram: Worker, size: int, year: str, base: int = 0) -> None:
    """Submit and check ``size`` values; with ``base`` 1 they follow a figure that stands."""
    _drafts(anna, size, year, base)
    before = Observation.objects.count()
    kind = "herzien" if base else "nieuw"
    _measure(f"{size} {kind}, indienen", lambda: submit_proposals(by=anna, pairs=_pairs()))
    seconds = _measure(f"{size} {kind}, controleren", lambda: approve_proposals(by=bram, pairs=_pairs()))
    assert (Observation.objects.count() - before, Proposal.objects.count()) == (size, 0)
    if seconds > DEMANDED_SECONDS:
        print(f"  LANGZAMER DAN GEVRAAGD ({DEMANDED_SECONDS} s)")


def _drafts(anna: Worker, size: int, year: str, base: int) -> None:
    period = PeriodFactory(code=year)
    _series(size)
    Proposal.objects.bulk_create(
        Proposal(
            series=series,
            period=period,
            value=Decimal(int(year) + series.pk % 37 + base),
            base_revision=base,
            change_kind="bijstelling" if base else "eerste",
            reason="Nagekomen." if base else "",
            entered_by_id=anna.user_id,
            changed_by_id=anna.user_id,
        )
        for series in Series.objects.order_by("pk")[:size]
    )


def _series(size: int) -> None:
    """As many series as asked: ten indicators for five hundred areas."""
    areas = [AreaFactory(code=f"gebied-{number}") for number in range(AREAS)] if size > FEW else [AreaFactory()]
    indicators = [IndicatorFactory() for _ in range((size - Series.objects.count()) // len(areas) + 1)]
    places = ((indicator, area) for indicator in indicators for area in areas)
    missing = max(0, size - Series.objects.count())
    Series.objects.bulk_create(
        Series(indicator=indicator, area=area, variant="realisatie", key=f"{indicator.code}|{area.code}|realisatie|")
        for indicator, area in islice(places, missing)
    )


def _pairs() -> list[tuple[int, int]]:
    return list(Proposal.objects.values_list("pk", "version"))


def _measure(label: str, act: Callable[[], Any]) -> float:
    statements = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    started = time.perf_counter()
    with connection.execute_wrapper(count):
        act()
    seconds = time.perf_counter() - started
    print(f"{connection.vendor}, {label}: {seconds:.2f} s, {statements} opdrachten")
    return seconds
