"""Measured in a process of its own, so that one BLAS thread is all there is: see test_bench_allocation."""

import sys
import time
from decimal import Decimal

import numpy as np

from allocation.core.bootstrap import bootstrap
from allocation.core.refit import FitData, refit
from tests.allocation.core.reference import reference_refit

CLUSTERS, MUNICIPALITIES, FEATURES, CATEGORIES = 13, 342, 114, 70
ROUNDS = 30


def country() -> FitData:
    """As many clusters, municipalities, features and categories as the model of 2025; the features hang together."""
    chance = np.random.default_rng(20)
    inhabitants = chance.lognormal(10, 1, MUNICIPALITIES).round() + 500
    common = chance.standard_normal((MUNICIPALITIES, 20)) @ chance.standard_normal((20, FEATURES)) * 0.25
    per = np.exp(-3 + 0.4 * (common + 0.6 * chance.standard_normal((MUNICIPALITIES, FEATURES))))
    truth = np.zeros((FEATURES, CLUSTERS))
    for cluster in range(CLUSTERS):
        truth[chance.choice(FEATURES, 8, replace=False), cluster] = np.abs(chance.standard_normal(8)) * 0.01
    workloads = 0.002 + per @ truth + 0.0004 * chance.standard_normal((MUNICIPALITIES, CLUSTERS))
    return FitData(
        codes=tuple(f"GM{row:04}" for row in range(MUNICIPALITIES)),
        inhabitants=inhabitants,
        clusters=tuple(f"cluster {number}" for number in range(1, CLUSTERS + 1)),
        workloads=workloads * inhabitants[:, None],
        features=tuple(f"k{number}" for number in range(FEATURES)),
        categories=tuple(f"c{number % CATEGORIES}" for number in range(FEATURES)),
        values=per * inhabitants[:, None],
    )


def measure_refit(data: FitData) -> None:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        outcome = refit(data)
        times.append(time.perf_counter() - started)
    own = sorted(times)[ROUNDS // 2]
    picks = sum(len(one.path.picks) for one in outcome.clusters)
    print(
        f"herschatting {CLUSTERS} × {MUNICIPALITIES} × {FEATURES} ({picks} keuzes): {own * 1000:.1f} ms in het midden"
    )
    print(f"  de snelste van {ROUNDS}: {min(times) * 1000:.1f} ms (gevraagd: ten hoogste 25 ms)")
    per = data.values / data.inhabitants[:, None]
    started = time.perf_counter()
    _, final = reference_refit(per, data.categories, list((data.workloads / data.inhabitants[:, None]).T))
    slow = time.perf_counter() - started
    assert [list(one.fit.chosen) for one in outcome.clusters] == final
    print(f"dezelfde herschatting met statsmodels: {slow:.1f} s, {slow / own:.0f} keer zo lang (gevraagd: 150 keer)")


def measure_bootstrap(data: FitData) -> None:
    units = {code: f"eenheid {row % 10}" for row, code in enumerate(data.codes)}
    started = time.perf_counter()
    found = bootstrap(data, units, dict.fromkeys(data.clusters, Decimal(1)))
    seconds = time.perf_counter() - started
    print(f"{found.draws} trekkingen van alle clusters: {seconds:.1f} s (gevraagd: onder 60 s)")


if __name__ == "__main__":
    {"refit": measure_refit, "bootstrap": measure_bootstrap}[sys.argv[1]](country())
