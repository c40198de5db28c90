"""Steering a round: owner, supplier and due date of the asked figures, what is asked, the steps, and the suppliers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indicators.core.access import Worker
from indicators.core.enumerations import RoundState
from indicators.forms.rounds import AddItemsForm, AssignmentForm, SelectionForm, StepsForm, SupplierForm
from indicators.models import Round, RoundItem, Supplier
from indicators.queries.browse import find_indicators
from indicators.queries.round_management import (
    find_indicator,
    item_name,
    name_of,
    people_with,
    series_choices,
    suppliers,
)
from indicators.queries.round_overview import find_item, round_overview
from indicators.services.proposals import MAY_ENTER
from indicators.services.round_items import (
    MAY_KEEP_SUPPLIERS,
    Assignment,
    add_items,
    assign_items,
    change_supplier,
    remove_item,
    set_steps,
)
from indicators.services.rounds import MAY_STEER
from indicators.views.acts import round_at, round_worker
from indicators.views.rounds import choice_of
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import format_number, read_row_number
from monitor.base.views.acts import Result, perform, status_of

SHOWN_INDICATORS = 20


def _may_change(worker: Worker, round_: Round) -> bool:
    return round_.state != RoundState.CLOSED and not worker.roles.isdisjoint(MAY_STEER)


def _first_error(*forms: object) -> str:
    """The first complaint of forms that are shown without their fields' own."""
    found = [str(error) for form in forms for errors in form.errors.values() for error in errors]  # type: ignore[attr-defined]
    return found[0]


# --- the figures ------------------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, code: str) -> HttpResponse:
    """All asked figures of a round, to be assigned one by one or as a selection."""
    worker, round_ = round_worker(request), round_at(code)
    form = AssignmentForm(request.POST or None, **_choices(), many=True)
    if request.method != "POST":
        return _manage_page(request, worker, round_, form)
    selection = SelectionForm(request.POST)
    if not (form.is_valid() and selection.is_valid()):
        return _manage_page(request, worker, round_, form, error=_first_error(form, selection), status=400)
    ids, assignment = selection.ids(everything=request.POST.get("act") == "allen"), form.assignment
    try:
        count = perform(
            request,
            "ronde beheren",
            code,
            lambda: assign_items(by=worker, code=code, item_ids=ids, assignment=assignment),
        )
    except MonitorError as error:
        return _manage_page(request, worker, round_, form, error=error.message, status=status_of(error))
    messages.success(request, f"{_figures(count)} bijgewerkt.")
    return redirect(f"{reverse('round-manage', args=[code])}?{request.GET.urlencode()}")


def _figures(count: int) -> str:
    return "Eén cijfer is" if count == 1 else f"{format_number(count)} cijfers zijn"


def _choices() -> dict[str, Any]:
    """Whom and what the form offers."""
    return {"people": list(people_with(*MAY_ENTER)), "suppliers": list(suppliers())}


def _manage_page(
    request: HttpRequest,
    worker: Worker,
    round_: Round,
    form: AssignmentForm,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    choice = choice_of(request, worker)
    context = {
        "page": round_overview(round_, worker, choice),
        "choice": choice,
        "form": form,
        "error": error,
        "chosen": set(request.POST.getlist("items")),
        "may_change": _may_change(worker, round_),
    }
    return render(request, "indicators/rounds/manage.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage_item(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    """One asked figure: who answers for it, or take it out of the round."""
    worker, round_ = round_worker(request), round_at(code)
    item = find_item(code, item_id, worker)
    if item is None:
        raise Http404
    if request.method != "POST":
        return _item_page(request, worker, item, AssignmentForm(**_choices(), initial=_assigned(item)))
    form = AssignmentForm(request.POST, **_choices())
    if request.POST.get("act") == "weghalen":
        return _act(
            request,
            lambda: remove_item(by=worker, code=code, item_id=item_id),
            lambda _: "Het cijfer wordt in deze ronde niet meer gevraagd.",
            lambda error: _item_page(request, worker, item, form, error=error.message, status=status_of(error)),
            reverse("round-manage", args=[code]),
        )
    if not form.is_valid():
        return _item_page(request, worker, item, form, status=400)
    assignment: Assignment = form.assignment
    return _act(
        request,
        lambda: assign_items(by=worker, code=round_.code, item_ids=[item_id], assignment=assignment),
        lambda _: "Het cijfer is bijgewerkt.",
        lambda error: _item_page(request, worker, item, form, error=error.message, status=status_of(error)),
        reverse("round-manage", args=[code]),
    )


def _act(
    request: HttpRequest,
    work: Callable[[], Result],
    said: Callable[[Result], str],
    refused: Callable[[MonitorError], HttpResponse],
    back: str,
) -> HttpResponse:
    """Do it, say so and go back; or show the page again with what is wrong."""
    try:
        result = perform(request, "ronde beheren", request.path, work)
    except MonitorError as error:
        return refused(error)
    messages.success(request, said(result))
    return redirect(back)


def _assigned(item: RoundItem) -> dict[str, object]:
    return {"owner": item.owner_id or "-", "supplier": item.supplier_id or "-", "due": item.due}


def _item_page(
    request: HttpRequest, worker: Worker, item: RoundItem, form: AssignmentForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "item": item,
        "name": item_name(item),
        "form": form,
        "error": error,
        "may_change": _may_change(worker, item.round),
    }
    return render(request, "indicators/rounds/manage_item.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for more: search an indicator, choose its series and the period."""
    worker, round_ = round_worker(request), round_at(code)
    if request.method != "POST":
        return _add_page(request, worker, round_, None)
    form = AddItemsForm(request.POST)
    if not form.is_valid():
        return _add_page(request, worker, round_, form, error=_first_error(form), status=400)
    data = form.cleaned_data
    return _act(
        request,
        lambda: add_items(by=worker, code=code, series_ids=data["series"], period=data["period"]),
        lambda count: f"{_figures(count)} aan de ronde toegevoegd.",
        lambda error: _add_page(request, worker, round_, form, error=error.message, status=status_of(error)),
        reverse("round-manage", args=[code]),
    )


def _add_page(
    request: HttpRequest,
    worker: Worker,
    round_: Round,
    form: AddItemsForm | None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    wanted = request.POST.get("indicator", "") if form else request.GET.get("indicator", "").replace("\0", "")
    indicator = find_indicator(wanted, worker) if wanted else None
    choices = series_choices(round_, indicator) if indicator else []
    suggested = next((one.suggested for one in choices if one.suggested), "")
    context = {
        "round": round_,
        "query": query,
        "found": find_indicators(query)[:SHOWN_INDICATORS] if query else [],
        "indicator": indicator,
        "indicator_name": name_of(indicator) if indicator else "",
        "choices": choices,
        "form": form or AddItemsForm(initial={"indicator": wanted, "period": suggested}),
        "chosen": set(map(read_row_number, request.POST.getlist("series"))),
        "error": error,
        "may_change": _may_change(worker, round_),
    }
    return render(request, "indicators/rounds/add.html", context, status=status)


# --- steps and suppliers ----------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, code: str) -> HttpResponse:
    """The days on which the steps of a round must be done."""
    worker, round_ = round_worker(request), round_at(code)

    def page(form: StepsForm, error: str = "", status: int = 200) -> HttpResponse:
        context = {"round": round_, "form": form, "error": error, "may_change": _may_change(worker, round_)}
        return render(request, "indicators/rounds/steps.html", context, status=status)

    if request.method != "POST":
        return page(StepsForm(round_=round_))
    form = StepsForm(request.POST, round_=round_)
    if not form.is_valid():
        return page(form, status=400)
    due = form.due
    return _act(
        request,
        lambda: set_steps(by=worker, code=code, due=due),
        lambda _: "De data zijn opgeslagen.",
        lambda error: page(form, error.message, status_of(error)),
        reverse("round-overview", args=[code]),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep_suppliers(request: HttpRequest) -> HttpResponse:
    """Who delivers, and whom to write to; a beheerder keeps the contacts."""
    worker = round_worker(request)
    if request.method != "POST":
        return _suppliers_page(request, worker)
    code = request.POST.get("supplier", "")
    form = SupplierForm(request.POST)
    if not form.is_valid():
        return _suppliers_page(request, worker, changed=(code, form), status=400)
    return _act(
        request,
        lambda: change_supplier(by=worker, code=code, **form.cleaned_data),
        lambda supplier: f"De gegevens van {supplier.name} zijn opgeslagen.",
        lambda error: _suppliers_page(request, worker, error=error.message, status=status_of(error)),
        reverse("suppliers"),
    )


def _suppliers_page(
    request: HttpRequest,
    worker: Worker,
    *,
    changed: tuple[str, SupplierForm] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    may_change = not worker.roles.isdisjoint(MAY_KEEP_SUPPLIERS)
    rows = [(one, _supplier_form(one, changed) if may_change else None) for one in suppliers()]
    context = {"rows": rows, "error": error}
    return render(request, "indicators/rounds/suppliers.html", context, status=status)


def _supplier_form(supplier: Supplier, changed: tuple[str, SupplierForm] | None) -> SupplierForm:
    if changed is not None and changed[0] == supplier.code:
        changed[1].auto_id = f"{supplier.code}-%s"
        return changed[1]
    initial = {"contact_name": supplier.contact_name, "contact_email": supplier.contact_email}
    return SupplierForm(initial=initial, auto_id=f"{supplier.code}-%s")
