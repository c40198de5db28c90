"""A national total that cannot be right is refused, with what probably happened."""

from decimal import Decimal

import pytest

from allocation.core.errors import Implausible
from allocation.core.features import FeatureInfo, Plausible, missing_values, require_plausible

LAND = FeatureInfo("oppervlakte-land", "Oppervlakte land", "km2", plausible=Plausible(Decimal(30_000), Decimal(36_000)))
PEOPLE = FeatureInfo("inwoners", "Inwoners", "personen", plausible=Plausible(Decimal(17_000_000), Decimal(19_000_000)))
JOBS = FeatureInfo("banen", "Banen", "1000 banen", plausible=Plausible(Decimal(8_000), Decimal(14_000)))


@pytest.mark.parametrize(
    ("feature", "total", "cause"),
    [
        (LAND, 3_367_000, "Staat er hectare in plaats van km²?"),
        (LAND, 33_670_000_000, "Staat er m² in plaats van km²?"),
        (PEOPLE, 17_942, "Staan er duizendtallen in plaats van personen?"),
        (PEOPLE, 35_884_000, "Telt er een regel met een landelijk totaal mee?"),
        (PEOPLE, 12_000_000, "Ontbreken er gemeenten"),
        (PEOPLE, 20_100_000, "Staat er een gemeente dubbel in"),
        (JOBS, 11_000_000, "Staan er losse aantallen in plaats van 1000 banen?"),
    ],
)
def test_the_likely_cause_is_named(feature, total, cause):
    with pytest.raises(Implausible) as refused:
        require_plausible(feature, [Decimal(total) / 2] * 2, year=2024)
    assert cause in refused.value.message
    assert f"‘{feature.name}’ telt in 2024 landelijk op tot" in refused.value.message


def test_numbers_in_the_message_are_dutch():
    with pytest.raises(Implausible, match=r"3.367.000 km². Mogelijk is 30.000 tot 36.000"):
        require_plausible(LAND, [Decimal(3_367_000)], year=2024)


@pytest.mark.parametrize("total", [17_000_000, 17_942_000, 19_000_000])
def test_a_total_within_the_range_is_accepted(total):
    require_plausible(PEOPLE, [Decimal(total)], year=2024)


def test_a_feature_without_a_range_is_not_judged():
    require_plausible(FeatureInfo("kernen", "Kernen", "kernen"), [Decimal(-1)], year=2024)


def test_missing_values_are_named_per_feature():
    rows = {"b": {"x": Decimal(1)}, "a": {"x": Decimal(1), "y": Decimal(2)}}
    assert missing_values(["x", "y"], rows) == {"y": ("b",)}
