"""The administration: jobs and the audit trail are read-only, accounts are never deleted."""

import pytest
from django.test import Client
from django.urls import reverse

from monitor.base.core.audit import rows_digest
from monitor.base.models import AuditRecord, Job
from monitor.base.services.audit import record_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    record = record_act(actor=None, act="proef", subject="x", counts={}, rows_digest=rows_digest([]))
    return {"job": Job.objects.create(kind="x", label="Proeftaak").pk, "auditrecord": record.pk}


@pytest.mark.parametrize("model", ["job", "auditrecord"])
def test_rows_are_shown_and_cannot_be_written(admin_client, rows, model):
    page = admin_client.get(reverse(f"admin:base_{model}_changelist"))
    assert page.status_code == 200
    one = reverse(f"admin:base_{model}_change", args=[rows[model]])
    assert admin_client.get(one).status_code == 200
    assert admin_client.post(one, {}).status_code == 403
    assert (
        admin_client.post(reverse(f"admin:base_{model}_delete", args=[rows[model]]), {"post": "yes"}).status_code == 403
    )
    assert admin_client.get(reverse(f"admin:base_{model}_add")).status_code == 403


def test_an_account_cannot_be_deleted(admin_client, admin_user):
    address = reverse("admin:base_user_delete", args=[admin_user.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 403


def test_an_ordinary_person_has_no_entrance(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("piet"))
    assert client.get(reverse("admin:index")).status_code == 403


def test_a_form_that_did_not_come_from_our_own_page_is_refused_and_recorded(django_user_model):
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_user("iemand"))
    assert client.post("/account/wachtwoord/", {"old_password": "x"}).status_code == 403
    record = AuditRecord.objects.get()
    assert (record.actor_name, record.act, record.subject) == ("iemand", "formulier versturen", "/account/wachtwoord/")
    assert record.outcome == "geweigerd"


def test_a_page_that_does_not_exist_is_no_refusal(admin_client):
    assert admin_client.get("/bestaat-niet/").status_code == 404
    assert not AuditRecord.objects.exists()
