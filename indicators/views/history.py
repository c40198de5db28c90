"""The history of one figure, and what changed in a theme between two moments."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.core.access import Worker
from indicators.queries.history import figure_history
from indicators.views.acts import WORKERS, worker_for
from indicators.views.reader import standpoint_of


def working_reader(request: HttpRequest) -> Worker | None:
    """The reader as somebody who works with figures; None for anybody else."""
    if not request.user.is_authenticated:
        return None
    worker = worker_for(request)
    return None if worker.roles.isdisjoint(WORKERS) else worker


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """The revisions of one figure, who did what, and where it was published: ``?reeks=…&periode=2024``."""
    asked = standpoint_of(request)
    found = figure_history(
        code, request.GET.get("reeks", ""), request.GET.get("periode", ""), asked.vantage, working_reader(request)
    )
    if found is None:
        raise Http404
    context = {
        "history": found,
        "standpoint": asked,
        "kept": {"reeks": found.series.key, "periode": found.period.code},
    }
    return render(request, "indicators/history.html", context, status=400 if asked.error else 200)
