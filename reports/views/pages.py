"""Reports: the list, one report, its documents, and having it made."""

from typing import cast

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators.queries.visibility import audience_of
from monitor.base.core.errors import MonitorError
from monitor.base.models import User
from monitor.base.tasks import nudge
from reports.core.formats import Format
from reports.models import ReportDocument
from reports.queries.documents import check_order, find_document, report_pages
from reports.queries.pages import may_make_reports, report_detail
from reports.services.reports import order_report

# A document on its own: its styles and pictures are inside it, and nothing else may be loaded or run.
DOCUMENT_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "font-src": ["data:"],
    "frame-ancestors": ["'none'"],
    "sandbox": ["allow-popups"],
}


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/reports.html", {"pages": report_pages(audience_of(request.user))})


@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, code)


def _detail(request: HttpRequest, code: str, *, error: str = "", status: int = 200) -> HttpResponse:
    detail = report_detail(code, audience_of(request.user))
    if detail is None:
        raise Http404
    context = {
        "detail": detail,
        "formats": list(Format),
        "may_make": may_make_reports(request.user),
        "error": error,
        "asked": request.POST,
        "asked_day": request.POST.get("zoals-bekend-op", ""),
    }
    return render(request, "reports/report.html", context, status=status)


@login_required
@require_POST
def make_report(request: HttpRequest, code: str) -> HttpResponse:
    """Order the report; the reader follows the job. What is wrong with the order is said on the page of the report."""
    if not may_make_reports(request.user):
        raise PermissionDenied
    asked = request.POST
    try:
        order = check_order(
            code,
            asked.get("ronde"),
            ",".join(asked.getlist("formaat")),
            asked.get("zoals-bekend-op", "").strip(),
            asked.get("berekening", "").strip(),
        )
        job = order_report(order=order, requested_by=cast(User, request.user))
    except MonitorError as error:
        return _detail(request, code, error=error.message, status=422)
    nudge(job)
    return redirect("job", job_id=job.pk)


def _document_or_404(request: HttpRequest, document_id: int) -> ReportDocument:
    document = find_document(document_id, audience_of(request.user))
    if document is None or not document.file.is_file():
        raise Http404
    return document


@require_safe
def download(request: HttpRequest, document_id: int, name: str) -> FileResponse:
    """The file as it was kept."""
    document = _document_or_404(request, document_id)
    return FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.filename,
        content_type=Format(document.format).media_type,
    )


@csp_replace(DOCUMENT_POLICY)  # type: ignore[arg-type]  # its type leaves no room for parts of the address
@require_safe
def read(request: HttpRequest, document_id: int) -> FileResponse:
    """A document that a browser can show by itself: the page or the PDF."""
    document = _document_or_404(request, document_id)
    if document.format != Format.HTML:
        raise Http404
    return FileResponse(document.file.open("rb"), content_type=Format.HTML.media_type)
