"""The first page of the strength allocation, the versions of the model and the values of a year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allocation.core.answers import NO_NEED
from allocation.forms.allocation import RunForm
from allocation.queries.pages import model_page, overview, set_page
from allocation.services.runs import run_allocation
from allocation.views.acts import found, may_calculate, worker_for
from indicators.core.access import Worker
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import perform, status_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def allocation(request: HttpRequest) -> HttpResponse:
    """What can be run and what was run; a calculator runs the model here."""
    worker = worker_for(request)
    if request.method != "POST":
        return _page(request, worker, RunForm(initial={"fte": "1000"}))
    form = RunForm(request.POST)
    if not form.is_valid():
        return _page(request, worker, form, status=400)
    order = form.order
    subject = f"{order.model} op {order.feature_set}"
    try:
        run = perform(request, "model draaien", subject, lambda: run_allocation(by=worker, order=order))
    except MonitorError as error:
        return _page(request, worker, form, error=error.message, status=status_of(error))
    messages.success(request, "De berekening is bewaard.")
    return redirect("allocation-run", run.pk)


def _page(request: HttpRequest, worker: Worker, form: RunForm, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "page": overview(),
        "form": form,
        "error": error,
        "may_calculate": may_calculate(worker),
        "no_need": NO_NEED,
    }
    return render(request, "allocation/allocation.html", context, status=status)


@login_required
@require_safe
def version(request: HttpRequest, code: str) -> HttpResponse:
    """A version of the model: its weights, and its features with how they were judged."""
    worker_for(request)
    return render(request, "allocation/version.html", {"page": found(lambda: model_page(code))})


@login_required
@require_safe
def feature_set(request: HttpRequest, code: str) -> HttpResponse:
    """A set: what is real, what is invented, what is missing."""
    worker_for(request)
    return render(request, "allocation/feature_set.html", {"page": found(lambda: set_page(code))})
