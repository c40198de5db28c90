"""How fast do request sheets go out and come in? Demanded: 120 rows made under 1 s, read and planned under 1 s."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from indicators.importing.delivery import confirm_delivery, make_plan
from indicators.models import Observation, Proposal, Round, RoundItem, Series, Supplier
from indicators.services.deliveries import receive_delivery
from indicators.services.requests import make_request
from monitor.base.core.roles import Role
from tests.factories import IndicatorFactory, PeriodFactory, PublicationFactory, RoundFactory, SeriesFactory
from tests.indicators.deliveries.supplier import FIRST_ROW, Workbook
from tests.workers import worker

ROWS = 120
DEMANDED_SECONDS = 1.0


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
def test_a_sheet_of_120_rows_goes_out_and_comes_in(settings: Any, tmp_path: Path) -> None:
    settings.REQUEST_DIR, settings.DELIVERY_DIR = tmp_path / "uit", tmp_path / "in"
    anna = worker("anna", Role.INVOERDER)
    round_, supplier = _asked()
    made = _measure(
        f"{ROWS} rijen, uitvraag maken",
        lambda: make_request(by=anna, round_code=round_.code, supplier_code=supplier.code),
    )
    book = Workbook(made.content)
    at = book.grid.column("waarde")
    for number, row in enumerate(book.grid.cells[FIRST_ROW:]):
        row[at] = 1_000 + number
    content = book.save()
    received = _measure(
        f"{ROWS} rijen, ontvangen",
        lambda: receive_delivery(by=anna, round_code=round_.code, file_name="a.xlsx", content=content),
    )
    plan = _measure(f"{ROWS} rijen, lezen en plannen", lambda: make_plan(received.delivery))
    assert plan.counts["nieuw"] == ROWS
    _measure(
        f"{ROWS} rijen, bevestigen",
        lambda: confirm_delivery(by=anna, delivery=received.delivery, digest=plan.digest),
    )
    assert Proposal.objects.count() == ROWS


def _asked() -> tuple[Round, Supplier]:
    """A round that asks one supplier for 120 series of 40 indicators, each with six years of figures."""
    round_, supplier = (
        RoundFactory(code="2026-2", state="open"),
        Supplier.objects.create(code="politie", name="Politie"),
    )
    years = [PeriodFactory(code=str(year)) for year in range(2018, 2025)]
    series: list[Series] = []
    for _ in range(ROWS // 3):
        indicator = IndicatorFactory(version__definition="Zo geteld, met een uitleg die over twee regels loopt. " * 3)
        series += [SeriesFactory(indicator=indicator, variant=variant) for variant in ("realisatie", "plan", "raming")]
    publication = PublicationFactory()
    Observation.objects.bulk_create(
        Observation(
            series=one, period=period, value=900 + number, status="definitief", certainty="zeker", basis="published",
            publication=publication, known_from="2020-01-01T00:00Z", public_from="2020-01-01T00:00Z",
        )
        for one in series
        for number, period in enumerate(years[:-1])
    )  # fmt: skip
    RoundItem.objects.bulk_create(
        RoundItem(round=round_, series=one, period=years[-1], supplier=supplier) for one in series
    )
    return round_, supplier


def _measure(label: str, act: Callable[[], Any]) -> Any:
    statements = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    started, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        result = act()
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    slow = f"  LANGZAMER DAN GEVRAAGD ({DEMANDED_SECONDS} s)" if seconds > DEMANDED_SECONDS else ""
    print(f"{connection.vendor}, {label}: {seconds:.3f} s (rekentijd {worked:.3f} s), {statements} opdrachten{slow}")
    return result
