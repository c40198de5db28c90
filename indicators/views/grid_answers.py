"""What the grid's own script is answered: cells, findings and refusals as JSON."""

from collections.abc import Sequence
from typing import Any

from django.http import JsonResponse

from indicators.core.grid import GridCell
from indicators.core.paste_plan import PlannedCell
from indicators.core.pasting import Choice
from indicators.core.rules import Finding
from indicators.forms.grid import CellForm, content_as_fields
from indicators.models import Proposal
from indicators.services.proposals import content_of
from indicators.services.submission import as_json
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import status_of


def refused(error: MonitorError, **more: Any) -> JsonResponse:
    """A refusal with its sentence."""
    return JsonResponse({"error": error.message, **more}, status=status_of(error))


def invalid(form: CellForm) -> JsonResponse:
    """A cell that was not filled in well: each field with its sentence, and the choices when something is asked."""
    errors = {name: str(texts[0]) for name, texts in form.errors.items()}
    return JsonResponse(
        {"error": next(iter(errors.values())), "fields": errors, "choices": choices_json(form.asked)}, status=400
    )


def cell_json(cell: GridCell) -> dict[str, Any]:
    """A cell as the script keeps it."""
    return {
        "series": cell.series_id,
        "period": cell.period_id,
        "proposal": cell.proposal_id,
        "version": cell.version,
        "revision": cell.revision,
        "state": cell.state.value if cell.state else "",
        "words": cell.state_words,
        "symbol": cell.symbol,
        "shown": cell.amount.text,
        "typed": cell.amount.typed,
        "mayType": cell.may_type,
        "changedBy": cell.changed_by,
    }


def content_json(proposal: Proposal | None) -> dict[str, str] | None:
    """Everything in a cell, as it can be sent again; None for a cell without a proposal."""
    return content_as_fields(content_of(proposal)) if proposal else None


def findings_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return [as_json(finding) for finding in findings]


def choices_json(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """Each way to read a text, with the change that it stands for."""
    return [
        {
            "label": choice.label,
            "changes": {"value": "", "marker": choice.marker.value} if choice.marker else {"exact": str(choice.value)},
        }
        for choice in choices
    ]


def planned_json(plan: PlannedCell) -> dict[str, Any]:
    """One cell of a block with what would become of it."""
    cell, amount = plan.target.cell if plan.target else None, plan.amount
    changes = {"value": "", "marker": amount.marker} if amount.marker else {"exact": str(amount.value)}
    return {
        "row": plan.row,
        "column": plan.column,
        "text": plan.reading.text,
        "outcome": plan.outcome.value,
        "words": plan.words,
        "name": plan.target.name if plan.target else "",
        "when": plan.target.period if plan.target else "",
        "now": cell.amount.text if cell else "",
        "becomes": amount.text,
        "cell": cell_json(cell) if cell else None,
        "changes": changes,
        "choices": choices_json(plan.reading.choices),
    }
