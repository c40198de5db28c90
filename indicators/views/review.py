"""The second officer: the queue of a round, and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from indicators.forms.proposals import ReviewForm
from indicators.queries.cells import review_queue
from indicators.services.approval import approve_proposals
from indicators.services.proposals import MAY_CHECK, return_proposals
from indicators.views.acts import perform, refusal, round_at, round_worker
from monitor.base.core.errors import MonitorError


@login_required
@never_cache
@require_safe
def queue(request: HttpRequest, code: str) -> HttpResponse:
    worker, round_ = round_worker(request), round_at(code)
    rows = review_queue(round_, worker)
    context = {"round": round_, "rows": rows, "may_check": not worker.roles.isdisjoint(MAY_CHECK)}
    return render(request, "indicators/rounds/queue.html", context)


@login_required
@never_cache
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Check or hand back the chosen values; all of them or none."""
    worker, round_ = round_worker(request), round_at(code)
    back = reverse("round-queue", args=[round_.code])
    form = ReviewForm(request.POST)
    if not form.is_valid():
        reason = next(iter(form.errors.values()))[0]
        return refusal(request, MonitorError(str(reason)), back)
    pairs, reason = form.cleaned_data["pairs"], form.cleaned_data["reason"]
    try:
        if form.cleaned_data["act"] == "controleren":
            approved = perform(
                request, "cijfers controleren", round_.code, lambda: approve_proposals(by=worker, pairs=pairs)
            )
            messages.success(request, f"{_figures(approved.checked)} gecontroleerd.")
        else:
            count = perform(
                request,
                "cijfers teruggeven",
                round_.code,
                lambda: return_proposals(by=worker, pairs=pairs, reason=reason),
            )
            messages.success(request, f"{_figures(count)} teruggegeven.")
    except MonitorError as error:
        return refusal(request, error, back)
    return redirect(back)


def _figures(count: int) -> str:
    return "Eén cijfer is" if count == 1 else f"{count} cijfers zijn"
