"""A run: beside other keys, explained per unit, with its charts."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allocation.core.answers import NO_NEED
from allocation.core.comparison import Comparison
from allocation.core.explanation import REMARK
from allocation.core.pictures import bars_spec, map_spec, waterfall_spec
from allocation.queries.pages import answers_page, change_page, run_page, unit_explanation, unit_page
from allocation.queries.runs import comparison_of, find_run, mark_of
from allocation.views.acts import found, worker_for
from indicators.charts import plotly_figure
from indicators.core.charts import ChartSpec

# Plotly writes one fixed style element and style attributes while drawing; measured, nothing else is needed.
CHART_POLICY = {
    "style-src-elem": [SELF, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
    "style-src-attr": [UNSAFE_INLINE],
}
BARS, MAP, DIFFERENCE = "staven", "kaart", "verschil"


@csp_update(CHART_POLICY)  # type: ignore[arg-type]  # its type leaves no room for parts of the address
@login_required
@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """The outcome beside the other keys, with where it came from."""
    worker_for(request)
    page = found(lambda: run_page(run_id))
    charts = [(name, spec) for name in (BARS, MAP, DIFFERENCE) if (spec := _spec(name, page.comparison, page.mark))]
    context = {"page": page, "charts": charts, "no_need": NO_NEED}
    return render(request, "allocation/run.html", context)


def _spec(name: str, comparison: Comparison, mark: str) -> ChartSpec | None:
    """The chart with this name; the difference on the map is with the first other key."""
    if name == BARS:
        return bars_spec("verdeling-staven", comparison, mark=mark)
    if name == MAP:
        return map_spec("verdeling-kaart", comparison, mark=mark)
    if name == DIFFERENCE and len(comparison.keys) > 1:
        return map_spec("verdeling-verschil", comparison, against=1, mark=mark)
    return None


@login_required
@require_safe
def run_chart(request: HttpRequest, run_id: int) -> JsonResponse:
    """A chart of a run as a Plotly figure; 404 for one that cannot be drawn."""
    worker_for(request)
    row = found(lambda: find_run(run_id))
    spec = _spec(request.GET.get("soort", BARS), comparison_of(row), mark_of(row))
    if spec is None:
        raise Http404
    return _figure(request, spec)


def _figure(request: HttpRequest, spec: ChartSpec) -> JsonResponse:
    return JsonResponse(plotly_figure(spec, compact=request.GET.get("vorm") == "klein"))


@csp_update(CHART_POLICY)  # type: ignore[arg-type]  # its type leaves no room for parts of the address
@login_required
@require_safe
def unit(request: HttpRequest, run_id: int, slug: str) -> HttpResponse:
    """Why a unit gets its share: what every feature and every municipality contributes."""
    worker_for(request)
    page = found(lambda: unit_page(run_id, slug))
    names = {line.feature.code: line.feature.in_words for line in page.lines}
    chart = waterfall_spec(f"waterval-{slug}", page.explanation, names, mark=page.mark)
    context = {"page": page, "slug": slug, "remark": REMARK, "no_need": NO_NEED, "chart": chart}
    return render(request, "allocation/unit.html", context)


@login_required
@require_safe
def unit_chart(request: HttpRequest, run_id: int, slug: str) -> JsonResponse:
    """The waterfall of a unit as a Plotly figure."""
    worker_for(request)
    row, explanation, names = found(lambda: unit_explanation(run_id, slug))
    return _figure(request, waterfall_spec(f"waterval-{slug}", explanation, names, mark=mark_of(row)))


@login_required
@require_safe
def questions(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ready answers with the figures of this run."""
    worker_for(request)
    return render(request, "allocation/questions.html", {"page": found(lambda: answers_page(run_id))})


@login_required
@require_safe
def change(request: HttpRequest, run_id: int, other_id: int) -> HttpResponse:
    """What changed since another run, split into data and weights."""
    worker_for(request)
    return render(request, "allocation/change.html", {"page": found(lambda: change_page(run_id, other_id))})
