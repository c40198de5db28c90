"""Two roles on PostgreSQL: the owner makes and alters tables, the application reads and writes rows and no more.

What triggers refuse, the application's role is not even permitted: no UPDATE or DELETE on the audit trail, on
observations only the columns that close a range. It owns nothing, so it can neither alter a table nor switch a trigger
off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from monitor.base.core.errors import MonitorError
from monitor.base.migration_operations import ForbidChange
from monitor.base.queries.protections import declared_protections

SCHEMA = sql.Identifier("public")
_READ_ONLY = frozenset({"django_migrations"})
_NEVER_DELETED = frozenset({"base_audithead"})  # a single row, moved along with the trail


@dataclass(frozen=True)
class TableRights:
    """What the application may do with a table; ``columns`` are those it may update when not all."""

    table: str
    insert: bool = True
    update: bool = True
    delete: bool = True
    columns: tuple[str, ...] = ()

    @property
    def words(self) -> list[sql.Composable]:
        """The privileges as they stand in a GRANT."""
        words: list[sql.Composable] = [sql.SQL("SELECT")]
        words += [sql.SQL(word) for word, given in (("INSERT", self.insert), ("DELETE", self.delete)) if given]
        if self.columns:
            words.append(sql.SQL("UPDATE ({})").format(sql.SQL(", ").join(map(sql.Identifier, self.columns))))
        elif self.update:
            words.append(sql.SQL("UPDATE"))
        return words


def rights_of(tables: list[str]) -> list[TableRights]:
    """What the application may do with each table, from the protections that the migrations declare.

    A dimension table keeps UPDATE as a whole, because locking a row asks for it; its triggers guard the keys.
    """
    protections = declared_protections()
    rights = []
    for table in sorted(tables):
        protection = protections.get(table)
        if table in _READ_ONLY:
            rights.append(TableRights(table, insert=False, update=False, delete=False))
        elif isinstance(protection, ForbidChange):
            columns = protection.allow_once_from_null
            rights.append(TableRights(table, update=False, delete=False, columns=columns))
        else:
            rights.append(TableRights(table, delete=protection is None and table not in _NEVER_DELETED))
    return rights


@contextmanager
def as_owner() -> Iterator[None]:
    """The connection of the owner (DATABASE_OWNER_URL) in the place of the application's; nothing without one."""
    owner = settings.DATABASE_OWNER
    if not owner:
        yield
        return
    mine = connection.settings_dict
    before = {name: mine[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    connection.close()
    mine.update({name: owner.get(name, "") for name in before})
    try:
        yield
    finally:
        connection.close()
        mine.update(before)


def grant_application_role() -> str:
    """Give the role of DATABASE_URL its rights, make it when it is not there, and return its name. Run it as owner.

    May be run again and again, and is run after every ``migrate``. Raises :class:`MonitorError` without PostgreSQL,
    without DATABASE_OWNER_URL, and when both addresses name the same role.
    """
    role, password = _application_role()
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        _ensure_role(cursor, role, password)
        name = sql.Identifier(role)
        for statement in _statements(name, rights_of(_own_tables(cursor))):
            cursor.execute(statement)
    return role


def _application_role() -> tuple[str, str]:
    if connection.vendor != "postgresql":
        raise MonitorError("Aparte rollen zijn er alleen op PostgreSQL. Zet DATABASE_URL en DATABASE_OWNER_URL.")
    if not settings.DATABASE_OWNER:
        raise MonitorError("DATABASE_OWNER_URL ontbreekt. Zet daarin het adres van de eigenaar van de tabellen.")
    role, password = str(connection.settings_dict["USER"]), str(connection.settings_dict["PASSWORD"])
    if role == settings.DATABASE_OWNER["USER"]:
        raise MonitorError(
            f"DATABASE_URL en DATABASE_OWNER_URL noemen allebei de rol ‘{role}’. Geef de toepassing een eigen rol."
        )
    return role, password


def _own_tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
    return [row[0] for row in cursor.fetchall()]


def _ensure_role(cursor: Any, role: str, password: str) -> None:
    """Make the role when it is missing, with the password of DATABASE_URL; it is sent as a digest, never as it is."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        return
    limits = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
    statement = sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), limits)
    if password:
        encrypted = cursor.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("{} PASSWORD {}").format(statement, sql.Literal(encrypted.decode()))
    try:
        cursor.execute(statement)
    except ProgrammingError as error:
        raise MonitorError(
            f"Rol ‘{role}’ bestaat niet en de eigenaar mag geen rollen maken. Laat een beheerder van de database die "
            "rol maken en begin opnieuw."
        ) from error


def _statements(role: sql.Identifier, rights: list[TableRights]) -> Iterator[sql.Composed]:
    """First everything is taken away, then what is needed given; who works meanwhile sees it at the end only."""

    def statement(text: str, **parts: sql.Composable) -> sql.Composed:
        return sql.SQL(text).format(role=role, schema=SCHEMA, **parts)

    yield statement("REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC")
    yield statement("REVOKE ALL ON SCHEMA {schema} FROM {role}")
    yield statement("GRANT USAGE ON SCHEMA {schema} TO {role}")
    for one in rights:
        table = sql.Identifier("public", one.table)
        yield statement("REVOKE ALL ON {table} FROM {role}", table=table)
        yield statement("GRANT {words} ON {table} TO {role}", table=table, words=sql.SQL(", ").join(one.words))
    yield statement("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
    # A table that comes later may be read and added to at once; the rest follows when this runs after its migration.
    yield statement("ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT ON TABLES TO {role}")
    yield statement("ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role}")
