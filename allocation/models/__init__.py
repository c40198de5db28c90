from allocation.models.features import (
    Feature,
    FeatureJudgement,
    FeatureSet,
    FeatureValue,
    SetFeature,
    SetMunicipality,
)
from allocation.models.refits import RefitOrder, RefitResult, ShareIntervals
from allocation.models.runs import AllocationRun, Scenario
from allocation.models.versions import AllocationKey, KeyPart, ModelCluster, ModelVersion, ModelWeight

__all__ = [
    "AllocationKey",
    "AllocationRun",
    "Feature",
    "FeatureJudgement",
    "FeatureSet",
    "FeatureValue",
    "KeyPart",
    "ModelCluster",
    "ModelVersion",
    "ModelWeight",
    "RefitOrder",
    "RefitResult",
    "Scenario",
    "SetFeature",
    "SetMunicipality",
    "ShareIntervals",
]
