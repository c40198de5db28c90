"""The entry grid of a round: the page, what the checks say of all drafts, a pasted block, and submitting."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from indicators.core.access import Worker
from indicators.core.paste_plan import PlannedCell, plan_paste
from indicators.core.pasting import split_block
from indicators.forms.grid import BlockRequest, block_request, pairs_request, read_json
from indicators.models import Proposal, Round
from indicators.queries.facts import facts_under_way
from indicators.queries.grid import GridChoice, load_grid
from indicators.queries.grid_cell import findings_under_way, paste_targets
from indicators.services.open_rounds import require_open
from indicators.services.proposals import MAY_ENTER, StaleProposals
from indicators.services.submission import submit_proposals
from indicators.views.acts import round_at, round_worker
from indicators.views.facts_entry import empty_fact_form
from indicators.views.grid_answers import findings_json, planned_json, refused
from indicators.views.rounds import MINE
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import perform

MOST_IN_BLOCK = 20_000  # cells that are read, also those outside the grid


def may_enter(worker: Worker) -> bool:
    return not worker.roles.isdisjoint(MAY_ENTER)


@login_required
@never_cache
@require_safe
def grid(request: HttpRequest, code: str) -> HttpResponse:
    worker, round_ = round_worker(request), round_at(code)
    chosen = {name: request.GET.get(name, "") for name in ("thema", "leverancier", "eigenaar")}
    owner = worker.name if chosen["eigenaar"] == MINE else chosen["eigenaar"]
    choice = GridChoice(chosen["thema"], chosen["leverancier"], owner)
    page = load_grid(round_, worker, may_enter=may_enter(worker), choice=choice)
    context = {"page": page, "chosen": chosen, "may_enter": may_enter(worker) and round_.is_open}
    if context["may_enter"]:
        context |= {
            "facts": facts_under_way(worker, round_=round_),
            "form": empty_fact_form(worker, chosen["thema"], round_.code),
            "address": reverse("fact-add"),
            "back": request.get_full_path(),
        }
    return render(request, "indicators/grid/grid.html", context)


@login_required
@never_cache
@require_safe
def findings(request: HttpRequest, code: str) -> JsonResponse:
    """What the checks say of every draft in the round, by number of the proposal."""
    found = findings_under_way(round_at(code), round_worker(request))
    return JsonResponse({"findings": {str(pk): findings_json(said) for pk, said in found.items() if said}})


@login_required
@never_cache
@require_POST
def paste(request: HttpRequest, code: str) -> JsonResponse:
    """Read a pasted block and tell what would become of each cell; nothing is saved."""
    worker, round_ = round_worker(request), round_at(code)
    try:
        block = block_request(read_json(request.body))
        plan = perform(request, "blok plakken", round_.code, lambda: _plan(worker, round_, block))
    except MonitorError as error:
        return refused(error)
    return JsonResponse({"cells": [planned_json(one) for one in plan]})


def _plan(worker: Worker, round_: Round, block: BlockRequest) -> tuple[PlannedCell, ...]:
    worker.require_role(*MAY_ENTER, act="cijfers invoeren")
    require_open(round_)
    rows = split_block(block.text)
    if sum(len(row) for row in rows) > MOST_IN_BLOCK:
        raise MonitorError("Dit blok is te groot. Plak een kleiner deel van het blad.")
    cells = paste_targets(round_, worker)
    places = dict(enumerate(dict(enumerate(row)) for row in block.targets))
    return plan_paste(rows, lambda row, column: cells.get(places.get(row, {}).get(column) or (0, 0)))


@login_required
@never_cache
@require_POST
def submit(request: HttpRequest, code: str) -> JsonResponse:
    """Give chosen values to the second officer; those that cannot go are told one by one, the others go."""
    worker, round_ = round_worker(request), round_at(code)
    try:
        pairs = pairs_request(read_json(request.body))
        done = perform(request, "cijfers indienen", round_.code, lambda: submit_proposals(by=worker, pairs=pairs))
    except StaleProposals as stale:
        return refused(stale, stale=[one.proposal_id for one in stale.stale])
    except MonitorError as error:
        return refused(error)
    rows = Proposal.objects.filter(pk__in=done.submitted).values("pk", "version")
    return JsonResponse({"submitted": list(rows), "refused": [_why(one) for one in done.refused]})


def _why(one: Any) -> dict[str, Any]:
    return {"proposal": one.proposal_id, "reason": one.reason, "findings": list(one.findings)}
