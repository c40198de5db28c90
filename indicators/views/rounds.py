"""Rounds: beginning, opening and closing them, the overview, one figure to fill in."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.core.access import Worker
from indicators.core.enumerations import ItemState, Marker, RoundRhythm
from indicators.core.rounds import next_day
from indicators.core.usages import warning_for_correction
from indicators.forms.proposals import ProposalForm, initial_of
from indicators.forms.rounds import NewRoundForm
from indicators.models import Round, RoundItem
from indicators.queries.cells import load_cell, proposal_of
from indicators.queries.facts import facts_under_way
from indicators.queries.round_overview import OverviewChoice, find_item, open_rounds, round_overview
from indicators.queries.round_sheet import overview_sheet
from indicators.queries.usages import usages_of
from indicators.services.proposals import (
    MAY_CHECK,
    MAY_ENTER,
    Place,
    ProposalContent,
    StaleProposals,
    save_proposal,
    withdraw_proposal,
)
from indicators.services.rounds import MAY_STEER, close_round, copy_round, mark_unavailable, open_round
from indicators.services.submission import submit_proposals
from indicators.views.acts import refusal, round_at, round_worker
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import read_row_number
from monitor.base.tabular.writing import write_csv
from monitor.base.views.acts import perform, status_of

MINE = "mij"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds; who steers them begins the next one here."""
    worker = round_worker(request)
    if request.method != "POST":
        return _rounds_page(request, worker, NewRoundForm(initial=_next_round(request.GET.get("bron", ""))))
    form = NewRoundForm(request.POST)
    if not form.is_valid():
        return _rounds_page(request, worker, form, status=400)
    source = form.cleaned_data["source"]
    try:
        made = perform(
            request, "ronde beginnen", source, lambda: copy_round(by=worker, source=source, new=form.new_round)
        )
    except MonitorError as error:
        return _rounds_page(request, worker, form, error=error.message, status=status_of(error))
    messages.success(request, f"Ronde ‘{made.name}’ is begonnen. Open haar als iedereen aan het werk kan.")
    return redirect("round-overview", made.code)


def _next_round(source: str) -> dict[str, object]:
    """What the form suggests for the round after this one: its days one rhythm later."""
    round_ = Round.objects.filter(code=source).first() if source else None
    if round_ is None:
        return {}
    rhythm = RoundRhythm(round_.rhythm)
    cut_off = next_day(round_.cut_off, rhythm) if round_.cut_off else None
    return {"source": source, "reference_date": next_day(round_.reference_date, rhythm), "cut_off": cut_off}


def _rounds_page(
    request: HttpRequest, worker: Worker, form: NewRoundForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "rounds": open_rounds(),
        "form": form,
        "error": error,
        "may_steer": not worker.roles.isdisjoint(MAY_STEER),
    }
    return render(request, "indicators/rounds/rounds.html", context, status=status)


@login_required
@require_POST
def steer(request: HttpRequest, code: str) -> HttpResponse:
    """Open or close a round."""
    worker, round_ = round_worker(request), round_at(code)
    act = request.POST.get("act", "")
    acts = {"openen": open_round, "sluiten": close_round}
    if act not in acts:
        raise Http404
    try:
        perform(request, f"ronde {act}", code, lambda: acts[act](by=worker, code=round_.code))
    except MonitorError as error:
        return refusal(request, error, reverse("round-overview", args=[round_.code]))
    messages.success(request, f"Ronde ‘{round_.name}’ is {'geopend' if act == 'openen' else 'gesloten'}.")
    return redirect("round-overview", round_.code)


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """What stands where, what is late, who must still deliver."""
    worker, round_ = round_worker(request), round_at(code)
    choice = choice_of(request, worker)
    context = {
        "page": round_overview(round_, worker, choice),
        "choice": choice,
        "me": worker.name,
        "states": list(ItemState),
        "facts": facts_under_way(worker, round_=round_),
        "may_enter": not worker.roles.isdisjoint(MAY_ENTER),
        "may_check": not worker.roles.isdisjoint(MAY_CHECK),
        "may_steer": not worker.roles.isdisjoint(MAY_STEER),
    }
    return render(request, "indicators/rounds/overview.html", context)


@login_required
@never_cache
@require_safe
def overview_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same overview, with the same choice, as a sheet."""
    worker, round_ = round_worker(request), round_at(code)
    sheet = overview_sheet(round_overview(round_, worker, choice_of(request, worker)))
    headers = {"Content-Disposition": f'attachment; filename="overzicht-{round_.code}.csv"'}
    return HttpResponse(write_csv(sheet), "text/csv; charset=utf-8", headers=headers)


def choice_of(request: HttpRequest, worker: Worker) -> OverviewChoice:
    """What the reader asks to see; the owner “mij” is the reader."""
    asked = request.GET
    owner = asked.get("eigenaar", "")
    return OverviewChoice(
        state=asked.get("stand", ""),
        theme=asked.get("thema", ""),
        supplier=asked.get("leverancier", ""),
        owner=worker.name if owner == MINE else owner,
        only_late=asked.get("laat", "") == "ja",
    )


# --- one figure -------------------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    """One figure: see it, save it, send it to the second officer, take it back, or say that it will not come."""
    worker = round_worker(request)
    item = find_item(code, item_id, worker)
    if item is None:
        raise Http404
    if request.method != "POST":
        return _cell_page(request, worker, item, _empty_form(item))
    act = request.POST.get("act", "opslaan")
    if act in _OTHER_ACTS:
        return _other_act(request, worker, item, act)
    form = ProposalForm(request.POST, decimals=load_cell(item).info.decimals)
    if not form.is_valid():
        return _cell_page(request, worker, item, form, status=400)
    return _save(request, worker, item, form, submit=act == "indienen")


def _save(request: HttpRequest, worker: Worker, item: RoundItem, form: ProposalForm, *, submit: bool) -> HttpResponse:
    place = Place(item.series_id, item.period_id, item.round_id)
    version = form.cleaned_data["version"]
    try:
        saved = perform(
            request,
            "cijfer opslaan",
            str(item),
            lambda: save_proposal(by=worker, place=place, version=version, content=form.content),
        )
        if not submit:
            messages.success(request, "Het cijfer is opgeslagen.")
            return redirect("round-cell", item.round.code, item.pk)
        result = perform(
            request,
            "cijfer indienen",
            str(item),
            lambda: submit_proposals(by=worker, pairs=[(saved.pk, saved.version)]),
        )
    except StaleProposals as stale:
        return _cell_page(request, worker, item, form, error=stale.message, theirs=stale.current, status=409)
    except MonitorError as error:
        return _cell_page(request, worker, item, form, error=error.message, status=status_of(error))
    if result.refused:
        return _cell_page(request, worker, item, _empty_form(item), error=result.refused[0].reason, status=400)
    messages.success(request, "Het cijfer staat ter controle.")
    return redirect("round-overview", item.round.code)


_OTHER_ACTS = ("intrekken", "afmelden")


def _other_act(request: HttpRequest, worker: Worker, item: RoundItem, act: str) -> HttpResponse:
    work: Callable[[], object]
    if act == "intrekken":
        words = (request.POST.get("proposal", ""), request.POST.get("version", ""))
        number, version = (read_row_number(word) or 0 for word in words)  # no number is no proposal
        work = lambda: withdraw_proposal(by=worker, proposal_id=number, version=version)  # noqa: E731
    else:
        marker, reason = request.POST.get("marker", ""), request.POST.get("reason", "")
        work = lambda: mark_unavailable(by=worker, item_id=item.pk, marker=marker, reason=reason)  # noqa: E731
    try:
        perform(request, f"cijfer {act}", str(item), work)
    except MonitorError as error:
        return _cell_page(request, worker, item, _empty_form(item), error=error.message, status=status_of(error))
    messages.success(request, "Het cijfer is ingetrokken." if act == "intrekken" else "De reden is vastgelegd.")
    return redirect("round-cell", item.round.code, item.pk)


def _empty_form(item: RoundItem) -> ProposalForm:
    """The form as it is stored now."""
    return ProposalForm(initial=initial_of(proposal_of(item)))


def _cell_page(
    request: HttpRequest,
    worker: Worker,
    item: RoundItem,
    form: ProposalForm,
    *,
    error: str = "",
    theirs: ProposalContent | None = None,
    status: int = 200,
) -> HttpResponse:
    place = (item.series_id, item.period_id)
    usages = usages_of([place])[place]
    context = {
        "cell": load_cell(item),
        "usages": usages,
        "usage_warning": warning_for_correction(usages),
        "form": form,
        "error": error,
        "theirs": theirs,
        "markers": Marker.choices(),
        "may_enter": item.round.is_open and not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/rounds/cell.html", context, status=status)
