"""Files that come in: kept as they are, then stored as values under way, or set aside. What would change is planned in
``indicators.importing``.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import DeliveryKind, DeliveryState
from indicators.core.request_layout import NotARequestSheet, request_key_of
from indicators.models import DataRequest, Delivery, Proposal, Round, Series, Source, Supplier
from indicators.queries.deliveries import find_request_by_key, themes_of
from indicators.queries.profiles import themes_of_delivery
from indicators.services.kept_files import keep_file, read_kept_file
from indicators.services.open_rounds import find_open, hold_open, require_open
from indicators.services.proposals import MAY_ENTER, Place, ProposalContent, save_proposal
from monitor.base.core.audit import rows_digest
from monitor.base.core.dates import AMSTERDAM, format_date
from monitor.base.core.errors import Conflict, MonitorError, NotThere
from monitor.base.models import User
from monitor.base.services.audit import record_act
from monitor.base.tabular.reading import read_file
from monitor.base.tabular.reading_cells import Limits, ReadFile


@dataclass(frozen=True)
class Received:
    """A file that came in; ``is_new`` is False when the same file was there already."""

    delivery: Delivery
    is_new: bool


@dataclass(frozen=True)
class Write:
    """One value to store: where, on top of which version, and what."""

    place: Place
    version: int
    content: ProposalContent


def read_delivery(name: str, content: bytes) -> ReadFile:
    """The sheets of a delivery, within the limits of this installation."""
    return read_file(name, content, Limits(file_bytes=settings.DELIVERY_BYTES))


def receive_delivery(*, by: Worker, round_code: str, file_name: str, content: bytes) -> Received:
    """Keep a returned request sheet; nothing is stored of its figures yet.

    Raises :class:`NotAllowed`, :class:`NotThere`, and :class:`MonitorError` for a file that is no sheet of this round.
    """
    round_ = _open_round(by, round_code)
    book = read_delivery(file_name, content)
    request = answered_request(book, round_)
    by.require_themes(themes_of({str(series) for series, _ in request.figures}))
    delivery = Delivery(
        kind=DeliveryKind.REQUEST_SHEET, round=round_, supplier=request.supplier, request=request, file_name=book.name
    )
    return _keep(by, delivery, content)


def receive_own_sheet(*, by: Worker, round_code: str, supplier_code: str, file_name: str, content: bytes) -> Received:
    """Keep a sheet of the supplier's own; a profile will tell what its figures are.

    Raises :class:`NotAllowed`, :class:`NotThere` (round, supplier), and :class:`MonitorError` for what is no sheet.
    """
    round_ = _open_round(by, round_code)
    supplier = Supplier.objects.filter(code=supplier_code).first()
    if supplier is None:
        raise NotThere("Deze leverancier bestaat niet. Kies een leverancier uit de lijst.")
    book = read_delivery(file_name, content)
    delivery = Delivery(kind=DeliveryKind.OWN_SHEET, round=round_, supplier=supplier, file_name=book.name)
    return _keep(by, delivery, content)


def _keep(by: Worker, delivery: Delivery, content: bytes) -> Received:
    """Keep the file under its checksum, and then that it came in."""
    delivery.sha256 = hashlib.sha256(content).hexdigest()
    delivery.path = f"{delivery.sha256}.{delivery.file_name.rpartition('.')[2].lower()}"
    delivery.size = len(content)
    delivery.uploaded_by_id = by.user_id
    keep_file(settings.DELIVERY_DIR, delivery.path, content)
    return _record_received(by, delivery)


def _open_round(by: Worker, round_code: str) -> Round:
    by.require_role(*MAY_ENTER, act="aanleveringen verwerken")
    return find_open(round_code)


def answered_request(book: ReadFile, round_: Round) -> DataRequest:
    """The request that a file answers. Raises :class:`NotARequestSheet` when it is not one of this round."""
    key = request_key_of(book)
    request = find_request_by_key(key) if _is_uuid(key) else None
    if request is None:
        raise NotARequestSheet(
            f"‘{book.name}’ verwijst naar een uitvraag die de monitor niet kent. Neem het bestand dat vanuit deze "
            "monitor naar de leverancier ging."
        )
    if request.round_id != round_.pk:
        raise NotARequestSheet(
            f"‘{book.name}’ hoort bij ronde ‘{request.round.name}’ en niet bij ‘{round_.name}’. Bied het daar aan."
        )
    return request


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@transaction.atomic
def _record_received(by: Worker, delivery: Delivery) -> Received:
    """Written once, also when the same file is offered twice at the same moment."""
    assert delivery.round is not None
    hold_open(delivery.round.pk)
    same = Delivery.objects.filter(round=delivery.round, sha256=delivery.sha256)
    known = same.exclude(state=DeliveryState.REJECTED).first()
    if known is not None:
        return Received(known, is_new=False)
    delivery.save(force_insert=True)
    _record(by, "aanlevering ontvangen", delivery, {"bytes": delivery.size}, [{"controlegetal": delivery.sha256}])
    return Received(delivery, is_new=True)


def read_delivery_file(delivery: Delivery) -> bytes:
    """The file as it came in, held against its checksum."""
    return read_kept_file(settings.DELIVERY_DIR, delivery.path, sha256=delivery.sha256)


@contextmanager
def deciding_on(*, by: Worker, delivery_id: int, series_keys: Collection[str]) -> Iterator[Delivery]:
    """A transaction in which a delivery and its series are locked, so that a plan made in it stays true.

    Raises :class:`NotAllowed` (role, theme, closed round), :class:`NotThere` and :class:`Conflict` (decided already).
    """
    by.require_role(*MAY_ENTER, act="aanleveringen verwerken")
    with transaction.atomic():
        delivery = _lock(delivery_id)
        locked = Series.objects.select_for_update(of=("self",)).filter(key__in=series_keys).order_by("pk")
        by.require_themes(set(locked.values_list("indicator__theme_id", flat=True)))
        yield delivery


def _lock(delivery_id: int) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",), no_key=True)
    delivery = rows.select_related("round", "supplier").filter(pk=delivery_id).first()
    if delivery is None:
        raise NotThere("Deze aanlevering bestaat niet.")
    require_open(delivery.round)
    if delivery.state == DeliveryState.CONFIRMED:
        raise Conflict("Deze aanlevering is al verwerkt. Er is niets veranderd.")
    if delivery.state == DeliveryState.REJECTED:
        raise Conflict("Deze aanlevering is terzijde gelegd. Er is niets veranderd.")
    return delivery


def store_delivery(*, by: Worker, delivery: Delivery, writes: Sequence[Write], counts: Mapping[str, int]) -> int:
    """Store the values of a delivery as drafts, within :func:`deciding_on`; returns how many.

    They name the delivery: who uploaded it and who confirms it cannot check them. Raises as ``save_proposal``.
    """
    source = _source_of(delivery)
    saved: list[Proposal] = []
    for write in writes:
        content = replace(write.content, source_id=source.pk)
        saved.append(save_proposal(by=by, place=write.place, version=write.version, content=content))
    ids = [proposal.pk for proposal in saved]
    Proposal.objects.filter(pk__in=ids).update(delivery=delivery)
    fresh = [proposal.pk for proposal, write in zip(saved, writes, strict=True) if write.version == 0]
    Proposal.objects.filter(pk__in=fresh).update(entered_by_id=delivery.uploaded_by_id)
    delivery.state = DeliveryState.CONFIRMED
    delivery.confirmed_by_id = by.user_id
    delivery.confirmed_at = timezone.now()
    delivery.source = source
    delivery.counts = dict(counts)
    delivery.save(update_fields=["state", "confirmed_by", "confirmed_at", "source", "counts"])
    rows = [
        {"reeks": proposal.series_id, "periode": proposal.period_id, "waarde": proposal.value, "reden": proposal.marker}
        for proposal in saved
    ]
    _record(by, "aanlevering verwerkt", delivery, counts, rows)
    return len(saved)


def _source_of(delivery: Delivery) -> Source:
    """The source that the values name: this delivery, and nothing else."""
    assert delivery.round is not None
    assert delivery.supplier is not None
    day = format_date(delivery.uploaded_at.astimezone(AMSTERDAM).date())
    return Source.objects.create(
        code=f"aanlevering-{delivery.round.code}-{delivery.supplier.code}-{delivery.pk}"[:100],
        title=f"Aanlevering {delivery.supplier.name} voor {delivery.round.name}, {day}"[:250],
        holder=delivery.supplier.name,
        kind="aanlevering",
    )


@transaction.atomic
def set_aside_delivery(*, by: Worker, delivery_id: int, reason: str) -> Delivery:
    """Use nothing of a delivery, and say why; the file stays."""
    by.require_role(*MAY_ENTER, act="aanleveringen verwerken")
    if not reason.strip():
        raise MonitorError("Geef een reden, zodat een collega weet waarom dit bestand niet is gebruikt.")
    delivery = _lock(delivery_id)
    by.require_themes(themes_of_delivery(delivery))
    delivery.state = DeliveryState.REJECTED
    delivery.set_aside_reason = reason.strip()
    delivery.save(update_fields=["state", "set_aside_reason"])
    _record(by, "aanlevering terzijde gelegd", delivery, {}, [{"reden": delivery.set_aside_reason}])
    return delivery


def _record(
    by: Worker, act: str, delivery: Delivery, counts: Mapping[str, int], rows: Sequence[Mapping[str, object]]
) -> None:
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act=act,
        subject=f"{delivery.round.code if delivery.round else ''}, {delivery.file_name}",
        counts=counts,
        rows_digest=rows_digest(rows),
        detail={"aanlevering": delivery.pk, "controlegetal": delivery.sha256},
    )
