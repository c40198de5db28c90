"""Profiles and known errors of suppliers, as plain values."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q

from indicators.core.enumerations import KeptState
from indicators.core.profile_json import profile_from
from indicators.core.profiles import Profile
from indicators.core.supplier_corrections import Correction
from indicators.models import Delivery, ImportProfile, SupplierCorrection
from indicators.queries.deliveries import themes_of


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


def series_in(profile: Profile) -> set[str]:
    """The series (by key) that a profile names."""
    return {rule.series.key for rule in profile.labels if rule.series is not None}


def themes_of_delivery(delivery: Delivery) -> set[int]:
    """The themes of what a delivery is about: what its request asked, or the series of its profile."""
    if delivery.request is not None:
        return themes_of({str(series) for series, _ in delivery.request.figures})
    return themes_of(series_in(profile_of(delivery.profile))) if delivery.profile is not None else set()


def corrections_of(supplier_id: int | None) -> Sequence[Correction]:
    """The known errors of a supplier that still hold."""
    rows = SupplierCorrection.objects.filter(supplier=supplier_id, state=KeptState.IN_USE).select_related("series")
    return tuple(
        Correction(
            code=row.code,
            series_key=row.series.key,
            period=row.period_code,
            wrong=exact(row.wrong),
            right=exact(row.right),
            what=row.what,
            why=row.why,
            cell=row.cell,
            sheet=row.sheet,
        )
        for row in rows
    )


def exact(value: Decimal | None) -> Decimal:
    """A column that is never null, whatever the type of its field says."""
    assert value is not None
    return value


def known_errors() -> list[SupplierCorrection]:
    """All known errors, those that hold first."""
    return list(SupplierCorrection.objects.select_related("supplier", "series", "made_by").order_by("state", "code"))
