"""Lists of indicators and the page of one."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.charts import plotly_figure
from indicators.core.series_charts import chart_of
from indicators.queries.browse import codes_under, find_facts, find_indicators, summaries, theme_tree
from indicators.queries.indicator_page import indicator_page, select_data
from indicators.views.reader import may_enter, standpoint_of, vantage_of

INDICATORS_PER_PAGE = 25

# Plotly writes one fixed style element and style attributes while drawing; measured, nothing else is needed.
CHART_POLICY = {
    "style-src-elem": [SELF, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
    "style-src-attr": [UNSAFE_INLINE],
}


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators, or those that answer a search, with their latest figure."""
    vantage = vantage_of(request)
    query = request.GET.get("q", "").strip()
    programmes = theme_tree(vantage)
    chosen = request.GET.get("thema", "")
    themes = codes_under(programmes, chosen)
    found = find_indicators(query, themes=themes)
    page = Paginator(found, INDICATORS_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "query": query,
        "programmes": programmes,
        "chosen": chosen if themes is not None else "",
        "page": page,
        "summaries": summaries([match.code for match in page], vantage),
        "facts_found": len(find_facts(vantage, query, themes=themes)) if query else 0,
        "hide_header_search": True,
    }
    return render(request, "indicators/indicators.html", context)


def _wish(request: HttpRequest) -> dict[str, str]:
    """Which series the reader asks for."""
    return {
        "area": request.GET.get("gebied", ""),
        "breakdown": request.GET.get("uitsplitsing", ""),
        "variant": request.GET.get("variant", ""),
    }


@csp_update(CHART_POLICY)  # type: ignore[arg-type]  # its type leaves no room for parts of the address
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator, now or as it was known or published at an earlier moment."""
    asked = standpoint_of(request)
    page = indicator_page(code, asked.vantage, **_wish(request))
    if page is None:
        raise Http404
    kept = {name: request.GET[name] for name in ("gebied", "uitsplitsing", "variant") if request.GET.get(name)}
    context = {"page": page, "standpoint": asked, "kept": kept, "may_enter": may_enter(request)}
    return render(request, "indicators/indicator.html", context, status=400 if asked.error else 200)


@require_safe
def indicator_chart(request: HttpRequest, code: str) -> JsonResponse:
    """The chart of the chosen series as a Plotly figure; 404 when they make no chart."""
    chosen = select_data(code, standpoint_of(request).vantage, **_wish(request))
    spec = chart_of(chosen.data, chosen.info, chosen.selection) if chosen else None
    if spec is None:
        raise Http404
    return JsonResponse(plotly_figure(spec, compact=request.GET.get("vorm") == "klein"))
