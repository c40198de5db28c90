"""What-if: making a scenario, and scenarios side by side."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allocation.core.answers import NO_NEED
from allocation.core.errors import AllocationError
from allocation.forms.scenarios import ScenarioForm
from allocation.queries.scenarios import ScenarioBase, load_side_by_side, scenario_base, scenario_choices, scenario_list
from allocation.services.scenarios import NewScenario, save_scenario
from allocation.views.acts import calculator_for, found, may_calculate, worker_for
from indicators.core.access import Worker
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import format_number
from monitor.base.views.acts import perform, status_of


@login_required
@never_cache
@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """The scenarios that were kept, to be laid side by side; and on what a new one can be made."""
    worker = worker_for(request)
    versions, sets = scenario_choices()
    context = {
        "scenarios": scenario_list(),
        "versions": versions,
        "sets": sets,
        "may_calculate": may_calculate(worker),
        "no_need": NO_NEED,
    }
    return render(request, "allocation/scenarios.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_scenario(request: HttpRequest) -> HttpResponse:
    """Fill in a what-if on the version and the set in the address, and keep it with its outcome."""
    worker = worker_for(request)
    base = found(lambda: scenario_base(request.GET.get("model", ""), request.GET.get("kenmerken", "")))
    if request.method != "POST":
        shares = {f"share_{place}": format_number(share, 2) for place, share in enumerate(base.shown_shares)}
        return _form(request, worker, base, ScenarioForm(base, initial={"fte": "1000", **shares}))
    calculator_for(request)
    form = ScenarioForm(base, request.POST)
    if not form.is_valid():
        return _form(request, worker, base, form, status=400)
    new = NewScenario(form.cleaned_data["name"], base.version.code, base.feature_set.code, form.inputs)
    try:
        scenario, _ = perform(
            request, "scenario maken", f"scenario {new.name}", lambda: save_scenario(by=worker, new=new)
        )
    except MonitorError as error:
        return _form(request, worker, base, form, error=error.message, status=status_of(error))
    messages.success(request, f"Scenario ‘{scenario.name}’ is bewaard.")
    return redirect(f"{reverse('allocation-scenario-compare')}?scenario={scenario.pk}")


def _form(
    request: HttpRequest, worker: Worker, base: ScenarioBase, form: ScenarioForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "base": base,
        "form": form,
        "error": error,
        "may_calculate": may_calculate(worker),
        "no_need": NO_NEED,
    }
    return render(request, "allocation/scenario_form.html", context, status=status)


@login_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """One scenario, or several side by side; differences are with the first."""
    worker_for(request)
    ids = [int(text) for text in request.GET.getlist("scenario") if text.isdecimal() and len(text) < 10]
    try:
        side = load_side_by_side(ids)
    except AllocationError as error:
        return render(request, "allocation/scenario_compare.html", {"error": error.message}, status=400)
    return render(request, "allocation/scenario_compare.html", {"side": side, "no_need": NO_NEED})
