"""Suppliers and rounds of the seed files. What people did with a round since stays theirs: a load never resets it."""

from collections.abc import Collection
from typing import Any

from indicators.core.enumerations import RoundRhythm, RoundState, RoundStepKind
from indicators.importing.seed_plan import LoadPlan
from indicators.models import Round, RoundStep, Supplier
from indicators.services.catalogue import Counts, save_rows
from indicators.services.rounds import fill_round


def save_suppliers(plan: LoadPlan) -> Counts:
    """Suppliers with the holders of sources they answer for."""
    counts, _ = save_rows(
        Supplier,
        [
            {
                "code": row.text("code", required=True),
                "name": row.text("name", required=True),
                "holders": [name.strip() for name in row.text("holders").split(";") if name.strip()],
            }
            for row in plan.files["suppliers"]
        ],
    )
    return counts


def save_rounds(plan: LoadPlan) -> tuple[Counts, dict[str, int], tuple[Round, ...]]:
    """Rounds with their steps: counts, ids by code, and the rounds that are new and not closed (to be filled)."""
    known = set(Round.objects.values_list("code", flat=True))
    counts, stored = save_rows(Round, [_round_row(row, known) for row in plan.files["rounds"]])
    ids = {code: row.pk for (code,), row in stored.items()}
    save_rows(
        RoundStep,
        [
            {
                "round_id": ids[row.reference("round", plan.known.rounds)],
                "kind": row.choice("kind", RoundStepKind).value,
                "due": row.day("due"),
            }
            for row in plan.files["round_steps"]
            if row.text("round") not in known
        ],
        key=("round_id", "kind"),
    )
    fresh = tuple(row for (code,), row in stored.items() if code not in known and row.state != RoundState.CLOSED)
    return counts, ids, fresh


def fill_new_rounds(rounds: Collection[Round]) -> Counts:
    """Ask for the figures of new rounds; after the figures and readings are there."""
    return Counts(new=sum(fill_round(round_) for round_ in rounds))


def _round_row(row: Any, known: Collection[str]) -> dict[str, Any]:
    values = {
        **{column: row.text(column) for column in ("code", "name", "programme")},
        "rhythm": row.choice("rhythm", RoundRhythm).value,
        "reference_date": row.day("reference_date"),
    }
    if row.text("code") not in known:
        values |= {"state": row.choice("state", RoundState).value, "cut_off": row.day("cut_off")}
    return values
