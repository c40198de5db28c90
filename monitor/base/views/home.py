"""The home page: made of the panels that the apps register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.base.core.pages import home_panels


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    panels = [(panel.template, panel.load(request.user)) for panel in home_panels()]
    return render(request, "base/home.html", {"panels": panels, "hide_header_search": True})
