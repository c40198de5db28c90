"""Keeping profiles and known errors of suppliers: new versions, retiring, taking in, and tying one to a delivery."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from indicators.core.access import Worker
from indicators.core.enumerations import DeliveryKind, DeliveryState, KeptState
from indicators.core.figures import require_storable
from indicators.core.periods import UnknownPeriod, parse_period
from indicators.core.profile_json import profile_content, profile_from, read_profile
from indicators.core.profiles import Profile
from indicators.models import Delivery, ImportProfile, Series, Supplier, SupplierCorrection
from indicators.queries.deliveries import themes_of
from indicators.queries.profiles import profile_of, series_in
from indicators.services.open_rounds import require_open
from indicators.services.proposals import MAY_ENTER
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import Conflict, MonitorError, NotThere
from monitor.base.models import User
from monitor.base.services.audit import record_act


@dataclass(frozen=True)
class NewCorrection:
    """A known error as somebody describes it."""

    supplier: str
    series_key: str
    period: str
    wrong: Decimal
    right: Decimal
    what: str
    why: str
    sheet: str = ""
    cell: str = ""


@transaction.atomic
def save_profile(*, by: Worker, profile: Profile) -> ImportProfile:
    """Keep a profile as the next version of its code; the same content again makes no new version.

    Raises :class:`NotAllowed` (role), :class:`NotThere` (supplier) and :class:`MonitorError` (no name, no labels).
    """
    by.require_role(*MAY_ENTER, act="profielen vastleggen")
    by.require_themes(themes_of(series_in(profile)))
    name = profile.name.strip()
    if not name:
        raise MonitorError("Geef het profiel een naam, zodat u het de volgende keer herkent.")
    profile = replace(profile, name=name[:150], code=profile.code or profile_code(name))
    supplier = _supplier(profile.supplier)
    profile_from(profile_content(profile))  # what could not be read back is not kept
    versions = list(ImportProfile.objects.select_for_update().filter(code=profile.code).order_by("version"))
    last = versions[-1] if versions else None
    if last and last.state == KeptState.IN_USE and _says_the_same(last, profile):
        return last
    _require_same_supplier(last, supplier)
    ImportProfile.objects.filter(code=profile.code, state=KeptState.IN_USE).update(state=KeptState.RETIRED)
    profile = replace(profile, version=last.version + 1 if last else 1)
    row = ImportProfile.objects.create(
        code=profile.code,
        version=profile.version,
        name=profile.name,
        supplier=supplier,
        content=profile_content(profile),
        made_by_id=by.user_id,
    )
    _record(by, "profiel vastgelegd", f"{row.code}, versie {row.version}", row.content)
    return row


def profile_code(name: str) -> str:
    """A code from a name: small letters, digits and hyphens."""
    return slugify(name)[:80].strip("-").replace("_", "-") or "profiel"


@transaction.atomic
def save_profile_for(*, by: Worker, delivery_id: int, profile: Profile) -> Delivery:
    """Keep a profile and read a delivery with it: both or neither."""
    row = save_profile(by=by, profile=profile)
    return choose_profile(by=by, delivery_id=delivery_id, profile_id=row.pk)


def import_profile(*, by: Worker, text: str) -> ImportProfile:
    """Take in a profile that another monitor wrote; it becomes a version of its own here."""
    by.require_role(*MAY_ENTER, act="profielen innemen")
    return save_profile(by=by, profile=read_profile(text))


@transaction.atomic
def retire_profile(*, by: Worker, profile_id: int) -> ImportProfile:
    """Take a profile out of use; deliveries that were read with it keep it."""
    by.require_role(*MAY_ENTER, act="profielen laten vervallen")
    row = ImportProfile.objects.select_for_update().filter(pk=profile_id).first()
    if row is None:
        raise NotThere("Dit profiel bestaat niet.")
    by.require_themes(themes_of(series_in(profile_of(row))))
    if row.state == KeptState.RETIRED:
        raise Conflict("Dit profiel is al vervallen. Er is niets veranderd.")
    row.state = KeptState.RETIRED
    row.save(update_fields=["state"])
    _record(by, "profiel vervallen", f"{row.code}, versie {row.version}", {"code": row.code, "versie": row.version})
    return row


@transaction.atomic
def choose_profile(*, by: Worker, delivery_id: int, profile_id: int) -> Delivery:
    """Read a delivery with this profile. Raises :class:`NotThere`, :class:`NotAllowed` and :class:`Conflict`."""
    by.require_role(*MAY_ENTER, act="aanleveringen verwerken")
    rows = Delivery.objects.select_for_update(of=("self",), no_key=True).select_related("round")
    delivery = rows.filter(pk=delivery_id, kind=DeliveryKind.OWN_SHEET).first()
    if delivery is None:
        raise NotThere("Deze aanlevering bestaat niet, of heeft geen profiel nodig.")
    require_open(delivery.round)
    if delivery.state != DeliveryState.READ:
        raise Conflict("Over deze aanlevering is al beslist. Er is niets veranderd.")
    profile = ImportProfile.objects.filter(pk=profile_id, state=KeptState.IN_USE).first()
    if profile is None:
        raise NotThere("Dit profiel bestaat niet (meer). Kies een ander profiel.")
    by.require_themes(themes_of(series_in(profile_of(profile))))
    if profile.supplier_id not in (None, delivery.supplier_id):
        raise MonitorError("Dit profiel is van een andere leverancier. Kies een ander profiel, of maak er een.")
    delivery.profile = profile
    delivery.save(update_fields=["profile"])
    return delivery


@transaction.atomic
def add_correction(*, by: Worker, new: NewCorrection) -> SupplierCorrection:
    """Keep a known error. Raises :class:`NotThere` (supplier, series) and :class:`MonitorError` (what it lacks)."""
    by.require_role(*MAY_ENTER, act="bekende fouten vastleggen")
    supplier = _supplier(new.supplier)
    series = Series.objects.select_related("indicator").filter(key=new.series_key).first()
    if supplier is None or series is None:
        raise NotThere("Kies een leverancier en een reeks die bestaan.")
    by.require_themes([series.indicator.theme_id])
    _require_whole(new)
    base = f"{series.indicator.code}-{new.period}".lower().replace("/", "-").replace(".", "")
    code = slugify(base)[:70]
    number = SupplierCorrection.objects.filter(code__startswith=code).count() + 1
    row = SupplierCorrection.objects.create(
        code=f"{code}-{number}",
        supplier=supplier,
        series=series,
        period_code=parse_period(new.period).code,
        sheet=new.sheet.strip()[:100],
        cell=new.cell.strip().upper()[:10],
        wrong=new.wrong,
        right=new.right,
        what=new.what.strip(),
        why=new.why.strip(),
        made_by_id=by.user_id,
    )
    values = {"code": row.code, "fout": new.wrong, "goed": new.right, "wat": row.what, "waarom": row.why}
    _record(by, "bekende fout vastgelegd", row.code, values)
    return row


@transaction.atomic
def end_correction(*, by: Worker, code: str) -> SupplierCorrection:
    """A known error that the supplier repaired is applied no more."""
    by.require_role(*MAY_ENTER, act="bekende fouten laten vervallen")
    rows = SupplierCorrection.objects.select_for_update(of=("self",)).select_related("series__indicator")
    row = rows.filter(code=code).first()
    if row is None:
        raise NotThere("Deze bekende fout bestaat niet.")
    by.require_themes([row.series.indicator.theme_id])
    if row.state == KeptState.RETIRED:
        raise Conflict("Deze bekende fout is al vervallen. Er is niets veranderd.")
    row.state = KeptState.RETIRED
    row.save(update_fields=["state"])
    _record(by, "bekende fout vervallen", row.code, {"code": row.code})
    return row


def _require_whole(new: NewCorrection) -> None:
    if not new.what.strip() or not new.why.strip():
        raise MonitorError("Beschrijf wat er fout is en hoe u dat weet, zodat een collega het kan nagaan.")
    if new.wrong == new.right:
        raise MonitorError("De foute en de goede waarde zijn gelijk. Vul twee verschillende waarden in.")
    require_storable(new.wrong, new.right)
    try:
        parse_period(new.period)
    except UnknownPeriod as error:
        raise MonitorError(str(error)) from error


def _supplier(code: str) -> Supplier | None:
    if not code:
        return None
    supplier = Supplier.objects.filter(code=code).first()
    if supplier is None:
        raise NotThere(f"Leverancier ‘{code}’ bestaat hier niet. Maak die eerst aan, of kies een andere.")
    return supplier


def _require_same_supplier(last: ImportProfile | None, supplier: Supplier | None) -> None:
    """A name that is taken by the profile of somebody else is not taken over silently."""
    if last is not None and last.supplier_id != (supplier.pk if supplier else None):
        raise MonitorError(f"Er is al een profiel ‘{last.name}’ van een andere leverancier. Kies een andere naam.")


def _says_the_same(row: ImportProfile, profile: Profile) -> bool:
    return dict(row.content) == profile_content(replace(profile, version=row.version))


def _record(by: Worker, act: str, subject: str, values: dict[str, object]) -> None:
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act=act,
        subject=subject,
        counts={},
        rows_digest=rows_digest([values]),
    )
