"""The history of a figure, and every page and download as it stood at an earlier moment."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from indicators.models import Observation, Period, Series
from indicators.services.approval import approve_proposals
from indicators.services.proposals import Place, ProposalContent, save_proposal
from indicators.services.submission import submit_proposals
from monitor.base.core.dates import AMSTERDAM
from monitor.base.core.roles import Role
from tests.indicators.web.test_browse import page, text_of
from tests.indicators.web.test_indicator_page import revise
from tests.workers import person, worker

pytestmark = pytest.mark.usefixtures("figures")

KEY, YEAR = "misdrijven-geregistreerd|nederland|realisatie|", "2024"
INDICATOR = "/indicatoren/misdrijven-geregistreerd/"
ADDRESS = f"{INDICATOR}verloop/?reeks={KEY}&periode={YEAR}"
FIRST_REASON = "Een telfout is hersteld."


@pytest.fixture
def before() -> datetime:
    """A moment at which the first revision was known and public, and the second not yet."""
    first = Observation.objects.get(series__key=KEY, period__code=YEAR)
    moment = timezone.now() - timedelta(days=2)
    assert first.known_from < moment
    return moment


@pytest.fixture
def revised(before) -> Observation:
    """A second revision, known and public since yesterday."""
    since = before + timedelta(days=1)
    revise(KEY, YEAR, "800000", known_from=since, public_from=since)
    return Observation.objects.get(series__key=KEY, period__code=YEAR, revision=2)


def day(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).date().isoformat()


def signed_in(name: str, *roles: Role) -> Client:
    client = Client()
    client.force_login(person(name, *roles))
    return client


def checked_by_two(value: int) -> None:
    """A revision that anna entered and bram checked."""
    anna, bram = worker("anna", Role.INVOERDER), worker("bram", Role.CONTROLEUR)
    place = Place(Series.objects.get(key=KEY).pk, Period.objects.get(code=YEAR).pk)
    content = ProposalContent(
        value=Decimal(value), change_kind="bijstelling", reason="Nageleverd.", explanation="Nagevraagd."
    )
    saved = save_proposal(by=anna, place=place, version=0, content=content)
    outcome = submit_proposals(by=anna, pairs=[(saved.pk, saved.version)])
    assert outcome.submitted, outcome.refused
    saved.refresh_from_db()
    approve_proposals(by=bram, pairs=[(saved.pk, saved.version)])


def test_revisions_stand_with_their_moments_reason_and_difference(client, revised):
    text = text_of(page(client, ADDRESS))
    first = Observation.objects.get(series__key=KEY, period__code=YEAR, revision=1)
    assert "800.000 Geldt nu, revisie 2" in text
    assert text.index("revisie 2, correctie") < text.index("revisie 1 ")
    assert re.search(rf"[\d.]+ (meer|minder) dan revisie 1\. Reden: {FIRST_REASON}", text)
    assert f"Gepubliceerd in {first.publication}, {first.place}" in text
    assert text.count("Vastgelegd") == 2


def test_a_figure_without_revisions_has_a_history_too(client):
    text = text_of(page(client, ADDRESS))
    assert "revisie 1" in text
    assert "revisie 2" not in text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?reeks=x&periode=2024",
        "?reeks=%00&periode=%00",
        f"?reeks={10**30}&periode=2024",
        f"?reeks={KEY}&periode=2099",
        "?reeks=verzuim|nederland|realisatie|&periode=2024",
    ],
)
def test_a_figure_that_does_not_exist_is_not_there(client, query):
    assert client.get(f"{INDICATOR}verloop/{query}").status_code == 404


def test_a_series_may_be_named_by_its_number(client):
    number = Series.objects.get(key=KEY).pk
    assert client.get(f"{INDICATOR}verloop/?reeks={number}&periode={YEAR}").status_code == 200


@pytest.mark.parametrize("path", [ADDRESS, f"{INDICATOR}?"])
def test_pages_show_what_was_published_on_an_earlier_day(client, before, revised, path):
    then = text_of(page(client, f"{path}&soort=gepubliceerd&op={day(before)}"))
    assert "U ziet de cijfers zoals gepubliceerd op" in then
    assert "800.000" not in then
    assert "800.000" in text_of(page(client, path))


def test_chart_and_downloads_follow_the_moment(client, before):
    since = before + timedelta(days=1)
    revise("gtpa-incidenten|nederland|realisatie|", YEAR, "800000", known_from=since, public_from=since)
    indicator, query = "/indicatoren/gtpa-incidenten/", f"?soort=gepubliceerd&op={day(before)}"
    for name in ("cijfers.csv", "grafiek.json"):
        assert "800000" in client.get(f"{indicator}{name}").content.decode(), name
        assert "800000" not in client.get(f"{indicator}{name}{query}").content.decode(), name
    assert "zoals-gepubliceerd-op" in client.get(f"{indicator}cijfers.csv{query}")["Content-Disposition"]
    shown = page(client, f"{indicator}{query}")
    assert f"cijfers.xlsx?soort=gepubliceerd&amp;op={day(before)}" in shown
    assert f'data-query="soort=gepubliceerd&amp;op={day(before)}"' in shown


def test_known_and_published_differ_while_an_embargo_lasts(before):
    revise(KEY, YEAR, "800000", known_from=before, public_from=None)
    reader = signed_in("lezer", Role.RAADPLEGER)
    today = day(timezone.now())
    assert "800.000" in text_of(page(reader, f"{INDICATOR}?soort=bekend&op={today}"))
    assert "800.000" not in text_of(page(reader, f"{INDICATOR}?soort=gepubliceerd&op={today}"))
    text = text_of(page(reader, ADDRESS))
    assert "800.000 Geldt nu, revisie 2 nog niet openbaar" in text
    assert re.search(r"Openbaar is [\d.]+ \(revisie 1\)", text)


@pytest.mark.parametrize("query", ["", "&soort=bekend&op={today}", "&soort=gepubliceerd&op={today}"])
def test_the_public_learns_nothing_of_a_revision_under_embargo(client, before, query):
    revise(KEY, YEAR, "800000", known_from=before, public_from=None)
    text = text_of(page(client, ADDRESS + query.format(today=day(timezone.now()))))
    assert "800.000" not in text
    assert FIRST_REASON not in text
    assert not re.search(r"Bekend vanaf [^.]* uur tot", text)  # nor that the first one was followed


def test_who_works_with_figures_sees_who_did_what(client):
    checked_by_two(812000)
    seen = text_of(page(signed_in("redacteur", Role.REDACTEUR), ADDRESS))
    assert re.search(r"Ingevoerd door anna .*Gecontroleerd door bram", seen)
    assert re.search(r"anna ingevoerd Waarde: 812\.000", seen)
    for visitor in (client, signed_in("lezer", Role.RAADPLEGER)):
        hidden = text_of(page(visitor, ADDRESS))
        assert "anna" not in hidden
        assert "Wat er is gedaan" not in hidden


def test_a_moment_that_is_none_is_said_on_the_page(client):
    for path in (f"{INDICATOR}?op=gisteren", f"{ADDRESS}&op=gisteren"):
        answer = client.get(path)
        assert answer.status_code == 400
        assert "‘gisteren’ is geen datum" in answer.content.decode()
    assert client.get(f"{INDICATOR}cijfers.csv?op=gisteren").status_code == 404


def test_every_figure_leads_to_its_history(client):
    shown = page(client, INDICATOR)
    links = re.findall(r'class="figure-link" href="([^"]+)"', shown)
    assert len(links) == Observation.objects.filter(series__key=KEY, known_to=None).count()
    for link in links[:3]:
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    split = page(client, "/indicatoren/gtpa-incidenten/?uitsplitsing=soort-geweld")
    link = re.findall(r'class="figure-link" href="([^"]+)"', split)[0]
    assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_revisions(client, before, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as first:
        client.get(ADDRESS)
    for number in range(1, 6):
        since = before + timedelta(hours=number)
        revise(KEY, YEAR, f"80{number}000", known_from=since, public_from=since)
    with django_assert_max_num_queries(len(first)):
        client.get(ADDRESS)
