"""Reading refits, the rekenvarianten made of them, and how certain their shares are."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F

from allocation.core.combining import ClusterModel
from allocation.core.errors import AllocationError
from allocation.models import (
    Feature,
    ModelCluster,
    ModelVersion,
    RefitOrder,
    RefitResult,
    SetMunicipality,
    ShareIntervals,
)
from monitor.base.core.errors import NotThere


def feature_names() -> dict[str, str]:
    """The name of every feature of the catalogue, by code (one statement)."""
    return dict(Feature.objects.values_list("code", "name"))


def feature_categories() -> dict[str, str]:
    """The category of every feature of the catalogue, by code (one statement)."""
    return dict(Feature.objects.values_list("code", "category"))


def municipality_names() -> dict[str, str]:
    """The name of every municipality in the kept sets, by code (one statement)."""
    return dict(SetMunicipality.objects.values_list("area__cbs_code", "area__name").distinct())


@dataclass(frozen=True)
class RefitLine:
    """A refit in a list; ``is_done`` tells whether its outcome is there."""

    pk: int
    name: str
    made_by: str
    made_at: Any
    is_fictitious: bool
    is_done: bool


def refit_lines() -> list[RefitLine]:
    """All refits, the newest first (one statement)."""
    rows = RefitOrder.objects.annotate(result_id=F("result__pk")).values_list(
        "pk", "name", "made_by__username", "made_at", "is_fictitious", "result_id"
    )
    return [RefitLine(*row[:5], is_done=row[5] is not None) for row in rows]


@dataclass(frozen=True)
class RefitDetail:
    """A refit as its page shows it; ``result`` is None as long as it is not done. ``workload`` is each cluster's part
    of the workload of all clusters together, ``names`` are those of the features."""

    order: RefitOrder
    result: Mapping[str, Any] | None
    kept: RefitResult | None
    workload: Mapping[str, float]
    names: Mapping[str, str]
    variants: tuple[ModelVersion, ...]

    def cluster(self, number: int) -> Mapping[str, Any]:
        """A cluster by its place, from 1. Raises :class:`NotThere`."""
        clusters = self.result["clusters"] if self.result else []
        if not 0 < number <= len(clusters):
            raise NotThere(f"Deze herschatting heeft geen cluster {number}.")
        return clusters[number - 1]  # type: ignore[no-any-return]


def refit_detail(pk: int) -> RefitDetail:
    """A refit with all that belongs to it (four statements). Raises :class:`NotThere`."""
    order = RefitOrder.objects.select_related("made_by", "feature_set").filter(pk=pk).first()
    if order is None:
        raise NotThere(f"Herschatting {pk} bestaat niet.")
    kept = RefitResult.objects.filter(order=order).first()
    totals = [sum(column) for column in zip(*order.data["workloads"], strict=True)]
    whole = sum(totals)
    return RefitDetail(
        order=order,
        result=kept.result if kept else None,
        kept=kept,
        workload={
            name: total / whole if whole > 0 else 0.0
            for name, total in zip(order.data["clusters"], totals, strict=True)
        },
        names=feature_names(),
        variants=tuple(ModelVersion.objects.filter(origin__refit=pk).order_by("pk")),
    )


def stored_cluster_models(version: ModelVersion) -> tuple[ClusterModel, ...]:
    """The models of the clusters that a rekenvariant keeps (one statement); empty for a version without them."""
    rows = ModelCluster.objects.filter(model=version).order_by("order", "pk")
    return tuple(
        ClusterModel(row.name, {feature: Decimal(weight) for feature, weight in row.coefficients.items()})
        for row in rows
        if row.coefficients
    )


def cluster_shares(version: ModelVersion) -> dict[str, Decimal]:
    """The share of each cluster of a version by name, in its order (one statement)."""
    return dict(ModelCluster.objects.filter(model=version).order_by("order", "pk").values_list("name", "share"))


def latest_intervals(version: ModelVersion) -> ShareIntervals | None:
    """The latest intervals of a rekenvariant (one statement); None as long as there are none."""
    return ShareIntervals.objects.filter(model=version).order_by("-pk").first()


def find_variant(code: str) -> ModelVersion:
    """A rekenvariant out of a refit (one statement). Raises :class:`AllocationError` for anything else."""
    found = ModelVersion.objects.filter(code=code).first()
    if found is None or "refit" not in found.origin:
        raise AllocationError(f"‘{code}’ is geen rekenvariant uit een herschatting.")
    return found
