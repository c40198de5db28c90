"""Two roles on PostgreSQL: what is said where there is none. The roles themselves are tried in ``tests/services``."""

import pytest
from django.core.management import call_command
from django.db import connection

from monitor.base.core.errors import MonitorError
from monitor.base.management.base import Fout
from monitor.base.migration_operations import ForbidChange
from monitor.base.queries.protections import declared_protections
from monitor.base.services.database_roles import grant_application_role, rights_of


def test_without_postgresql_the_command_says_what_is_needed(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with pytest.raises(Fout, match="alleen op PostgreSQL") as failed:
        call_command("grant_application_role")
    assert failed.value.returncode == 2


def test_without_an_owner_the_command_says_what_is_needed(monkeypatch, settings):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    settings.DATABASE_OWNER = {}
    with pytest.raises(MonitorError, match="DATABASE_OWNER_URL ontbreekt"):
        grant_application_role()


def test_rights_follow_the_protections_that_migrations_declare():
    append_only = {table for table, one in declared_protections().items() if isinstance(one, ForbidChange)}
    assert {"base_auditrecord", "indicators_observation"} <= append_only
    tables = [*append_only, "indicators_series", "indicators_proposal", "django_migrations", "base_audithead"]
    rights = {one.table: one for one in rights_of(tables)}
    assert not any(rights[table].update or rights[table].delete for table in append_only)
    assert set(rights["indicators_observation"].columns) == {"known_to", "public_from", "public_to"}
    assert (rights["indicators_series"].update, rights["indicators_series"].delete) == (True, False)
    assert (rights["base_audithead"].update, rights["base_audithead"].delete) == (True, False)
    assert (rights["indicators_proposal"].update, rights["indicators_proposal"].delete) == (True, True)
    assert not rights["django_migrations"].insert
