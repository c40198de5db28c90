"""Reading the values of a year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from allocation.core.errors import AllocationError
from allocation.core.model import Municipality
from allocation.models import FeatureSet, FeatureValue, SetFeature, SetMunicipality
from allocation.queries.units import unit_name


@dataclass(frozen=True)
class SetData:
    """A set as the arithmetic needs it. ``fictitious`` are codes of invented features, ``sources`` are by code."""

    pk: int
    code: str
    name: str
    year: int
    source: str
    municipalities: tuple[Municipality, ...]
    features: tuple[str, ...]
    fictitious: tuple[str, ...]
    sources: Mapping[str, str]
    digest: str

    @property
    def totals(self) -> dict[str, Decimal]:
        """The national total of each feature, over the municipalities that have a value."""
        return {
            code: sum((one.values[code] for one in self.municipalities if code in one.values), Decimal(0))
            for code in self.features
        }

    @property
    def gaps(self) -> dict[str, tuple[str, ...]]:
        """The municipalities without a value, per feature that has such."""
        missing = {
            code: tuple(one.code for one in self.municipalities if code not in one.values) for code in self.features
        }
        return {code: names for code, names in missing.items() if names}


def load_set(code: str) -> SetData:
    """A set by its code (four statements). Raises :class:`AllocationError` when there is none."""
    row = FeatureSet.objects.filter(code=code).first()
    if row is None:
        possible = ", ".join(FeatureSet.objects.values_list("code", flat=True)) or "geen"
        raise AllocationError(f"Kenmerkenset ‘{code}’ bestaat niet. Mogelijk: {possible}.")
    features = list(SetFeature.objects.filter(feature_set=row).select_related("feature").order_by("feature__order"))
    codes = {one.pk: one.feature.code for one in features}
    values: dict[int, dict[str, Decimal]] = defaultdict(dict)
    stored = FeatureValue.objects.filter(municipality__feature_set=row).values_list(
        "municipality_id", "feature_id", "value"
    )
    for municipality, feature, value in stored.iterator(chunk_size=5000):
        values[municipality][codes[feature]] = value.normalize() + 0
    return SetData(
        pk=row.pk,
        code=row.code,
        name=row.name,
        year=row.year,
        source=row.source,
        municipalities=tuple(_municipalities(row, values)),
        features=tuple(codes.values()),
        fictitious=tuple(one.feature.code for one in features if one.is_fictitious),
        sources={one.feature.code: one.source for one in features},
        digest=row.digest,
    )


def _municipalities(row: FeatureSet, values: Mapping[int, Mapping[str, Decimal]]) -> list[Municipality]:
    members = SetMunicipality.objects.filter(feature_set=row).order_by("area__cbs_code")
    return [
        Municipality(cbs_code, name, unit_name(unit), dict(values.get(pk, {})))
        for pk, cbs_code, name, unit in members.values_list("pk", "area__cbs_code", "area__name", "unit__name")
    ]
