"""What comes back from suppliers: offering a file, looking at its plan, deciding about it."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from indicators.core.access import Worker
from indicators.core.enumerations import DeliveryState
from indicators.forms.deliveries import PlanForm, UploadForm
from indicators.importing.delivery import CHANGE_KINDS, PlanChanged, RowChoice, confirm_delivery, make_plan
from indicators.importing.delivery_export import plan_as_data, plan_as_sheet
from indicators.importing.delivery_plan import CHOSEN, DeliveryPlan, RowKind
from indicators.importing.own_sheets import lacks_profile, profile_query
from indicators.models import Delivery, Round
from indicators.queries.deliveries import deliveries_of, find_delivery
from indicators.queries.profiles import themes_of_delivery
from indicators.services.deliveries import read_delivery_file, receive_delivery, set_aside_delivery
from indicators.services.proposals import MAY_ENTER
from indicators.views.acts import refusal, round_at, round_worker
from indicators.views.downloads import XLSX_TYPE, attachment
from monitor.base.core.errors import MonitorError
from monitor.base.tabular.writing import write_csv, write_xlsx
from monitor.base.views.acts import perform, status_of

FOUND_BEFORE = "Dit bestand is er al; er is niets veranderd."


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deliveries(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that came in for a round, and the form to offer the next file."""
    worker, round_ = round_worker(request), round_at(code)
    if request.method != "POST":
        return _list_page(request, worker, round_, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if round_.is_open and not worker.roles.isdisjoint(MAY_ENTER) and not form.is_valid():
        return _list_page(request, worker, round_, form, status=400)
    offered = form.cleaned_data.get("file") if form.is_valid() else None
    name, content = (str(offered.name), offered.read()) if offered is not None else ("", b"")
    try:
        received = perform(
            request,
            "aanlevering ontvangen",
            f"{code}, {name}",
            lambda: receive_delivery(by=worker, round_code=round_.code, file_name=name, content=content),
        )
    except MonitorError as error:
        return _list_page(request, worker, round_, form, error=error.message, status=status_of(error))
    if not received.is_new:
        messages.info(request, FOUND_BEFORE)
    return redirect("round-delivery", round_.code, received.delivery.pk)


def _list_page(
    request: HttpRequest, worker: Worker, round_: Round, form: UploadForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "round": round_,
        "deliveries": deliveries_of(round_),
        "form": form,
        "error": error,
        "may_enter": round_.is_open and not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/deliveries/deliveries.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    """The plan of a delivery: look, confirm all of it or the good rows, or set it aside."""
    worker, round_ = round_worker(request), round_at(code)
    found = _delivery(worker, round_, delivery_id)
    if request.method == "POST":
        return _decide(request, worker, found)
    if found.state != DeliveryState.READ:
        return render(request, "indicators/deliveries/decided.html", {"round": round_, "delivery": found})
    if lacks_profile(found):
        return redirect("round-own-profile", round_.code, found.pk)
    return _plan_page(request, worker, found)


def _delivery(worker: Worker, round_: Round, delivery_id: int) -> Delivery:
    """A delivery of the round; for who may not work on its themes it does not exist."""
    found = find_delivery(round_, delivery_id)
    if found is None:
        raise Http404
    if worker.themes is not None and not worker.themes.issuperset(themes_of_delivery(found)):
        raise Http404
    return found


def _decide(request: HttpRequest, worker: Worker, found: Delivery) -> HttpResponse:
    if request.POST.get("act") == "terzijde":
        return _set_aside(request, worker, found)
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise Http404
    choices = form.choices
    try:
        done = perform(
            request,
            "aanlevering verwerken",
            str(found),
            lambda: confirm_delivery(
                by=worker,
                delivery=found,
                digest=form.cleaned_data["digest"],
                choices=choices,
                only_valid=form.only_valid,
            ),
        )
    except PlanChanged as changed:
        return _plan_page(request, worker, found, error=changed.message, choices=choices, status=409)
    except MonitorError as error:
        return _undecided(request, worker, found, error, choices)
    count = "1 cijfer staat" if done.stored == 1 else f"{done.stored} cijfers staan"
    messages.success(request, f"{count} nu als concept in de ronde. Dien ze in; een collega controleert ze.")
    return redirect("round-delivery", request.resolver_match.kwargs["code"], found.pk)  # type: ignore[union-attr]


def _set_aside(request: HttpRequest, worker: Worker, found: Delivery) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        perform(
            request,
            "aanlevering terzijde leggen",
            str(found),
            lambda: set_aside_delivery(by=worker, delivery_id=found.pk, reason=reason),
        )
    except MonitorError as error:
        return _undecided(request, worker, found, error, {})
    messages.success(request, "Het bestand is terzijde gelegd; er is niets van gebruikt.")
    return redirect("round-deliveries", request.resolver_match.kwargs["code"])  # type: ignore[union-attr]


def _undecided(
    request: HttpRequest, worker: Worker, found: Delivery, error: MonitorError, choices: Mapping[str, RowChoice]
) -> HttpResponse:
    """What was filled in stays on the page, where there is still a page to decide on."""
    if status_of(error) == 400 and found.state == DeliveryState.READ:
        return _plan_page(request, worker, found, error=error.message, choices=choices, status=400)
    return refusal(request, error, request.path)


def _plan_page(
    request: HttpRequest,
    worker: Worker,
    found: Delivery,
    *,
    error: str = "",
    choices: Mapping[str, RowChoice] | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        plan = make_plan(found)
    except MonitorError as unreadable:
        return refusal(request, unreadable, reverse("round-deliveries", args=[found.round.code if found.round else ""]))
    chosen = choices or {}
    context = {
        "round": found.round,
        "delivery": found,
        "plan": plan,
        "counts": [(label, count) for label, count in plan.counts.items() if count],
        "to_choose": [(row, chosen.get(row.row_id)) for row in plan.of(*CHOSEN)],
        "new": plan.of(RowKind.NEW),
        "unavailable": plan.of(RowKind.UNAVAILABLE),
        "missing": plan.of(RowKind.MISSING),
        "same": plan.of(RowKind.SAME),
        "change_kinds": CHANGE_KINDS,
        "profile_link": _profile_link(found),
        "error": error,
        "may_enter": found.round is not None and found.round.is_open and not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/deliveries/plan.html", context, status=status)


def _profile_link(found: Delivery) -> str:
    """Where the profile of a supplier's own sheet is changed, with the table that it is about."""
    if found.profile is None or found.round is None:
        return ""
    return f"{reverse('round-own-profile-make', args=[found.round.code, found.pk])}?{profile_query(found)}"


# --- to take away -----------------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def delivery_file(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    """The file as it came in; the browser is told to keep it and not to show it."""
    found = _delivery(round_worker(request), round_at(code), delivery_id)
    try:
        content = read_delivery_file(found)
    except MonitorError as error:
        raise Http404(error.message) from error
    answer = attachment(content, "application/octet-stream", found.file_name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _plan_of(request: HttpRequest, code: str, delivery_id: int) -> DeliveryPlan:
    found = _delivery(round_worker(request), round_at(code), delivery_id)
    try:
        return make_plan(found)
    except MonitorError as error:
        raise Http404(error.message) from error


@login_required
@never_cache
@require_safe
def plan_json(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    return JsonResponse(plan_as_data(_plan_of(request, code, delivery_id)), json_dumps_params={"ensure_ascii": False})


@login_required
@never_cache
@require_safe
def plan_csv(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    sheet = plan_as_sheet(_plan_of(request, code, delivery_id))
    return attachment(write_csv(sheet), "text/csv; charset=utf-8", f"plan-{code}-{delivery_id}.csv")


@login_required
@never_cache
@require_safe
def plan_xlsx(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    sheet = plan_as_sheet(_plan_of(request, code, delivery_id))
    return attachment(write_xlsx([sheet], title="Plan"), XLSX_TYPE, f"plan-{code}-{delivery_id}.xlsx")
