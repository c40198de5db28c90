"""Reading runs: the list, one with its outcome, and the outcome beside other keys."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from allocation.core.comparison import Comparison, KeyColumn, compare, shares_of
from allocation.core.explanation import ShareChange, split_change
from allocation.core.model import Model, Order, Outcome, run_model
from allocation.core.results import FICTITIOUS_MARK, PARTIAL_MARK
from allocation.core.scenarios import from_rows, run_scenario
from allocation.models import AllocationRun
from allocation.queries.feature_sets import SetData, load_set
from allocation.queries.refits import stored_cluster_models
from allocation.queries.units import unit_ids_by_short_name
from allocation.queries.versions import KeyValues, feature_infos, load_keys, model_of
from monitor.base.core.errors import NotThere

MOST_RUNS = 30


def recent_runs(most: int = MOST_RUNS) -> list[AllocationRun]:
    """The newest runs (one statement); their outcome is not read."""
    rows = AllocationRun.objects.select_related("model", "feature_set", "made_by", "scenario")
    return list(rows.defer("result")[:most])


def find_run(pk: int) -> AllocationRun:
    """A run with what it was made of (one statement). Raises :class:`NotThere`."""
    rows = AllocationRun.objects.select_related("model", "feature_set", "made_by", "scenario__author")
    run = rows.filter(pk=pk).first()
    if run is None:
        raise NotThere("Deze berekening bestaat niet.")
    return run


def mark_of(run: AllocationRun) -> str:
    """What stands on everything that comes from this run; empty when it is whole and rests on real figures."""
    return " · ".join([FICTITIOUS_MARK] * run.is_fictitious + [PARTIAL_MARK] * run.is_partial)


def order_of(run: AllocationRun) -> Order:
    tasks = {unit: Decimal(number) for unit, number in run.order["specific_tasks"].items()}
    return Order(run.fte, tasks, run.order["partial"])


def outcome_of(run: AllocationRun) -> tuple[SetData, Outcome]:
    """The run again from what is kept (six statements): the same digits, now with what every feature contributes."""
    data, model = load_set(run.feature_set.code), model_of(run.model)
    if run.scenario is None:
        return data, run_model(model, data.municipalities, order_of(run))
    inputs, clusters = from_rows(run.scenario.inputs), stored_cluster_models(run.model)
    return data, run_scenario(model, clusters, data.municipalities, feature_infos(), inputs).outcome


def run_column(run: AllocationRun) -> KeyColumn:
    """A run as a key to compare with."""
    shares = shares_of({one["unit"]: Decimal(one["raw"]) for one in run.result["units"]})
    return KeyColumn(f"berekening-{run.pk}", run.model.name, shares, is_fictitious=run.is_fictitious)


def key_column(key: KeyValues) -> KeyColumn:
    return KeyColumn(
        key.code,
        key.name,
        shares_of(key.values),
        strength=key.values if key.measure == "fte" else None,
        is_fictitious=key.is_fictitious,
    )


def comparison_of(run: AllocationRun, keys: Sequence[KeyValues] | None = None) -> Comparison:
    """The run beside the other keys (three statements), units in the usual order."""
    given: Mapping[str, Decimal] | None = None
    if not run.is_partial:
        given = {one["unit"]: Decimal(one["fte"]) for one in run.result["units"]}
    present = {one["unit"] for one in run.result["units"]}
    units = [unit for unit in unit_ids_by_short_name() if unit in present]
    columns = [run_column(run), *(key_column(key) for key in (load_keys() if keys is None else keys))]
    return compare(columns, fte=None if run.is_partial else run.fte, units=units, given=given)


def comparable_runs(run: AllocationRun) -> list[AllocationRun]:
    """Other runs of which the change to this one can be told: no scenarios, and as whole or partial as this one."""
    rows = AllocationRun.objects.filter(scenario__isnull=True, is_partial=run.is_partial).exclude(pk=run.pk)
    return list(rows.select_related("model", "feature_set").defer("result")[:MOST_RUNS])


def changes_between(old: AllocationRun, new: AllocationRun) -> tuple[ShareChange, ...]:
    """How the shares changed from ``old`` to ``new``, split into data and weights (a fixed number of statements)."""
    old_data, new_data = load_set(old.feature_set.code), load_set(new.feature_set.code)
    old_model, new_model = model_of(old.model), model_of(new.model)
    order = Order(Decimal(1000), partial=new.is_partial)

    def shares(model: Model, data: SetData) -> dict[str, Fraction]:
        return run_model(model, data.municipalities, order).shares

    return split_change(
        shares(old_model, old_data),
        shares(old_model, new_data),
        shares(new_model, old_data),
        shares(new_model, new_data),
    )
