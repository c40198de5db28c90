"""Refitting the model (annex E): a path per cluster, and the corrections afterwards.

Input is absolute, per municipality; everything is divided by inhabitants first.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from allocation.core.errors import AllocationError
from allocation.core.stepwise import (
    BIC_FALL,
    MOST_CORRELATED,
    Candidates,
    Fit,
    Matrix,
    Path,
    Vector,
    WhyNot,
    explained,
    fit,
    forward,
    prepare,
    variance_inflation,
)

MOST_INFLATED = 10.0  # the report gives no bound for multicollinearity; 10 is the usual one for VIF
YEAR_WEIGHTS = (1 / 6, 1 / 3, 1 / 2)  # report, section 4.2: the later the year, the heavier
INHABITANTS = "inwoners"


@dataclass(frozen=True)
class Rules:
    """The bounds of the procedure; changed only to see what they do."""

    bic_fall: float = BIC_FALL
    most_correlated: float = MOST_CORRELATED
    most_inflated: float = MOST_INFLATED


@dataclass(frozen=True)
class FitData:
    """Workloads (municipalities × clusters) and features (municipalities × features), absolute; one row per code."""

    codes: tuple[str, ...]
    inhabitants: Vector
    clusters: tuple[str, ...]
    workloads: Matrix
    features: tuple[str, ...]
    categories: tuple[str, ...]
    values: Matrix


@dataclass(frozen=True)
class ClusterFit:
    """A cluster: the first path, the last one, the model after the corrections, and what was taken out on the way.

    ``multicollinear`` are the features that were withheld in order, with the VIF they had; the last path is the one
    without them. ``replaced`` says which feature came for which, for the sake of one feature per category in the
    combination; None where the other one follows from the rest of the model and adds nothing to it.
    """

    cluster: str
    path: Path
    last: Path
    fit: Fit
    multicollinear: Mapping[int, float]
    replaced: Mapping[int, int | None]
    why_not: Mapping[int, WhyNot]


@dataclass(frozen=True)
class Refit:
    """All clusters of one refit, on the same candidates."""

    data: FitData
    candidates: Candidates
    clusters: tuple[ClusterFit, ...]

    def name(self, index: int) -> str:
        return self.candidates.names[index]


def refit(data: FitData, rules: Rules | None = None, tell: Callable[[int, int], None] | None = None) -> Refit:
    """Fit every cluster; ``tell`` hears after each how many are done.

    A cluster whose workload is the same everywhere (wijkzorg: one officer on 5.000 inhabitants) gets inhabitants only.
    Raises :class:`AllocationError` for a municipality without inhabitants or a missing value.
    """
    rules = rules or Rules()
    require_complete(data)
    offered = [index for index, name in enumerate(data.features) if name != INHABITANTS]  # those are the intercept
    candidates = prepare(
        [data.features[index] for index in offered],
        [data.categories[index] for index in offered],
        data.values[:, offered] / data.inhabitants[:, None],
    )
    workloads = data.workloads / data.inhabitants[:, None]
    found = []
    for column, name in enumerate(data.clusters):
        found.append(_fit_cluster(candidates, name, np.ascontiguousarray(workloads[:, column]), rules))
        if tell:
            tell(len(found), len(data.clusters))
    return Refit(data, candidates, tuple(_one_per_category(candidates, found, workloads)))


def require_complete(data: FitData) -> None:
    """Refuse what no fit can be made on, by the name of the municipality."""
    empty = [code for code, number in zip(data.codes, data.inhabitants, strict=True) if not 0 < number < np.inf]
    if empty:
        raise AllocationError(f"Gemeente {empty[0]} heeft geen inwoners. Vul het aantal in of laat de gemeente weg.")
    for names, values in ((data.clusters, data.workloads), (data.features, data.values)):
        for row, column in np.argwhere(~np.isfinite(values))[:1]:
            raise AllocationError(
                f"Gemeente {data.codes[row]} heeft geen waarde voor ‘{names[column]}’. Vul die in of laat de kolom weg."
            )
    if len(data.codes) < 3:
        raise AllocationError("Er zijn ten minste drie gemeenten nodig.")


def _fit_cluster(candidates: Candidates, name: str, workload: Vector, rules: Rules) -> ClusterFit:
    """The path, and paths again without the last picked of the multicollinear features, until there are none."""

    def search(withheld: Sequence[int]) -> Path:
        return forward(
            candidates,
            workload,
            withheld=frozenset(withheld),
            bic_fall=rules.bic_fall,
            most_correlated=rules.most_correlated,
        )

    path = first = search([])
    dropped: dict[int, float] = {}
    while (inflated := np.flatnonzero((vif := variance_inflation(candidates, path.picks)) > rules.most_inflated)).size:
        dropped[path.picks[int(inflated[-1])]] = float(vif[inflated[-1]])
        path = search(list(dropped))
    why_not = {**path.why_not, **dict.fromkeys(dropped, WhyNot.MULTICOLLINEAR)}
    return ClusterFit(name, first, path, fit(candidates, path.picks, workload), dropped, {}, why_not)


def _one_per_category(candidates: Candidates, found: list[ClusterFit], workloads: Matrix) -> list[ClusterFit]:
    """Where clusters took different features of one category, all take the one that costs the least R² in total."""
    used: dict[str, set[int]] = defaultdict(set)
    for one in found:
        for index in one.fit.chosen:
            if candidates.categories[index]:
                used[candidates.categories[index]].add(index)
    for category in sorted(used):
        rivals = used[category]
        if len(rivals) > 1:
            costs = {keep: _cost(candidates, found, workloads, rivals, keep) for keep in sorted(rivals)}
            keep = min(costs, key=lambda index: costs[index])
            found = [
                _with(candidates, one, np.ascontiguousarray(workloads[:, column]), rivals, keep)
                for column, one in enumerate(found)
            ]
    return found


def _cost(candidates: Candidates, found: Sequence[ClusterFit], workloads: Matrix, rivals: set[int], keep: int) -> float:
    """How much R² all clusters together lose with ``keep`` in the place of every rival."""
    cost = 0.0
    for column, one in enumerate(found):
        rival = _rival(one, rivals, keep)
        if rival is not None:
            chosen, _ = _chosen_with(candidates, one, workloads[:, column], rival, keep)
            cost += one.fit.r2 - (explained(candidates, chosen, workloads[:, column]) or 0.0)
    return cost


def _with(candidates: Candidates, one: ClusterFit, workload: Vector, rivals: set[int], keep: int) -> ClusterFit:
    """A cluster with ``keep`` in the place of the rival it has; the same cluster when it has none."""
    rival = _rival(one, rivals, keep)
    if rival is None:
        return one
    chosen, adds = _chosen_with(candidates, one, workload, rival, keep)
    why_not = {index: why for index, why in one.why_not.items() if index != keep} | {rival: WhyNot.CATEGORY}
    if not adds:
        why_not[keep] = WhyNot.DEPENDENT
    replaced = {**one.replaced, rival: keep if adds else None}
    return replace(one, fit=fit(candidates, chosen, workload), replaced=replaced, why_not=why_not)


def _rival(one: ClusterFit, rivals: set[int], keep: int) -> int | None:
    return next((index for index in one.fit.chosen if index in rivals and index != keep), None)


def _chosen_with(
    candidates: Candidates, one: ClusterFit, workload: Vector, rival: int, keep: int
) -> tuple[list[int], bool]:
    """What a cluster has with ``keep`` for ``rival``; without either where ``keep`` follows from the rest of it."""
    chosen = [keep if index == rival else index for index in one.fit.chosen]
    if explained(candidates, chosen, workload) is not None:
        return chosen, True
    return [index for index in chosen if index != keep], False


def weigh_years(workloads: Sequence[Matrix]) -> Matrix:
    """Workloads of three years, the oldest first, as one: 1/6, 1/3 and 1/2 (section 4.2)."""
    if len(workloads) != len(YEAR_WEIGHTS):
        raise AllocationError(f"Er zijn {len(YEAR_WEIGHTS)} jaren nodig, de oudste eerst; er zijn er {len(workloads)}.")
    return np.tensordot(np.array(YEAR_WEIGHTS), np.stack(workloads), axes=1)
