"""Demo accounts: one per role, made once, kept for the owner only, and never outside the demonstration."""

import stat

import pytest
from django.core.management import CommandError, call_command

from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from monitor.base.services.people import demo_accounts_file, ensure_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path


def test_every_role_gets_an_account_that_can_sign_in(demo, client):
    accounts = ensure_demo_accounts()
    assert {account.role for account in accounts} == set(Role)
    for account in accounts:
        assert client.login(username=account.username, password=account.password)
        assert User.objects.get(username=account.username).roles == {account.role}


def test_only_the_beheerder_enters_the_administration(demo):
    ensure_demo_accounts()
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["beheerder"]


def test_a_second_time_nothing_is_made_and_the_passwords_stay(demo):
    assert ensure_demo_accounts() == ensure_demo_accounts()
    assert User.objects.count() == len(Role)
    assert AuditRecord.objects.count() == 1


def test_the_passwords_are_readable_by_the_owner_only(demo):
    ensure_demo_accounts()
    assert stat.S_IMODE(demo_accounts_file().stat().st_mode) == 0o600


def test_a_new_database_takes_the_passwords_that_were_kept(demo, client):
    kept = ensure_demo_accounts()
    User.objects.filter(username=kept[0].username).update(password="!")
    assert ensure_demo_accounts() == kept
    assert client.login(username=kept[0].username, password=kept[0].password)


def test_outside_the_demonstration_it_is_refused(settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = False, tmp_path
    with pytest.raises(CommandError, match="MONITOR_DEMO=1") as refused:
        call_command("demo_accounts")
    assert refused.value.returncode == 2
    assert not User.objects.exists()
    assert not demo_accounts_file().exists()


def test_a_broken_file_is_a_sentence(demo):
    demo_accounts_file().write_text("onzin zonder tab\n")
    with pytest.raises(CommandError, match="is niet te lezen"):
        call_command("demo_accounts")
