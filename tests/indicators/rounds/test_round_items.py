"""Steering a round: assigning figures, asking for more or less, the days of the steps, the contacts of suppliers."""

from datetime import date

import pytest

from indicators.models import Proposal, RoundItem, Supplier, ThemeAccess
from indicators.queries.workers import worker_of
from indicators.services.approval import approve_proposals
from indicators.services.round_items import (
    Assignment,
    add_items,
    assign_items,
    change_supplier,
    remove_item,
    set_steps,
)
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from tests.factories import SeriesFactory, SourceFactory, ThemeFactory
from tests.indicators.proposals.desk import pairs
from tests.workers import person, worker

DUE = Assignment(frozenset({"datum"}), due=date(2025, 11, 10))


@pytest.fixture
def redacteur(desk):
    return worker("rosa", Role.REDACTEUR)


@pytest.fixture
def item(desk):
    return RoundItem.objects.get(round=desk.round, series=desk.series)


@pytest.fixture
def other(desk):
    """A second figure of the round."""
    series = SeriesFactory(indicator=desk.indicator, variant="plan")
    desk.ask(series)
    return RoundItem.objects.get(series=series)


def test_a_selection_gets_an_owner_a_supplier_and_a_day_at_once_and_nothing_else_changes(desk, redacteur, item, other):
    politie = Supplier.objects.create(code="politie", name="Politie")
    owner = person("anna", Role.INVOERDER)
    everything = Assignment(frozenset({"eigenaar", "leverancier", "datum"}), owner.pk, politie.pk, date(2025, 11, 10))
    assert assign_items(by=redacteur, code=desk.round.code, item_ids=[item.pk, other.pk], assignment=everything) == 2
    assert assign_items(by=redacteur, code=desk.round.code, item_ids=[other.pk], assignment=DUE) == 1
    for one in RoundItem.objects.all():
        assert (one.owner, one.supplier, one.due) == (owner, politie, date(2025, 11, 10))
    record = AuditRecord.objects.get(number=1)
    assert (record.act, record.subject) == ("gevraagde cijfers toegewezen", desk.round.code)
    assert record.detail == {"eigenaar": "anna", "leverancier": "politie", "datum": "2025-11-10"}
    assert record.counts == {"cijfers": 2}


def test_a_figure_of_another_round_in_the_selection_stops_all_of_it(desk, redacteur, item):
    with pytest.raises(NotThere):
        assign_items(by=redacteur, code=desk.round.code, item_ids=[item.pk, 999_999], assignment=DUE)
    item.refresh_from_db()
    assert item.due is None


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        (Assignment(frozenset()), "Kies wat er moet veranderen"),
        (Assignment(frozenset({"leverancier"}), supplier_id=999_999), "leverancier bestaat niet"),
        (Assignment(frozenset({"eigenaar"}), owner_id=999_999), "eigenaar bestaat niet"),
    ],
)
def test_what_cannot_be_set_is_refused_with_a_reason(desk, redacteur, item, assignment, said):
    with pytest.raises(MonitorError, match=said):
        assign_items(by=redacteur, code=desk.round.code, item_ids=[item.pk], assignment=assignment)


def test_who_cannot_enter_figures_cannot_own_one(desk, redacteur, item):
    reader = person("lezer", Role.RAADPLEGER)
    assignment = Assignment(frozenset({"eigenaar"}), owner_id=reader.pk)
    with pytest.raises(MonitorError, match="lezer voert geen cijfers in"):
        assign_items(by=redacteur, code=desk.round.code, item_ids=[item.pk], assignment=assignment)


def test_an_author_does_not_steer_and_a_closed_round_stands_still(desk, redacteur, item):
    with pytest.raises(NotAllowed, match="beheerder of redacteur"):
        assign_items(by=desk.anna, code=desk.round.code, item_ids=[item.pk], assignment=DUE)
    desk.close_round()
    for act in (
        lambda: assign_items(by=redacteur, code=desk.round.code, item_ids=[item.pk], assignment=DUE),
        lambda: add_items(by=redacteur, code=desk.round.code, series_ids=[desk.series.pk], period="2023"),
        lambda: remove_item(by=redacteur, code=desk.round.code, item_id=item.pk),
        lambda: set_steps(by=redacteur, code=desk.round.code, due={}),
    ):
        with pytest.raises(NotAllowed, match="is gesloten"):
            act()


def test_who_is_limited_to_a_theme_steers_only_that(desk, item):
    limited = person("els", Role.REDACTEUR)
    ThemeAccess.objects.create(user=limited, theme=ThemeFactory())
    with pytest.raises(NotAllowed, match="geen toegang"):
        assign_items(by=worker_of(limited), code=desk.round.code, item_ids=[item.pk], assignment=DUE)
    with pytest.raises(NotAllowed, match="geen toegang"):
        add_items(by=worker_of(limited), code=desk.round.code, series_ids=[desk.series.pk], period="2020")


def test_a_series_that_is_asked_for_as_well_has_the_supplier_of_its_source_and_the_day_of_the_step(desk, redacteur):
    set_steps(by=redacteur, code=desk.round.code, due={"aanlevering": date(2025, 11, 10)})
    Supplier.objects.create(code="om", name="Openbaar ministerie", holders=["OM"])
    fresh = SeriesFactory(indicator__source=SourceFactory(holder="OM"))
    assert add_items(by=redacteur, code=desk.round.code, series_ids=[fresh.pk], period="2023") == 1
    made = RoundItem.objects.get(series=fresh)
    assert (made.period.code, made.supplier.code, made.due) == ("2023", "om", date(2025, 11, 10))
    with pytest.raises(Conflict, match="vraagt dat al over 2023"):
        add_items(by=redacteur, code=desk.round.code, series_ids=[fresh.pk], period="2023")


def test_a_period_that_is_none_is_refused_with_the_forms_that_are(desk, redacteur):
    with pytest.raises(MonitorError, match=r"is geen periode\. Mogelijk zijn"):
        add_items(by=redacteur, code=desk.round.code, series_ids=[desk.series.pk], period="vorig jaar")


def test_a_figure_is_taken_out_of_the_round_unless_a_value_is_under_way(desk, redacteur, item, other):
    proposal = desk.submitted("100")
    with pytest.raises(Conflict, match="een waarde onderweg"):
        remove_item(by=redacteur, code=desk.round.code, item_id=item.pk)
    remove_item(by=redacteur, code=desk.round.code, item_id=other.pk)
    approve_proposals(by=desk.bram, pairs=pairs(proposal))
    remove_item(by=redacteur, code=desk.round.code, item_id=item.pk)
    assert not RoundItem.objects.exists()
    assert not Proposal.objects.exists()
    assert desk.current().value == 100
    acts = list(AuditRecord.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["cijfer uit ronde gehaald", "cijfers gecontroleerd", "cijfer uit ronde gehaald"]


def test_steps_are_set_and_taken_away_and_stand_in_order(desk, redacteur):
    days = {"aanlevering": date(2025, 11, 10), "controle": date(2025, 11, 21)}
    set_steps(by=redacteur, code=desk.round.code, due=days)
    set_steps(by=redacteur, code=desk.round.code, due={"controle": date(2025, 11, 24)})
    assert list(desk.round.steps.values_list("kind", "due")) == [("controle", date(2025, 11, 24))]
    with pytest.raises(MonitorError, match=r"controle \(1 november 2025\) ligt vóór de stap aanlevering"):
        set_steps(by=redacteur, code=desk.round.code, due={**days, "controle": date(2025, 11, 1)})
    assert desk.round.steps.get().due == date(2025, 11, 24)


def test_only_an_administrator_keeps_the_contacts_of_suppliers(desk, redacteur):
    Supplier.objects.create(code="om", name="OM")
    contact = {"code": "om", "contact_name": "J. de Vries", "contact_email": "j@voorbeeld.nl"}
    with pytest.raises(NotAllowed):
        change_supplier(by=redacteur, **contact)
    change_supplier(by=worker("bea", Role.BEHEERDER), **contact)
    assert Supplier.objects.get().contact_email == "j@voorbeeld.nl"
    with pytest.raises(NotThere):
        change_supplier(by=worker("bea"), **{**contact, "code": "xx"})
