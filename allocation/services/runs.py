"""Running the model on a kept set, and keeping the outcome for good."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from allocation.core import apportionment, features, model
from allocation.core.model import Municipality, Order, Outcome, run_model
from allocation.core.results import result_of, with_texts
from allocation.models import AllocationRun, FeatureSet, ModelVersion, Scenario
from allocation.queries.feature_sets import SetData, load_set
from allocation.queries.versions import find_version, model_of
from allocation.services.catalogue import model_digest
from allocation.services.feature_sets import MAY_CALCULATE
from indicators.core.access import Worker
from monitor.base.core.audit import rows_digest
from monitor.base.models import User
from monitor.base.services.audit import record_act


@dataclass(frozen=True)
class RunOrder:
    """What somebody asks for: which model on which set, how much strength, what the specific tasks get."""

    model: str
    feature_set: str
    fte: Decimal
    specific_tasks: Mapping[str, Decimal] = field(default_factory=dict)
    partial: bool = False


def run_allocation(*, by: Worker, order: RunOrder) -> AllocationRun:
    """Run and keep. Raises :class:`NotAllowed`, :class:`AllocationError` and :class:`MissingFeatures`."""
    by.require_role(*MAY_CALCULATE, act="het model draaien")
    version = find_version(order.model)
    data = load_set(order.feature_set)
    asked = Order(order.fte, dict(order.specific_tasks), order.partial)
    outcome = run_model(model_of(version), data.municipalities, asked)
    return keep_run(by=by, version=version, data=data, outcome=outcome)


@transaction.atomic
def keep_run(
    *, by: Worker, version: ModelVersion, data: SetData, outcome: Outcome, scenario: Scenario | None = None
) -> AllocationRun:
    """Keep an outcome with the checksums of all it was made of. What rests on invented values says so."""
    by.require_role(*MAY_CALCULATE, act="een berekening bewaren")
    fictitious = [code for code in data.fictitious if code in outcome.model.weights]
    result = with_texts(result_of(outcome, fictitious))
    invented = [*fictitious, *([f"model {version.name}"] if version.is_fictitious else [])]
    user = User.objects.get(pk=by.user_id)
    run = AllocationRun.objects.create(
        model=version,
        feature_set=FeatureSet.objects.get(pk=data.pk),
        scenario=scenario,
        fte=outcome.order.fte,
        order=_order_rows(outcome.order),
        result=result,
        model_digest=model_digest(outcome.model),
        data_digest=data_digest(outcome.municipalities),
        result_digest=rows_digest([result]),
        software=software_version(),
        is_partial=outcome.partial,
        is_fictitious=bool(invented),
        fictitious_inputs="\n".join(invented),
        made_by=user,
    )
    record_act(
        actor=user,
        act="model gedraaid",
        subject=f"berekening {run.pk}: {version.code} op {data.code}",
        counts={"gemeenten": len(outcome.municipalities), "eenheden": len(outcome.units)},
        rows_digest=run.result_digest,
        detail={"fte": outcome.order.fte, "fictief": bool(invented), "gedeeltelijk": outcome.partial},
    )
    return run


def _order_rows(order: Order) -> dict[str, Any]:
    tasks = {unit: number for unit, number in order.specific_tasks.items() if number}
    return dict(with_texts({"fte": order.fte, "specific_tasks": tasks, "partial": order.partial}))


def data_digest(municipalities: tuple[tuple[Municipality, Decimal], ...]) -> str:
    """SHA-256 over the values that were computed with, after any change a scenario made."""
    return rows_digest(
        {"gemeente": one.code, "eenheid": one.unit, "waarden": dict(one.values)} for one, _ in municipalities
    )


@cache
def software_version() -> str:
    """Which arithmetic this is: the SHA-256 of the modules that compute."""
    digest = hashlib.sha256()
    for module in (apportionment, features, model):
        digest.update(Path(str(module.__file__)).read_bytes())
    return f"rekenkern {digest.hexdigest()[:16]}"
