"""A distribution in small: one unit with one municipality and one feature, a version of the model, two runs."""

from decimal import Decimal
from typing import Any

import numpy as np

from allocation.core.model import Model, Municipality, Order, Standing, run_model
from allocation.core.refit import FitData, Rules, refit
from allocation.core.refit_report import as_json
from allocation.core.results import result_of, with_texts
from allocation.core.scenarios import ScenarioInputs, to_rows
from allocation.models import (
    AllocationRun,
    Feature,
    FeatureSet,
    FeatureValue,
    ModelVersion,
    ModelWeight,
    RefitOrder,
    RefitResult,
    Scenario,
    SetFeature,
    SetMunicipality,
)
from allocation.services.refits import data_rows
from indicators.models import Area
from monitor.base.models import User

WEIGHT, INHABITANTS = Decimal("0.01"), Decimal(1000)


def build_allocation() -> dict[str, Any]:
    """The names of what was made, for addresses and forms."""
    unit = Area.objects.create(code="eenheid-noord", kind="eenheid", name="Politie-eenheid Noord")
    place = Area.objects.create(code="gemeente-aa", kind="gemeente", name="Aa", cbs_code="GM0001", parent=unit)
    feature = Feature.objects.create(
        code="inwoners", name="Inwoners", in_words="inwoners", unit="personen", merging="optellen", source="CBS"
    )
    values = FeatureSet.objects.create(
        code="2024-proef", name="Proef", year=2024, source="CBS", file_name="proef.csv", file_sha256="a" * 64,
        digest="b" * 64,
    )  # fmt: skip
    column = SetFeature.objects.create(feature_set=values, feature=feature, source="CBS")
    row = SetMunicipality.objects.create(feature_set=values, area=place, unit=unit)
    FeatureValue.objects.create(municipality=row, feature=column, value=INHABITANTS)
    version = ModelVersion.objects.create(
        code="proefmodel", name="Proefmodel", year=2025, standing="onderzoek", source="Proef"
    )
    ModelWeight.objects.create(model=version, feature=feature, weight=WEIGHT)
    fitted = _refit()
    variant = ModelVersion.objects.create(
        code="proefvariant", name="Proefvariant", year=2025, standing="rekenvariant", source="Proef",
        origin={"refit": fitted.pk},
    )  # fmt: skip
    scenario = Scenario.objects.create(
        name="Proef", author=fitted.made_by, model=version, feature_set=values,
        inputs=to_rows(ScenarioInputs(Decimal(10))),
    )  # fmt: skip
    _run(version, values, scenario)
    return {
        "refit": fitted.pk, "variant": variant.code, "scenario": scenario.pk,
        "model": version.code, "feature_set": values.code, "unit": "noord", "feature": feature.code,
        "run": _run(version, values).pk, "other_run": _run(version, values).pk,
    }  # fmt: skip


def _run(version: ModelVersion, values: FeatureSet, scenario: Scenario | None = None) -> AllocationRun:
    model = Model(version.code, version.name, Standing.RESEARCH, {"inwoners": WEIGHT})
    places = [Municipality("GM0001", "Aa", "Noord", {"inwoners": INHABITANTS})]
    result = with_texts(result_of(run_model(model, places, Order(Decimal(10))), []))
    return AllocationRun.objects.create(
        model=version, feature_set=values, scenario=scenario, fte=10, result=result,
        order={"fte": "10", "specific_tasks": {}, "partial": False},
        model_digest="c" * 64, data_digest="d" * 64, result_digest="e" * 64, software="proef",
    )  # fmt: skip


def _refit() -> RefitOrder:
    """A refit that is done: ten municipalities, one cluster that hangs on inhabitants."""
    noise = np.linspace(-0.1, 0.1, 10)[:, None]
    data = FitData(
        codes=tuple(f"GM000{number}" for number in range(10)), inhabitants=np.full(10, 1000.0), clusters=("proef",),
        workloads=1000 * (1 + noise), features=("inwoners",), categories=("",), values=np.full((10, 1), 1000.0),
    )  # fmt: skip
    rows = data_rows(data, dict.fromkeys(data.codes, "Noord"))
    author = User.objects.create_user("rekenmeester")
    order = RefitOrder.objects.create(name="Proef", data=rows, sources=[], data_digest="a" * 64, made_by=author)
    result = as_json(refit(data), Rules())
    RefitResult.objects.create(order=order, result=result, result_digest="b" * 64, software="proef")
    return order
