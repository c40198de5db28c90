"""Doing something on behalf of a person: refusals are recorded and become the right status."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.http import HttpRequest

from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.models import User
from monitor.base.services.audit import audited_refusal
from monitor.base.views.refusals import mark_recorded

Result = TypeVar("Result")

STATUS: dict[type[MonitorError], int] = {NotAllowed: 403, NotThere: 404, Conflict: 409}


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
