"""Making request sheets: what is asked is written down, the sheet is kept, the figures become ‘uitgevraagd’."""

from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.request_sheets import RequestSheet, request_book
from indicators.models import DataRequest, Round, RoundItem, Supplier
from indicators.queries.requests import sheet_of, still_asked
from indicators.services.kept_files import keep_file, read_kept_file
from indicators.services.open_rounds import find_open, hold_open
from indicators.services.proposals import MAY_ENTER
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import MonitorError, NotThere
from monitor.base.models import User
from monitor.base.services.audit import record_act
from monitor.base.tabular.filling import write_filling_book


class NothingToAsk(MonitorError):
    """Everything that the round asks of a supplier is there already."""


@dataclass(frozen=True)
class MadeRequest:
    """A request with its sheet as a file."""

    request: DataRequest
    sheet: RequestSheet
    content: bytes


def make_request(*, by: Worker, round_code: str, supplier_code: str) -> MadeRequest:
    """Ask a supplier for everything it has still to deliver in the round; again gives a new request.

    Raises :class:`NotAllowed` (role, theme, round not open), :class:`NotThere` and :class:`NothingToAsk`.
    """
    by.require_role(*MAY_ENTER, act="cijfers uitvragen")
    round_, supplier = _find(round_code, supplier_code)
    wanted = still_asked(round_, supplier)
    by.require_themes(wanted.themes)
    if not wanted.figures:
        raise NothingToAsk(f"{supplier.name} hoeft voor {round_.name} niets meer te leveren.")
    request = DataRequest(
        round=round_,
        supplier=supplier,
        key=uuid4(),
        made_by_id=by.user_id,
        made_at=timezone.now(),
        asked=len(wanted.figures),
        figures=[list(figure.key) for figure in wanted.figures],
    )
    sheet = sheet_of(request, wanted.figures)
    content = write_filling_book(request_book(sheet))
    keep_file(settings.REQUEST_DIR, _kept_as(request), content)
    _record(by, request, [item.pk for item in wanted.items])
    return MadeRequest(request, sheet, content)


def _find(round_code: str, supplier_code: str) -> tuple[Round, Supplier]:
    round_ = find_open(round_code)
    supplier = Supplier.objects.filter(code=supplier_code).first()
    if supplier is None:
        known = ", ".join(Supplier.objects.order_by("code").values_list("code", flat=True))
        raise NotThere(f"Leverancier ‘{supplier_code}’ bestaat niet. Mogelijk zijn {known}.")
    return round_, supplier


@transaction.atomic
def _record(by: Worker, request: DataRequest, items: list[int]) -> None:
    hold_open(request.round_id)
    request.save(force_insert=True)
    RoundItem.objects.filter(pk__in=items).update(requested_at=request.made_at)
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act="uitvraag gemaakt",
        subject=f"{request.round.code}, {request.supplier.code}",
        counts={"gevraagde cijfers": request.asked},
        rows_digest=rows_digest({"reeks": series, "periode": period} for series, period in request.figures),
        detail={"sleutel": str(request.key)},
    )


def read_request_file(request: DataRequest) -> bytes:
    """The sheet of a request as it was made."""
    return read_kept_file(settings.REQUEST_DIR, _kept_as(request))


def _kept_as(request: DataRequest) -> str:
    return f"{request.key}.xlsx"
