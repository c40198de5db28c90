"""Asking suppliers for figures: who must still deliver, a request with its mail, and the sheets themselves."""

import zipfile
from io import BytesIO
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from indicators.core.access import Worker
from indicators.core.request_sheets import figure_count, request_mail
from indicators.models import DataRequest, Round
from indicators.queries.deliveries import themes_of
from indicators.queries.requests import (
    figures_without_supplier,
    find_request,
    latest_requests,
    load_request_sheet,
    supplier_rows,
)
from indicators.services.proposals import MAY_ENTER
from indicators.services.requests import NothingToAsk, make_request, read_request_file
from indicators.views.acts import refusal, round_at, round_worker
from indicators.views.downloads import XLSX_TYPE, attachment
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import perform

ALL = "iedereen"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, code: str) -> HttpResponse:
    """The suppliers of a round; a button per supplier makes a request, one button makes them all."""
    worker, round_ = round_worker(request), round_at(code)
    if request.method == "POST":
        return _make(request, worker, round_, request.POST.get("supplier", ""))
    context = {
        "round": round_,
        "rows": supplier_rows(round_, worker),
        "without_supplier": figures_without_supplier(round_, worker),
        "may_enter": round_.is_open and not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/deliveries/requests.html", context)


def _make(request: HttpRequest, worker: Worker, round_: Round, supplier: str) -> HttpResponse:
    back = reverse("round-requests", args=[round_.code])
    try:
        if supplier == ALL:
            return _make_all(request, worker, round_)
        made = perform(
            request,
            "uitvraag maken",
            f"{round_.code}, {supplier}",
            lambda: make_request(by=worker, round_code=round_.code, supplier_code=supplier),
        )
    except MonitorError as error:
        return refusal(request, error, back)
    messages.success(
        request, f"De uitvraag voor {made.sheet.supplier_name} is gemaakt. Verstuur haar met de mail hieronder."
    )
    return redirect("round-request", round_.code, made.request.pk)


def _make_all(request: HttpRequest, worker: Worker, round_: Round) -> HttpResponse:
    """A request for everybody who has something to deliver still."""
    made = []
    for row in (row for row in supplier_rows(round_, worker) if row.to_come):
        try:
            made.append(
                perform(
                    request,
                    "uitvraag maken",
                    f"{round_.code}, {row.supplier.code}",
                    lambda row=row: make_request(  # type: ignore[misc]
                        by=worker, round_code=round_.code, supplier_code=row.supplier.code
                    ),
                )
            )
        except NothingToAsk:
            continue  # it came in meanwhile
    if not made:
        raise NothingToAsk(f"Voor {round_.name} valt er niets meer te vragen.")
    count = sum(one.request.asked for one in made)
    who = "1 leverancier" if len(made) == 1 else f"{len(made)} leveranciers"
    messages.success(request, f"Er zijn uitvragen gemaakt voor {who}, samen {figure_count(count)}.")
    return redirect("round-requests", round_.code)


@login_required
@never_cache
@require_safe
def request_page(request: HttpRequest, code: str, request_id: int) -> HttpResponse:
    """One request: its sheet to download and the mail that goes with it."""
    made = _request(round_worker(request), round_at(code), request_id)
    sheet = load_request_sheet(made)
    mail = request_mail(sheet, made.made_by.get_full_name() or made.made_by.get_username())
    link = f"mailto:{quote(mail.to, safe='@')}?subject={quote(mail.subject)}&body={quote(mail.body)}"
    context = {"round": made.round, "made": made, "sheet": sheet, "mail": mail, "mail_link": link}
    return render(request, "indicators/deliveries/request.html", context)


@login_required
@never_cache
@require_safe
def request_file(request: HttpRequest, code: str, request_id: int) -> HttpResponse:
    """The sheet as it was made."""
    made = _request(round_worker(request), round_at(code), request_id)
    try:
        content = read_request_file(made)
    except MonitorError as error:
        raise Http404(error.message) from error
    return attachment(content, XLSX_TYPE, f"uitvraag-{made.supplier.code}-{made.round.code}.xlsx")


@login_required
@never_cache
@require_safe
def requests_zip(request: HttpRequest, code: str) -> HttpResponse:
    """The latest sheet of every supplier in one file."""
    worker, round_ = round_worker(request), round_at(code)
    made = [one for one in latest_requests(round_) if _is_open_to(worker, one)]
    if not made:
        raise Http404
    target = BytesIO()
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in made:
                archive.writestr(f"uitvraag-{one.supplier.code}-{round_.code}.xlsx", read_request_file(one))
    except MonitorError as error:
        raise Http404(error.message) from error
    return attachment(target.getvalue(), "application/zip", f"uitvragen-{round_.code}.zip")


def _request(worker: Worker, round_: Round, request_id: int) -> DataRequest:
    """A request of the round; for who may not work on its themes it does not exist."""
    made = find_request(round_, request_id)
    if made is None or not _is_open_to(worker, made):
        raise Http404
    return made


def _is_open_to(worker: Worker, made: DataRequest) -> bool:
    return worker.themes is None or worker.themes.issuperset(themes_of({str(series) for series, _ in made.figures}))
