"""Scenarios: run, kept with their author and inputs, and laid side by side."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from allocation.core.errors import AllocationError, MissingFeatures
from allocation.core.results import result_of, with_texts
from allocation.core.scenarios import Growth, Merger, ScenarioInputs, Scope, from_rows
from allocation.models import AllocationRun, Scenario
from allocation.queries.feature_sets import load_set
from allocation.queries.scenarios import load_side_by_side, scenario_list
from allocation.queries.versions import find_version
from allocation.services.refits import order_refit
from allocation.services.scenarios import NewScenario, compute, save_scenario
from allocation.services.variants import save_variant
from indicators.queries.workers import worker_of
from monitor.base.core.errors import NotAllowed
from monitor.base.core.roles import Role
from monitor.base.services.jobs import run_job
from tests.allocation.conftest import person
from tests.allocation.test_refits import SHARES, new

pytestmark = pytest.mark.django_db
MODEL, OPEN, EXERCISE = "sterktemodel-2025", "2024-open-cijfers", "2024-oefenset"


@pytest.fixture
def variant(loaded, analyst):
    order, job = order_refit(by=analyst, new=new())
    run_job(job.pk)
    return save_variant(by=analyst, refit_id=order.pk, name="Variant", shares=SHARES)


def keep(by, name="Proef", model="variant", data=OPEN, **inputs):
    given = ScenarioInputs(**{"fte": Decimal(1000), **inputs})
    return save_scenario(by=by, new=NewScenario(name, model, data, given))


def test_a_scenario_is_kept_with_its_author_inputs_and_run(variant, analyst):
    growth = Growth("bijstandsontvangers", Scope.UNIT, "Rotterdam", Decimal(10))
    scenario, run = keep(analyst, growths=(growth,))
    assert (scenario.author_id, scenario.name, run.scenario_id) == (analyst.user_id, "Proef", scenario.pk)
    assert scenario.inputs["growths"][0]["percent"] == "10"
    plain, _ = keep(analyst, name="Zonder")
    side = load_side_by_side([plain.pk, scenario.pk])
    shares = dict(side.rows)
    assert shares["Rotterdam"][1].difference > 0
    assert sum(one[1].difference for one in shares.values()) == 0
    assert sum(one[1].fte for one in shares.values()) == 1000
    assert side.columns[1].changes[1] == "Bijstandsontvangers +10% in politie-eenheid Rotterdam"


def test_the_same_inputs_give_the_same_digits_again(variant, analyst):
    scenario, run = keep(analyst, growths=(Growth("bedrijven", Scope.COUNTRY, "", Decimal("2.5")),))
    again = compute(variant, load_set(OPEN), from_rows(Scenario.objects.get(pk=scenario.pk).inputs))
    assert with_texts(result_of(again.outcome, []))["units"] == run.result["units"]


def test_a_merger_says_what_it_does(variant, analyst):
    codes = [one.code for one in load_set(OPEN).municipalities[:2]]
    scenario, run = keep(analyst, mergers=(Merger(tuple(codes), "Samen"),))
    assert len(run.result["municipalities"]) == 341
    assert "tellen als één gemeente, Samen" in load_side_by_side([scenario.pk]).columns[0].remarks[0]


def test_a_task_that_moves_takes_its_cluster_out_of_a_rekenvariant(variant, analyst):
    moved = {"cluster_shares": {"handhaving": Decimal(1)}}
    with pytest.raises(AllocationError, match="alleen als een taak"):
        keep(analyst, **moved)
    scenario, run = keep(analyst, **moved, reason="De opsporing gaat naar een landelijke eenheid.")
    assert scenario.reason == "De opsporing gaat naar een landelijke eenheid."
    assert run.result["missing_features"] == []


def test_the_version_of_2025_keeps_no_cluster_models(exercise, analyst):
    with pytest.raises(AllocationError, match="geen gewichten per cluster gepubliceerd"):
        keep(analyst, model=MODEL, data=OPEN, cluster_shares={"handhaving": Decimal(1)}, reason="Een taak.")


def test_a_scenario_on_invented_features_is_fictitious_and_one_on_missing_features_stops(exercise, analyst):
    with pytest.raises(MissingFeatures):
        keep(analyst, model=MODEL, data=OPEN)
    _, run = keep(analyst, model=MODEL, data=EXERCISE)
    assert run.is_fictitious
    _, partial = keep(analyst, name="Deels", model=MODEL, data=OPEN, partial=True)
    assert partial.is_partial
    side = load_side_by_side([partial.scenario_id])
    assert all(shares[0].fte is None for _, shares in side.rows)


def test_a_name_is_asked_and_taken_once_per_author(variant, analyst):
    with pytest.raises(AllocationError, match="een naam"):
        keep(analyst, name="  ")
    keep(analyst)
    with pytest.raises(AllocationError, match="U hebt al een scenario ‘Proef’"):
        keep(analyst)
    keep(worker_of(person("ander", Role.REKENAAR)))
    assert Scenario.objects.count() == AllocationRun.objects.count() == 2


def test_a_scenario_never_changes(variant, analyst):
    keep(analyst)
    with pytest.raises(DatabaseError, match="onveranderlijk"), transaction.atomic():
        Scenario.objects.update(name="anders")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REKENAAR, Role.BEHEERDER)])
def test_only_who_calculates_may_make_scenarios(loaded, role):
    with pytest.raises(NotAllowed):
        keep(worker_of(person("ander", role)), model=MODEL)


def test_side_by_side_takes_a_fixed_number_of_statements(variant, analyst, django_assert_num_queries):
    ids = [keep(analyst, name=f"Proef {number}")[0].pk for number in range(3)]
    for some in (ids[:1], ids):
        with django_assert_num_queries(5):
            load_side_by_side(some)
    assert [one.name for one in scenario_list()] == ["Proef 2", "Proef 1", "Proef 0"]


def test_what_cannot_be_laid_side_by_side_is_refused(variant, analyst):
    scenario, _ = keep(analyst)
    for ids, sentence in (
        ([], "ten minste één"),
        ([scenario.pk, 999_999], "999999 bestaat niet"),
        (range(7), "hoogste 6"),
    ):
        with pytest.raises(AllocationError, match=sentence):
            load_side_by_side(ids)


def test_the_version_is_found_by_its_code(variant):
    assert find_version("variant").pk == variant.pk
