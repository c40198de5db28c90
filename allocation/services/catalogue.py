"""Keeping features, published models and keys: told by code, nothing touched that is already as it should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from allocation.core.enumerations import KeyKind, KeyMeasure
from allocation.core.errors import AllocationError
from allocation.core.model import Model
from allocation.models import (
    AllocationKey,
    Feature,
    FeatureJudgement,
    KeyPart,
    ModelCluster,
    ModelVersion,
    ModelWeight,
)
from allocation.queries.units import unit_ids_by_short_name
from allocation.queries.versions import model_of
from allocation.services.feature_sets import MAY_CALCULATE
from indicators.core.access import Worker
from indicators.services.catalogue import Counts, save_rows
from monitor.base.core.audit import rows_digest
from monitor.base.models import User
from monitor.base.services.audit import record_act


@transaction.atomic
def save_features(*, features: Sequence[Mapping[str, Any]], judgements: Sequence[Mapping[str, Any]]) -> Counts:
    """Insert or update features and how they were judged; ``judgements`` name their feature by code."""
    counts, stored = save_rows(Feature, features)
    rows = [
        {**{name: value for name, value in row.items() if name != "feature"},
         "feature_id": stored[(row["feature"],)].pk}
        for row in judgements
    ]  # fmt: skip
    judged, _ = save_rows(FeatureJudgement, rows, key=("feature_id", "criterion"))
    return counts + judged


@dataclass(frozen=True)
class PublishedModel:
    """A version as published: its weights and, of clusters, the shares that were published."""

    model: Model
    year: int
    source: str
    place: str
    note: str
    clusters: Sequence[tuple[str, str, Decimal]] = ()  # code, name, share


@transaction.atomic
def save_published_model(*, published: PublishedModel) -> bool:
    """Keep a published version once. Raises :class:`AllocationError` when other weights stand under its code."""
    model = published.model
    if stored := ModelVersion.objects.filter(code=model.code).first():
        if dict(model_of(stored).weights) != dict(model.weights):
            raise AllocationError(f"Onder ‘{model.code}’ staan andere gewichten. Geef de nieuwe versie een eigen code.")
        return False
    version = ModelVersion.objects.create(
        code=model.code, name=model.name, year=published.year, standing=model.standing.value,
        reference_fte=model.reference_fte, source=published.source, place=published.place, note=published.note,
    )  # fmt: skip
    features = dict(Feature.objects.values_list("code", "pk"))
    ModelWeight.objects.bulk_create(
        ModelWeight(model=version, feature_id=features[code], weight=weight, order=order)
        for order, (code, weight) in enumerate(model.weights.items())
    )
    ModelCluster.objects.bulk_create(
        ModelCluster(model=version, code=code, name=name, share=share, order=order)
        for order, (code, name, share) in enumerate(published.clusters)
    )
    record_act(
        actor=None,
        act="modelversie geladen",
        subject=model.code,
        counts={"gewichten": len(model.weights)},
        rows_digest=model_digest(model),
    )
    return True


def model_digest(model: Model) -> str:
    """SHA-256 over what a version computes with: its weights and the strength they are for."""
    head = {"model": model.code, "fte": model.reference_fte}
    return rows_digest(
        [head, *({"kenmerk": code, "gewicht": weight} for code, weight in sorted(model.weights.items()))]
    )


@dataclass(frozen=True)
class NewKey:
    """Another key: what it gives each unit by short name, in percentages or fte."""

    code: str
    name: str
    kind: KeyKind
    measure: KeyMeasure
    source: str
    values: Mapping[str, Decimal]
    place: str = ""
    reference_date: date | None = None
    is_fictitious: bool = False

    @property
    def digest(self) -> str:
        head = {
            "soort": self.kind,
            "maat": self.measure,
            "fictief": self.is_fictitious,
            "peildatum": self.reference_date,
        }
        return rows_digest([head, *({"eenheid": unit, "waarde": value} for unit, value in sorted(self.values.items()))])


@transaction.atomic
def save_key(*, new: NewKey, by: Worker | None) -> tuple[AllocationKey, bool]:
    """Keep a key; it gives every unit something and is never changed afterwards. The same key again is given back.

    Raises :class:`AllocationError` for units that are missing or unknown, and for percentages that are not 100.
    """
    if by is not None:
        by.require_role(*MAY_CALCULATE, act="een verdeelsleutel laden")
    units = unit_ids_by_short_name()
    _require_units(new, units)
    if stored := AllocationKey.objects.filter(code=new.code).first():
        if stored.digest != new.digest:
            raise AllocationError(f"Er is al een verdeelsleutel ‘{new.name}’ met andere waarden. Kies een andere naam.")
        return stored, False
    user = User.objects.get(pk=by.user_id) if by else None
    key = AllocationKey.objects.create(
        code=new.code, name=new.name, kind=new.kind.value, measure=new.measure.value, source=new.source,
        place=new.place, reference_date=new.reference_date, is_fictitious=new.is_fictitious, digest=new.digest,
        made_by=user,
    )  # fmt: skip
    KeyPart.objects.bulk_create(
        KeyPart(key=key, unit_id=units[unit], value=value) for unit, value in new.values.items()
    )
    record_act(
        actor=user,
        act="verdeelsleutel geladen",
        subject=key.code,
        counts={"eenheden": len(new.values)},
        rows_digest=new.digest,
    )
    return key, True


def _require_units(new: NewKey, units: Mapping[str, int]) -> None:
    if unknown := [unit for unit in new.values if unit not in units]:
        raise AllocationError(f"Politie-eenheid ‘{unknown[0]}’ bestaat niet. Bekend zijn {', '.join(units)}.")
    if missing := [unit for unit in units if unit not in new.values]:
        raise AllocationError(f"Deze politie-eenheden ontbreken in de sleutel: {', '.join(missing)}.")
    total = sum(new.values.values(), Decimal(0))
    if min(new.values.values()) < 0 or total <= 0:
        raise AllocationError("Een sleutel geeft geen eenheid minder dan nul, en samen meer dan nul.")
    if new.measure is KeyMeasure.PERCENTAGE and total != 100:
        raise AllocationError(f"De percentages van de sleutel tellen op tot {total:f}, niet tot 100.")
