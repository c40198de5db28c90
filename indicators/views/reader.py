"""Who reads: the vantage of a request."""

from django.http import HttpRequest
from django.utils import timezone

from indicators.core.vantage import Standpoint, Vantage, standpoint
from indicators.queries.visibility import audience_of
from indicators.services.proposals import MAY_ENTER


def vantage_of(request: HttpRequest) -> Vantage:
    """The data as this reader may see them now."""
    return Vantage(timezone.now(), audience_of(request.user))


def standpoint_of(request: HttpRequest, *, kind: str = "soort", moment: str = "op") -> Standpoint:
    """The moment that the address asks for (``?soort=bekend&op=2025-03-01``), seen as this reader may see it."""
    return standpoint(
        request.GET.get(kind, ""),
        request.GET.get(moment, "").strip(),
        now=timezone.now(),
        audience=audience_of(request.user),
    )


def may_enter(request: HttpRequest) -> bool:
    """Whether this reader enters figures, so that a page may offer to change one."""
    return request.user.is_authenticated and not request.user.roles.isdisjoint(MAY_ENTER)
