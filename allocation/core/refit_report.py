"""What a refit tells: per cluster its path, its model, and of every candidate that stayed out the reason in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, log
from typing import Any

import numpy as np

from allocation.core.refit import INHABITANTS, ClusterFit, Refit, Rules
from allocation.core.stepwise import Vector, WhyNot
from monitor.base.core.numbers import format_number

Naming = Callable[[str], str]


@dataclass(frozen=True)
class LeftOut:
    """A candidate that is not in the model of a cluster, and why, in words."""

    feature: str
    reason: WhyNot
    text: str


def left_out(outcome: Refit, one: ClusterFit, rules: Rules, names: Naming = str) -> tuple[LeftOut, ...]:
    """Every candidate that is not in the model of a cluster, in the order of the columns.

    ``names`` gives the name of a feature as it reads in a sentence.
    """
    falls = _bic_falls(outcome, one)

    def name(index: int) -> str:
        return f"‘{names(outcome.name(index))}’"

    return tuple(
        LeftOut(outcome.name(index), reason, _in_words(outcome, one, index, rules, name, float(falls[index])))
        for index, reason in sorted(one.why_not.items())
    )


def _in_words(
    outcome: Refit, one: ClusterFit, index: int, rules: Rules, name: Callable[[int], str], fall: float
) -> str:
    candidates, picks = outcome.candidates, one.last.picks
    match one.why_not[index]:
        case WhyNot.CATEGORY:
            return _category_in_words(outcome, one, index, name)
        case WhyNot.CORRELATION:
            chosen = max(picks, key=lambda pick: abs(candidates.gram[index, pick]))
            r = format_number(Decimal(repr(float(candidates.gram[index, chosen]))), 2)
            most = format_number(Decimal(repr(rules.most_correlated)), 2)
            return f"correleert {r} met {name(chosen)}; meer dan {most} (of minder dan −{most}) mag niet"
        case WhyNot.MULTICOLLINEAR:
            vif = one.multicollinear[index]
            size = format_number(Decimal(repr(vif)), 1) if isfinite(vif) else "oneindig groot"
            most = format_number(Decimal(repr(rules.most_inflated)), 0)
            return (
                f"multicollineair met andere gekozen kenmerken (VIF {size}, ten hoogste {most}) en als laatste gekozen"
            )
        case WhyNot.TOO_LITTLE if isfinite(fall):
            way = "dalen" if fall >= 0 else "stijgen"
            least = format_number(Decimal(repr(rules.bic_fall)), 0)
            return (
                f"zou het BIC {format_number(Decimal(repr(abs(fall))), 1)} laten {way}; een daling van {least} is nodig"
            )
        case reason:
            return reason.value


def _category_in_words(outcome: Refit, one: ClusterFit, index: int, name: Callable[[int], str]) -> str:
    if index in one.replaced:
        other = one.replaced[index]
        if other is not None:
            return f"vervangen door {name(other)}: over alle clusters één kenmerk per categorie"
        return "vervallen: over alle clusters één kenmerk per categorie, en het andere volgt uit de rest van dit model"
    own = outcome.candidates.categories[index]
    chosen = next(pick for pick in one.last.picks if outcome.candidates.categories[pick] == own)
    return f"zelfde categorie ({own}) als {name(chosen)}"


def _bic_falls(outcome: Refit, one: ClusterFit) -> Vector:
    """By how much each candidate would lower the BIC of the last path; nan where that says nothing."""
    columns, count = outcome.candidates.columns, len(outcome.data.codes)
    position = outcome.data.clusters.index(one.cluster)
    workload = outcome.data.workloads[:, position] / outcome.data.inhabitants
    q = np.linalg.qr(columns[:, list(one.last.picks)])[0]
    rest = workload - workload.mean()
    rest = rest - q @ (q.T @ rest)
    outside = columns - q @ (q.T @ columns)
    left = np.einsum("ij,ij->j", outside, outside)
    residual = float(rest @ rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = 1 - (rest @ outside) ** 2 / left / residual
        return np.asarray(-count * np.log(np.clip(kept, 0, 1)) - log(count), dtype=np.float64)


def as_json(outcome: Refit, rules: Rules, names: Naming = str) -> dict[str, Any]:
    """The refit as plain values: what the command writes and what is kept of a refit.

    ``selected``, ``bic`` and ``r2`` tell of the first path; ``final`` and all after it of the model after the
    corrections. Coefficients are per unit of the feature and per inhabitant; residuals are in the unit of the
    workload, not per inhabitant. A BIC that does not exist (a workload that is the same everywhere) is null.
    """
    return {
        "municipalities": len(outcome.data.codes),
        "rules": {
            "bic_fall": rules.bic_fall,
            "most_correlated": rules.most_correlated,
            "most_inflated": rules.most_inflated,
        },
        "clusters": [_cluster(outcome, one, rules, names) for one in outcome.clusters],
    }


def _cluster(outcome: Refit, one: ClusterFit, rules: Rules, names: Naming) -> dict[str, Any]:
    final = [outcome.name(index) for index in one.fit.chosen]
    values = [one.fit.intercept, *one.fit.coefficients.tolist()]
    errors = one.fit.standard_errors.tolist()
    residuals = (one.fit.residuals * outcome.data.inhabitants).tolist()
    return {
        "cluster": one.cluster,
        "selected": [outcome.name(index) for index in one.path.picks],
        "final": final,
        "bic": [value if isfinite(value) else None for value in one.path.bic],
        "r2": list(one.path.r2),
        "final_r2": one.fit.r2,
        "coefficients": dict(zip([INHABITANTS, *final], values, strict=True)),
        "standard_errors": {
            name: error if isfinite(error) else None for name, error in zip([INHABITANTS, *final], errors, strict=True)
        },
        "multicollinear": [
            {"feature": outcome.name(index), "vif": vif if isfinite(vif) else None}
            for index, vif in one.multicollinear.items()
        ],
        "replaced": _replaced(outcome, one.replaced),
        "left_out": [
            {"feature": each.feature, "reason": each.reason.name.lower(), "text": each.text}
            for each in left_out(outcome, one, rules, names)
        ],
        "residuals": dict(zip(outcome.data.codes, residuals, strict=True)),
    }


def _replaced(outcome: Refit, replaced: Mapping[int, int | None]) -> list[dict[str, str | None]]:
    return [
        {"feature": outcome.name(old), "by": None if new is None else outcome.name(new)}
        for old, new in replaced.items()
    ]
