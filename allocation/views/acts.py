"""Who works with the strength allocation, and what an address of it names."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from allocation.services.feature_sets import MAY_CALCULATE
from indicators.core.access import Worker
from indicators.queries.workers import worker_of
from monitor.base.core.errors import NotThere
from monitor.base.core.roles import Role
from monitor.base.models import User

Result = TypeVar("Result")

WORKERS = frozenset(Role) - {Role.RAADPLEGER}


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
