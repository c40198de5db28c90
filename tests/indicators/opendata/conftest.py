from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indicators.core.opendata.profiles import read_profile
from indicators.importing.opendata.addresses import AddressRules
from indicators.importing.opendata.fetching import FetchBounds, Fetcher
from indicators.importing.opendata.patience import Patience
from indicators.importing.opendata.transport import Bounds, SafeOpener
from tests.indicators.opendata.service import Service, house_prices, neighbourhoods, reaction_times


@pytest.fixture
def service() -> Iterator[Service]:
    found = Service()
    for table in (house_prices(), neighbourhoods(), reaction_times()):
        found.tables[table.name] = table
    found.start()
    yield found
    found.stop()


@pytest.fixture
def waits() -> list[float]:
    """The seconds that somebody would have waited."""
    return []


@pytest.fixture
def opener(service: Service) -> SafeOpener:
    rules = AddressRules(hosts=[service.host], scheme="http", may_be_inside=True)
    return SafeOpener(rules, Bounds(connect_seconds=2, silence_seconds=2, answer_seconds=0.6, answer_bytes=2 * 2**20))


@pytest.fixture
def fetcher(service: Service, opener: SafeOpener, tmp_path: Path, waits: list[float]) -> Callable[..., Fetcher]:
    """A fetcher for a profile (as JSON content, made for the local service)."""

    def make(content: dict[str, Any], *, rows_per_page: int = 10_000, **options: Any) -> Fetcher:
        patience = Patience(sleep=waits.append, chance=lambda: 0.0)
        bounds = FetchBounds(rows_per_page=rows_per_page)
        settings = {"scheme": "http", "patience": patience, "bounds": bounds} | options
        return Fetcher(read_profile(content | {"host": service.host}), opener, tmp_path, **settings)

    return make
