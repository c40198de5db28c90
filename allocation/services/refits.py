"""Refitting the model as a job, and keeping what comes out: input, outcome, and the rekenvarianten made of it."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction

from allocation.core import bootstrap, combining, refit, stepwise
from allocation.core.errors import AllocationError
from allocation.core.refit import FitData, Rules, require_complete
from allocation.core.refit_report import as_json
from allocation.models import RefitOrder, RefitResult
from allocation.queries.refits import feature_names
from allocation.services.feature_sets import MAY_CALCULATE
from indicators.core.access import Worker
from monitor.base.core.jobs import JobContext
from monitor.base.models import Job, User
from monitor.base.services.audit import record_act
from monitor.base.services.jobs import submit_job

JOB_KIND = "verdeelmodel-herschatten"
LONGEST_CLUSTER = 120


@dataclass(frozen=True)
class NewRefit:
    """What somebody wants fitted. ``units`` says in which police unit each municipality lies, where known;
    ``fictitious`` names what of the input is invented."""

    name: str
    data: FitData
    sources: Sequence[Mapping[str, str]]
    units: Mapping[str, str] = field(default_factory=dict)
    feature_set: int | None = None
    fictitious: Sequence[str] = ()


@transaction.atomic
def order_refit(*, by: Worker, new: NewRefit) -> tuple[RefitOrder, Job]:
    """Keep the input and put the refit on the list of work. Input that cannot be fitted is refused at once.

    Raises :class:`NotAllowed`, and :class:`AllocationError` for a name that is taken or input that is not complete.
    """
    by.require_role(*MAY_CALCULATE, act="het model herschatten")
    name = _free_name(new.name.strip())
    _require_fit_data(new.data)
    user = User.objects.get(pk=by.user_id)
    rows = data_rows(new.data, new.units)
    order = RefitOrder.objects.create(
        name=name,
        data=rows,
        sources=[dict(one) for one in new.sources],
        data_digest=digest_of(rows),
        feature_set_id=new.feature_set,
        is_fictitious=bool(new.fictitious),
        fictitious_inputs="\n".join(new.fictitious),
        made_by=user,
    )
    job = submit_job(
        kind=JOB_KIND,
        parameters={"order": order.pk},
        requested_by=user,
        dedupe_key=f"{JOB_KIND}:{order.pk}",
        label=f"Herschatting ‘{name}’"[:200],
    )
    record_act(
        actor=user,
        act="herschatting gevraagd",
        subject=f"herschatting {order.pk}: {name}",
        counts={"gemeenten": len(new.data.codes), "clusters": len(new.data.clusters)},
        rows_digest=order.data_digest,
        detail={"fictief": bool(new.fictitious)},
    )
    return order, job


def _free_name(name: str) -> str:
    if not name:
        raise AllocationError("Geef de herschatting een naam.")
    if RefitOrder.objects.filter(name=name).exists():
        raise AllocationError(f"Er is al een herschatting ‘{name}’. Kies een andere naam.")
    return name


def _require_fit_data(data: FitData) -> None:
    """Refuse at once what the job could not fit or keep."""
    if long := [cluster for cluster in data.clusters if len(cluster) > LONGEST_CLUSTER]:
        raise AllocationError(
            f"De naam van cluster ‘{long[0][:40]}…’ is te lang; ten hoogste {LONGEST_CLUSTER} tekens."
        )
    require_complete(data)


def make_ordered_refit(parameters: Mapping[str, Any], context: JobContext) -> Mapping[str, Any]:
    """The handler of the job: fits what was ordered, once."""
    order = RefitOrder.objects.select_related("made_by").get(pk=parameters["order"])

    def tell(done: int, total: int) -> None:
        context.stop_if_cancelled()
        context.report("clusters herschatten", done, total)

    make_refit(order=order, tell=tell, guard=context.guard)
    return {"order": order.pk, "name": order.name}


def make_refit(
    *, order: RefitOrder, tell: Callable[[int, int], None] = lambda *_: None, guard: Callable[[], None] = lambda: None
) -> RefitResult:
    """Fit and keep the outcome; what was fitted before is given back. ``guard`` may raise just before it is kept."""
    if already := RefitResult.objects.filter(order=order).first():
        return already
    data = fit_data_of(order.data)
    tell(0, len(data.clusters))
    rules = Rules()
    names = feature_names()
    result = as_json(refit.refit(data, rules, tell), rules, lambda code: names.get(code, code))
    with transaction.atomic():
        outcome = {"result": result, "result_digest": digest_of(result), "software": software_version()}
        kept, is_first = RefitResult.objects.get_or_create(order=order, defaults=outcome)
        if not is_first:
            return kept  # somebody fitted it meanwhile; the same input gives the same digits
        record_act(
            actor=order.made_by,
            act="model herschat",
            subject=f"herschatting {order.pk}: {order.name}",
            counts={"clusters": len(result["clusters"])},
            rows_digest=kept.result_digest,
            detail={"invoer": order.data_digest, "software": kept.software},
        )
        guard()
    return kept


# --- input as it is kept ----------------------------------------------------------------------------------------------


def data_rows(data: FitData, units: Mapping[str, str]) -> dict[str, Any]:
    """The input as plain values; numbers keep every digit of their double."""
    return {
        "codes": list(data.codes),
        "units": [units.get(code, "") for code in data.codes],
        "inhabitants": data.inhabitants.tolist(),
        "clusters": list(data.clusters),
        "workloads": data.workloads.tolist(),
        "features": list(data.features),
        "categories": list(data.categories),
        "values": data.values.tolist(),
    }


def fit_data_of(rows: Mapping[str, Any]) -> FitData:
    """The input as it was kept."""
    return FitData(
        codes=tuple(rows["codes"]),
        inhabitants=np.array(rows["inhabitants"], dtype=np.float64),
        clusters=tuple(rows["clusters"]),
        workloads=np.array(rows["workloads"], dtype=np.float64),
        features=tuple(rows["features"]),
        categories=tuple(rows["categories"]),
        values=np.array(rows["values"], dtype=np.float64),
    )


def units_of(rows: Mapping[str, Any]) -> dict[str, str]:
    """The police unit of each municipality of the input; empty text where it is not known."""
    return dict(zip(rows["codes"], rows["units"], strict=True))


def digest_of(rows: Mapping[str, Any]) -> str:
    """SHA-256 of plain values that hold doubles: sorted keys, shortest digits that give the same double back."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@cache
def software_version() -> str:
    """Which arithmetic this is: the SHA-256 of the modules that fit, and the version of the library under them."""
    digest = hashlib.sha256()
    for module in (stepwise, refit, combining, bootstrap):
        digest.update(Path(str(module.__file__)).read_bytes())
    return f"herschatting {digest.hexdigest()[:16]}, numpy {np.__version__}"
