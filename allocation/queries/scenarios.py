"""Reading scenarios, one or several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from allocation.core.errors import AllocationError
from allocation.core.results import FICTITIOUS_MARK, PARTIAL_MARK
from allocation.core.scenarios import from_rows, in_words
from allocation.models import (
    AllocationRun,
    FeatureSet,
    ModelCluster,
    ModelVersion,
    ModelWeight,
    Scenario,
    SetMunicipality,
)
from allocation.queries.units import unit_name
from allocation.queries.versions import feature_infos
from monitor.base.core.errors import NotThere
from monitor.base.core.numbers import round_half_up

MOST_COMPARED = 6


@dataclass(frozen=True)
class UnitShare:
    """What a unit gets in a scenario; ``fte`` is None in a partial one. ``difference`` is with the first scenario, in
    parts of the whole."""

    share: Decimal
    fte: Decimal | None
    difference: Decimal
    fte_difference: Decimal | None

    @property
    def percentage(self) -> Decimal:
        return self.share * 100

    @property
    def difference_points(self) -> Decimal:
        return self.difference * 100


@dataclass(frozen=True)
class ScenarioColumn:
    """A scenario beside others: what it changes, what must be read with it, and its run."""

    scenario: Scenario
    run: AllocationRun
    changes: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """Scenarios in the order asked for, and a row of shares per unit."""

    columns: tuple[ScenarioColumn, ...]
    rows: tuple[tuple[str, tuple[UnitShare, ...]], ...]

    @property
    def first(self) -> ScenarioColumn:
        return self.columns[0]

    @property
    def is_fictitious(self) -> bool:
        return any(column.run.is_fictitious for column in self.columns)

    @property
    def is_partial(self) -> bool:
        return any(column.run.is_partial for column in self.columns)

    @property
    def mark(self) -> str:
        """What stands on the page as a whole; empty when every scenario is whole and rests on real figures."""
        return " · ".join([FICTITIOUS_MARK] * self.is_fictitious + [PARTIAL_MARK] * self.is_partial)


@dataclass(frozen=True)
class ScenarioBase:
    """What a what-if starts from: a version and a set, with what can be changed in them.

    ``clusters`` are empty for a version that keeps no cluster models; ``shown_shares`` are their shares in percentages,
    rounded as a form shows them.
    """

    version: ModelVersion
    feature_set: FeatureSet
    features: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    municipalities: Mapping[str, str]
    clusters: tuple[str, ...]
    shown_shares: tuple[Decimal, ...]


def scenario_base(model: str, feature_set: str) -> ScenarioBase:
    """A version and a set by their codes (five statements). Raises :class:`NotThere`."""
    version = ModelVersion.objects.filter(code=model).first()
    data = FeatureSet.objects.filter(code=feature_set).first()
    if version is None or data is None:
        raise NotThere("Deze modelversie of kenmerkenset bestaat niet.")
    weights = ModelWeight.objects.filter(model=version).order_by("order", "pk")
    members = list(
        SetMunicipality.objects.filter(feature_set=data)
        .order_by("area__name")
        .values_list("area__cbs_code", "area__name", "unit__name")
    )
    clusters = [one for one in ModelCluster.objects.filter(model=version).order_by("order", "pk") if one.coefficients]
    return ScenarioBase(
        version=version,
        feature_set=data,
        features=tuple(weights.values_list("feature__code", "feature__name")),
        units=tuple(sorted({unit_name(unit) for _, _, unit in members})),
        municipalities={code: name for code, name, _ in members},
        clusters=tuple(one.name for one in clusters),
        shown_shares=tuple(round_half_up(one.share * 100, 2) for one in clusters),
    )


def scenario_choices() -> tuple[list[ModelVersion], list[FeatureSet]]:
    """The versions and the sets that a what-if can start from (two statements)."""
    return list(ModelVersion.objects.all()), list(FeatureSet.objects.all())


def scenario_list() -> list[Scenario]:
    """All scenarios, the newest first (one statement)."""
    return list(Scenario.objects.select_related("author", "model", "feature_set"))


def load_side_by_side(ids: Sequence[int]) -> SideBySide:
    """One scenario or several (five statements). Raises :class:`AllocationError` for one that does not exist."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise AllocationError("Kies ten minste één scenario.")
    if len(wanted) > MOST_COMPARED:
        raise AllocationError(f"Er passen ten hoogste {MOST_COMPARED} scenario's naast elkaar.")
    scenarios = {
        one.pk: one for one in Scenario.objects.filter(pk__in=wanted).select_related("author", "model", "feature_set")
    }
    if unknown := [pk for pk in wanted if pk not in scenarios]:
        raise AllocationError(f"Scenario {unknown[0]} bestaat niet.")
    runs = {run.scenario_id: run for run in AllocationRun.objects.filter(scenario_id__in=wanted).order_by("-pk")}
    columns = tuple(_columns([scenarios[pk] for pk in wanted], runs))
    return SideBySide(columns, tuple(_rows(columns)))


def _columns(scenarios: Sequence[Scenario], runs: dict[int | None, AllocationRun]) -> list[ScenarioColumn]:
    features = feature_infos()
    sets = {one.feature_set_id for one in scenarios}
    places = dict(
        SetMunicipality.objects.filter(feature_set_id__in=sets).values_list("area__cbs_code", "area__name").distinct()
    )
    clusters = dict(
        ModelCluster.objects.filter(model_id__in={one.model_id for one in scenarios}).values_list("code", "name")
    )
    return [
        ScenarioColumn(
            scenario,
            runs[scenario.pk],
            in_words(from_rows(scenario.inputs), features, places, clusters),
            tuple(scenario.inputs.get("remarks", ())),
        )
        for scenario in scenarios
    ]


def _rows(columns: Sequence[ScenarioColumn]) -> list[tuple[str, tuple[UnitShare, ...]]]:
    outcomes = [{one["unit"]: one for one in column.run.result["units"]} for column in columns]
    units = sorted({unit for outcome in outcomes for unit in outcome})
    return [(unit, tuple(_share(outcome, outcomes[0], unit) for outcome in outcomes)) for unit in units]


def _share(outcome: dict[str, Any], first: dict[str, Any], unit: str) -> UnitShare:
    share, before = (_number(one, unit, "share") or Decimal(0) for one in (outcome, first))
    fte, fte_before = (_number(one, unit, "fte") for one in (outcome, first))
    change = None if fte is None or fte_before is None else fte - fte_before
    return UnitShare(share, fte, share - before, change)


def _number(outcome: dict[str, Any], unit: str, name: str) -> Decimal | None:
    """A number of a unit; a unit that a merger emptied has none."""
    value = outcome.get(unit, {}).get(name)
    return None if value is None else Decimal(value)
