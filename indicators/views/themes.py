"""Themes and what stands under them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.queries.browse import theme_page, theme_tree
from indicators.views.reader import may_enter, vantage_of


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "indicators/themes.html", {"programmes": theme_tree(vantage_of(request))})


@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    page = theme_page(code, vantage_of(request))
    if page is None:
        raise Http404
    return render(request, "indicators/theme.html", {"page": page, "may_enter_facts": may_enter(request)})
