"""Keeping the values of a year: once in, a set never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from allocation.core.errors import AllocationError
from allocation.core.municipality_files import FeatureTable
from allocation.models import Feature, FeatureSet, FeatureValue, SetFeature, SetMunicipality
from allocation.queries.units import unit_ids_by_short_name
from indicators.core.access import Worker
from indicators.core.figures import is_storable
from indicators.queries.areas import municipality_ids
from monitor.base.core.audit import rows_digest
from monitor.base.core.roles import Role
from monitor.base.models import User
from monitor.base.services.audit import record_act

MAY_CALCULATE = (Role.REKENAAR, Role.BEHEERDER)


@dataclass(frozen=True)
class NewFeatureSet:
    """What is to be kept: the table, where each feature comes from, and which features are invented."""

    code: str
    name: str
    year: int
    source: str
    file_name: str
    file_sha256: str
    table: FeatureTable
    sources: Mapping[str, str]
    fictitious: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """SHA-256 over year, units, values and marks, whatever the order they came in."""
        return rows_digest(self._rows())

    def _rows(self) -> list[Mapping[str, Any]]:
        head = {"jaar": self.year, "fictief": sorted(self.fictitious), "kenmerken": sorted(self.table.features)}
        return [
            head,
            *(
                {"gemeente": one.code, "eenheid": one.unit, "waarden": dict(one.values)}
                for one in sorted(self.table.municipalities, key=lambda one: one.code)
            ),
        ]


@transaction.atomic
def save_feature_set(*, new: NewFeatureSet, by: Worker | None) -> tuple[FeatureSet, bool]:
    """Keep a set; the same content is kept once and then given back (False). ``by`` None is the system.

    Raises :class:`AllocationError` for a code that is taken, a value that cannot be kept exactly, and names of
    municipalities or units that do not exist (the plan tells these before).
    """
    if by is not None:
        by.require_role(*MAY_CALCULATE, act="kenmerken laden")
    digest = new.digest
    if same := FeatureSet.objects.filter(digest=digest).first():
        return same, False
    if FeatureSet.objects.filter(code=new.code).exists():
        raise AllocationError(f"Er is al een kenmerkenset ‘{new.code}’ met andere waarden. Kies een andere naam.")
    user = User.objects.get(pk=by.user_id) if by else None
    kept = FeatureSet.objects.create(
        code=new.code, name=new.name, year=new.year, source=new.source, file_name=new.file_name,
        file_sha256=new.file_sha256, digest=digest, loaded_by=user,
    )  # fmt: skip
    features = _save_features(kept, new)
    count = _save_values(_save_municipalities(kept, new.table), features, new.table)
    record_act(
        actor=user,
        act="kenmerken geladen",
        subject=kept.code,
        counts={"gemeenten": len(new.table.municipalities), "kenmerken": len(features), "waarden": count},
        rows_digest=digest,
        detail={"bestand": new.file_name, "fictief": sorted(new.fictitious)},
    )
    return kept, True


def _save_features(kept: FeatureSet, new: NewFeatureSet) -> dict[str, SetFeature]:
    ids = dict(Feature.objects.values_list("code", "pk"))
    rows = [
        SetFeature(
            feature_set=kept,
            feature_id=ids[code],
            source=new.sources.get(code, new.source),
            is_fictitious=code in new.fictitious,
        )
        for code in new.table.features
    ]
    return dict(zip(new.table.features, SetFeature.objects.bulk_create(rows), strict=True))


def _save_municipalities(kept: FeatureSet, table: FeatureTable) -> Sequence[SetMunicipality]:
    areas, units = municipality_ids(), unit_ids_by_short_name()
    for one in table.municipalities:
        if one.code not in areas or one.unit not in units:
            raise AllocationError(
                f"Gemeente {one.name} ({one.code}) of politie-eenheid ‘{one.unit}’ is niet bekend. Er is niets geladen."
            )
    return SetMunicipality.objects.bulk_create(
        [
            SetMunicipality(
                feature_set=kept,
                area_id=areas[one.code],
                unit_id=units[one.unit],
                safety_region=table.regions.get(one.code, ""),
            )
            for one in table.municipalities
        ],
        batch_size=500,
    )


def _save_values(
    municipalities: Sequence[SetMunicipality], features: Mapping[str, SetFeature], table: FeatureTable
) -> int:
    values = []
    for row, one in zip(municipalities, table.municipalities, strict=True):
        for code, value in one.values.items():
            if not is_storable(value):
                raise AllocationError(
                    f"Kenmerk ‘{code}’ van {one.name} ({one.code}): {value} is niet exact te bewaren; ten hoogste vier "
                    "decimalen. Er is niets geladen."
                )
            values.append(FeatureValue(municipality=row, feature=features[code], value=value))
    return len(FeatureValue.objects.bulk_create(values, batch_size=500))
