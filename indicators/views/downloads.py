"""The figures of an indicator as a sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from indicators.core.sheets import figures_sheet
from indicators.queries.indicator_page import select_data
from indicators.views.reader import vantage_of
from monitor.base.tabular.writing import Sheet, write_csv, write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _sheet(request: HttpRequest, code: str) -> Sheet:
    chosen = select_data(code, vantage_of(request))
    if chosen is None:
        raise Http404
    return figures_sheet(chosen.info, chosen.figures)


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    return _attachment(write_csv(_sheet(request, code)), "text/csv; charset=utf-8", f"{code}.csv")


@require_safe
def indicator_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    sheet = _sheet(request, code)
    return _attachment(write_xlsx([sheet], title=code), XLSX_TYPE, f"{code}.xlsx")
