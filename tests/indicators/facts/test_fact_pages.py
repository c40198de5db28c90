"""One-off figures in the browser: added and changed in a line, checked by a colleague."""

import pytest
from django.test import Client

from indicators.models import Fact, FactProposal, Period
from monitor.base.core.roles import Role
from tests.factories import FactFactory, RoundFactory
from tests.workers import person


def browser(name, *roles):
    client = Client()
    client.force_login(person(name, *roles))
    return client


@pytest.fixture
def anna(facts):
    return browser("anna")


@pytest.fixture
def bram(facts):
    return browser("bram")


def typed(facts, value="23", act="indienen", **fields):
    return {
        "version": 0, "name": "Motorbendes verboden", "sentence": "De rechter verbood {waarde} motorbendes.",
        "value": value, "unit": "aantal", "period": "2024", "area": facts.area.pk, "source": facts.source.pk,
        "theme": facts.theme.pk, "variant": "realisatie", "act": act, **fields,
    }  # fmt: skip


def test_two_people_bring_a_fact_from_a_line_to_the_list(facts, anna, bram):
    assert anna.post("/feiten/onderweg/", typed(facts), follow=True).status_code == 200
    page = bram.get("/controle/").content.decode()
    assert "De rechter verbood 23 motorbendes." in page
    posted = {"facts": "motorbendes-verboden:2", "act": "controleren", "terug": "/controle/"}
    answer = bram.post("/controle/losse-cijfers/", posted, follow=True)
    assert "Eén los cijfer is gecontroleerd." in answer.content.decode()
    assert "<strong>23</strong>" in anna.get("/feiten/?q=motorbendes").content.decode()
    assert "Wijzig" in anna.get("/feiten/?q=motorbendes").content.decode()
    assert "Wijzig" not in bram.get("/feiten/?q=motorbendes").content.decode()
    assert "0 losse cijfers" in Client().get("/feiten/?q=motorbendes").content.decode()


def test_a_change_shows_old_against_new_with_the_reason_and_where_it_stood(facts, anna, bram):
    fact = FactFactory(code="opgeleid", theme=facts.theme, area=facts.area)
    change = typed(
        facts, "360", name=fact.name, sentence=fact.sentence, change_kind="correctie", reason="Typefout in de brief."
    )
    assert anna.post("/feiten/opgeleid/wijzigen/", change).status_code == 302
    page = bram.get("/controle/").content.decode()
    for said in ("+10 (+2,9%)", "Typefout in de brief.", "Een correctie moet daar worden gemeld."):
        assert said in page


def test_a_draft_that_is_not_right_is_kept_and_says_why(facts, anna):
    answer = anna.post("/feiten/onderweg/", typed(facts, sentence="De rechter verbood motorbendes."))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Zet {waarde} één keer in de zin" in page
    assert 'value="De rechter verbood motorbendes."' in page
    assert FactProposal.objects.get().state == "concept"


def test_what_is_typed_wrong_comes_back_in_the_line(facts, anna):
    answer = anna.post("/feiten/onderweg/", typed(facts, "1.234"))
    assert answer.status_code == 400
    assert "op twee manieren te lezen" in answer.content.decode()
    answer = anna.post("/feiten/onderweg/", typed(facts, period="ooit"))
    assert answer.status_code == 400
    assert "‘ooit’ is geen periode" in answer.content.decode()
    assert not Period.objects.filter(code="ooit").exists()


def test_the_second_in_one_fact_loses_nothing(facts, anna):
    first = facts.save("23")
    facts.save("24", code=first.code, version=1)
    answer = anna.post(f"/feiten/{first.code}/wijzigen/", typed(facts, "25", act="opslaan", version=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Er staat nu: De rechter verbood 24 motorbendes." in page
    assert 'value="25"' in page


def test_own_and_stale_and_foreign_facts_are_refused(facts, anna, bram):
    own = facts.submitted("23", by=facts.chris)
    posted = {"facts": f"{own.code}:{own.version}", "act": "controleren"}
    assert browser("chris").post("/controle/losse-cijfers/", posted).status_code == 403
    assert bram.post("/controle/losse-cijfers/", {**posted, "facts": f"{own.code}:1"}).status_code == 409
    assert bram.post("/controle/losse-cijfers/", {**posted, "facts": "zonder-versie"}).status_code == 400
    assert anna.post("/controle/losse-cijfers/", posted).status_code == 403
    assert browser("lezer", Role.RAADPLEGER).get("/feiten/onderweg/").status_code == 403
    assert anna.get("/feiten/bestaat-niet/wijzigen/").status_code == 404
    assert not Fact.objects.exists()


def test_after_the_decision_one_comes_back_to_a_page_of_our_own(facts, bram):
    posted = {"facts": "x:1", "act": "controleren", "terug": "//elders.nl/"}
    assert "elders.nl" not in bram.post("/controle/losse-cijfers/", posted).content.decode()


def test_a_fact_of_a_round_stands_in_its_overview_and_its_queue(facts, anna, bram):
    round_ = RoundFactory(state="open", code="2026-9")
    assert anna.post("/feiten/onderweg/", typed(facts, round=round_.pk)).status_code == 302
    assert "Motorbendes verboden" in anna.get("/rondes/2026-9/").content.decode()
    assert "De rechter verbood 23 motorbendes." in bram.get("/rondes/2026-9/controle/").content.decode()


def test_a_fact_is_withdrawn(facts, anna):
    saved = facts.save("23")
    answer = anna.post(f"/feiten/{saved.code}/wijzigen/", {"act": "intrekken", "version": 1}, follow=True)
    assert "Het voorstel is ingetrokken." in answer.content.decode()
    assert anna.get(f"/feiten/{saved.code}/wijzigen/").status_code == 404
