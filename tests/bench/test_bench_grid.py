"""How fast is the grid? Demanded: 200 series × 8 periods under 150 ms server time, a cell saved with its checks under
50 ms, both at the median and in a fixed number of statements."""

import json
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import Observation, Period, RoundItem, Series
from monitor.base.core.roles import Role
from tests.factories import (
    AreaFactory,
    IndicatorFactory,
    PeriodFactory,
    PublicationFactory,
    RoundFactory,
    SeriesFactory,
    ThemeFactory,
)
from tests.workers import person

GRID_MILLISECONDS, SAVE_MILLISECONDS = 150, 50
INDICATORS, AREAS = 20, 10
PAST = [str(year) for year in range(2018, 2025)]
TIMES = 25


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
def test_the_grid_and_a_saved_cell() -> None:
    _round_of_two_hundred_series()
    client = Client()
    client.force_login(person("anna", Role.INVOERDER))
    _measure("rooster van 200 reeksen × 8 perioden", GRID_MILLISECONDS, lambda _: client.get("/rondes/2026-2/rooster/"))
    cells = list(RoundItem.objects.order_by("series__key").values_list("series_id", "period_id"))
    _measure("één cel opslaan, met toetsen", SAVE_MILLISECONDS, lambda turn: _save(client, *cells[turn], "108", 0))
    _measure("dezelfde cel wijzigen, met toetsen", SAVE_MILLISECONDS, lambda turn: _again(client, *cells[0], turn))
    text = "\n".join("105" for _ in cells)
    targets = [[list(cell)] for cell in cells]
    _measure("blok van 200 cellen bekijken", None, lambda _: _post(client, "plakken/", text=text, targets=targets))


def _round_of_two_hundred_series() -> None:
    theme, publication = ThemeFactory(), PublicationFactory()
    areas = [AreaFactory(code=f"eenheid-{number}") for number in range(AREAS)]
    round_ = RoundFactory(code="2026-2", state="open")
    indicators = [IndicatorFactory(theme=theme) for _ in range(INDICATORS)]
    series = [SeriesFactory(indicator=indicator, area=area) for indicator in indicators for area in areas]
    past, asked = [PeriodFactory(code=code) for code in PAST], PeriodFactory(code="2025")
    Observation.objects.bulk_create(
        _figure(one, period, place, publication) for one in series for place, period in enumerate(past)
    )
    RoundItem.objects.bulk_create(RoundItem(round=round_, series=one, period=asked) for one in series)


def _figure(series: Series, period: Period, place: int, publication: Any) -> Observation:
    return Observation(
        series=series, period=period, value=Decimal(100 + place + series.pk % 7), status="definitief",
        certainty="zeker", basis="published", publication=publication, place="regel 1",
        known_from="2020-01-01T00:00:00Z", public_from="2020-01-01T00:00:00Z",
    )  # fmt: skip


def _save(client: Client, series: int, period: int, value: str, version: int) -> HttpResponse:
    changes = {"value": value}
    return _post(client, f"cel/{series}/{period}/", version=version, revision=0, changes=changes)


def _again(client: Client, series: int, period: int, turn: int) -> HttpResponse:
    return _save(client, series, period, str(110 + turn), turn + 1)


def _post(client: Client, path: str, **data: Any) -> HttpResponse:
    answer: Any = client.post(f"/rondes/2026-2/rooster/{path}", json.dumps(data), content_type="application/json")
    return answer


def _measure(label: str, demanded: int | None, act: Callable[[int], HttpResponse]) -> None:
    """Print the median, the slowest and the number of statements; the first time warms up and is not counted."""
    times, statements = [], set()
    for turn in range(TIMES):
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            answer = act(turn)
            times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, answer.content
        statements.add(len(captured))
    median, counted = statistics.median(times[1:]), "-".join(str(one) for one in sorted(statements))
    verdict = f"  LANGZAMER DAN GEVRAAGD ({demanded} ms)" if demanded and median > demanded else ""
    slowest = max(times[1:])
    took = f"mediaan {median:.0f} ms, langste {slowest:.0f} ms"
    print(f"{connection.vendor}, {label}: {took}, {counted} opdrachten{verdict}")
