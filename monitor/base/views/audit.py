"""The audit trail for administrators: searching it, one record, taking it away, and having it proven."""

from collections.abc import Callable
from functools import wraps
from itertools import islice
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from monitor.base.core.dates import AMSTERDAM
from monitor.base.core.numbers import read_row_number
from monitor.base.core.roles import Role
from monitor.base.forms import AuditSearchForm
from monitor.base.models import AuditRecord, User
from monitor.base.queries.audit import (
    AuditSearch,
    all_records,
    audit_end,
    find_record,
    find_records,
    known_values,
    last_check,
)
from monitor.base.services.audit import is_whole
from monitor.base.services.audit_checks import JOB_KIND, order_audit_check
from monitor.base.tabular.writing import SheetColumn, Value, csv_lines
from monitor.base.tasks import nudge

MOST_IN_A_SHEET = 200_000  # records; who needs more chooses a period
COLUMNS = (
    SheetColumn("Nummer", is_number=True),
    SheetColumn("Moment"),
    SheetColumn("Wie"),
    SheetColumn("Handeling"),
    SheetColumn("Onderwerp"),
    SheetColumn("Uitkomst"),
    SheetColumn("Aantallen"),
    SheetColumn("Bijzonderheden"),
    SheetColumn("Controlegetal van de rijen"),
    SheetColumn("Controlegetal"),
)

View = Callable[..., HttpResponseBase]


def for_administrators(view: View) -> View:
    """The trail holds what everybody did: it is for administrators only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not cast(User, request.user).has_role(Role.BEHEERDER):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast(View, login_required(guarded))


@for_administrators
@never_cache
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The trail from new to old, or what answers a search; ``voor`` is the number to go on from."""
    form = AuditSearchForm(request.GET)
    valid = form.is_valid()
    search = form.search if valid else AuditSearch()
    before = read_row_number(request.GET.get("voor", ""))
    context = {
        "form": form,
        "page": find_records(search, before=before) if valid else None,
        "acts": known_values("act"),
        "names": known_values("actor_name"),
        "is_continued": before is not None,
        "end": audit_end(),
        "check": last_check(JOB_KIND),
    }
    return render(request, "base/audit.html", context, status=200 if valid else 400)


@for_administrators
@never_cache
@require_safe
def audit_record(request: HttpRequest, number: int) -> HttpResponse:
    """One record with all that it says, and whether its digest is right."""
    record = find_record(number)
    if record is None:
        raise Http404
    context = {"record": record, "is_whole": is_whole(record), "end": audit_end()}
    return render(request, "base/audit_record.html", context)


@for_administrators
@never_cache
@require_safe
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """What answers the search as a sheet, from new to old; read and sent in parts."""
    form = AuditSearchForm(request.GET)
    if not form.is_valid():
        raise Http404
    rows = (_row(record) for record in islice(all_records(form.search), MOST_IN_A_SHEET))
    return StreamingHttpResponse(
        csv_lines(COLUMNS, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="logboek.csv"'},
    )


def _row(record: AuditRecord) -> tuple[Value, ...]:
    return (
        record.number,
        f"{record.moment.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}",
        record.actor_name,
        record.act,
        record.subject,
        record.outcome,
        "; ".join(f"{name}: {count}" for name, count in record.counts.items()),
        "; ".join(f"{name}: {value}" for name, value in record.detail.items()),
        record.rows_digest,
        record.digest,
    )


@require_POST
@for_administrators
def check(request: HttpRequest) -> HttpResponse:
    """Have the whole trail proven; that is a job, since it can be long."""
    job = order_audit_check(requested_by=cast(User, request.user))
    nudge(job)
    messages.info(request, "Het logboek wordt nagerekend. De uitkomst komt ook op de pagina van het logboek.")
    return redirect("job", job_id=job.pk)
