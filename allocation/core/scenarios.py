"""What if: other values of features, other municipalities, other shares of clusters, other strength.

A scenario changes the input of the model, never the model itself: what comes out is again a distribution of *new*
strength. It says nothing on the total strength that a unit needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Any

from allocation.core.combining import ClusterModel, combine
from allocation.core.errors import AllocationError
from allocation.core.explanation import INHABITANTS
from allocation.core.features import FeatureInfo, Merging
from allocation.core.model import EXACT, Model, Municipality, Order, Outcome, run_model
from monitor.base.core.numbers import format_number

VALUE_STEP = Decimal("0.0001")  # as the values of a set are kept
PERCENT_STEP = Decimal("0.0001")
_LEAST_GROWTH, _MOST_GROWTH = Decimal(-100), Decimal(1000)


class Scope(StrEnum):
    """Where a feature grows."""

    COUNTRY = "land"
    UNIT = "eenheid"
    MUNICIPALITY = "gemeente"

    @property
    def label(self) -> str:
        return {"land": "het hele land", "eenheid": "één politie-eenheid", "gemeente": "één gemeente"}[self.value]


@dataclass(frozen=True)
class Growth:
    """A feature that grows (or shrinks) by ``percent``; ``place`` is a unit's name or a municipality's code."""

    feature: str
    scope: Scope
    place: str
    percent: Decimal


@dataclass(frozen=True)
class Merger:
    """Municipalities (by code) that become one, named ``name``, in the unit ``unit`` (empty: that of the first)."""

    codes: tuple[str, ...]
    name: str
    unit: str = ""


@dataclass(frozen=True)
class ScenarioInputs:
    """All that a scenario changes. ``cluster_shares`` is empty unless a task moves; then ``reason`` says which."""

    fte: Decimal
    growths: tuple[Growth, ...] = ()
    mergers: tuple[Merger, ...] = ()
    cluster_shares: Mapping[str, Decimal] = field(default_factory=dict)
    reason: str = ""
    specific_tasks: Mapping[str, Decimal] = field(default_factory=dict)
    partial: bool = False


@dataclass(frozen=True)
class ScenarioOutcome:
    """The outcome with what must be read beside it, in Dutch sentences."""

    outcome: Outcome
    remarks: tuple[str, ...]


def run_scenario(
    model: Model,
    clusters: Sequence[ClusterModel],
    municipalities: Sequence[Municipality],
    features: Mapping[str, FeatureInfo],
    inputs: ScenarioInputs,
) -> ScenarioOutcome:
    """Run the model on the changed input. ``clusters`` is empty for a version that keeps no cluster models.

    Raises :class:`AllocationError` for a change that cannot be made, and what :func:`run_model` raises.
    """
    used = _model(model, clusters, inputs)
    grown = _grow(municipalities, inputs.growths, features)
    merged, remarks = _merge(grown, inputs.mergers, features, used)
    outcome = run_model(used, merged, Order(inputs.fte, dict(inputs.specific_tasks), inputs.partial))
    return ScenarioOutcome(outcome, remarks)


def _model(model: Model, clusters: Sequence[ClusterModel], inputs: ScenarioInputs) -> Model:
    if not inputs.cluster_shares:
        return model
    if not clusters:
        raise AllocationError(
            f"Van ‘{model.name}’ zijn geen gewichten per cluster gepubliceerd; zonder die gewichten kunnen de aandelen "
            "van de clusters niet veranderen. Kies een rekenvariant die uit een herschatting komt."
        )
    if not inputs.reason.strip():
        raise AllocationError(
            "De aandelen van de clusters veranderen alleen als een taak naar een ander onderdeel gaat. Noem die taak."
        )
    return combine(clusters, inputs.cluster_shares, code=model.code, name=model.name)


def _grow(
    municipalities: Sequence[Municipality], growths: Sequence[Growth], features: Mapping[str, FeatureInfo]
) -> list[Municipality]:
    found = list(municipalities)
    for growth in growths:
        _require_growth(growth, features)
        touched = [one for one in found if _is_in(one, growth)]
        if not touched:
            raise AllocationError(f"‘{growth.place}’ is geen {growth.scope} in deze kenmerkenset.")
        if not any(growth.feature in one.values for one in touched):
            raise AllocationError(
                f"Kenmerk ‘{features[growth.feature].name}’ heeft daar geen waarden; er is niets om te laten groeien."
            )
        found = [_grown(one, growth) if _is_in(one, growth) else one for one in found]
    return found


def _require_growth(growth: Growth, features: Mapping[str, FeatureInfo]) -> None:
    if growth.feature not in features:
        raise AllocationError(f"Kenmerk ‘{growth.feature}’ bestaat niet.")
    if not _LEAST_GROWTH <= growth.percent <= _MOST_GROWTH:
        raise AllocationError(
            f"Een groei van {format_number(growth.percent, 1)}% kan niet; geef een getal van −100 tot en met 1.000."
        )
    if growth.percent != growth.percent.quantize(PERCENT_STEP):
        raise AllocationError(f"Een groei van {growth.percent}% heeft te veel decimalen; ten hoogste vier.")


def _is_in(one: Municipality, growth: Growth) -> bool:
    match growth.scope:
        case Scope.COUNTRY:
            return True
        case Scope.UNIT:
            return one.unit == growth.place
        case Scope.MUNICIPALITY:
            return one.code == growth.place


def _grown(one: Municipality, growth: Growth) -> Municipality:
    if growth.feature not in one.values:
        return one
    with localcontext(EXACT):
        value = one.values[growth.feature] * (100 + growth.percent) / 100
    return Municipality(one.code, one.name, one.unit, {**one.values, growth.feature: value})


def _merge(
    municipalities: Sequence[Municipality],
    mergers: Sequence[Merger],
    features: Mapping[str, FeatureInfo],
    model: Model,
) -> tuple[list[Municipality], tuple[str, ...]]:
    found = {one.code: one for one in municipalities}
    units = {one.unit for one in municipalities}
    remarks = []
    for merger in mergers:
        parts = _parts(found, merger)
        if merger.unit and merger.unit not in units:
            raise AllocationError(f"‘{merger.unit}’ is geen politie-eenheid in deze kenmerkenset.")
        merged = Municipality(
            parts[0].code, merger.name.strip(), merger.unit or parts[0].unit, _merged_values(parts, features)
        )
        for one in parts:
            del found[one.code]
        found[merged.code] = merged
        remarks.append(_merger_remark(parts, merged, features, model))
    return list(found.values()), tuple(remarks)


def _parts(found: Mapping[str, Municipality], merger: Merger) -> list[Municipality]:
    codes = tuple(dict.fromkeys(merger.codes))
    if len(codes) < 2:
        raise AllocationError("Noem ten minste twee gemeenten die samengaan.")
    if not merger.name.strip():
        raise AllocationError("Geef de gemeente die ontstaat een naam.")
    if unknown := [code for code in codes if code not in found]:
        raise AllocationError(f"Gemeente {unknown[0]} bestaat niet in deze kenmerkenset, of is al samengevoegd.")
    parts = [found[code] for code in codes]
    if empty := [one for one in parts if not one.values.get(INHABITANTS)]:
        raise AllocationError(f"Gemeente {empty[0].name} ({empty[0].code}) heeft geen aantal inwoners.")
    return parts


def _merged_values(parts: Sequence[Municipality], features: Mapping[str, FeatureInfo]) -> dict[str, Decimal]:
    """Counts added, averages weighed by inhabitants (to four decimals); what one of them lacks stays missing."""
    values = {}
    with localcontext(EXACT):
        people = sum((one.values[INHABITANTS] for one in parts), Decimal(0))
        for name in parts[0].values:
            if any(name not in one.values for one in parts):
                continue
            if name in features and features[name].merging is Merging.MEAN:
                weighed = sum((one.values[name] * one.values[INHABITANTS] for one in parts), Decimal(0))
                values[name] = (weighed / people).quantize(VALUE_STEP)
            else:
                values[name] = sum((one.values[name] for one in parts), Decimal(0))
    return values


def _merger_remark(
    parts: Sequence[Municipality], merged: Municipality, features: Mapping[str, FeatureInfo], model: Model
) -> str:
    means = [
        features[name].name for name in model.weights if name in features and features[name].merging is Merging.MEAN
    ]
    sentences = [f"{_enumerate([one.name for one in parts])} tellen als één gemeente, {merged.name}."]
    if moved := [f"{one.name} (uit {one.unit})" for one in parts if one.unit != merged.unit]:
        sentences.append(
            f"Zij ligt in politie-eenheid {merged.unit}; wat {_enumerate(moved)} bijdraagt, gaat daarheen over."
        )
    if means:
        sentences.append(
            f"Aantallen zijn opgeteld; gemiddelden ({', '.join(means)}) zijn gewogen naar inwoners. Een gemiddelde "
            f"telt in het model per gemeente: na een samenvoeging telt het één keer in plaats van {len(parts)} keer, "
            "en daardoor verandert de uitkomst ook als er verder niets verandert."
        )
    else:
        sentences.append(
            "Aantallen zijn opgeteld. Binnen één politie-eenheid verandert daardoor niets aan de uitkomst."
        )
    return " ".join(sentences)


# --- how scenarios are kept and compared ----------------------------------------------------------------------------


def to_rows(inputs: ScenarioInputs) -> dict[str, Any]:
    """The inputs as plain values; decimals as text, so that no digit is lost, and lists where the order counts."""
    return {
        "fte": str(inputs.fte),
        "growths": [
            {"feature": one.feature, "scope": one.scope.value, "place": one.place, "percent": str(one.percent)}
            for one in inputs.growths
        ],
        "mergers": [{"codes": list(one.codes), "name": one.name, "unit": one.unit} for one in inputs.mergers],
        "cluster_shares": [{"cluster": name, "share": str(share)} for name, share in inputs.cluster_shares.items()],
        "reason": inputs.reason,
        "specific_tasks": [{"unit": unit, "fte": str(fte)} for unit, fte in inputs.specific_tasks.items()],
        "partial": inputs.partial,
    }


def from_rows(rows: Mapping[str, Any]) -> ScenarioInputs:
    """The inputs as they were kept."""
    return ScenarioInputs(
        fte=Decimal(rows["fte"]),
        growths=tuple(
            Growth(one["feature"], Scope(one["scope"]), one["place"], Decimal(one["percent"]))
            for one in rows["growths"]
        ),
        mergers=tuple(Merger(tuple(one["codes"]), one["name"], one["unit"]) for one in rows["mergers"]),
        cluster_shares={one["cluster"]: Decimal(one["share"]) for one in rows["cluster_shares"]},
        reason=rows["reason"],
        specific_tasks={one["unit"]: Decimal(one["fte"]) for one in rows["specific_tasks"]},
        partial=rows["partial"],
    )


def in_words(
    inputs: ScenarioInputs, features: Mapping[str, FeatureInfo], places: Mapping[str, str], clusters: Mapping[str, str]
) -> tuple[str, ...]:
    """What a scenario changes, a line each; ``places`` and ``clusters`` give the name behind a code."""
    told = [f"{format_number(inputs.fte, _decimals(inputs.fte))} fte te verdelen"]
    for one in inputs.growths:
        name = features[one.feature].name if one.feature in features else one.feature
        told.append(f"{name} {format_number(one.percent, _decimals(one.percent), sign=True)}% {_where(one, places)}")
    told += [
        f"{_enumerate([places.get(code, code) for code in one.codes])} worden samen {one.name}"
        for one in inputs.mergers
    ]
    if inputs.cluster_shares:
        total = sum(inputs.cluster_shares.values(), Decimal(0))
        parts = ", ".join(
            f"{clusters.get(name, name)} {format_number(share / total * 100, 1)}%"
            for name, share in inputs.cluster_shares.items()
        )
        told.append(f"aandelen van clusters: {parts}; reden: {inputs.reason}")
    told += [
        f"specifieke taak in {unit}: {format_number(fte, _decimals(fte))} fte"
        for unit, fte in inputs.specific_tasks.items()
        if fte
    ]
    return tuple(told)


def _where(growth: Growth, places: Mapping[str, str]) -> str:
    match growth.scope:
        case Scope.COUNTRY:
            return "in het hele land"
        case Scope.UNIT:
            return f"in politie-eenheid {growth.place}"
        case Scope.MUNICIPALITY:
            return f"in {places.get(growth.place, growth.place)}"


def _enumerate(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} en {names[-1]}" if len(names) > 1 else "".join(names)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
