"""Whether the triggers that migrations put on protected tables still stand, whole."""

import re

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from monitor.base.migration_operations import (
    DELETE,
    TRIGGER_PREFIX,
    TRUNCATE,
    UPDATE,
    ForbidChange,
    ForbidDeleteAndKeyChange,
    LiftProtection,
    table_columns,
    trigger_name,
)

Protection = ForbidChange | ForbidDeleteAndKeyChange


def declared_protections() -> dict[str, Protection]:
    """The protection of each table according to the migrations, the last word of each."""
    graph = MigrationLoader(None).graph
    declared: dict[str, Protection] = {}
    for key in dict.fromkeys(step for leaf in graph.leaf_nodes() for step in graph.forwards_plan(leaf)):
        for operation in graph.nodes[key].operations:
            if isinstance(operation, LiftProtection):
                declared.pop(operation.table, None)
            elif isinstance(operation, ForbidChange | ForbidDeleteAndKeyChange):
                declared[operation.table] = operation
    return declared


def missing_protections() -> list[str]:
    """What is wrong with the triggers of this database, one Dutch sentence each; empty when all stand and are whole."""
    present = _triggers()
    problems = []
    for table, protection in sorted(declared_protections().items()):
        events = [UPDATE, DELETE] + ([TRUNCATE] if connection.vendor == "postgresql" else [])
        if absent := [event for event in events if trigger_name(table, event) not in present]:
            problems.append(f"Tabel {table} mist de bescherming tegen: {', '.join(absent)}.")
            continue
        uncovered = _guarded_columns(table, protection) - _columns_in(present[trigger_name(table, UPDATE)])
        if uncovered:
            problems.append(
                f"De bescherming van tabel {table} kent deze kolommen niet: {', '.join(sorted(uncovered))}."
            )
    return problems


def _guarded_columns(table: str, protection: Protection) -> set[str]:
    columns = table_columns(apps, table)
    if isinstance(protection, ForbidDeleteAndKeyChange):
        return {column for column in columns if column == "id" or column in protection.key}
    return set(columns)


def _columns_in(definition: str) -> set[str]:
    return set(re.findall(r'old\."?(\w+)"?', definition, flags=re.IGNORECASE))


def _triggers() -> dict[str, str]:
    """Name and definition of every protecting trigger that is there and switched on."""
    if connection.vendor == "postgresql":
        statement = (
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE starts_with(tgname, %s) AND tgenabled <> 'D'"
        )
    else:
        statement = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(name, %s) = 1"
    with connection.cursor() as cursor:
        cursor.execute(statement, [TRIGGER_PREFIX])
        return dict(cursor.fetchall())
