"""An administrator gives roles and limits people to themes; nobody else does."""

import pytest
from django.test import Client

from indicators.models import ThemeAccess
from indicators.queries.workers import worker_of
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from tests.factories import ThemeFactory
from tests.workers import person

pytestmark = pytest.mark.django_db


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def els():
    return person("els", Role.RAADPLEGER)


@pytest.fixture
def beheerder():
    return person("bea", Role.BEHEERDER)


def test_roles_and_themes_are_set_as_chosen_and_recorded(els, beheerder):
    theme, other = ThemeFactory(code="geld"), ThemeFactory(code="ander")
    below = ThemeFactory(code="onder", parent=theme)
    client, address = browser(beheerder), f"/personen/{els.pk}/"
    posted = {"roles": ["invoerder", "controleur"], "themes": [theme.pk]}
    assert "De toegang van els is opgeslagen." in client.post(address, posted, follow=True).content.decode()
    worker = worker_of(User.objects.get(pk=els.pk))
    assert worker.roles == {Role.INVOERDER, Role.CONTROLEUR}
    assert worker.themes == {theme.pk, below.pk}
    assert other.pk not in worker.themes
    record = AuditRecord.objects.get(act="toegang gewijzigd")
    assert record.detail == {"rollen": "controleur, invoerder", "thema's": "geld"}
    client.post(address, {"roles": ["invoerder"]})
    assert worker_of(User.objects.get(pk=els.pk)).themes is None
    assert not ThemeAccess.objects.exists()
    assert "els" in client.get("/personen/").content.decode()


def test_one_cannot_lock_oneself_out(beheerder):
    answer = browser(beheerder).post(f"/personen/{beheerder.pk}/", {"roles": ["invoerder"]})
    assert answer.status_code == 409
    assert "U kunt uzelf de rol beheerder niet afnemen" in answer.content.decode()
    assert User.objects.get(pk=beheerder.pk).roles == {Role.BEHEERDER}


@pytest.mark.parametrize("posted", [{"roles": ["koning"]}, {"roles": ["invoerder"], "themes": ["999999"]}])
def test_what_was_never_offered_is_refused_and_recorded(els, beheerder, posted):
    assert browser(beheerder).post(f"/personen/{els.pk}/", posted).status_code == 404
    assert AuditRecord.objects.get().outcome == "geweigerd"
    assert User.objects.get(pk=els.pk).roles == {Role.RAADPLEGER}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BEHEERDER])
def test_nobody_else_has_this_door(els, role):
    client = browser(person("iemand", role))
    assert client.get("/personen/").status_code == 403
    assert client.post(f"/personen/{els.pk}/", {"roles": ["beheerder"]}).status_code == 403
    assert User.objects.get(pk=els.pk).roles == {Role.RAADPLEGER}


def test_somebody_who_does_not_exist_has_no_page(beheerder):
    assert browser(beheerder).get("/personen/999999/").status_code == 404
