"""Rounds in the browser: who sees them, filling in a figure, the second officer, and every refusal with its status."""

from typing import Any

import pytest
from django.test import Client

from indicators.models import Observation, Proposal, Round, RoundItem, ThemeAccess
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, RoleAssignment, User
from tests.loaded import figures, loaded_figures  # noqa: F401 (fixtures)

pytestmark = pytest.mark.usefixtures("figures")

KEY = "misdrijven-geregistreerd|nederland|realisatie|"


@pytest.fixture
def item() -> RoundItem:
    return RoundItem.objects.get(round__code="2026-2", series__key=KEY)


def person(name: str, *roles: Role) -> Client:
    user = User.objects.create_user(name)
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in roles)
    client = Client()
    client.force_login(user)
    return client


def address(item: RoundItem) -> str:
    return f"/rondes/{item.round.code}/cijfers/{item.pk}/"


def filled(value: str, *, act: str = "indienen", version: int = 0, **fields: Any) -> dict[str, Any]:
    return {"version": version, "value": value, "status": "definitief", "act": act, **fields}


def pair_of(proposal: Proposal) -> str:
    return f"{proposal.pk}:{proposal.version}"


def submitted(client: Client, item: RoundItem, value: str = "810.432") -> Proposal:
    assert client.post(address(item), filled(value)).status_code == 302
    return Proposal.objects.get()


def test_the_open_round_asks_for_the_next_figure_of_every_series_and_for_readings_to_be_confirmed():
    asked = {(i.series.key, i.period.code) for i in RoundItem.objects.filter(round__code="2026-2")}
    assert (KEY, "2025") in asked
    assert ("zeden-incidenten|nederland|realisatie|", "../2026-11-02") in asked
    assert ("zeden-voorraad|nederland|realisatie|", "2026-11-02") in asked
    assert ("onveiligheidsgevoel-weleens-eigen-buurt|nederland|realisatie|", "2017") in asked


def test_two_people_bring_a_figure_from_empty_to_checked(item):
    proposal = submitted(person("invoerder", Role.INVOERDER), item)
    checker = person("controleur", Role.CONTROLEUR)
    page = checker.get("/rondes/2026-2/controle/").content.decode()
    assert "810.432" in page
    assert "0,9% meer dan in 2024" in page
    answer = checker.post(
        "/rondes/2026-2/controle/besluit/", {"pairs": pair_of(proposal), "act": "controleren"}, follow=True
    )
    assert "Eén cijfer is gecontroleerd" in answer.content.decode()
    observation = Observation.objects.get(series__key=KEY, period__code="2025")
    assert (observation.value, observation.basis) == (810_432, "review")
    assert observation.approved_by.get_username() == "controleur"
    assert not Proposal.objects.exists()


def test_who_entered_a_figure_cannot_check_it_and_the_refusal_is_recorded(item):
    both = person("alleskunner", Role.INVOERDER, Role.CONTROLEUR)
    proposal = submitted(both, item)
    answer = both.post("/rondes/2026-2/controle/besluit/", {"pairs": pair_of(proposal), "act": "controleren"})
    assert answer.status_code == 403
    assert "vraag een collega" in answer.content.decode()
    assert AuditRecord.objects.order_by("-number")[0].outcome == "geweigerd"
    assert not Observation.objects.filter(series__key=KEY, period__code="2025").exists()


def test_a_stale_choice_is_refused_and_checks_nothing(item):
    author = person("invoerder", Role.INVOERDER)
    proposal = submitted(author, item)
    seen = pair_of(proposal)
    assert author.post(address(item), filled("811.000", version=proposal.version)).status_code == 302
    answer = person("controleur", Role.CONTROLEUR).post(
        "/rondes/2026-2/controle/besluit/", {"pairs": seen, "act": "controleren"}
    )
    assert answer.status_code == 409
    assert "intussen gewijzigd door invoerder" in answer.content.decode()
    assert Proposal.objects.get().value == 811_000


def test_the_second_in_one_cell_gets_both_values_and_loses_nothing(item):
    assert person("eerste", Role.INVOERDER).post(address(item), filled("810.000", act="opslaan")).status_code == 302
    answer = person("tweede", Role.INVOERDER).post(address(item), filled("799.000", act="opslaan"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "810000" in page
    assert 'value="799.000"' in page
    assert Proposal.objects.get().value == 810_000


def test_handing_back_needs_a_reason_and_tells_it_to_the_author(item):
    author = person("invoerder", Role.INVOERDER)
    proposal = submitted(author, item)
    checker = person("controleur", Role.CONTROLEUR)
    url, chosen = "/rondes/2026-2/controle/besluit/", {"pairs": pair_of(proposal), "act": "teruggeven"}
    assert checker.post(url, chosen).status_code == 400
    assert checker.post(url, {**chosen, "reason": "Is dit zonder aangiften?"}).status_code == 302
    assert "Is dit zonder aangiften?" in author.get(address(item)).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "een telling is nooit negatief"),
        ("803155,5", "zonder decimalen"),
        ("acht", "‘acht’ is geen getal"),
        ("", "Er is nog geen waarde"),
        ("803", "1.000 keer kleiner dan gewoonlijk"),
    ],
)
def test_what_cannot_be_right_is_said_and_not_submitted(item, typed, said):
    author = person("invoerder", Role.INVOERDER)
    answer = author.post(address(item), filled(typed))
    if answer.status_code == 302:
        answer = author.get(address(item))
    assert said in answer.content.decode()
    assert not Proposal.objects.filter(state="ter-controle").exists()


def test_a_warning_that_is_explained_goes_to_the_second_officer(item):
    explained = filled("803", explanation="De telling is gewijzigd.")
    assert person("invoerder", Role.INVOERDER).post(address(item), explained).status_code == 302
    page = person("controleur", Role.CONTROLEUR).get("/rondes/2026-2/controle/").content.decode()
    assert "De telling is gewijzigd." in page


def test_a_figure_that_will_not_come_has_its_reason_in_the_overview(item):
    author = person("invoerder", Role.INVOERDER)
    url = address(item)
    assert author.post(url, {"act": "afmelden", "marker": "niet-geleverd", "reason": ""}).status_code == 400
    assert author.post(url, {"act": "afmelden", "marker": "niet-geleverd", "reason": "Komt in mei."}).status_code == 302
    page = author.get("/rondes/2026-2/?stand=niet-beschikbaar").content.decode()
    assert "Geregistreerde misdrijven" in page


def test_without_an_account_or_a_working_role_rounds_stay_closed(item):
    paths = ["/rondes/", "/rondes/2026-2/", address(item), "/rondes/2026-2/controle/"]
    assert {Client().get(path).status_code for path in paths} == {302}
    reader = person("lezer", Role.RAADPLEGER)
    assert {reader.get(path).status_code for path in paths} == {403}


def test_a_checker_cannot_enter_and_an_author_cannot_check(item):
    assert person("controleur", Role.CONTROLEUR).post(address(item), filled("810.000")).status_code == 403
    proposal = submitted(person("eerste", Role.INVOERDER), item)
    answer = person("tweede", Role.INVOERDER).post(
        "/rondes/2026-2/controle/besluit/", {"pairs": pair_of(proposal), "act": "controleren"}
    )
    assert answer.status_code == 403


def test_a_person_limited_to_a_theme_sees_and_changes_only_that(item):
    client = person("beperkt", Role.INVOERDER)
    other = RoundItem.objects.get(round__code="2026-2", series__key="verzuim|nederland|realisatie|")
    ThemeAccess.objects.create(user=User.objects.get(username="beperkt"), theme=item.series.indicator.theme)
    assert client.get(address(item)).status_code == 200
    assert client.get(address(other)).status_code == 404
    assert client.post(address(other), filled("6,1")).status_code == 404
    assert "Ziekteverzuim" not in client.get("/rondes/2026-2/").content.decode()


def test_nothing_changes_in_a_closed_round(item):
    Round.objects.filter(code="2026-2").update(state="gesloten")
    answer = person("invoerder", Role.INVOERDER).post(address(item), filled("810.000"))
    assert answer.status_code == 403
    assert "is niet open" in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("pairs", ["", "1", "x:y", "999999:1", f"{10**30}:1"])
def test_a_forged_choice_is_refused(pairs):
    answer = person("controleur", Role.CONTROLEUR).post(
        "/rondes/2026-2/controle/besluit/", {"pairs": pairs, "act": "controleren"}
    )
    assert answer.status_code in (400, 409)


def test_taking_back_what_is_no_proposal_is_told_and_takes_nothing_back(item):
    author = person("invoerder", Role.INVOERDER)
    proposal = submitted(author, item)
    for number, version in (("x", "1"), ("", ""), ("²", "1"), (str(10**30), "1"), (str(proposal.pk), "x")):
        answer = author.post(address(item), {"act": "intrekken", "proposal": number, "version": version})
        assert answer.status_code == 409
    assert Proposal.objects.get() == proposal


NEXT = {"source": "2026-2", "code": "2027-2", "name": "tweede halfjaarbericht politie 2027"}
DATES = {"reference_date": "2027-12-31", "cut_off": "2027-11-02"}


def test_the_next_round_is_one_action_that_copies_the_last():
    editor = person("redacteur", Role.REDACTEUR)
    answer = editor.post("/rondes/", {**NEXT, **DATES}, follow=True)
    assert "is begonnen" in answer.content.decode()
    made = Round.objects.get(code="2027-2")
    asked = {(i.series.key, i.period.code): i for i in made.items.select_related("series", "period", "supplier")}
    assert (KEY, "2026") in asked
    assert asked[(KEY, "2026")].supplier == RoundItem.objects.get(round__code="2026-2", series__key=KEY).supplier
    assert ("zeden-incidenten|nederland|realisatie|", "../2027-11-02") in asked
    assert made.steps.get(kind="verzending").due.isoformat() == "2027-12-16"
    assert made.state == "voorbereiding"
    editor.post("/rondes/2027-2/stand/", {"act": "openen"})
    made.refresh_from_db()
    assert made.state == "open"


def test_the_form_of_the_next_round_suggests_its_dates_from_the_rhythm_of_the_last():
    page = person("redacteur", Role.REDACTEUR).get("/rondes/?bron=2026-2").content.decode()
    assert 'value="2027-06-30"' in page
    assert 'value="2027-05-02"' in page
    assert '<option value="2026-2" selected>' in page


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"code": "2025-2"}, 409, "bestaat al"),
        ({"source": "1999-1"}, 404, "Ronde ‘1999-1’ bestaat niet"),
        ({"cut_off": "2028-01-01"}, 400, "De peildatum ligt na de datum van de ronde"),
        ({"cut_off": "morgen"}, 400, "geldige datum in"),
    ],
)
def test_a_round_that_cannot_be_begun_says_why(changed, status, said):
    before = Round.objects.count()
    answer = person("redacteur", Role.REDACTEUR).post("/rondes/", {**NEXT, **DATES, **changed})
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert Round.objects.count() == before


def test_a_round_with_work_under_way_is_not_closed(item):
    submitted(person("invoerder", Role.INVOERDER), item)
    editor = person("redacteur", Role.REDACTEUR)
    answer = editor.post("/rondes/2026-2/stand/", {"act": "sluiten"})
    assert answer.status_code == 409
    assert "nog onderweg: 1" in answer.content.decode()
    Proposal.objects.all().delete()
    assert editor.post("/rondes/2026-2/stand/", {"act": "sluiten"}).status_code == 302
    assert editor.post("/rondes/2026-2/stand/", {"act": "sluiten"}).status_code == 409


def test_an_author_does_not_steer_rounds():
    author = person("invoerder", Role.INVOERDER)
    assert author.post("/rondes/", {**NEXT, **DATES}).status_code == 403
    assert author.post("/rondes/2026-2/stand/", {"act": "sluiten"}).status_code == 403
