"""Reports and their documents, to look up."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from indicators.queries.visibility import audience_of
from monitor.base.api.answers import list_answer
from monitor.base.api.parameters import PageParameters, page_request
from monitor.base.api.views import ReadView
from monitor.base.core.paging import Page
from reports.api.shapes import ReportDetailShape, ReportList
from reports.core.formats import Format
from reports.core.templates import ReportTemplate, template_codes
from reports.models import ReportDocument, ReportRun
from reports.queries.documents import ReportPage, report_pages
from reports.queries.pages import report_detail


class ReportsView(ReadView):
    parameters = PageParameters

    @extend_schema(
        operation_id="rapportagesZoeken",
        summary="Rapporten",
        description="De rapporten die van de cijfers worden gemaakt, elk met zijn nieuwste editie en de bestanden.",
        responses=ReportList,
        tags=["rapportages"],
    )
    def get(self, request: Request) -> Response:
        pages = report_pages(audience_of(request.user))
        wanted = page_request(self.chosen)
        page = Page(pages[wanted.slice], len(pages), wanted)
        return list_answer(request, page.mapped(lambda one: _report(request, one)), ReportList)


class ReportView(ReadView):
    @extend_schema(
        operation_id="rapportageOpvragen",
        summary="Eén rapport",
        description="Een rapport met zijn edities en hun bestanden. Zonder aanmelding alleen edities met louter "
        "openbare cijfers.",
        responses=ReportDetailShape,
        tags=["rapportages"],
    )
    def get(self, request: Request, code: str) -> Response:
        detail = report_detail(code, audience_of(request.user))
        if detail is None:
            raise NotFound(f"Rapport ‘{code}’ bestaat niet. Mogelijk zijn {', '.join(template_codes())}.")
        earlier = [_edition(request, run, _in_order(run)) for run in detail.earlier]
        return Response(ReportDetailShape({**_report(request, detail.newest), "earlier": earlier}).data)


def _report(request: Request, page: ReportPage) -> dict[str, Any]:
    template: ReportTemplate = page.template
    return {
        "code": template.code,
        "title": template.title,
        "description": template.description,
        "programme": template.programme,
        "newest": _edition(request, page.latest, page.documents) if page.latest else None,
        "links": {"self": {"href": reverse("api-report", [template.code], request=request)}},
    }


def _edition(request: Request, run: ReportRun, documents: Sequence[ReportDocument]) -> dict[str, Any]:
    return {
        "round": run.round,
        "made_at": run.made_at,
        "as_known_on": run.as_known_on,
        "known_as_of": run.known_as_of,
        "figure_count": run.figure_count,
        "files": [_file(request, document) for document in documents],
    }


def _in_order(run: ReportRun) -> list[ReportDocument]:
    order = list(Format)
    return sorted(run.documents.all(), key=lambda document: order.index(Format(document.format)))


def _file(request: Request, document: ReportDocument) -> dict[str, Any]:
    address = reverse("download-document", [document.pk, document.filename], request=request)
    return {
        "name": document.filename,
        "format": document.format,
        "media_type": Format(document.format).media_type,
        "size": document.size,
        "sha256": document.sha256,
        "links": {"enclosure": {"href": address}},
    }
