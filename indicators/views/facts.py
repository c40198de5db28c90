"""One-off figures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.queries.browse import codes_under, find_facts, theme_tree
from indicators.views.reader import may_enter, vantage_of

FACTS_PER_PAGE = 30


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    vantage = vantage_of(request)
    query = request.GET.get("q", "").strip()
    programmes = theme_tree(vantage)
    chosen = request.GET.get("thema", "")
    themes = codes_under(programmes, chosen)
    page = Paginator(find_facts(vantage, query, themes=themes), FACTS_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "query": query,
        "programmes": programmes,
        "chosen": chosen if themes is not None else "",
        "page": page,
        "may_enter_facts": may_enter(request),
    }
    return render(request, "indicators/facts.html", context)
