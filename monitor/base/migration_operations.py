"""Migration operations that let the database itself refuse changes, on PostgreSQL and on SQLite.

Use in a migration, after the table was made::

    ForbidChange("indicators_observation", allow_once_from_null=("known_to", "public_to"))
    forbid_delete_and_key_change("indicators_area", "code")

A trigger knows the columns of the moment it was made, and a table that SQLite rebuilds loses its triggers. So a later
migration that adds, alters or drops a column of a protected table ends with the same operation again (it replaces what
stood there), and begins with :class:`LiftProtection` when it drops a column. ``monitor.base.queries.protections`` tells
which protections are not whole; a test and ``verify_audit`` ask it.
"""

from collections.abc import Iterator
from typing import Any, cast

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# Every trigger name starts with this, so that tests and queries find them all.
TRIGGER_PREFIX = "protect_"

UPDATE, DELETE, TRUNCATE = "update", "delete", "truncate"


def trigger_name(table: str, event: str) -> str:
    """The name of the trigger on ``table`` that refuses ``event``."""
    return f"{TRIGGER_PREFIX}{table}_{event}"


class _Protection(Operation):
    """What protections share: which triggers they make and how they are dropped."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    @property
    def update_message(self) -> str:
        raise NotImplementedError

    @property
    def delete_message(self) -> str:
        raise NotImplementedError

    def refused_changes(self, vendor: str, columns: list[str]) -> list[str]:
        """The SQL conditions on OLD and NEW of which any refuses an update."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        columns = table_columns(cast(Apps, to_state.apps), self.table)
        conditions = self.refused_changes(schema_editor.connection.vendor, columns)
        drop_triggers(schema_editor, self.table)
        create = _postgresql_triggers if schema_editor.connection.vendor == "postgresql" else _sqlite_triggers
        for statement in create(self, " OR ".join(conditions)):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop_triggers(schema_editor, self.table)

    def describe(self) -> str:
        return f"{type(self).__name__} on {self.table}"


class ForbidChange(_Protection):
    """Rows of ``table`` are never deleted or changed; the named columns may be filled once, from null."""

    def __init__(self, table: str, allow_once_from_null: tuple[str, ...] = ()) -> None:
        super().__init__(table)
        self.allow_once_from_null = tuple(allow_once_from_null)

    @property
    def update_message(self) -> str:
        return f"Een rij van {self.table} is onveranderlijk en mag niet worden gewijzigd."

    @property
    def delete_message(self) -> str:
        return f"Een rij van {self.table} is onveranderlijk en mag niet worden verwijderd."

    def refused_changes(self, vendor: str, columns: list[str]) -> list[str]:
        _require_columns(self.table, self.allow_once_from_null, columns)
        return [
            f'(OLD."{column}" IS NOT NULL AND {_differs(vendor, column)})'
            if column in self.allow_once_from_null
            else _differs(vendor, column)
            for column in columns
        ]


class ForbidDeleteAndKeyChange(_Protection):
    """Rows of ``table`` are retired, never deleted, and keep their ``id`` and the columns named in ``key``."""

    def __init__(self, table: str, key: tuple[str, ...]) -> None:
        super().__init__(table)
        self.key = tuple(key)

    @property
    def update_message(self) -> str:
        return f"De sleutel ({', '.join(self.key)}) van een rij van {self.table} mag niet worden gewijzigd."

    @property
    def delete_message(self) -> str:
        return f"Een rij van {self.table} mag niet worden verwijderd; beëindig haar."

    def refused_changes(self, vendor: str, columns: list[str]) -> list[str]:
        _require_columns(self.table, self.key, columns)
        return [_differs(vendor, column) for column in columns if column == "id" or column in self.key]


def forbid_delete_and_key_change(table: str, key: str | tuple[str, ...]) -> ForbidDeleteAndKeyChange:
    """Protect a dimension table: no delete, no change of its ``id`` or of the column or columns ``key``."""
    return ForbidDeleteAndKeyChange(table, (key,) if isinstance(key, str) else tuple(key))


class LiftProtection(Operation):
    """Drop the triggers of ``table``: first step of a migration that drops one of its columns, never the last word."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop_triggers(schema_editor, self.table)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Going back ends with no protection; the migration before this one puts its own back when it is run again."""

    def describe(self) -> str:
        return f"LiftProtection of {self.table}"


def table_columns(apps: Apps, table: str) -> list[str]:
    """The columns of ``table`` according to the models in ``apps``; ValueError when no model has that table."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return [str(field.column) for field in model._meta.local_concrete_fields]
    raise ValueError(f"No model has the table {table}.")


def drop_triggers(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Drop every protecting trigger of ``table`` that is there."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'DROP FUNCTION IF EXISTS "{TRIGGER_PREFIX}{table}"() CASCADE', params=None)
        return
    for event in (UPDATE, DELETE):
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{trigger_name(table, event)}"', params=None)


def _require_columns(table: str, wanted: tuple[str, ...], columns: list[str]) -> None:
    if unknown := set(wanted) - set(columns):
        raise ValueError(f"Table {table} has no column {', '.join(sorted(unknown))}; it has {', '.join(columns)}.")


def _differs(vendor: str, column: str) -> str:
    operator = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return f'OLD."{column}" {operator} NEW."{column}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sqlite_triggers(protection: _Protection, condition: str) -> Iterator[str]:
    table = protection.table
    yield (
        f'CREATE TRIGGER "{trigger_name(table, UPDATE)}" BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, {_quoted(protection.update_message)}); END"
    )
    yield (
        f'CREATE TRIGGER "{trigger_name(table, DELETE)}" BEFORE DELETE ON "{table}" FOR EACH ROW '
        f"BEGIN SELECT RAISE(ABORT, {_quoted(protection.delete_message)}); END"
    )


def _postgresql_triggers(protection: _Protection, condition: str) -> Iterator[str]:
    """The condition stands in WHEN, so that a permitted update of many rows calls no function at all."""
    table = protection.table
    function = f"{TRIGGER_PREFIX}{table}"
    # restrict_violation is of the class of integrity errors: Django raises IntegrityError, as on SQLite.
    yield (
        f'CREATE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$ '
        "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation'; END $$"
    )
    whens: dict[str, tuple[Any, ...]] = {
        UPDATE: ("ROW", f"WHEN ({condition})", protection.update_message),
        DELETE: ("ROW", "", protection.delete_message),
        TRUNCATE: ("STATEMENT", "", protection.delete_message),
    }
    for event, (level, when, message) in whens.items():
        yield (
            f'CREATE TRIGGER "{trigger_name(table, event)}" BEFORE {event.upper()} ON "{table}" '
            f'FOR EACH {level} {when} EXECUTE FUNCTION "{function}"({_quoted(message)})'
        )
