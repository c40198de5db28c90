"""Who works in a round, the round an address names, and the page of a refusal."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from indicators.core.access import Worker
from indicators.models import Round
from indicators.queries.rounds import UnknownRound, find_round
from indicators.queries.workers import worker_of
from monitor.base.core.errors import MonitorError
from monitor.base.core.roles import Role
from monitor.base.models import User
from monitor.base.views.acts import status_of

WORKERS = frozenset(Role) - {Role.RAADPLEGER}


def worker_for(request: HttpRequest) -> Worker:
    """The worker behind a signed-in request."""
    return worker_of(cast(User, request.user))


def round_worker(request: HttpRequest) -> Worker:
    """The worker behind a request in a round: rounds are for those who work in them."""
    worker = worker_for(request)
    if worker.roles.isdisjoint(WORKERS):
        raise PermissionDenied
    return worker


def round_at(code: str) -> Round:
    """The round that an address names; 404 when there is none."""
    try:
        return find_round(code)
    except UnknownRound as error:
        raise Http404(error.message) from error


def refusal(request: HttpRequest, error: MonitorError, back: str) -> HttpResponse:
    """A page of its own for a refusal: what was refused, why, and the way back."""
    status = status_of(error)
    return render(request, "indicators/rounds/refused.html", {"error": error.message, "back": back}, status=status)
