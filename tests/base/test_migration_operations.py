"""The database itself refuses changes to what is protected, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from monitor.base.migration_operations import (
    ForbidChange,
    LiftProtection,
    forbid_delete_and_key_change,
)

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "base_protectedthing"


def state_with_table() -> ProjectState:
    state = ProjectState()
    state.add_model(
        ModelState(
            "base",
            "ProtectedThing",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("code", models.CharField(max_length=20)),
                ("value", models.DecimalField(max_digits=15, decimal_places=4, null=True)),
                ("known_to", models.DateTimeField(null=True)),
            ],
        )
    )
    return state


@pytest.fixture
def apply() -> Iterator[Callable[[Operation, bool], None]]:
    """Makes the table with rows, gives a function that runs an operation forwards (or backwards), drops the table."""
    state = state_with_table()
    model = state.apps.get_model("base", "ProtectedThing")
    with connection.schema_editor() as editor:
        editor.create_model(model)
    run("INSERT INTO base_protectedthing (id, code, value) VALUES (1, 'a', 5), (2, 'b', NULL)")

    def apply_operation(operation: Operation, forwards: bool = True) -> None:
        with connection.schema_editor() as editor:
            step = operation.database_forwards if forwards else operation.database_backwards
            step("base", editor, state, state)

    yield apply_operation
    with connection.schema_editor() as editor:
        LiftProtection(TABLE).database_forwards("base", editor, state, state)
        editor.delete_model(model)


def run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE base_protectedthing SET value = 6 WHERE id = 1",
        "UPDATE base_protectedthing SET value = NULL WHERE id = 1",
        "UPDATE base_protectedthing SET value = 6 WHERE id = 2",
        "UPDATE base_protectedthing SET id = 3 WHERE id = 1",
        "UPDATE base_protectedthing SET known_to = '2025-01-01', code = 'z'",
    ],
)
def test_an_immutable_row_refuses_every_change_of_another_column(apply, sql):
    apply(ForbidChange(TABLE, allow_once_from_null=("known_to",)))
    with pytest.raises(IntegrityError, match="onveranderlijk en mag niet worden gewijzigd"):
        run(sql)


def test_an_immutable_row_refuses_delete(apply):
    apply(ForbidChange(TABLE))
    with pytest.raises(IntegrityError, match="mag niet worden verwijderd"):
        run("DELETE FROM base_protectedthing WHERE id = 1")
    assert run("UPDATE base_protectedthing SET code = 'nooit' WHERE id = 99") == 0


def test_insert_or_replace_and_truncate_are_no_way_around(apply):
    apply(ForbidChange(TABLE))
    around = (
        "TRUNCATE base_protectedthing"
        if connection.vendor == "postgresql"
        else "INSERT OR REPLACE INTO base_protectedthing (id, code) VALUES (1, 'q')"
    )
    with pytest.raises(IntegrityError, match="onveranderlijk"):
        run(around)


def test_an_allowed_column_is_filled_once_and_never_again(apply):
    apply(ForbidChange(TABLE, allow_once_from_null=("known_to",)))
    assert run("UPDATE base_protectedthing SET known_to = '2025-01-01' WHERE id = 1") == 1
    assert run("UPDATE base_protectedthing SET known_to = known_to, code = code") == 2
    for again in ("'2026-01-01'", "NULL"):
        with pytest.raises(IntegrityError, match="onveranderlijk"):
            run(f"UPDATE base_protectedthing SET known_to = {again} WHERE id = 1")


def test_a_dimension_row_keeps_its_key_and_may_change_otherwise(apply):
    apply(forbid_delete_and_key_change(TABLE, "code"))
    assert run("UPDATE base_protectedthing SET value = 7 WHERE id = 1") == 1
    for change in ("code = 'x'", "id = 9"):
        with pytest.raises(IntegrityError, match="sleutel"):
            run(f"UPDATE base_protectedthing SET {change} WHERE id = 1")
    with pytest.raises(IntegrityError, match="beëindig"):
        run("DELETE FROM base_protectedthing")


def test_an_operation_may_be_repeated_and_goes_back(apply):
    operation = ForbidChange(TABLE)
    apply(operation)
    apply(operation)
    apply(operation, False)
    assert run("UPDATE base_protectedthing SET code = 'vrij'") == 2
    assert run("DELETE FROM base_protectedthing") == 2


def test_an_unknown_column_or_table_is_refused_when_migrating(apply):
    with pytest.raises(ValueError, match="has no column knwon_to"):
        apply(ForbidChange(TABLE, allow_once_from_null=("knwon_to",)))
    with pytest.raises(ValueError, match="No model has the table base_nothing"):
        apply(ForbidChange("base_nothing"))
