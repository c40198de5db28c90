"""A distribution in small: one unit with one municipality and one feature, a version of the model, two runs."""

from decimal import Decimal
from typing import Any

from allocation.core.model import Model, Municipality, Order, Standing, run_model
from allocation.core.results import result_of, with_texts
from allocation.models import (
    AllocationRun,
    Feature,
    FeatureSet,
    FeatureValue,
    ModelVersion,
    ModelWeight,
    SetFeature,
    SetMunicipality,
)
from indicators.models import Area

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
    return {
        "model": version.code, "feature_set": values.code, "unit": "noord", "feature": feature.code,
        "run": _run(version, values).pk, "other_run": _run(version, values).pk,
    }  # fmt: skip


def _run(version: ModelVersion, values: FeatureSet) -> AllocationRun:
    model = Model(version.code, version.name, Standing.RESEARCH, {"inwoners": WEIGHT})
    places = [Municipality("GM0001", "Aa", "Noord", {"inwoners": INHABITANTS})]
    result = with_texts(result_of(run_model(model, places, Order(Decimal(10))), []))
    return AllocationRun.objects.create(
        model=version, feature_set=values, fte=10, order={"fte": "10", "specific_tasks": {}, "partial": False},
        result=result, model_digest="c" * 64, data_digest="d" * 64, result_digest="e" * 64, software="proef",
    )  # fmt: skip
