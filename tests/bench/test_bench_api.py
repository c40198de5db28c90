"""How fast is the API? Demanded: a page of fifty under 50 ms server time at the median."""

import statistics
import time

import pytest
from django.test import Client

from indicators.importing.figures import apply_load, plan_load
from indicators.importing.seed_files import read_seed_files

DEMANDED_MILLISECONDS = 50
ROUNDS = 25
ADDRESSES = (
    "/api/v1/indicatoren",
    "/api/v1/indicatoren?zoek=geweld",
    "/api/v1/indicatoren/gtpa-incidenten",
    "/api/v1/waarnemingen",
    "/api/v1/waarnemingen?indicator=gtpa-incidenten&uitsplitsing=soort-geweld&periodeVan=2022",
    "/api/v1/rapportages",
    "/api/v1/openapi.json",
)


@pytest.mark.bench
@pytest.mark.django_db
def test_answers_under_fifty_milliseconds() -> None:
    apply_load(plan_load(read_seed_files()))
    client = Client()
    for address in ADDRESSES:
        assert client.get(address).status_code == 200
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - started) * 1000)
        median = statistics.median(times)
        verdict = "" if median < DEMANDED_MILLISECONDS else f"  LANGZAMER DAN GEVRAAGD ({DEMANDED_MILLISECONDS} ms)"
        print(f"{address}: mediaan {median:.0f} ms, langste {max(times):.0f} ms{verdict}")
