"""Clusters combined into one rekenvariant, by their shares (report, section 6.3).

Each cluster has a model of its own for 1.000 fte in the country it was fitted on, so that its share is what it weighs,
whatever the size of its workload. From there on everything is exact.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from allocation.core.errors import AllocationError
from allocation.core.model import EXACT, Model, Standing
from allocation.core.refit import INHABITANTS, ClusterFit, Refit
from monitor.base.core.numbers import format_number

REFERENCE_FTE = Decimal(1000)
WEIGHT_STEP = Decimal("1e-12")
_LARGEST_WEIGHT = Decimal(1000)  # a weight has three digits before the comma and twelve behind it
_ROUNDED_AWAY = Decimal("0.001")  # fte: what rounding a weight may cost in the country


@dataclass(frozen=True)
class ClusterModel:
    """The weights of one cluster alone, as if it divided all 1.000 fte."""

    cluster: str
    weights: Mapping[str, Decimal]


def cluster_models(outcome: Refit) -> tuple[ClusterModel, ...]:
    """The model of every cluster. Raises :class:`AllocationError` where a cluster predicts nothing to divide."""
    return tuple(_cluster_model(outcome, one) for one in outcome.clusters)


def _cluster_model(outcome: Refit, one: ClusterFit) -> ClusterModel:
    inhabitants = outcome.data.inhabitants
    per_inhabitant = outcome.candidates.per_inhabitant[:, list(one.fit.chosen)] @ one.fit.coefficients
    total = float(inhabitants @ (one.fit.intercept + per_inhabitant))
    if not total > 0:
        raise AllocationError(
            f"Het model van cluster ‘{one.cluster}’ telt landelijk op tot nul of minder. Kijk de werklast na of laat "
            "het cluster weg."
        )
    scale = float(REFERENCE_FTE) / total
    weights = {INHABITANTS: Decimal(repr(scale * one.fit.intercept))}
    for index, coefficient in zip(one.fit.chosen, one.fit.coefficients, strict=True):
        weights[outcome.name(index)] = Decimal(repr(scale * float(coefficient)))
    return ClusterModel(one.cluster, weights)


def combine(models: Sequence[ClusterModel], shares: Mapping[str, Decimal], *, code: str, name: str) -> Model:
    """The clusters as one rekenvariant for 1.000 fte, each by its share.

    ``shares`` are relative; a cluster without a share, or with zero, is left out (section 6.4: only when a task moves).
    Raises :class:`AllocationError` for unknown clusters, or when nothing is left.
    """
    relative = relative_shares([one.cluster for one in models], shares)
    weights: dict[str, Decimal] = defaultdict(Decimal)
    with localcontext(EXACT):
        for one in models:
            if share := relative[one.cluster]:
                for feature, weight in one.weights.items():
                    weights[feature] += share * weight
        exact = {feature: weight.quantize(WEIGHT_STEP) for feature, weight in weights.items()}
    return Model(code, name, Standing.VARIANT, exact, REFERENCE_FTE)


def relative_shares(clusters: Sequence[str], shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The share of every cluster as a part of one, to the last digit of sixty; zero where none was given."""
    if unknown := sorted(set(shares) - set(clusters)):
        raise AllocationError(f"Cluster ‘{unknown[0]}’ bestaat niet. Mogelijk zijn {', '.join(clusters)}.")
    total = sum(shares.values(), Decimal(0))
    if total <= 0 or any(share < 0 for share in shares.values()):
        raise AllocationError(
            "Geef ten minste één cluster een aandeel groter dan nul, en geen cluster een negatief aandeel."
        )
    with localcontext(EXACT):
        return {one: shares.get(one, Decimal(0)) / total for one in clusters}


def require_storable(model: Model, totals: Mapping[str, Decimal]) -> None:
    """Refuse weights that lose too much in twelve decimals; ``totals`` are the national totals of the features."""
    for feature, weight in model.weights.items():
        if abs(weight) >= _LARGEST_WEIGHT:
            raise AllocationError(
                f"Kenmerk ‘{feature}’ krijgt een gewicht van {format_number(weight, 0)}. Dat is te groot om te "
                "bewaren; druk het kenmerk uit in een kleinere meeteenheid en schat opnieuw."
            )
        if abs(totals[feature]) * WEIGHT_STEP / 2 > _ROUNDED_AWAY:
            raise AllocationError(
                f"Kenmerk ‘{feature}’ telt landelijk op tot {format_number(totals[feature], 0)}; een gewicht in twaalf "
                "decimalen is daarvoor te grof. Druk het kenmerk uit in een grotere meeteenheid, zoals duizendtallen, "
                "en schat opnieuw."
            )
