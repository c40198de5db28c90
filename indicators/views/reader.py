"""Who reads: the vantage of a request."""

from django.http import HttpRequest
from django.utils import timezone

from indicators.core.vantage import Vantage
from indicators.queries.visibility import audience_of


def vantage_of(request: HttpRequest) -> Vantage:
    """The data as this reader may see them now."""
    return Vantage(timezone.now(), audience_of(request.user))
