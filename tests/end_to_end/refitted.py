"""A refit with its rekenvariant and margins, and two what-ifs, under the numbers that the pages name."""

from decimal import Decimal

import numpy as np

from allocation.core.refit_files import NumberTable, complete_features, fit_data, table_of
from allocation.core.scenarios import Growth, Merger, ScenarioInputs, Scope
from allocation.models import AllocationRun, RefitOrder, Scenario
from allocation.queries.feature_sets import load_set
from allocation.queries.refits import feature_categories
from allocation.services.refits import data_rows, digest_of, make_refit
from allocation.services.scenarios import NewScenario, save_scenario
from allocation.services.variants import make_intervals, save_variant
from indicators.core.access import Worker
from indicators.queries.workers import worker_of
from monitor.base.models import User
from tests.end_to_end.pages import OTHER_SCENARIO, REFIT, SCENARIO

SET, VARIANT = "2024-open-cijfers", "rekenvariant"
CLUSTERS = ("Handhaving – Lokaal", "Opsporing – Lokaal", "Wijkzorg")
SHARES = dict(zip(CLUSTERS, (Decimal(22), Decimal(13), Decimal(8)), strict=True))


def refit_and_vary(analyst: User) -> None:
    """Fit three clusters on the open figures, make a rekenvariant of them, and keep two what-ifs on it."""
    by = worker_of(analyst)
    order = _refit(analyst)
    version = save_variant(by=by, refit_id=order.pk, name="Rekenvariant", shares=SHARES)
    make_intervals(version=version, made_by=analyst, draws=10, seed=1)
    growth = Growth("bijstandsontvangers", Scope.UNIT, "Rotterdam", Decimal(10))
    merger = Merger(("GM0014", "GM0034"), "Groningen-Almere")
    _scenario(by, SCENARIO, "Basis", ScenarioInputs(Decimal(1000)))
    _scenario(by, OTHER_SCENARIO, "Groei en samenvoeging", ScenarioInputs(Decimal(1000), (growth,), (merger,)))


def _refit(analyst: User) -> RefitOrder:
    data = load_set(SET)
    table = table_of(data.municipalities, complete_features(data.municipalities, data.features))
    chance = np.random.default_rng(3)
    rows = {}
    for one in data.municipalities:
        value = {name: float(number) for name, number in one.values.items()}
        people = value["inwoners"]
        noise = people * 0.0001 * chance.standard_normal(2)
        rows[one.code] = dict(
            zip(
                ("inhabitants", *CLUSTERS),
                (
                    people,
                    0.0004 * people + 0.012 * value["bijstandsontvangers"] + 0.0008 * value["bedrijven"] + noise[0],
                    0.0002 * people + 0.002 * value["arbeidsongeschiktheid"] + noise[1],
                    people / 5000,
                ),
                strict=True,
            )
        )
    fitted = data_rows(
        fit_data([NumberTable(("inhabitants", *CLUSTERS), rows)], table, feature_categories()), table.units
    )
    sources = [
        {"bestand": "werklast-2024.csv", "sha256": "0" * 64},
        {"kenmerkenset": data.name, "sha256": data.digest, "weggelaten": "landbouwbedrijven"},
    ]
    order = RefitOrder.objects.create(
        pk=REFIT, name="Proefschatting", data=fitted, sources=sources, data_digest=digest_of(fitted), made_by=analyst
    )
    make_refit(order=order)
    return order


def _scenario(by: Worker, number: int, name: str, inputs: ScenarioInputs) -> None:
    """The same scenario under another number: a kept one never changes its own."""
    made, run = save_scenario(by=by, new=NewScenario(f"{name} (eerste keer)", VARIANT, SET, inputs))
    made.pk, made.name = number, name
    Scenario.objects.bulk_create([made])
    run.pk, run.scenario_id = number, number
    AllocationRun.objects.bulk_create([run])
