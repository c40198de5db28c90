"""A late change outside any round: the form, the second person, and what is refused."""

import pytest
from django.test import Client

from indicators.models import Observation, Proposal, ThemeAccess
from monitor.base.core.roles import Role
from tests.factories import (
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    RoundFactory,
    SeriesFactory,
    ThemeFactory,
)
from tests.workers import person

pytestmark = pytest.mark.django_db
ADDRESS = "/indicatoren/zaken/herzien/?reeks=zaken|nederland|realisatie|&periode=2024"


@pytest.fixture
def figure():
    series = SeriesFactory(indicator=IndicatorFactory(code="zaken"))
    return ObservationFactory(series=series, period=PeriodFactory(code="2024"), value=100)


def browser(name, *roles):
    client = Client()
    client.force_login(person(name, *roles))
    return client


@pytest.fixture
def anna(figure):
    return browser("anna", Role.INVOERDER)


@pytest.fixture
def bram(figure):
    return browser("bram", Role.CONTROLEUR)


def typed(value="101", **fields):
    return {
        "version": 0, "value": value, "status": "definitief", "change_kind": "correctie", "reason": "Typefout.",
        "act": "indienen", **fields,
    }  # fmt: skip


def test_two_people_change_a_figure_that_no_round_asks_for(figure, anna, bram):
    assert 'value="100"' in anna.get(ADDRESS).content.decode()
    answer = anna.post(ADDRESS, typed(), follow=True)
    assert "De herziening staat ter controle." in answer.content.decode()
    proposal = Proposal.objects.get()
    assert (proposal.round, proposal.state, proposal.base_revision) == (None, "ter-controle", 1)
    assert "buiten een ronde" in bram.get("/controle/").content.decode()
    assert bram.post("/controle/besluit/", {"one": f"{proposal.pk}:{proposal.version}"}).status_code == 302
    now = Observation.objects.get(known_to__isnull=True)
    assert (now.value, now.revision, now.change_kind, now.reason) == (101, 2, "correctie", "Typefout.")
    assert (now.entered_by.username, now.approved_by.username) == ("anna", "bram")


def test_the_door_is_on_the_pages_of_the_figure_for_those_who_enter_figures(anna, bram):
    for path in ("/indicatoren/zaken/", "/indicatoren/zaken/verloop/?reeks=zaken|nederland|realisatie|&periode=2024"):
        assert "/herzien/" in anna.get(path).content.decode()
        for reader in (bram, Client()):
            assert "/herzien/" not in reader.get(path).content.decode()


def test_a_figure_that_an_open_round_asks_for_is_changed_there(figure, anna):
    item = RoundFactory(state="open").items.create(series=figure.series, period=figure.period)
    assert anna.get(ADDRESS).url == f"/rondes/{item.round.code}/cijfers/{item.pk}/"
    item.round.state = "gesloten"
    item.round.save()
    assert anna.get(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "Geef aan wat voor wijziging het is en waarom"),
        ({"value": "honderd"}, "‘honderd’ is geen getal"),
        ({"value": "-3"}, "een telling is nooit negatief"),
    ],
)
def test_what_is_not_right_is_said_on_the_page(anna, fields, said):
    answer = anna.post(ADDRESS, typed(**fields))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Proposal.objects.filter(state="ter-controle").exists()


def test_the_second_at_the_same_figure_loses_nothing(anna):
    anna.post(ADDRESS, typed("101"))
    answer = browser("chris", Role.INVOERDER).post(ADDRESS, typed("102"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "101" in page
    assert 'value="102"' in page


def test_a_change_can_be_withdrawn(anna):
    anna.post(ADDRESS, typed())
    proposal = Proposal.objects.get()
    posted = {"act": "intrekken", "proposal": proposal.pk, "version": proposal.version}
    assert "ingetrokken" in anna.post(ADDRESS, posted, follow=True).content.decode()
    assert not Proposal.objects.exists()


def test_it_is_not_for_readers_checkers_other_themes_or_figures_that_do_not_exist(figure, anna, bram):
    assert browser("lezer", Role.RAADPLEGER).get(ADDRESS).status_code == 403
    assert bram.post(ADDRESS, typed()).status_code == 403
    assert Client().get(ADDRESS).status_code == 302
    for address in (ADDRESS.replace("2024", "1999"), ADDRESS.replace("|realisatie|", "|plan|")):
        assert anna.get(address).status_code == 404
    els = person("els", Role.INVOERDER)
    ThemeAccess.objects.create(user=els, theme=ThemeFactory())
    assert browser("els").post(ADDRESS, typed()).status_code == 404
    assert not Proposal.objects.exists()
