"""The pages of a refit: what their templates need, already in Dutch numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from allocation.core.errors import AllocationError
from allocation.core.refit_pictures import path_spec
from allocation.core.results import FICTITIOUS_MARK
from allocation.core.stepwise import WhyNot
from allocation.models import ModelVersion, RefitOrder, ShareIntervals
from allocation.queries.refits import (
    RefitDetail,
    feature_names,
    find_variant,
    latest_intervals,
    municipality_names,
    refit_detail,
)
from indicators.core.charts import ChartSpec
from monitor.base.core.errors import NotThere
from monitor.base.core.numbers import format_number, round_half_up

MOST_RESIDUALS = 10


@dataclass(frozen=True)
class ClusterLine:
    """A cluster in the table of a refit."""

    number: int
    name: str
    features: tuple[str, ...]
    r2: str
    left_out: int
    corrections: int


@dataclass(frozen=True)
class RefitPage:
    """A refit with its clusters; empty as long as the job is not done."""

    detail: RefitDetail
    lines: tuple[ClusterLine, ...]
    mark: str

    @property
    def clusters(self) -> tuple[str, ...]:
        return tuple(self.detail.workload)

    @property
    def suggested_shares(self) -> dict[str, str]:
        """What each cluster is of the workload, in percentages; only to begin with."""
        shares = self.detail.workload.values()
        return {f"share_{place}": _number(100 * share, 1) for place, share in enumerate(shares)}


def refit_page(pk: int) -> RefitPage:
    """A refit as its page shows it (four statements). Raises :class:`NotThere`."""
    detail = refit_detail(pk)
    clusters = detail.result["clusters"] if detail.result else []
    return RefitPage(
        detail, tuple(_line(detail, place, one) for place, one in enumerate(clusters, 1)), _mark(detail.order)
    )


def _line(detail: RefitDetail, number: int, cluster: Mapping[str, Any]) -> ClusterLine:
    return ClusterLine(
        number=number,
        name=cluster["cluster"],
        features=tuple(detail.names.get(code, code) for code in cluster["final"]),
        r2=_number(100 * cluster["final_r2"], 1),
        left_out=len(cluster["left_out"]),
        corrections=len(cluster["multicollinear"]) + len(cluster["replaced"]),
    )


def _mark(order: RefitOrder) -> str:
    return FICTITIOUS_MARK if order.is_fictitious else ""


@dataclass(frozen=True)
class Step:
    """A step of the path: what was picked, and R² (in percentages) and BIC after it."""

    number: int
    feature: str
    r2: str
    bic: str
    fall: str
    stayed: bool


@dataclass(frozen=True)
class Coefficient:
    """A feature of the model, per unit of it; ``ratio`` is the coefficient over its standard error."""

    feature: str
    value: str
    error: str
    ratio: str


@dataclass(frozen=True)
class Residual:
    """How far the model is beside the workload of a municipality, in the unit of the workload."""

    code: str
    name: str
    workload: str
    residual: str
    percentage: str


@dataclass(frozen=True)
class ClusterPage:
    """One cluster of a refit. ``residuals`` are the largest first."""

    detail: RefitDetail
    number: int
    name: str
    steps: tuple[Step, ...]
    coefficients: tuple[Coefficient, ...]
    r2: str
    left_out: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    residuals: tuple[Residual, ...]
    chart: ChartSpec | None
    mark: str

    @property
    def largest(self) -> tuple[Residual, ...]:
        return self.residuals[:MOST_RESIDUALS]


def cluster_page(pk: int, number: int) -> ClusterPage:
    """A cluster as its page shows it (five statements). Raises :class:`NotThere`."""
    detail = refit_detail(pk)
    cluster = detail.cluster(number)
    mark = _mark(detail.order)
    return ClusterPage(
        detail=detail,
        number=number,
        name=cluster["cluster"],
        steps=tuple(_steps(detail, cluster)),
        coefficients=tuple(_coefficients(detail, cluster)),
        r2=_number(100 * cluster["final_r2"], 1),
        left_out=tuple(_left_out(detail, cluster)),
        residuals=tuple(_residuals(detail, cluster, number)),
        chart=path_spec(f"pad-{pk}-{number}", cluster, detail.names, mark=mark),
        mark=mark,
    )


def _steps(detail: RefitDetail, cluster: Mapping[str, Any]) -> list[Step]:
    bic = cluster["bic"]
    steps = [Step(0, "alleen inwoners", _number(0.0, 1), _bic(bic[0]), "", True)]
    for number, code in enumerate(cluster["selected"], 1):
        before, after = bic[number - 1], bic[number]
        fall = "" if before is None or after is None else _number(before - after, 1)
        name = detail.names.get(code, code)
        r2 = _number(100 * cluster["r2"][number], 1)
        steps.append(Step(number, name, r2, _bic(after), fall, code in cluster["final"]))
    return steps


def _bic(value: float | None) -> str:
    return "bestaat niet" if value is None else _number(value, 1)


def _coefficients(detail: RefitDetail, cluster: Mapping[str, Any]) -> list[Coefficient]:
    found = []
    for code in ["inwoners", *cluster["final"]]:
        value, error = cluster["coefficients"][code], cluster["standard_errors"][code]
        ratio = _number(value / error, 1) if error else ""
        name = detail.names.get(code, code)
        found.append(Coefficient(name, _significant(value), "" if error is None else _significant(error), ratio))
    return found


def _left_out(detail: RefitDetail, cluster: Mapping[str, Any]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """What stayed out, together by kind of reason; the rarest kinds first, since they tell the most."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for one in cluster["left_out"]:
        label = WhyNot[one["reason"].upper()].value
        kinds.setdefault(label, []).append((detail.names.get(one["feature"], one["feature"]), one["text"]))
    return [(label, tuple(rows)) for label, rows in sorted(kinds.items(), key=lambda pair: (len(pair[1]), pair[0]))]


def _residuals(detail: RefitDetail, cluster: Mapping[str, Any], number: int) -> list[Residual]:
    data = detail.order.data
    workloads = {code: row[number - 1] for code, row in zip(data["codes"], data["workloads"], strict=True)}
    ordered = sorted(cluster["residuals"].items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    names = municipality_names()
    return [
        Residual(
            code,
            names.get(code, code),
            _number(workloads[code], 2),
            _number(residual, 2),
            _number(100 * residual / workloads[code], 0) if workloads[code] else "",
        )
        for code, residual in ordered
    ]


@dataclass(frozen=True)
class IntervalLine:
    """A unit with its share and the interval around it, in percentages."""

    unit: str
    share: str
    low: str
    high: str
    width: str


@dataclass(frozen=True)
class IntervalsPage:
    """How certain the shares of a rekenvariant are; without ``kept`` nobody asked yet."""

    version: ModelVersion
    kept: ShareIntervals | None
    lines: tuple[IntervalLine, ...]
    chosen: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    names: Mapping[str, str]
    mark: str


def intervals_page(code: str) -> IntervalsPage:
    """The intervals of a rekenvariant (three statements). Raises :class:`NotThere` for another version."""
    try:
        version = find_variant(code)
    except AllocationError as error:
        raise NotThere(error.message) from error
    kept, names = latest_intervals(version), feature_names()
    result: Mapping[str, Any] = kept.result if kept else {"units": [], "chosen": {}}
    return IntervalsPage(
        version=version,
        kept=kept,
        lines=tuple(_interval(one) for one in result["units"]),
        chosen=tuple(
            (cluster, tuple(_most_chosen(parts, names))) for cluster, parts in sorted(result["chosen"].items())
        ),
        names=names,
        mark=FICTITIOUS_MARK if version.is_fictitious else "",
    )


def _interval(one: Mapping[str, Any]) -> IntervalLine:
    low, high = 100 * one["low"], 100 * one["high"]
    return IntervalLine(
        one["unit"], _number(100 * one["share"], 2), _number(low, 2), _number(high, 2), _number(high - low, 2)
    )


def _most_chosen(parts: Mapping[str, float], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The features that were in at least a tenth of the draws, the most frequent first."""
    ordered = sorted(parts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(names.get(code, code), _number(100 * part, 0)) for code, part in ordered if part >= 0.1]


def _number(value: float, decimals: int) -> str:
    return format_number(Decimal(repr(value)), decimals)


def _significant(value: float, digits: int = 4) -> str:
    """A number of any size in a few digits: 0,0001234 and 1.234."""
    exact = Decimal(repr(value))
    if not exact:
        return "0"
    decimals = min(max(digits - 1 - exact.adjusted(), 0), 15)
    return format_number(round_half_up(exact, decimals), decimals)
