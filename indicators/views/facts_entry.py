"""One-off figures at work: adding and changing one in a line, and the second officer's decision."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indicators.core.access import Worker
from indicators.forms.facts import FactForm, FactReviewForm, initial_of
from indicators.models import Fact
from indicators.queries.facts import FactRow, fact_choices, facts_under_way, find_current_fact, find_fact_row
from indicators.services.fact_review import approve_facts, return_facts
from indicators.services.facts import StaleFacts, fact_findings, save_fact, submit_fact, withdraw_fact
from indicators.services.proposals import MAY_ENTER
from indicators.views.acts import refusal, round_worker
from monitor.base.core.dates import AMSTERDAM
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import read_row_number
from monitor.base.views.acts import perform, status_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_fact(request: HttpRequest) -> HttpResponse:
    """A new fact in one line, with all facts under way below it."""
    worker = round_worker(request)
    if request.method != "POST":
        form = empty_fact_form(worker, request.GET.get("thema", ""), request.GET.get("ronde", ""))
        return _page(request, worker, form)
    return _saved(request, worker, FactForm(request.POST, choices=fact_choices(worker)), "", None)


def empty_fact_form(worker: Worker, theme_code: str, round_code: str) -> FactForm:
    """The line for a new fact, with what is known of it already; its names differ from those of other forms."""
    choices = fact_choices(worker)
    theme = choices.themes.filter(code=theme_code.replace("\0", "")).first()
    round_ = choices.rounds.filter(code=round_code.replace("\0", "")).first()
    area = choices.areas.filter(code="nederland").first()
    initial = {"version": 0, "theme": theme and theme.pk, "round": round_ and round_.pk, "area": area and area.pk}
    return FactForm(choices=choices, initial=initial, auto_id="los_%s")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_fact(request: HttpRequest, code: str) -> HttpResponse:
    """One fact: what is under way for it, or a change of what was checked."""
    worker = round_worker(request)
    row, current = find_fact_row(code, worker), find_current_fact(code, worker)
    stored = row.proposal if row else current
    if stored is None:
        raise Http404
    choices = fact_choices(worker)
    if request.method != "POST":
        initial = initial_of(stored)
        form = FactForm(choices=choices, is_change=current is not None, initial=initial)
        return _page(request, worker, form, code=code, row=row, current=current)
    if request.POST.get("act") == "intrekken":
        return _withdrawn(request, worker, code)
    form = FactForm(request.POST, choices=choices, is_change=current is not None)
    return _saved(request, worker, form, code, current)


def _withdrawn(request: HttpRequest, worker: Worker, code: str) -> HttpResponse:
    version = read_row_number(request.POST.get("version", "")) or 0
    try:
        perform(request, "los cijfer intrekken", code, lambda: withdraw_fact(by=worker, code=code, version=version))
    except MonitorError as error:
        return refusal(request, error, reverse("fact-add"))
    messages.success(request, "Het voorstel is ingetrokken.")
    return redirect("fact-add")


def _saved(request: HttpRequest, worker: Worker, form: FactForm, code: str, current: Fact | None) -> HttpResponse:
    """Save what was filled in, and send it on when that was asked."""
    try:
        perform(request, "los cijfer opslaan", code or "nieuw", form.require_offered)
    except MonitorError as error:
        return refusal(request, error, reverse("fact-add"))
    if not form.is_valid():
        return _page(request, worker, form, code=code, current=current, status=400)
    saved_code = code
    try:
        saved = perform(
            request,
            "los cijfer opslaan",
            code or form.cleaned_data["name"],
            lambda: save_fact(
                by=worker,
                code=code,
                version=form.cleaned_data["version"],
                content=form.content,
                round_id=form.round_id,
            ),
        )
        saved_code = saved.code
        if request.POST.get("act") == "indienen":
            work = partial(submit_fact, by=worker, code=saved.code, version=saved.version)
            perform(request, "los cijfer indienen", saved.code, work)
    except StaleFacts as stale:
        row = find_fact_row(code, worker) if code else None
        return _page(request, worker, form, code=code, current=current, row=row, error=stale.message, status=409)
    except MonitorError as error:
        if saved_code == code and not code:
            return _page(request, worker, form, error=error.message, status=status_of(error))
        return _after_saving(request, worker, saved_code, error)
    if request.POST.get("act") == "indienen":
        messages.success(request, "Het losse cijfer staat ter controle.")
        return redirect(_way_back(request) or reverse("fact-add"))
    messages.success(request, "Het losse cijfer is opgeslagen.")
    return redirect(_way_back(request) or reverse("fact-edit", args=[saved_code]))


def _way_back(request: HttpRequest) -> str:
    """The page of ours that the form says it came from; empty when it names none."""
    back = request.POST.get("terug", "")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else ""


def _after_saving(request: HttpRequest, worker: Worker, code: str, error: MonitorError) -> HttpResponse:
    """What was saved stands there as a draft; why it was not sent on is said above it."""
    row, current = find_fact_row(code, worker), find_current_fact(code, worker)
    stored = row.proposal if row else current
    if stored is None:
        return refusal(request, error, reverse("fact-add"))
    form = FactForm(choices=fact_choices(worker), is_change=current is not None, initial=initial_of(stored))
    return _page(
        request, worker, form, code=code, row=row, current=current, error=error.message, status=status_of(error)
    )


def _page(
    request: HttpRequest,
    worker: Worker,
    form: FactForm,
    *,
    code: str = "",
    row: FactRow | None = None,
    current: Fact | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.now().astimezone(AMSTERDAM).date()
    context = {
        "form": form,
        "code": code,
        "row": row,
        "current": current,
        "error": error,
        "findings": fact_findings(row.proposal, today) if row else [],
        "address": reverse("fact-edit", args=[code]) if code else reverse("fact-add"),
        "back": _way_back(request),
        "under_way": facts_under_way(worker) if not code else [],
        "may_enter": not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/fact_entry.html", context, status=status)


@login_required
@never_cache
@require_POST
def review_facts(request: HttpRequest) -> HttpResponse:
    """Check or hand back the chosen facts; all of them or none."""
    worker = round_worker(request)
    back = _way_back(request) or reverse("review-all")
    form = FactReviewForm(request.POST)
    if not form.is_valid():
        return refusal(request, MonitorError(str(next(iter(form.errors.values()))[0])), back)
    pairs, reason = form.cleaned_data["facts"], form.cleaned_data["reason"]
    try:
        if form.cleaned_data["act"] == "controleren":
            count = perform(
                request, "losse cijfers controleren", str(len(pairs)), lambda: approve_facts(by=worker, pairs=pairs)
            )
        else:
            count = perform(
                request,
                "losse cijfers teruggeven",
                str(len(pairs)),
                lambda: return_facts(by=worker, pairs=pairs, reason=reason),
            )
    except MonitorError as error:
        return refusal(request, error, back)
    done = "gecontroleerd" if form.cleaned_data["act"] == "controleren" else "teruggegeven"
    messages.success(request, f"{'Eén los cijfer is' if count == 1 else f'{count} losse cijfers zijn'} {done}.")
    return redirect(back)
