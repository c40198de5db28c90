"""A supplier's own sheet, a profile and a known error as rows, as if they had been there for long."""

import hashlib
from decimal import Decimal

from django.conf import settings

from indicators.core.enumerations import DeliveryKind
from indicators.core.profile_json import profile_content
from indicators.core.profiles import LabelRule, Profile
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.wide_tables import LabelKey
from indicators.models import Delivery, ImportProfile, Round, Series, Supplier, SupplierCorrection
from indicators.queries.sheet_catalogue import split_key
from indicators.services.kept_files import keep_file
from monitor.base.models import User


def own_sheet_row(round_: Round, supplier: Supplier, content: bytes, by: User, **fields) -> Delivery:
    """A file of the supplier's own making, kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = fields.pop("file_name", "cijfers.xlsx")
    kept_as = f"{sha256}.{name.rpartition('.')[2]}"
    keep_file(settings.DELIVERY_DIR, kept_as, content)
    return Delivery.objects.create(
        kind=DeliveryKind.OWN_SHEET, round=round_, supplier=supplier, file_name=name, path=kept_as,
        size=len(content), sha256=sha256, uploaded_by=by, **fields,
    )  # fmt: skip


def profile_row(supplier: Supplier, labels: dict[str, str], by: User, **fields) -> ImportProfile:
    """A profile that ties labels to series (by key)."""
    name, code = fields.pop("name", "Proefprofiel"), fields.pop("code", "proefprofiel")
    rules = tuple(LabelRule(LabelKey(label), SeriesChoice(*split_key(key))) for label, key in labels.items())
    profile = Profile(code, name, supplier.code, labels=rules)
    return ImportProfile.objects.create(
        code=code, name=name, supplier=supplier, content=profile_content(profile), made_by=by, **fields
    )


def correction_row(supplier: Supplier, series: Series, period: str, by: User, **fields) -> SupplierCorrection:
    """A known error: 120 where 121 was meant."""
    values = {"code": "bekende-fout", "wrong": Decimal(120), "right": Decimal(121), "what": "Eén te laag.",
              "why": "De leverancier mailde het."}  # fmt: skip
    return SupplierCorrection.objects.create(
        supplier=supplier, series=series, period_code=period, made_by=by, **{**values, **fields}
    )
