"""The figures of an indicator as a sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.core.sheets import figures_sheet
from indicators.queries.indicator_page import select_everything
from indicators.views.reader import standpoint_of
from monitor.base.tabular.writing import Sheet, write_csv, write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _sheet(request: HttpRequest, code: str) -> tuple[Sheet, str]:
    """The sheet and the name of its file, which says of which moment it is. A moment that is none is not there."""
    asked = standpoint_of(request)
    chosen = select_everything(code, asked.vantage)
    if chosen is None or asked.error:
        raise Http404(asked.error)
    name = code if asked.kind is None else f"{code}-{asked.text.replace(' ', '-').replace(',', '')}"
    return figures_sheet(chosen.info, chosen.figures), name


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep; a name with quotes or other letters in it is encoded, never taken as it is."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type, headers={"Content-Disposition": disposition})


@require_safe
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    sheet, name = _sheet(request, code)
    return attachment(write_csv(sheet), "text/csv; charset=utf-8", f"{name}.csv")


@require_safe
def indicator_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    sheet, name = _sheet(request, code)
    return attachment(write_xlsx([sheet], title=code), XLSX_TYPE, f"{name}.xlsx")
