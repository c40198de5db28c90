"""A run: exact, kept for good with all it was made of, and marked for what it rests on."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from allocation.core.errors import AllocationError, MissingFeatures
from allocation.models import AllocationRun
from allocation.queries.runs import outcome_of
from allocation.services.runs import RunOrder, run_allocation
from indicators.queries.workers import worker_of
from monitor.base.core.errors import NotAllowed
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from tests.allocation.conftest import person

ON_EXERCISE = RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000))


def total(run: AllocationRun, name: str) -> Decimal:
    return sum(Decimal(one[name]) for one in run.result["units"])


def test_a_run_keeps_the_outcome_to_the_last_digit(exercise, analyst):
    run = run_allocation(by=analyst, order=ON_EXERCISE)
    run.refresh_from_db()
    assert total(run, "share") == 1
    assert total(run, "fte") == 1000
    assert total(run, "raw") == Decimal(run.result["raw_total"])
    assert len(run.result["municipalities"]) == 342


def test_a_run_on_invented_features_is_marked_and_names_them(exercise, analyst):
    run = run_allocation(by=analyst, order=ON_EXERCISE)
    assert run.is_fictitious
    assert "ambassades" in run.fictitious_inputs.splitlines()
    assert "inwoners" not in run.fictitious_inputs.splitlines()
    assert run.result["marks"] == ["FICTIEF"]


def test_a_run_on_open_figures_stops_and_names_what_is_missing(loaded, analyst):
    with pytest.raises(MissingFeatures, match="verkeersongevallen"):
        run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-open-cijfers", Decimal(1000)))
    assert not AllocationRun.objects.exists()


def test_a_partial_run_has_shares_and_no_strength(loaded, analyst):
    order = RunOrder("sterktemodel-2025", "2024-open-cijfers", Decimal(1000), partial=True)
    run = run_allocation(by=analyst, order=order)
    assert run.is_partial
    assert not run.is_fictitious
    assert {one["fte"] for one in run.result["units"]} == {None}
    assert total(run, "share") == 1


def test_specific_tasks_come_off_first_and_the_total_stays_exact(exercise, analyst):
    tasks = {"Rotterdam": Decimal("5.5"), "Den Haag": Decimal(3)}
    order = RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000), tasks)
    run = run_allocation(by=analyst, order=order)
    assert total(run, "fte") == 1000
    by_unit = {one["unit"]: one for one in run.result["units"]}
    rotterdam = by_unit["Rotterdam"]
    expected = Decimal(rotterdam["share"]) * Decimal("991.5") + Decimal("5.5")
    assert abs(Decimal(rotterdam["fte"]) - expected) < Decimal("1e-8")


def test_specific_tasks_of_one_percent_or_more_are_refused(exercise, analyst):
    order = RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000), {"Rotterdam": Decimal(10)})
    with pytest.raises(AllocationError, match="minder dan 1%"):
        run_allocation(by=analyst, order=order)


def test_the_same_run_again_gives_the_same_digits(exercise, analyst):
    first, second = (run_allocation(by=analyst, order=ON_EXERCISE) for _ in range(2))
    for name in ("model_digest", "data_digest", "result_digest", "software", "result"):
        assert getattr(first, name) == getattr(second, name)
    _, outcome = outcome_of(first)
    assert {one.unit: one.fte for one in outcome.units} == {
        one["unit"]: Decimal(one["fte"]) for one in first.result["units"]
    }


def test_other_weights_or_values_have_another_checksum(exercise, loaded, analyst):
    full = run_allocation(by=analyst, order=ON_EXERCISE)
    order = RunOrder("sterktemodel-2025", "2024-open-cijfers", Decimal(1000), partial=True)
    assert run_allocation(by=analyst, order=order).data_digest != full.data_digest


@pytest.mark.parametrize("role", [Role.INVOERDER, Role.CONTROLEUR, Role.REDACTEUR, Role.RAADPLEGER])
def test_only_a_calculator_runs_the_model(exercise, role):
    with pytest.raises(NotAllowed):
        run_allocation(by=worker_of(person("ander", role)), order=ON_EXERCISE)


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (RunOrder("droommodel", "2024-oefenset", Decimal(1)), "Model ‘droommodel’ bestaat niet"),
        (RunOrder("sterktemodel-2025", "1999", Decimal(1)), "Kenmerkenset ‘1999’ bestaat niet"),
        (RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(0)), "groter dan nul"),
        (RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000), {"Elders": Decimal(1)}), "‘Elders’ komt in"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_refused(exercise, analyst, order, told):
    with pytest.raises(AllocationError, match=told):
        run_allocation(by=analyst, order=order)


def test_a_run_is_never_changed_or_removed(exercise, analyst):
    run = run_allocation(by=analyst, order=ON_EXERCISE)
    for change in ({"is_fictitious": False}, {"result": {}}, {"fte": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AllocationRun.objects.filter(pk=run.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        AllocationRun.objects.filter(pk=run.pk).delete()


def test_a_run_stands_in_the_audit_trail(exercise, analyst):
    run = run_allocation(by=analyst, order=ON_EXERCISE)
    record = AuditRecord.objects.order_by("-number").first()
    assert record.act == "model gedraaid"
    assert record.rows_digest == run.result_digest
    assert record.detail["fictief"] is True
