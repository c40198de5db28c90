"""Two roles on a real PostgreSQL: the application can do its work, and cannot do what must never be done."""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.apps import apps
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from monitor.base.migration_operations import ForbidChange
from monitor.base.queries.protections import declared_protections
from tests.services.installation import Installation

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("database-roles")]  # one database for all of them

KEY = {"SECRET_KEY": "alleen-voor-deze-proef"}


def with_role(url: str, role: str, database: str) -> str:
    """The address of a database for another role (the servers of these tests trust local connections)."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{role}@{parts.hostname}:{parts.port or 5432}", path=f"/{database}"))


@dataclass
class Server:
    """A database of its own with an owner who is no superuser, migrated by that owner."""

    owner: str
    application: str
    owner_url: str
    application_url: str
    migrating: Installation
    serving: Installation

    def as_owner(self) -> psycopg.Connection:
        return psycopg.connect(self.owner_url, autocommit=True)

    def as_application(self) -> psycopg.Connection:
        return psycopg.connect(self.application_url, autocommit=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    given, token = os.environ["DATABASE_URL"], secrets.token_hex(4)
    owner, application, database = f"proef_owner_{token}", f"proef_app_{token}", f"proef_roles_{token}"
    owner_url, application_url = (with_role(given, role, database) for role in (owner, application))
    administrator = given.rsplit("/", 1)[0] + "/postgres"
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(sql.Identifier(owner)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(owner))
        )
        home = tmp_path_factory.mktemp("roles")
        serving = Installation(home, application_url, KEY | {"DATABASE_URL": application_url})
        migrating = Installation(home, owner_url, serving.environment | {"DATABASE_OWNER_URL": owner_url})
        migrating.python("manage.py", "migrate", "--verbosity=0")
        yield Server(owner, application, owner_url, application_url, migrating, serving)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
        for role in (application, owner):
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@pytest.fixture(scope="module")
def worked(server: Server) -> dict[str, object]:
    """What the application's role did: load, enter, check, a job, the sweep, a refusal."""
    return json.loads(server.serving.python("-m", "tests.services.as_application").splitlines()[-1])


def test_the_application_does_all_its_work_as_its_own_role(server: Server, worked: dict[str, object]) -> None:
    assert worked["role"] == server.application
    assert (worked["submitted"], worked["checked"], worked["revisions"]) == (1, 1, 2)
    assert (worked["swept"], worked["job"], worked["error"]) == (True, "klaar", "")
    assert (worked["refused"], worked["problems"]) == (403, [])
    assert {"cijfers gecontroleerd", "pagina openen", "logboek nagerekend"} <= set(worked["acts"])  # type: ignore[call-overload]


FORBIDDEN = [
    "UPDATE base_auditrecord SET subject = 'x'",
    "DELETE FROM base_auditrecord",
    "TRUNCATE base_auditrecord",
    "DELETE FROM base_audithead",
    "DELETE FROM indicators_observation",
    "TRUNCATE indicators_observation",
    "UPDATE indicators_observation SET value = 1",
    "UPDATE indicators_observation SET known_from = now()",
    "UPDATE indicators_observation SET approved_by_id = NULL",
    "DELETE FROM indicators_observationfootnote",
    "DELETE FROM indicators_series",
    "DELETE FROM base_user",
    "ALTER TABLE indicators_observation DISABLE TRIGGER ALL",
    "ALTER TABLE base_auditrecord ADD COLUMN x int",
    "DROP TABLE base_auditrecord",
    'DROP TRIGGER protect_base_auditrecord_update ON "base_auditrecord"',
    "CREATE TABLE eigen (x int)",
    "SET session_replication_role = replica",
    "UPDATE django_migrations SET name = 'x'",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("triggers", ["aan", "uit"])
def test_what_must_never_be_done_is_not_permitted_even_without_triggers(
    server: Server, worked: dict[str, object], statement: str, triggers: str
) -> None:
    protected = ("base_auditrecord", "indicators_observation", "indicators_series", "base_user")
    with server.as_owner() as owner, server.as_application() as application:
        for table in protected if triggers == "uit" else ():
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            with pytest.raises(InsufficientPrivilege):
                application.execute(statement)
        finally:
            for table in protected if triggers == "uit" else ():
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_closing_a_range_once_is_permitted_and_the_trigger_still_guards_it(
    server: Server, worked: dict[str, object]
) -> None:
    one = "WHERE id = (SELECT min(id) FROM indicators_observation WHERE public_to IS NULL AND public_from IS NOT NULL)"
    with server.as_application() as application:
        with application.transaction(force_rollback=True):
            assert application.execute(f"UPDATE indicators_observation SET public_to = now() {one}").rowcount == 1
        with pytest.raises(psycopg.errors.RestrictViolation):
            application.execute("UPDATE indicators_observation SET known_to = now() WHERE known_to IS NOT NULL")


def test_every_table_is_covered(server: Server) -> None:
    """Walks all tables: what is protected cannot be changed, the rest can be used, and nothing is owned."""
    protections = declared_protections()
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with server.as_owner() as connection:
        rows = connection.execute("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()

        def may(table: str, *words: str) -> set[str]:
            asked = "SELECT has_table_privilege(%s, %s, %s)"
            found = {word: connection.execute(asked, [server.application, table, word]).fetchone() for word in words}
            return {word for word, row in found.items() if row and row[0]}

        assert {table for table, _ in rows} >= models - {"indicators_unmanaged"}
        for table, owner in rows:
            assert owner == server.owner
            assert may(table, "TRUNCATE", "TRIGGER", "REFERENCES") == set(), table
            given = may(table, "SELECT", "INSERT", "UPDATE", "DELETE")
            protection = protections.get(table)
            if isinstance(protection, ForbidChange):
                assert given == {"SELECT", "INSERT"}, table
                columns = connection.execute(
                    "SELECT column_name FROM information_schema.column_privileges WHERE table_name = %s AND grantee = "
                    "%s AND privilege_type = 'UPDATE'",
                    [table, server.application],
                ).fetchall()
                assert {name for (name,) in columns} == set(protection.allow_once_from_null), table
            elif table == "django_migrations":
                assert given == {"SELECT"}
            elif protection is not None or table == "base_audithead":
                assert given == {"SELECT", "INSERT", "UPDATE"}, table
            else:
                assert given == {"SELECT", "INSERT", "UPDATE", "DELETE"}, table


def test_a_table_that_comes_later_is_covered_at_once_and_fully_after_the_next_grant(server: Server) -> None:
    with server.as_owner() as owner, server.as_application() as application:
        owner.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY, name text)")
        application.execute("INSERT INTO later (name) VALUES ('x')")
        with pytest.raises(InsufficientPrivilege):
            application.execute("DELETE FROM later")
        assert server.application in server.migrating.python("manage.py", "grant_application_role")
        application.execute("DELETE FROM later")
        owner.execute("DROP TABLE later")


def test_migrating_again_changes_nothing_and_the_application_cannot_migrate(server: Server) -> None:
    server.migrating.python("manage.py", "migrate", "--verbosity=0")
    with pytest.raises(AssertionError, match=r"permission denied|must be owner"):
        server.serving.python("manage.py", "migrate", "base", "zero")


def test_the_deployment_check_warns_about_the_owner_and_not_about_the_application(server: Server) -> None:
    def told(installation: Installation) -> str:
        return installation.python("-c", _CHECK)

    assert told(server.serving) == "[]"
    owner = Installation(server.serving.data_dir, server.owner_url, KEY | {"DATABASE_URL": server.owner_url})
    assert "monitor.W002" in told(owner)
    given = os.environ["DATABASE_URL"]
    superuser = given.rsplit("/", 1)[0] + "/postgres"
    assert "monitor.W001" in told(Installation(server.serving.data_dir, superuser, KEY | {"DATABASE_URL": superuser}))


_CHECK = (
    "import django; django.setup(); from monitor.base.queries.database_roles import application_role_is_limited as f; "
    "print([one.id for one in f(None)])"
)


def test_the_same_role_for_both_is_refused_with_a_sentence(server: Server) -> None:
    same = Installation(
        server.serving.data_dir,
        server.owner_url,
        KEY | {"DATABASE_URL": server.owner_url, "DATABASE_OWNER_URL": server.owner_url},
    )
    with pytest.raises(AssertionError, match="noemen allebei de rol"):
        same.python("manage.py", "grant_application_role")
