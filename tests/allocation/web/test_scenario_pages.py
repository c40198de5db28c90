"""The pages of what-ifs: filling one in, keeping it, laying several side by side."""

import re

import pytest
from django.test import Client

from allocation.models import Scenario
from allocation.services.refits import make_refit, order_refit
from allocation.services.variants import save_variant
from monitor.base.core.roles import Role
from monitor.base.models import User
from tests.allocation.conftest import person
from tests.allocation.test_refits import SHARES, new

pytestmark = pytest.mark.django_db
SCENARIOS = "/sterkteverdeling/scenarios/"
ON_VARIANT = f"{SCENARIOS}nieuw/?model=variant&kenmerken=2024-open-cijfers"
ON_2025 = f"{SCENARIOS}nieuw/?model=sterktemodel-2025&kenmerken=2024-open-cijfers"
PLAIN = {"name": "Basis", "fte": "1000", "share_0": "75,00", "share_1": "25,00"}


@pytest.fixture
def browser(client: Client, analyst) -> Client:
    client.force_login(User.objects.get(pk=analyst.user_id))
    return client


@pytest.fixture
def variant(loaded, analyst):
    order, _ = order_refit(by=analyst, new=new())
    make_refit(order=order)
    return save_variant(by=analyst, refit_id=order.pk, name="Variant", shares=SHARES)


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_scenario_is_filled_in_kept_and_shown(variant, browser):
    form = browser.get(ON_VARIANT).content.decode()
    assert 'value="75,00"' in form
    assert "Het model zegt niets over hoeveel sterkte er in totaal nodig is" in form
    given = {
        **PLAIN,
        "name": "Meer bijstand",
        "feature_0": "bijstandsontvangers",
        "percent_0": "12,5",
        "place_0": "Eenheid Rotterdam",
        "feature_1": "bedrijven",
        "percent_1": "−2",
        "place_1": "Groningen (GM0014)",
        "part_0_0": "GM0034",
        "part_0_1": "zeewolde",
        "merged_0": "Almere-Zeewolde",
    }
    answer = browser.post(ON_VARIANT, given, follow=True)
    scenario = Scenario.objects.get()
    assert answer.redirect_chain == [(f"{SCENARIOS}vergelijken/?scenario={scenario.pk}", 302)]
    page = text_of(answer)
    assert "Bijstandsontvangers +12,5% in politie-eenheid Rotterdam" in page
    assert "Bedrijven −2% in Groningen" in page
    assert "Almere en Zeewolde worden samen Almere-Zeewolde" in page
    assert "aandelen van clusters" not in page
    assert scenario.inputs["growths"][0]["percent"] == "12.5"


def test_two_scenarios_stand_side_by_side_with_their_differences(variant, browser):
    browser.post(ON_VARIANT, PLAIN)
    moved = {**PLAIN, "name": "Zonder opsporing", "share_0": "100", "share_1": "0", "reason": "Opsporing verhuist."}
    assert browser.post(ON_VARIANT, moved).status_code == 302
    first, second = Scenario.objects.order_by("pk")
    page = browser.get(f"{SCENARIOS}vergelijken/?scenario={first.pk}&scenario={second.pk}")
    assert "Verschil, procentpunt" in text_of(page)
    assert "aandelen van clusters: handhaving 100,0%, opsporing 0,0%; reden: Opsporing verhuist." in text_of(page)
    assert "Basis" in text_of(browser.get(SCENARIOS))


def test_a_share_changes_only_with_the_task_that_moves(variant, browser):
    answer = browser.post(ON_VARIANT, {**PLAIN, "share_0": "80", "share_1": "20"})
    assert answer.status_code == 400
    assert "alleen als een taak naar een ander onderdeel gaat" in text_of(answer)
    assert not Scenario.objects.exists()


def test_the_version_of_2025_says_why_its_clusters_stay_as_they_are(loaded, browser):
    assert "geen gewichten per cluster gepubliceerd" in text_of(browser.get(ON_2025))
    assert "share_0" not in browser.get(ON_2025).content.decode()
    answer = browser.post(ON_2025, PLAIN)
    assert answer.status_code == 400
    assert "Deze kenmerken ontbreken" in text_of(answer)
    partial = browser.post(ON_2025, {**PLAIN, "partial": "on"}, follow=True)
    assert "GEDEELTELIJK" in text_of(partial)


def test_a_scenario_on_invented_features_is_marked(exercise, browser):
    path = ON_2025.replace("2024-open-cijfers", "2024-oefenset")
    answer = browser.post(path, PLAIN, follow=True)
    assert "FICTIEF" in text_of(answer)
    assert "<title>FICTIEF: " in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Naam van het scenario"),
        ({"fte": "0"}, "groter dan nul"),
        ({"fte": "1.000"}, "op twee manieren te lezen"),
        ({"feature_0": "bedrijven"}, "Kies een kenmerk en geef de groei"),
        ({"percent_0": "5"}, "Kies een kenmerk en geef de groei"),
        ({"feature_0": "bedrijven", "percent_0": "5", "place_0": "Atlantis"}, "‘Atlantis’ is niet gevonden"),
        ({"part_0_0": "Atlantis"}, "‘Atlantis’ is niet gevonden"),
        ({"part_0_0": "Almere", "merged_0": "Alleen"}, "ten minste twee gemeenten"),
        ({"feature_0": "bedrijven", "percent_0": "-101"}, "van −100 tot en met 1.000"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_filled_in_stays(variant, browser, given, sentence):
    answer = browser.post(ON_VARIANT, {**PLAIN, "merged_1": "", "reason": "Bewaard.", **given})
    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert "Bewaard." in answer.content.decode()
    assert not Scenario.objects.exists()


def test_a_base_or_a_scenario_that_does_not_exist_is_not_found(loaded, browser):
    assert browser.get(f"{SCENARIOS}nieuw/?model=weg&kenmerken=weg").status_code == 404
    assert browser.get(f"{SCENARIOS}nieuw/").status_code == 404
    answer = browser.get(f"{SCENARIOS}vergelijken/?scenario=999999&scenario=x")
    assert answer.status_code == 400
    assert "Scenario 999999 bestaat niet." in text_of(answer)


def test_others_read_and_cannot_make(variant, client):
    client.force_login(person("lezer", Role.CONTROLEUR))
    assert "Nieuw scenario" not in text_of(client.get(SCENARIOS))
    assert "Bereken en bewaar" not in text_of(client.get(ON_VARIANT))
    assert client.post(ON_VARIANT, PLAIN).status_code == 403
    assert not Scenario.objects.exists()


def test_a_reader_without_work_here_sees_nothing(loaded, client):
    client.force_login(person("lezer", Role.RAADPLEGER))
    for path in (SCENARIOS, ON_2025, f"{SCENARIOS}vergelijken/?scenario=1"):
        assert client.get(path).status_code == 403
