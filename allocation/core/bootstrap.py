"""How certain the shares are: the whole refit again on municipalities drawn with replacement.

Each draw fits every cluster anew, picks and corrections included, and divides the country as it is (not as it was
drawn) with the combination. What varies between the draws is what the choice of municipalities does to the shares.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from allocation.core.combining import relative_shares
from allocation.core.errors import AllocationError
from allocation.core.refit import FitData, Refit, Rules, refit
from allocation.core.stepwise import Matrix, Vector

DRAWS = 1000  # as many as the 2.5th percentile needs to stand still in its third digit
LEVEL = 0.95
MOST_FAILED = 0.05  # draws without a usable model, before the intervals say nothing

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Interval:
    """A share with what the draws made of it: percentiles, and the standard deviation."""

    unit: str
    share: float
    low: float
    median: float
    high: float
    deviation: float


@dataclass(frozen=True)
class Bootstrap:
    """The intervals of the shares per unit, in order of name; and how often each feature was in a cluster's model.

    ``failed`` draws gave a cluster that divides nothing, and count in no percentile.
    """

    draws: int
    seed: int
    failed: int
    intervals: tuple[Interval, ...]
    chosen: Mapping[str, Mapping[str, float]]


def bootstrap(
    data: FitData,
    units: Mapping[str, str],
    shares: Mapping[str, Decimal],
    *,
    draws: int = DRAWS,
    seed: int = 1,
    rules: Rules | None = None,
    tell: Progress | None = None,
) -> Bootstrap:
    """Intervals for the share of each unit; the same ``seed`` gives the same digits.

    ``units`` says in which unit each municipality lies, ``shares`` what each cluster weighs. ``tell`` hears after each
    draw how many are done; what it raises ends the work. Raises :class:`AllocationError` for a municipality without a
    unit, shares that give no model, or data of which too many draws give none.
    """
    country = _country(data, units)
    weights = np.array([float(value) for value in relative_shares(data.clusters, shares).values()])
    point = _shares(refit(data, rules), country, weights)
    if point is None:
        raise AllocationError("Het model van een cluster telt landelijk op tot nul of minder. Kijk de werklast na.")
    found: list[Vector] = []
    chosen: dict[str, Counter[str]] = {name: Counter() for name in data.clusters}
    for number in range(draws):
        outcome = refit(_drawn(data, seed, number), rules)
        for one in outcome.clusters:
            chosen[one.cluster].update(outcome.name(index) for index in one.fit.chosen)
        one_draw = _shares(outcome, country, weights)
        if one_draw is not None:
            found.append(one_draw)
        if tell:
            tell(number + 1, draws)
    failed = draws - len(found)
    if failed > MOST_FAILED * draws:
        raise AllocationError(
            f"{failed} van de {draws} trekkingen geven geen bruikbaar model; daaruit volgen geen betrouwbare marges. "
            "Gebruik meer gemeenten of minder kenmerken."
        )
    return Bootstrap(draws, seed, failed, _intervals(country.units, point, np.stack(found)), _parts(chosen, draws))


@dataclass(frozen=True)
class _Country:
    """The units in order of name, with their totals of inhabitants and of every feature."""

    units: tuple[str, ...]
    inhabitants: Vector
    values: Matrix
    column: Mapping[str, int]


def _country(data: FitData, units: Mapping[str, str]) -> _Country:
    if missing := [code for code in data.codes if not units.get(code)]:
        raise AllocationError(
            f"Van gemeente {missing[0]} is niet bekend in welke politie-eenheid zij ligt. Laad een kenmerkenset waarin "
            "zij staat."
        )
    names = tuple(sorted({units[code] for code in data.codes}))
    place = {name: position for position, name in enumerate(names)}
    member = np.zeros((len(names), len(data.codes)))
    for row, code in enumerate(data.codes):
        member[place[units[code]], row] = 1.0
    column = {name: position for position, name in enumerate(data.features)}
    return _Country(names, member @ data.inhabitants, member @ data.values, column)


def _drawn(data: FitData, seed: int, number: int) -> FitData:
    """As many municipalities as there are, drawn with replacement; every draw has a seed of its own."""
    rows = np.random.default_rng([seed, number]).integers(0, len(data.codes), len(data.codes))
    return FitData(
        codes=tuple(data.codes[row] for row in rows),
        inhabitants=data.inhabitants[rows],
        clusters=data.clusters,
        workloads=data.workloads[rows],
        features=data.features,
        categories=data.categories,
        values=data.values[rows],
    )


def _shares(outcome: Refit, country: _Country, weights: Vector) -> Vector | None:
    """The share of each unit by the combination; None when a cluster that counts divides nothing."""
    total = np.zeros(len(country.units))
    for one, weight in zip(outcome.clusters, weights, strict=True):
        if not weight:
            continue
        columns = [country.column[outcome.name(index)] for index in one.fit.chosen]
        raw = country.inhabitants * one.fit.intercept + country.values[:, columns] @ one.fit.coefficients
        if not raw.sum() > 0:
            return None
        total += weight * raw / raw.sum()
    return total


def _intervals(units: Sequence[str], point: Vector, drawn: Matrix) -> tuple[Interval, ...]:
    tail = (1 - LEVEL) / 2
    low, median, high = np.quantile(drawn, [tail, 0.5, 1 - tail], axis=0)
    deviation = drawn.std(axis=0, ddof=1) if len(drawn) > 1 else np.zeros(len(units))
    return tuple(
        Interval(unit, *(float(value) for value in values))
        for unit, *values in zip(units, point, low, median, high, deviation, strict=True)
    )


def _parts(chosen: Mapping[str, Counter[str]], draws: int) -> dict[str, dict[str, float]]:
    return {
        cluster: {name: count / draws for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))}
        for cluster, counts in chosen.items()
    }


def as_json(outcome: Bootstrap) -> dict[str, Any]:
    """The outcome as plain values, as it is kept."""
    return {
        "draws": outcome.draws,
        "seed": outcome.seed,
        "failed": outcome.failed,
        "level": LEVEL,
        "units": [
            {
                "unit": one.unit,
                "share": one.share,
                "low": one.low,
                "median": one.median,
                "high": one.high,
                "deviation": one.deviation,
            }
            for one in outcome.intervals
        ],
        "chosen": {cluster: dict(parts) for cluster, parts in outcome.chosen.items()},
    }
