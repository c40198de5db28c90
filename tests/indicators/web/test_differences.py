"""What changed in a theme between two moments: the page, the sheet, and what the public may see of it."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from indicators.models import Observation
from monitor.base.core.roles import Role
from tests.indicators.web.test_browse import page, text_of
from tests.indicators.web.test_history import FIRST_REASON, KEY, YEAR, day, signed_in
from tests.indicators.web.test_indicator_page import revise

pytestmark = pytest.mark.usefixtures("figures")

THEME = "/themas/ontwikkeling-politiewerk/"


@pytest.fixture
def before():
    """Two days ago: the figure was revised yesterday."""
    moment = timezone.now() - timedelta(days=2)
    since = moment + timedelta(days=1)
    revise(KEY, YEAR, "800000", known_from=since, public_from=since)
    return moment


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_revised_figure_stands_with_old_new_difference_and_reason(client, before):
    text = text_of(page(client, f"{THEME}verschil/?van={day(before)}"))
    assert "1 herzien, 0 nieuw, 0 vervallen" in text
    assert f"2024 herzien 803.155 800.000 3.155 minder Correctie: {FIRST_REASON}" in text


def test_nothing_changed_says_so_and_without_a_moment_there_is_only_the_question(client, before):
    today = day(timezone.now())
    assert "niets veranderd" in text_of(page(client, f"{THEME}verschil/?van={today}"))
    assert "Kies een moment" in text_of(page(client, f"{THEME}verschil/"))


def test_a_figure_that_was_not_there_yet_is_new(client):
    published = Observation.objects.get(series__key=KEY, period__code=YEAR).public_from
    rows = rows_of(client.get(f"{THEME}verschil.csv?van={day(published - timedelta(days=3))}&tot={day(published)}"))
    assert {"nieuw"} == {row["Wat"] for row in rows}
    assert "803155" in {row["Nieuwe waarde"] for row in rows if row["Periode (code)"] == YEAR}


def test_the_sheet_has_the_same(client, before):
    answer = client.get(f"{THEME}verschil.csv?van={day(before)}")
    (row,) = rows_of(answer)
    assert (row["Wat"], row["Oude waarde"], row["Nieuwe waarde"], row["Verschil"]) == (
        "herzien",
        "803155",
        "800000",
        "-3155",
    )
    assert f"-{day(before)}-{day(timezone.now())}.csv" in answer["Content-Disposition"]


def test_a_revision_under_embargo_is_no_difference_for_the_public(client):
    before = timezone.now() - timedelta(days=1)
    revise(KEY, YEAR, "800000", known_from=timezone.now() - timedelta(hours=1), public_from=None)
    path = f"{THEME}verschil/?van={day(before)}"
    officer = signed_in("redacteur", Role.REDACTEUR)
    assert "800.000" in text_of(page(officer, path))
    assert "niets veranderd" in text_of(page(officer, f"{path}&soort=gepubliceerd"))
    for query in ("", "&soort=bekend"):
        text = text_of(page(client, path + query))
        assert "800.000" not in text
        assert FIRST_REASON not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?van=gisteren", "‘gisteren’ is geen datum"),
        ("?van=2025-06-01&tot=morgen", "‘morgen’ is geen datum"),
        ("?van=2025-06-01&tot=2025-01-01", "ligt na het tweede"),
        ("?van=2999-01-01", "moet nog komen"),
    ],
)
def test_moments_that_cannot_be_compared_are_said(client, query, said):
    answer = client.get(f"{THEME}verschil/{query}")
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert client.get(f"{THEME}verschil.csv{query}").status_code == 404


def test_an_unknown_theme_is_not_there(client):
    assert client.get("/themas/bestaat-niet/verschil/?van=2025-01-01").status_code == 404


def test_the_number_of_statements_is_fixed(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as many:
        client.get(f"{THEME}verschil/?van=2020-01-01")
    with django_assert_max_num_queries(len(many)):
        client.get(f"{THEME}verschil/?van=2026-01-01")
