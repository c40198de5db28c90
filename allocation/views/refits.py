"""Refits: ordering one, its outcome per cluster, the rekenvarianten made of it, and how certain their shares are."""

import json

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allocation.core.answers import NO_NEED
from allocation.core.refit_pictures import path_spec
from allocation.core.results import FICTITIOUS_MARK
from allocation.forms.refits import RefitForm, VariantForm
from allocation.importing.refit_files import plan_refit
from allocation.queries.refit_pages import RefitPage, cluster_page, intervals_page, refit_page
from allocation.queries.refits import refit_detail, refit_lines
from allocation.services.refits import order_refit
from allocation.services.variants import order_intervals, save_variant
from allocation.views.acts import calculator_for, found, may_calculate, worker_for
from allocation.views.runs import CHART_POLICY
from indicators.charts import plotly_figure
from indicators.core.access import Worker
from monitor.base.core.errors import MonitorError
from monitor.base.tasks import nudge
from monitor.base.views.acts import perform, status_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refits(request: HttpRequest) -> HttpResponse:
    """What was refitted; a calculator orders a refit here and follows its job."""
    worker = worker_for(request)
    if request.method != "POST":
        return _refits(request, worker, RefitForm())
    calculator_for(request)
    form = RefitForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refits(request, worker, form, status=400)
    try:
        _, job = perform(
            request,
            "herschatting vragen",
            f"herschatting {form.cleaned_data['name']}",
            lambda: order_refit(by=worker, new=plan_refit(form.upload)),
        )
    except MonitorError as error:
        return _refits(request, worker, form, error=error.message, status=status_of(error))
    nudge(job)
    return redirect("job", job_id=job.pk)


def _refits(
    request: HttpRequest, worker: Worker, form: RefitForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"lines": refit_lines(), "form": form, "error": error, "may_calculate": may_calculate(worker)}
    return render(request, "allocation/refits.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refit(request: HttpRequest, refit_id: int) -> HttpResponse:
    """The outcome of a refit; a calculator combines its clusters into a rekenvariant here."""
    worker = worker_for(request)
    page = found(lambda: refit_page(refit_id))
    if request.method != "POST":
        return _refit(request, worker, page, VariantForm(page.clusters, initial=page.suggested_shares))
    calculator_for(request)
    form = VariantForm(page.clusters, request.POST)
    if not form.is_valid():
        return _refit(request, worker, page, form, status=400)
    name, shares = form.cleaned_data["name"], form.shares
    try:
        version = perform(
            request,
            "rekenvariant maken",
            f"herschatting {refit_id}",
            lambda: save_variant(by=worker, refit_id=refit_id, name=name, shares=shares),
        )
    except MonitorError as error:
        return _refit(request, worker, page, form, error=error.message, status=status_of(error))
    messages.success(request, f"Rekenvariant ‘{version.name}’ is gemaakt en kan worden gedraaid.")
    return redirect("allocation-version", version.code)


def _refit(
    request: HttpRequest, worker: Worker, page: RefitPage, form: VariantForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "error": error,
        "may_calculate": may_calculate(worker),
        "no_need": NO_NEED,
    }
    return render(request, "allocation/refit.html", context, status=status)


@csp_update(CHART_POLICY)  # type: ignore[arg-type]  # its type leaves no room for parts of the address
@login_required
@require_safe
def cluster(request: HttpRequest, refit_id: int, number: int) -> HttpResponse:
    """One cluster: its path, its coefficients, what stayed out and why, and the residuals."""
    worker_for(request)
    page = found(lambda: cluster_page(refit_id, number))
    return render(request, "allocation/refit_cluster.html", {"page": page})


@login_required
@require_safe
def cluster_chart(request: HttpRequest, refit_id: int, number: int) -> JsonResponse:
    """The path of a cluster as a Plotly figure; 404 where nothing was picked."""
    worker_for(request)
    detail = found(lambda: refit_detail(refit_id))
    fitted = found(lambda: detail.cluster(number))
    mark = FICTITIOUS_MARK if detail.order.is_fictitious else ""
    spec = path_spec(f"pad-{refit_id}-{number}", fitted, detail.names, mark=mark)
    if spec is None:
        raise Http404
    return JsonResponse(plotly_figure(spec, compact=request.GET.get("vorm") == "klein"))


@login_required
@require_safe
def refit_json(request: HttpRequest, refit_id: int) -> HttpResponse:
    """Everything that came out, with where it came from; invented input says so in the name of the file."""
    worker_for(request)
    detail = found(lambda: refit_detail(refit_id))
    if detail.kept is None or detail.result is None:
        raise Http404
    order = detail.order
    body = {
        "refit": order.name,
        "fictitious": order.is_fictitious,
        "fictitious_inputs": order.fictitious_inputs.splitlines(),
        "inputs": order.sources,
        "input_sha256": order.data_digest,
        "result_sha256": detail.kept.result_digest,
        "software": detail.kept.software,
        **detail.result,
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False, indent=1) + "\n", content_type="application/json")
    mark = f"-{FICTITIOUS_MARK}" if order.is_fictitious else ""
    answer["Content-Disposition"] = f'attachment; filename="herschatting-{slugify(order.name)}{mark}.json"'
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def intervals(request: HttpRequest, code: str) -> HttpResponse:
    """How certain the shares of a rekenvariant are; a calculator has them computed here."""
    worker = worker_for(request)
    error, status = "", 200
    if request.method == "POST":
        try:
            job = perform(request, "marges vragen", code, lambda: order_intervals(by=worker, version=code))
        except MonitorError as refused:
            error, status = refused.message, status_of(refused)
        else:
            nudge(job)
            return redirect("job", job_id=job.pk)
    page = found(lambda: intervals_page(code))
    context = {"page": page, "error": error, "may_calculate": may_calculate(worker), "no_need": NO_NEED}
    return render(request, "allocation/refit_intervals.html", context, status=status)
