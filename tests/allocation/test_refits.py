"""Refits as jobs, rekenvarianten out of them, and how certain their shares are."""

from decimal import Decimal

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from allocation.core.errors import AllocationError
from allocation.core.refit import FitData, refit
from allocation.models import ModelVersion, ModelWeight, RefitOrder, RefitResult, ShareIntervals
from allocation.queries.refits import refit_detail, refit_lines, stored_cluster_models
from allocation.queries.versions import load_model
from allocation.services.refits import NewRefit, fit_data_of, make_refit, order_refit
from allocation.services.runs import RunOrder, run_allocation
from allocation.services.variants import make_intervals, order_intervals, save_variant
from indicators.queries.workers import worker_of
from monitor.base.core.errors import NotAllowed, NotThere
from monitor.base.core.jobs import JobState
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, Job
from monitor.base.services.audit import verify_audit
from monitor.base.services.jobs import request_cancel, run_job
from tests.allocation.conftest import person

pytestmark = pytest.mark.django_db
FEATURES = ("inwoners", "bijstandsontvangers", "bedrijven", "huurwoningen")
UNITS = ("Noord-Nederland", "Limburg", "Rotterdam")
SHARES = {"handhaving": Decimal(3), "opsporing": Decimal(1)}


def country(rows=90):
    """Two clusters that hang on two features of the catalogue."""
    chance = np.random.default_rng(5)
    inhabitants = chance.lognormal(10, 1, rows).round() + 500
    per = np.column_stack([np.ones(rows), chance.lognormal(-3, 0.6, (rows, 3))])
    workloads = np.column_stack([0.002 + 0.02 * per[:, 1], 0.001 + 0.01 * per[:, 2]])
    workloads += 0.00005 * chance.standard_normal((rows, 2))
    return FitData(
        codes=tuple(f"GM{row:04}" for row in range(rows)),
        inhabitants=inhabitants,
        clusters=("handhaving", "opsporing"),
        workloads=workloads * inhabitants[:, None],
        features=FEATURES,
        categories=("", "a", "b", "c"),
        values=per * inhabitants[:, None],
    )


def new(name="Proef", data=None, **other):
    data = data or country()
    units = {code: UNITS[row % 3] for row, code in enumerate(data.codes)}
    return NewRefit(name, data, [{"bestand": "werklast.csv", "sha256": "0" * 64}], units, **other)


@pytest.fixture
def fitted(loaded, analyst):
    order, job = order_refit(by=analyst, new=new())
    assert run_job(job.pk) is JobState.KLAAR
    return order


def test_a_refit_is_a_job_that_keeps_path_errors_residuals_and_reasons(loaded, analyst):
    order, job = order_refit(by=analyst, new=new())
    assert (job.label, refit_lines()[0].is_done) == ("Herschatting ‘Proef’", False)
    assert refit_detail(order.pk).result is None
    assert run_job(job.pk) is JobState.KLAAR
    job.refresh_from_db()
    assert (job.done, job.total, job.result["order"]) == (2, 2, order.pk)
    first = refit_detail(order.pk).cluster(1)
    assert (first["cluster"], first["final"]) == ("handhaving", ["bijstandsontvangers"])
    assert len(first["bic"]) == len(first["r2"]) == 2
    assert set(first["standard_errors"]) == {"inwoners", "bijstandsontvangers"}
    assert len(first["residuals"]) == 90
    assert {one["feature"] for one in first["left_out"]} == {"bedrijven", "huurwoningen"}
    assert "een daling van 10 is nodig" in first["left_out"][0]["text"]
    assert refit_lines()[0].is_done


def test_the_input_is_kept_to_the_digit(loaded, analyst):
    data = country()
    order, _ = order_refit(by=analyst, new=new(data=data))
    kept = fit_data_of(RefitOrder.objects.get(pk=order.pk).data)
    assert kept.workloads.tobytes() == data.workloads.tobytes()
    assert kept.values.tobytes() == data.values.tobytes()
    assert (kept.codes, kept.features, kept.categories) == (data.codes, data.features, data.categories)


def test_a_job_that_is_done_twice_leaves_one_outcome(fitted):
    kept = RefitResult.objects.get()
    assert make_refit(order=fitted) == kept
    assert RefitResult.objects.count() == 1
    assert AuditRecord.objects.filter(act="model herschat").count() == 1


def test_who_fits_at_the_same_moment_finds_the_outcome_of_the_first(loaded, analyst):
    """Both saw that nothing was fitted yet; the second is done last."""
    order, _ = order_refit(by=analyst, new=new())
    first = []

    def meanwhile(done, total):
        if done == total and not first:
            first.append(make_refit(order=order))

    assert make_refit(order=order, tell=meanwhile) == first[0]
    assert RefitResult.objects.count() == 1
    assert AuditRecord.objects.filter(act="model herschat").count() == 1


def test_a_refit_that_is_stopped_half_way_keeps_nothing(loaded, analyst):
    _, job = order_refit(by=analyst, new=new())

    def stop(progress):
        if progress.done == 1:
            request_cancel(job_id=job.pk)

    assert run_job(job.pk, listener=stop) is JobState.GEANNULEERD
    assert not RefitResult.objects.exists()


def test_nothing_of_a_refit_can_be_changed_or_deleted(fitted):
    for model, field in ((RefitOrder, "name"), (RefitResult, "software")):
        with pytest.raises(DatabaseError, match="onveranderlijk"), transaction.atomic():
            model.objects.update(**{field: "anders"})
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete(model.objects.db)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REKENAAR, Role.BEHEERDER)])
def test_only_who_calculates_may_refit_and_make_variants(loaded, role):
    other = worker_of(person("ander", role))
    with pytest.raises(NotAllowed):
        order_refit(by=other, new=new())
    with pytest.raises(NotAllowed):
        save_variant(by=other, refit_id=1, name="Proef", shares=SHARES)
    with pytest.raises(NotAllowed):
        order_intervals(by=other, version="proef")


def test_input_that_cannot_be_fitted_is_refused_before_a_job_is_made(loaded, analyst):
    data = country()
    data.values[3, 1] = np.nan
    with pytest.raises(AllocationError, match="Gemeente GM0003 heeft geen waarde voor ‘bijstandsontvangers’"):
        order_refit(by=analyst, new=new(data=data))
    assert not Job.objects.exists()
    with pytest.raises(AllocationError, match="een naam"):
        order_refit(by=analyst, new=new(name=" "))
    order_refit(by=analyst, new=new())
    with pytest.raises(AllocationError, match="Er is al een herschatting ‘Proef’"):
        order_refit(by=analyst, new=new())


# --- rekenvarianten ---------------------------------------------------------------------------------------------------


def test_the_combination_is_a_rekenvariant_that_keeps_its_clusters(fitted, analyst):
    version = save_variant(by=analyst, refit_id=fitted.pk, name="Variant één", shares=SHARES)
    assert (version.code, version.standing, version.is_fictitious) == ("variant-een", "rekenvariant", False)
    assert version.origin["invoer"] == fitted.data_digest
    shares = dict(version.clusters.values_list("name", "share"))
    assert shares == {"handhaving": Decimal("0.75"), "opsporing": Decimal("0.25")}
    model = load_model("variant-een")
    assert set(model.weights) == {"inwoners", "bijstandsontvangers", "bedrijven"}
    data = country()
    columns = dict(zip(data.features, data.values.T, strict=True)) | {"inwoners": data.inhabitants}
    total = sum(float(weight) * columns[name].sum() for name, weight in model.weights.items())
    assert total == pytest.approx(1000, abs=1e-3)
    assert [one.cluster for one in stored_cluster_models(version)] == ["handhaving", "opsporing"]


def test_a_rekenvariant_can_be_run(fitted, analyst):
    version = save_variant(by=analyst, refit_id=fitted.pk, name="Variant", shares=SHARES)
    run = run_allocation(by=analyst, order=RunOrder(version.code, "2024-open-cijfers", Decimal(1000)))
    assert sum(Decimal(one["fte"]) for one in run.result["units"]) == 1000
    assert not run.is_fictitious


def test_what_was_fitted_on_invented_values_stays_fictitious(loaded, analyst):
    order, job = order_refit(by=analyst, new=new(fictitious=["werklast"]))
    run_job(job.pk)
    version = save_variant(by=analyst, refit_id=order.pk, name="Oefening", shares=SHARES)
    assert version.is_fictitious
    assert run_allocation(by=analyst, order=RunOrder(version.code, "2024-open-cijfers", Decimal(1000))).is_fictitious


def test_shares_are_kept_so_that_they_add_up_to_one(fitted, analyst):
    thirds = {"handhaving": Decimal(1), "opsporing": Decimal(2)}
    version = save_variant(by=analyst, refit_id=fitted.pk, name="Derden", shares=thirds)
    assert sum(version.clusters.values_list("share", flat=True)) == 1


def test_a_variant_is_refused_with_the_reason(loaded, fitted, analyst):
    save_variant(by=analyst, refit_id=fitted.pk, name="Variant", shares=SHARES)
    with pytest.raises(AllocationError, match="Er is al een modelversie ‘variant’"):
        save_variant(by=analyst, refit_id=fitted.pk, name="Variant", shares=SHARES)
    with pytest.raises(AllocationError, match="een naam met letters"):
        save_variant(by=analyst, refit_id=fitted.pk, name="?", shares=SHARES)
    with pytest.raises(AllocationError, match="groter dan nul"):
        save_variant(by=analyst, refit_id=fitted.pk, name="Leeg", shares={})
    with pytest.raises(NotThere):
        save_variant(by=analyst, refit_id=999_999, name="Weg", shares=SHARES)
    waiting, _ = order_refit(by=analyst, new=new(name="Wacht"))
    with pytest.raises(AllocationError, match="nog niet klaar"):
        save_variant(by=analyst, refit_id=waiting.pk, name="Wacht", shares=SHARES)
    assert ModelVersion.objects.filter(origin__refit=fitted.pk).count() == 1


def test_a_feature_outside_the_catalogue_is_named(loaded, analyst):
    data = country()
    strange = FitData(**{**vars(data), "features": ("inwoners", "vliegvelden", *data.features[2:])})
    order, job = order_refit(by=analyst, new=new(data=strange))
    run_job(job.pk)
    with pytest.raises(AllocationError, match="Kenmerk ‘vliegvelden’ staat niet in de lijst"):
        save_variant(by=analyst, refit_id=order.pk, name="Variant", shares=SHARES)
    assert not ModelWeight.objects.filter(model__origin__refit=order.pk).exists()


# --- how certain ------------------------------------------------------------------------------------------------------


def test_intervals_are_a_job_and_stand_beside_the_shares(fitted, analyst):
    version = save_variant(by=analyst, refit_id=fitted.pk, name="Variant", shares=SHARES)
    job = order_intervals(by=analyst, version="variant", draws=30)
    assert order_intervals(by=analyst, version="variant", draws=30).pk == job.pk
    assert run_job(job.pk) is JobState.KLAAR
    kept = ShareIntervals.objects.get()
    assert (kept.model_id, kept.order_id, kept.draws) == (version.pk, fitted.pk, 30)
    assert [one["unit"] for one in kept.result["units"]] == sorted(UNITS)
    for one in kept.result["units"]:
        assert one["low"] <= one["share"] <= one["high"]
    assert make_intervals(version=version, made_by=kept.made_by, draws=30, seed=1) == kept
    assert not list(verify_audit())


def test_intervals_that_are_stopped_keep_nothing(fitted, analyst):
    save_variant(by=analyst, refit_id=fitted.pk, name="Variant", shares=SHARES)
    job = order_intervals(by=analyst, version="variant", draws=50)

    def stop(progress):
        if progress.done == 20:
            request_cancel(job_id=job.pk)

    assert run_job(job.pk, listener=stop) is JobState.GEANNULEERD
    job.refresh_from_db()
    assert job.done < 50
    assert not ShareIntervals.objects.exists()


def test_the_published_version_has_no_intervals(loaded, analyst):
    with pytest.raises(AllocationError, match="komt niet uit een herschatting"):
        order_intervals(by=analyst, version="sterktemodel-2025")


def test_intervals_need_the_unit_of_every_municipality(loaded, analyst):
    order, job = order_refit(by=analyst, new=NewRefit("Zonder eenheden", country(), []))
    run_job(job.pk)
    save_variant(by=analyst, refit_id=order.pk, name="Variant", shares=SHARES)
    with pytest.raises(AllocationError, match="Van gemeente GM0000 is niet bekend"):
        order_intervals(by=analyst, version="variant")


def test_a_rerun_of_what_is_kept_gives_the_same_digits(fitted):
    kept = RefitResult.objects.get().result["clusters"][0]
    again = refit(fit_data_of(fitted.data)).clusters[0].fit
    assert kept["coefficients"]["inwoners"] == pytest.approx(again.intercept, rel=1e-10)
    assert [kept["coefficients"][name] for name in kept["final"]] == pytest.approx(list(again.coefficients), rel=1e-10)
