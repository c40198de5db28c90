"""A rekenvariant out of a refit, and how certain its shares are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from allocation.core.apportionment import apportion
from allocation.core.bootstrap import DRAWS, as_json, bootstrap
from allocation.core.combining import (
    REFERENCE_FTE,
    ClusterModel,
    cluster_models,
    combine,
    relative_shares,
    require_storable,
)
from allocation.core.errors import AllocationError
from allocation.core.model import Standing
from allocation.core.refit import INHABITANTS, FitData, refit
from allocation.models import Feature, ModelCluster, ModelVersion, ModelWeight, RefitOrder, RefitResult, ShareIntervals
from allocation.queries.versions import find_version
from allocation.services.catalogue import model_digest
from allocation.services.feature_sets import MAY_CALCULATE
from allocation.services.refits import digest_of, fit_data_of, software_version, units_of
from indicators.core.access import Worker
from monitor.base.core.errors import NotThere
from monitor.base.core.jobs import JobContext
from monitor.base.models import Job, User
from monitor.base.services.audit import record_act
from monitor.base.services.jobs import submit_job

JOB_KIND = "marges-berekenen"
SHARE_STEP = Decimal("1e-12")
_NOTE = "Een rekenvariant: uitkomst van een herschatting, niet besproken en niet vastgesteld."


@transaction.atomic
def save_variant(*, by: Worker, refit_id: int, name: str, shares: Mapping[str, Decimal]) -> ModelVersion:
    """Keep the clusters of a refit, combined by ``shares``, as a rekenvariant that can be run.

    Raises :class:`NotAllowed`, :class:`NotThere`, and :class:`AllocationError` for a name that is taken, shares that
    give no model, and features that the catalogue does not have.
    """
    by.require_role(*MAY_CALCULATE, act="een rekenvariant maken")
    order = _fitted_order(refit_id)
    code = _free_code(name)
    data = fit_data_of(order.data)
    models = cluster_models(refit(data))
    parts = {one: Fraction(share) for one, share in relative_shares(data.clusters, shares).items()}
    exact = apportion(Decimal(1), parts, SHARE_STEP)
    model = combine(models, exact, code=code, name=name.strip())
    require_storable(model, _totals(data))
    features = _feature_ids(model.weights)
    user = User.objects.get(pk=by.user_id)
    version = ModelVersion.objects.create(
        code=code,
        name=model.name,
        year=order.feature_set.year if order.feature_set else date.today().year,
        standing=Standing.VARIANT.value,
        reference_fte=REFERENCE_FTE,
        source=f"Herschatting ‘{order.name}’"[:200],
        note=_NOTE,
        origin={"refit": order.pk, "invoer": order.data_digest, "software": software_version()},
        is_fictitious=order.is_fictitious,
        made_by=user,
    )
    _keep_weights(version, model.weights, features)
    _keep_clusters(version, models, exact)
    record_act(
        actor=user,
        act="rekenvariant gemaakt",
        subject=code,
        counts={"gewichten": len(model.weights), "clusters": len(models)},
        rows_digest=model_digest(model),
        detail={"herschatting": order.pk, "fictief": order.is_fictitious},
    )
    return version


def _keep_weights(version: ModelVersion, weights: Mapping[str, Decimal], features: Mapping[str, int]) -> None:
    ModelWeight.objects.bulk_create(
        ModelWeight(model=version, feature_id=features[feature], weight=weight, order=place)
        for place, (feature, weight) in enumerate(weights.items())
    )


def _keep_clusters(version: ModelVersion, models: Sequence[ClusterModel], shares: Mapping[str, Decimal]) -> None:
    """The models of the clusters stay with the variant, so that their shares can be changed in a what-if."""
    ModelCluster.objects.bulk_create(
        ModelCluster(
            model=version,
            code=f"{slugify(one.cluster)[:50] or 'cluster'}-{place + 1}",
            name=one.cluster,
            share=shares[one.cluster],
            coefficients={feature: str(weight) for feature, weight in one.weights.items()},
            order=place,
        )
        for place, one in enumerate(models)
    )


def _fitted_order(refit_id: int) -> RefitOrder:
    order = RefitOrder.objects.select_related("feature_set").filter(pk=refit_id).first()
    if order is None:
        raise NotThere(f"Herschatting {refit_id} bestaat niet.")
    if not RefitResult.objects.filter(order=order).exists():
        raise AllocationError("Deze herschatting is nog niet klaar. Wacht op de taak en probeer het dan opnieuw.")
    return order


def _free_code(name: str) -> str:
    code = slugify(name.strip())[:60]
    if not code:
        raise AllocationError("Geef de rekenvariant een naam met letters of cijfers.")
    if ModelVersion.objects.filter(code=code).exists():
        raise AllocationError(f"Er is al een modelversie ‘{code}’. Kies een andere naam.")
    return code


def _totals(data: FitData) -> dict[str, Decimal]:
    totals = {
        name: Decimal(repr(total)) for name, total in zip(data.features, data.values.sum(axis=0).tolist(), strict=True)
    }
    return {**totals, INHABITANTS: Decimal(repr(float(data.inhabitants.sum())))}


def _feature_ids(weights: Mapping[str, Decimal]) -> dict[str, int]:
    found = dict(Feature.objects.filter(code__in=list(weights)).values_list("code", "pk"))
    if missing := [code for code in weights if code not in found]:
        raise AllocationError(
            f"Kenmerk ‘{missing[0]}’ staat niet in de lijst van omgevingskenmerken; een model ermee kan niet worden "
            "gedraaid. Laat de beheerder het kenmerk toevoegen, of schat opnieuw met kenmerken uit de lijst."
        )
    return found


# --- how certain the shares are ---------------------------------------------------------------------------------------


@transaction.atomic
def order_intervals(*, by: Worker, version: str, draws: int = DRAWS, seed: int = 1) -> Job:
    """Put the intervals of a rekenvariant on the list of work. Raises :class:`NotAllowed`, :class:`AllocationError`."""
    by.require_role(*MAY_CALCULATE, act="marges berekenen")
    row = find_version(version)
    order = order_of(row)
    if unknown := [code for code, unit in units_of(order.data).items() if not unit]:
        raise AllocationError(
            f"Van gemeente {unknown[0]} is niet bekend in welke politie-eenheid zij ligt; marges van aandelen kunnen "
            "dan niet. Schat opnieuw op een kenmerkenset."
        )
    return submit_job(
        kind=JOB_KIND,
        parameters={"model": row.code, "draws": draws, "seed": seed, "made_by": by.user_id},
        requested_by=User.objects.get(pk=by.user_id),
        dedupe_key=f"{JOB_KIND}:{row.pk}:{draws}:{seed}",
        label=f"Marges van ‘{row.name}’"[:200],
    )


def order_of(version: ModelVersion) -> RefitOrder:
    """The refit that a rekenvariant came from. Raises :class:`AllocationError` for any other version."""
    order = RefitOrder.objects.filter(pk=version.origin.get("refit", 0)).first()
    if order is None:
        raise AllocationError(
            f"‘{version.name}’ komt niet uit een herschatting; zonder de werklast erachter zijn er geen marges."
        )
    return order


def make_ordered_intervals(parameters: Mapping[str, Any], context: JobContext) -> Mapping[str, Any]:
    """The handler of the job: draws, and keeps the intervals once."""
    version = find_version(parameters["model"])

    def tell(done: int, total: int) -> None:
        if done % 10 == 0:
            context.stop_if_cancelled()
            context.report("gemeenten trekken en herschatten", done, total)

    kept = make_intervals(
        version=version,
        made_by=User.objects.get(pk=parameters["made_by"]),
        draws=parameters["draws"],
        seed=parameters["seed"],
        tell=tell,
        guard=context.guard,
    )
    return {"model": version.code, "refit": kept.order_id, "intervals": kept.pk}


def make_intervals(
    *,
    version: ModelVersion,
    made_by: User,
    draws: int,
    seed: int,
    tell: Callable[[int, int], None] = lambda *_: None,
    guard: Callable[[], None] = lambda: None,
) -> ShareIntervals:
    """Draw and keep; what was drawn before is given back. ``guard`` may raise just before it is kept."""
    if already := ShareIntervals.objects.filter(model=version, draws=draws, seed=seed).first():
        return already
    order = order_of(version)
    shares = {one.name: one.share for one in ModelCluster.objects.filter(model=version)}
    found = bootstrap(fit_data_of(order.data), units_of(order.data), shares, draws=draws, seed=seed, tell=tell)
    result = as_json(found)
    with transaction.atomic():
        outcome = {"result": result, "result_digest": digest_of(result), "software": software_version()}
        kept, is_first = ShareIntervals.objects.get_or_create(
            model=version, draws=draws, seed=seed, defaults={**outcome, "order": order, "made_by": made_by}
        )
        if not is_first:
            return kept  # somebody drew them meanwhile; the same seed gives the same margins
        record_act(
            actor=made_by,
            act="marges berekend",
            subject=version.code,
            counts={"trekkingen": draws, "mislukt": found.failed},
            rows_digest=kept.result_digest,
        )
        guard()
    return kept
