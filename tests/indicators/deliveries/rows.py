"""A request and a returned sheet as rows, as if they had been there for long: nothing of it is in the audit trail."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from indicators.core.enumerations import DeliveryKind
from indicators.core.request_sheets import request_book
from indicators.models import DataRequest, Delivery, Round, Supplier
from indicators.queries.requests import load_request_sheet
from indicators.services.kept_files import keep_file
from monitor.base.models import User
from monitor.base.tabular.filling import write_filling_book
from tests.indicators.deliveries.supplier import Workbook

KEY = UUID("8d0a1f6e-3c52-4f0e-9a51-5b6a1c3f2d70")


def request_row(round_: Round, supplier: Supplier, figures: list[tuple[str, str]], by: User, **fields) -> DataRequest:
    """A request for figures (series key, period code), its sheet kept."""
    request = DataRequest.objects.create(
        round=round_, supplier=supplier, made_by=by, made_at=timezone.now(), asked=len(figures),
        figures=[list(figure) for figure in figures], **{"key": KEY, **fields},
    )  # fmt: skip
    keep_file(
        settings.REQUEST_DIR, f"{request.key}.xlsx", write_filling_book(request_book(load_request_sheet(request)))
    )
    return request


def delivery_row(
    request: DataRequest, answers: dict[tuple[str, str], dict[str, object]], by: User, **fields
) -> Delivery:
    """The sheet of a request, filled in and offered."""
    book = Workbook((settings.REQUEST_DIR / f"{request.key}.xlsx").read_bytes())
    for (series, period), values in answers.items():
        book.grid.fill(f"{series} {period}", **values)
    content = book.save()
    sha256 = hashlib.sha256(content).hexdigest()
    keep_file(settings.DELIVERY_DIR, f"{sha256}.xlsx", content)
    return Delivery.objects.create(
        kind=DeliveryKind.REQUEST_SHEET, round=request.round, supplier=request.supplier, request=request,
        file_name="uitvraag ingevuld.xlsx", path=f"{sha256}.xlsx", size=len(content), sha256=sha256, uploaded_by=by,
        **fields,
    )  # fmt: skip
