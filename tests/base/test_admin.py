"""The administration: jobs and the audit trail are read-only, accounts are never deleted."""

import pytest
from django.urls import reverse

from monitor.base.core.audit import rows_digest
from monitor.base.models import Job
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
    assert client.get(reverse("admin:index")).status_code == 302
