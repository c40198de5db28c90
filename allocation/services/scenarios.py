"""Trying a what-if, and keeping it with its outcome."""

from dataclasses import dataclass

from django.db import transaction

from allocation.core.errors import AllocationError
from allocation.core.scenarios import ScenarioInputs, ScenarioOutcome, run_scenario, to_rows
from allocation.models import AllocationRun, ModelVersion, Scenario
from allocation.queries.feature_sets import SetData, load_set
from allocation.queries.refits import stored_cluster_models
from allocation.queries.versions import feature_infos, find_version, model_of
from allocation.services.feature_sets import MAY_CALCULATE
from allocation.services.runs import keep_run
from indicators.core.access import Worker
from monitor.base.core.audit import rows_digest
from monitor.base.models import User
from monitor.base.services.audit import record_act


@dataclass(frozen=True)
class NewScenario:
    """A what-if: on which version and which values, and what it changes."""

    name: str
    model: str
    feature_set: str
    inputs: ScenarioInputs


def save_scenario(*, by: Worker, new: NewScenario) -> tuple[Scenario, AllocationRun]:
    """Run a what-if and keep both. Raises :class:`NotAllowed`, :class:`AllocationError`, :class:`MissingFeatures`."""
    by.require_role(*MAY_CALCULATE, act="een scenario maken")
    name = new.name.strip()
    if not name:
        raise AllocationError("Geef het scenario een naam.")
    version, data = find_version(new.model), load_set(new.feature_set)
    found = compute(version, data, new.inputs)
    return _keep(by, new, name, version, data, found)


def compute(version: ModelVersion, data: SetData, inputs: ScenarioInputs) -> ScenarioOutcome:
    """The outcome of a what-if; the same inputs give the same digits."""
    return run_scenario(model_of(version), stored_cluster_models(version), data.municipalities, feature_infos(), inputs)


@transaction.atomic
def _keep(
    by: Worker, new: NewScenario, name: str, version: ModelVersion, data: SetData, found: ScenarioOutcome
) -> tuple[Scenario, AllocationRun]:
    if Scenario.objects.filter(author_id=by.user_id, name=name).exists():
        raise AllocationError(
            f"U hebt al een scenario ‘{name}’. Een scenario verandert niet meer; kies een andere naam."
        )
    user = User.objects.get(pk=by.user_id)
    rows = {**to_rows(new.inputs), "remarks": list(found.remarks)}
    scenario = Scenario.objects.create(
        name=name,
        author=user,
        model=version,
        feature_set_id=data.pk,
        reason=new.inputs.reason.strip(),
        inputs=rows,
    )
    run = keep_run(by=by, version=version, data=data, outcome=found.outcome, scenario=scenario)
    record_act(
        actor=user,
        act="scenario bewaard",
        subject=f"scenario {scenario.pk}: {name}",
        counts={"veranderingen": len(new.inputs.growths) + len(new.inputs.mergers)},
        rows_digest=rows_digest([rows]),
        detail={"berekening": run.pk},
    )
    return scenario, run
