"""Refusals at the door: what a signed-in person was not let through to leaves a record, whatever view refused it.

A view that does its work through ``audited_refusal`` says what was refused in words and tells so here; every other
refusal (a page that asks for another role, something that does not exist, a form that did not come from our own page)
is recorded as an attempt on the address.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from monitor.base.core.audit import AuditOutcome, rows_digest
from monitor.base.services.audit import record_act

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_MARK = "refusal_is_recorded"
_REASONS = {
    403: "Daarvoor is een andere rol of een ander thema nodig.",
    404: "Wat gevraagd werd, bestaat niet of is niet voor deze persoon.",
    409: "Iemand anders was eerder.",
}


def mark_recorded(request: HttpRequest) -> None:
    """The refusal of this request has its record already."""
    setattr(request, _MARK, True)


class RecordRefusals:
    """Middleware, inside authentication: one record per refused act, and per page that was closed to somebody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user  # who asks: signing out takes the person from the request
        response = self.get_response(request)
        if user.is_authenticated and not hasattr(request, _MARK) and _is_refusal(request, response):
            record_act(
                actor=user,
                act="pagina openen" if request.method in SAFE_METHODS else "formulier versturen",
                subject=request.path,
                counts={},
                rows_digest=rows_digest([]),
                detail={"reden": _REASONS[response.status_code], "status": response.status_code},
                outcome=AuditOutcome.GEWEIGERD,
            )
        return response


def _is_refusal(request: HttpRequest, response: HttpResponse) -> bool:
    """Reading what does not exist is a mistyped address; trying to change it is an act."""
    if request.method in SAFE_METHODS:
        return response.status_code == 403
    return response.status_code in _REASONS
