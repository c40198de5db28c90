"""Doing something on behalf of a person: refusals are recorded and become the right status."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from indicators.core.access import Conflict, NotAllowed, NotThere, Worker
from indicators.models import Round
from indicators.queries.rounds import UnknownRound, find_round
from indicators.queries.workers import worker_of
from monitor.base.core.errors import MonitorError
from monitor.base.core.roles import Role
from monitor.base.models import User
from monitor.base.services.audit import audited_refusal
from monitor.base.views.refusals import mark_recorded

Result = TypeVar("Result")

WORKERS = frozenset(Role) - {Role.RAADPLEGER}
STATUS: dict[type[MonitorError], int] = {NotAllowed: 403, NotThere: 404, Conflict: 409}


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


def perform(request: HttpRequest, act: str, subject: str, work: Callable[[], Result]) -> Result:
    """Do the work; a refusal leaves an audit record after the rollback and is raised again."""
    try:
        with audited_refusal(actor=cast(User, request.user), act=act, subject=subject):
            return work()
    except Exception:
        mark_recorded(request)
        raise


def status_of(error: MonitorError) -> int:
    """403, 404, 409, or 400 for input that is wrong."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)


def refusal(request: HttpRequest, error: MonitorError, back: str) -> HttpResponse:
    """A page of its own for a refusal: what was refused, why, and the way back."""
    status = status_of(error)
    return render(request, "indicators/rounds/refused.html", {"error": error.message, "back": back}, status=status)
