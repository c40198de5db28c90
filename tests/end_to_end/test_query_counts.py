"""How many statements a page takes, kept in ``tests/query_counts.json``: a page that needs more must say so there.

``python -m pytest tests/end_to_end/test_query_counts.py`` names the difference; write the new number after looking why.
"""

import json
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import Fact, Indicator
from monitor.base.core.roles import Role
from tests.end_to_end.pages import PAGES, VisitedPage
from tests.end_to_end.world import fill

COUNTS = Path(__file__).resolve().parents[1] / "query_counts.json"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db, settings, tmp_path):
    settings.OUTPUT_DIR = tmp_path
    cache.clear()
    return fill(tmp_path)


def statements(page: VisitedPage, people) -> int:
    client = Client()
    if page.role is not None:
        client.force_login(people[page.role])
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page.path).status_code == page.status
    return len(captured)


def test_every_page_takes_as_many_statements_as_is_written_down(people):
    counted = {page.name: statements(page, people) for page in PAGES if not page.click}
    assert counted == json.loads(COUNTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("role", [None, Role.REDACTEUR])
def test_a_page_takes_the_same_number_however_much_it_shows(people, role):
    """Lists of one and of many, themes large and small, indicators with much and with little: the number is fixed."""

    def count(path: str) -> int:
        return statements(VisitedPage(path, path, role), people)

    large = count("/themas/voorkomen/")
    assert count("/themas/online-criminaliteit/") <= large
    assert {count(f"/indicatoren/?pagina={number}") for number in range(1, 6)} == {count("/indicatoren/")}
    counted = {code: count(f"/indicatoren/{code}/") for code in Indicator.objects.values_list("code", flat=True)[::7]}
    largest = ("gtpa-incidenten", "misdrijven-geregistreerd")  # many readings; a revised figure
    assert max(counted.values()) <= max(count(f"/indicatoren/{code}/") for code in largest)
    before, now = count("/feiten/"), timezone.now()
    Fact.objects.filter(pk__in=list(Fact.objects.values_list("pk", flat=True)[:90])).update(known_to=now, public_to=now)
    assert count("/feiten/") == before
