"""The figures of municipalities, per police unit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.queries.municipalities import municipal_page
from indicators.views.reader import vantage_of

TODAY = "nu"


@require_safe
def municipalities(request: HttpRequest, code: str) -> HttpResponse:
    """One period of an indicator for all municipalities, on the division of then, or of now when that is asked for."""
    on_today = request.GET.get("indeling") == TODAY
    today = timezone.localdate() if on_today else None
    page = municipal_page(code, vantage_of(request), period=request.GET.get("periode", ""), today=today)
    if page is None:
        raise Http404
    return render(request, "indicators/municipalities.html", {"page": page, "on_today": on_today})
