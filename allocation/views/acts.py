"""Doing something in the strength allocation for a person: refusals are recorded and become the right status."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from allocation.services.feature_sets import MAY_CALCULATE
from indicators.core.access import Conflict, NotAllowed, NotThere, Worker
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
    """The worker behind a request. Nothing here is public: no version or run was released by anybody."""
    worker = worker_of(cast(User, request.user))
    if worker.roles.isdisjoint(WORKERS):
        raise PermissionDenied
    return worker


def may_calculate(worker: Worker) -> bool:
    return not worker.roles.isdisjoint(MAY_CALCULATE)


def calculator_for(request: HttpRequest) -> Worker:
    """The worker behind a request that only a calculator may make."""
    worker = worker_for(request)
    if not may_calculate(worker):
        raise PermissionDenied
    return worker


def found(look: Callable[[], Result]) -> Result:
    """What an address names; 404 when it is not there."""
    try:
        return look()
    except NotThere as error:
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
