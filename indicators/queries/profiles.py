"""Profiles and known errors of suppliers, as plain values."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q

from indicators.core.enumerations import KeptState
from indicators.core.profile_json import profile_from
from indicators.core.profiles import Profile
from indicators.core.supplier_corrections import Correction
from indicators.models import ImportProfile, SupplierCorrection


def profiles_in_use(supplier_id: int | None) -> list[ImportProfile]:
    """The profiles for this supplier, and those that are for anybody."""
    rows = ImportProfile.objects.filter(state=KeptState.IN_USE)
    return list(rows.filter(Q(supplier=supplier_id) | Q(supplier__isnull=True)).select_related("supplier", "made_by"))


def all_profiles() -> list[ImportProfile]:
    """Every version of every profile, the newest first."""
    return list(ImportProfile.objects.select_related("supplier", "made_by"))


def find_profile(profile_id: int) -> ImportProfile | None:
    return ImportProfile.objects.select_related("supplier", "made_by").filter(pk=profile_id).first()


def profile_of(row: ImportProfile) -> Profile:
    """The profile itself. Raises :class:`BadProfile` when somebody changed it outside the monitor."""
    return profile_from(row.content)


def corrections_of(supplier_id: int | None) -> Sequence[Correction]:
    """The known errors of a supplier that still hold."""
    rows = SupplierCorrection.objects.filter(supplier=supplier_id, state=KeptState.IN_USE).select_related("series")
    return tuple(
        Correction(
            code=row.code,
            series_key=row.series.key,
            period=row.period_code,
            wrong=_number(row.wrong),
            right=_number(row.right),
            what=row.what,
            why=row.why,
            cell=row.cell,
            sheet=row.sheet,
        )
        for row in rows
    )


def _number(value: Decimal | None) -> Decimal:
    """A column that is never null, whatever the type of its field says."""
    assert value is not None
    return value
