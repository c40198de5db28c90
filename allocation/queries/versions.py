"""Reading versions of the model, features and keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q

from allocation.core.errors import AllocationError
from allocation.core.features import FeatureInfo, Merging, Plausible
from allocation.core.model import Model, Standing
from allocation.models import AllocationKey, Feature, KeyPart, ModelVersion, ModelWeight
from allocation.queries.units import unit_name


def load_model(code: str) -> Model:
    """The version with this code or name (two statements). Raises :class:`AllocationError` when there is none."""
    return model_of(find_version(code))


def find_version(code: str) -> ModelVersion:
    """The row of a version by its code or name (one statement). Raises :class:`AllocationError` when there is none."""
    found = ModelVersion.objects.filter(Q(code=code) | Q(name=code)).order_by("pk").first()
    if found is None:
        possible = ", ".join(ModelVersion.objects.values_list("code", flat=True)) or "geen"
        raise AllocationError(f"Model ‘{code}’ bestaat niet. Mogelijk: {possible}.")
    return found


def model_of(version: ModelVersion) -> Model:
    """A version as the arithmetic needs it; the weights in the order of the version."""
    weights: Mapping[str, Decimal] = {
        row.feature.code: row.weight
        for row in ModelWeight.objects.filter(model=version).select_related("feature").order_by("order", "pk")
    }
    return Model(version.code, version.name, Standing(version.standing), weights, version.reference_fte)


def feature_infos() -> dict[str, FeatureInfo]:
    """All features by code, in their order (one statement)."""
    return {row.code: info_of(row) for row in Feature.objects.all()}


def info_of(row: Feature) -> FeatureInfo:
    plausible = None
    if row.plausible_low is not None and row.plausible_high is not None:
        plausible = Plausible(row.plausible_low, row.plausible_high)
    return FeatureInfo(row.code, row.name, row.unit, row.category, Merging(row.merging), plausible)


@dataclass(frozen=True)
class KeyValues:
    """Another key as plain values: unit name → value, in the measure of the key."""

    code: str
    name: str
    kind: str
    measure: str
    values: Mapping[str, Decimal]
    source: str
    digest: str
    is_fictitious: bool = False

    @property
    def total(self) -> Decimal:
        return sum(self.values.values(), Decimal(0))


def load_keys() -> list[KeyValues]:
    """All keys with what they give each unit (two statements), the decree first."""
    parts = Prefetch("parts", KeyPart.objects.select_related("unit"))
    return [key_values(row) for row in AllocationKey.objects.prefetch_related(parts)]


def key_values(row: AllocationKey) -> KeyValues:
    return KeyValues(
        code=row.code,
        name=row.name,
        kind=row.kind,
        measure=row.measure,
        values={unit_name(part.unit.name): part.value for part in row.parts.all()},
        source=row.source,
        digest=row.digest,
        is_fictitious=row.is_fictitious,
    )
