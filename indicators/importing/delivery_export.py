"""A plan to take away: as data for a program, as a sheet for a colleague."""

from typing import Any

from indicators.importing.delivery_plan import DeliveryPlan, PlanRow, RowKind
from monitor.base.tabular.writing import Sheet, SheetColumn, Value

NAMES = {
    RowKind.NEW: "new",
    RowKind.REVISED: "revised",
    RowKind.SAME: "same",
    RowKind.UNAVAILABLE: "unavailable",
    RowKind.CONFLICT: "under_way",
    RowKind.EARLIER: "possible_revisions",
    RowKind.MISSING: "missing",
}
COLUMNS = tuple(
    SheetColumn(title)
    for title in ("Wat", "Thema", "Cijfer", "Periode", "Blad", "Cel", "Was", "Wordt", "Toetsen", "Aantekening")
)


def plan_as_data(plan: DeliveryPlan, *, job: int | None = None) -> dict[str, Any]:
    """How many rows of each sort, what was refused and why, and the rows themselves."""
    counts: dict[str, Any] = {name: len(plan.of(kind)) for kind, name in NAMES.items()}
    return counts | {
        "refused": [
            {"sheet": one.place.sheet, "cell": one.place.address, "code": one.code, "message": one.message}
            for one in plan.refused
        ],
        "rows": [_row_as_data(row) for row in plan.rows],
        "digest": plan.digest,
        "job": job,
    }


def refused_file_as_data(message: str) -> dict[str, Any]:
    """The same for a file that could not be read at all."""
    counts: dict[str, Any] = dict.fromkeys(NAMES.values(), 0)
    refused = [{"sheet": "", "cell": "", "code": "bestand", "message": message}]
    return counts | {"refused": refused, "rows": [], "digest": "", "job": None}


def _row_as_data(row: PlanRow) -> dict[str, Any]:
    return {
        "kind": NAMES[row.kind],
        "series": row.key[0],
        "period": row.key[1],
        "name": row.name,
        "sheet": row.sheet,
        "cell": row.cell,
        "old": row.old,
        "new": row.new,
        "findings": [
            {"rule": one.rule, "severity": one.severity.value, "message": one.message} for one in row.findings
        ],
        "notes": list(row.notes),
    }


def plan_as_sheet(plan: DeliveryPlan) -> Sheet:
    """What was refused first, then every row."""
    refused: list[tuple[Value, ...]] = [
        ("geweigerd", "", one.name, "", one.place.sheet, one.place.address, "", "", "", one.message)
        for one in plan.refused
    ]
    rows: list[tuple[Value, ...]] = [
        (
            row.kind.label,
            row.theme,
            row.name,
            row.period,
            row.sheet,
            row.cell,
            f"{row.old} ({row.old_note})" if row.old_note else row.old,
            row.new,
            " ".join(f"{one.severity.value}: {one.message}" for one in row.findings),
            " ".join(row.notes),
        )
        for row in plan.rows
    ]
    return Sheet("Plan", COLUMNS, (*refused, *rows))
