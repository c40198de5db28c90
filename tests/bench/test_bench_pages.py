"""How fast are the pages? Demanded: the indicator page and the lists under 50 ms server time at the median."""

import statistics
import time

import pytest
from django.test import Client

from indicators.importing.figures import apply_load, plan_load
from indicators.importing.seed_files import read_seed_files
from indicators.models import Indicator

DEMANDED_MILLISECONDS = 50
ROUNDS = 15


@pytest.mark.bench
@pytest.mark.django_db
def test_pages_under_fifty_milliseconds() -> None:
    apply_load(plan_load(read_seed_files()))
    codes = list(Indicator.objects.order_by("code").values_list("code", flat=True))
    _measure("elke indicatorpagina, één keer", [f"/indicatoren/{code}/" for code in codes])
    paths = (
        "/",
        "/themas/",
        "/themas/politie-en-samenleving/",
        "/themas/voorkomen/",
        "/indicatoren/",
        "/indicatoren/?q=verzuim",
        "/indicatoren/gtpa-incidenten/",
        "/indicatoren/ondermijningsgelden-besteding-deelopgave/?uitsplitsing=deelopgave&variant=plan",
        "/feiten/",
        "/rapporten/",
    )
    for path in paths:
        _measure(path, [path] * ROUNDS)


def _measure(label: str, paths: list[str]) -> None:
    """Print the median and the slowest; the first visit compiles the templates and is not counted."""
    client = Client()
    client.get(paths[0])
    times = []
    for path in paths:
        started = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append((time.perf_counter() - started) * 1000)
    median = statistics.median(times)
    verdict = "" if median < DEMANDED_MILLISECONDS else f"  LANGZAMER DAN GEVRAAGD ({DEMANDED_MILLISECONDS} ms)"
    print(f"{label}: mediaan {median:.0f} ms, langste {max(times):.0f} ms{verdict}")
