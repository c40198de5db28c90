"""A late change: one figure revised outside any round, by the same way as every figure: a form, and a second person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indicators.core.access import Worker
from indicators.core.usages import warning_for_correction
from indicators.forms.proposals import LateChangeForm, initial_of
from indicators.queries.cells import Cell, load_cell
from indicators.queries.late_change import find_place, open_item
from indicators.queries.usages import usages_of
from indicators.services.proposals import (
    MAY_ENTER,
    Place,
    ProposalContent,
    StaleProposals,
    save_proposal,
    withdraw_proposal,
)
from indicators.services.submission import submit_proposals
from indicators.views.acts import round_worker
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import read_row_number, typed_number
from monitor.base.views.acts import perform, status_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Revise a figure: ``?reeks=…&periode=2024``. When an open round asks for it, its own page there does the same."""
    worker = round_worker(request)
    series, period = (request.GET.get(name, "").replace("\0", "") for name in ("reeks", "periode"))
    place = find_place(code, series, period, worker)
    if place is None:
        raise Http404
    asked = open_item(place)
    if asked is not None:
        return redirect("round-cell", asked.round.code, asked.pk)
    cell = load_cell(place)
    if request.method != "POST":
        return _page(request, worker, cell, _stored_form(cell))
    if request.POST.get("act") == "intrekken":
        return _withdrawn(request, worker, cell)
    form = LateChangeForm(request.POST, decimals=cell.info.decimals, is_change=cell.current is not None)
    if not form.is_valid():
        return _page(request, worker, cell, form, status=400)
    return _saved(request, worker, cell, form)


def _saved(request: HttpRequest, worker: Worker, cell: Cell, form: LateChangeForm) -> HttpResponse:
    place = Place(cell.item.series_id, cell.item.period_id)
    subject, version = f"{cell.series.key} over {cell.period.code}", form.cleaned_data["version"]
    try:
        saved = perform(
            request,
            "cijfer herzien",
            subject,
            lambda: save_proposal(by=worker, place=place, version=version, content=form.content),
        )
        result = perform(
            request,
            "herziening indienen",
            subject,
            lambda: submit_proposals(by=worker, pairs=[(saved.pk, saved.version)]),
        )
    except StaleProposals as stale:
        return _page(request, worker, cell, form, error=stale.message, theirs=stale.current, status=409)
    except MonitorError as error:
        return _page(request, worker, cell, form, error=error.message, status=status_of(error))
    if result.refused:
        cell = load_cell(cell.item)
        form = _stored_form(cell)
        return _page(request, worker, cell, form, error=result.refused[0].reason, status=400)
    messages.success(request, "De herziening staat ter controle. Tot die is gecontroleerd, geldt het oude cijfer.")
    return redirect("indicator", cell.info.code)


def _withdrawn(request: HttpRequest, worker: Worker, cell: Cell) -> HttpResponse:
    proposal, version = (read_row_number(request.POST.get(name, "")) or 0 for name in ("proposal", "version"))
    try:
        perform(
            request,
            "herziening intrekken",
            cell.series.key,
            lambda: withdraw_proposal(by=worker, proposal_id=proposal, version=version),
        )
    except MonitorError as error:
        form = _stored_form(cell)
        return _page(request, worker, cell, form, error=error.message, status=status_of(error))
    messages.success(request, "De herziening is ingetrokken.")
    return redirect("indicator", cell.info.code)


def _stored_form(cell: Cell) -> LateChangeForm:
    return LateChangeForm(initial=_initial(cell), is_change=cell.current is not None)


def _initial(cell: Cell) -> dict[str, object]:
    """What is under way, or else the figure as it is now, to be changed."""
    current = cell.current
    if cell.proposal is not None or current is None:
        return initial_of(cell.proposal)
    return {
        "version": 0,
        "value": typed_number(current.value, current.decimals),
        "value_high": typed_number(current.value_high, current.decimals),
        "status": current.status.value,
        "marker": current.marker,
        "qualifier": current.qualifier,
    }


def _page(
    request: HttpRequest,
    worker: Worker,
    cell: Cell,
    form: LateChangeForm,
    *,
    error: str = "",
    theirs: ProposalContent | None = None,
    status: int = 200,
) -> HttpResponse:
    place = (cell.item.series_id, cell.item.period_id)
    usages = usages_of([place])[place]
    context = {
        "cell": cell,
        "form": form,
        "error": error,
        "theirs": theirs,
        "usages": usages,
        "usage_warning": warning_for_correction(usages),
        "address": f"{reverse('figure-revise', args=[cell.info.code])}?{request.GET.urlencode()}",
        "may_enter": not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/late_change.html", context, status=status)
