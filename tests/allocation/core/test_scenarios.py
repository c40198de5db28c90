"""What-if: what each change does to the input, and nothing else; what is refused and why."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocation.core.combining import ClusterModel, combine
from allocation.core.errors import AllocationError, MissingFeatures
from allocation.core.explanation import explain
from allocation.core.features import FeatureInfo, Merging
from allocation.core.model import Model, Municipality, Order, Standing, run_model
from allocation.core.scenarios import Growth, Merger, ScenarioInputs, Scope, from_rows, in_words, run_scenario, to_rows
from tests.allocation.core.samples import MODEL, MUNICIPALITIES

FTE = Decimal(1000)
FEATURES = {
    "inwoners": FeatureInfo("inwoners", "Inwoners", "personen"),
    "bijstandsontvangers": FeatureInfo("bijstandsontvangers", "Bijstandsontvangers", "personen"),
    "bedrijven": FeatureInfo("bedrijven", "Bedrijven", "vestigingen"),
    "woz": FeatureInfo("woz", "Gemiddelde WOZ-waarde", "1000 euro", merging=Merging.MEAN),
}
CLUSTERS = (
    ClusterModel("handhaving", {"inwoners": Decimal("0.00004"), "bijstandsontvangers": Decimal("0.001")}),
    ClusterModel("beveiliging", {"inwoners": Decimal("0.00002"), "bedrijven": Decimal("0.004")}),
)
VARIANT = combine(CLUSTERS, {"handhaving": Decimal(3), "beveiliging": Decimal(1)}, code="variant", name="Variant")


def run(model=MODEL, clusters=(), municipalities=MUNICIPALITIES, **inputs):
    return run_scenario(model, clusters, municipalities, FEATURES, ScenarioInputs(**{"fte": FTE, **inputs}))


def values(outcome, code):
    return next(one.values for one, _ in outcome.outcome.municipalities if one.code == code)


def test_a_scenario_without_changes_is_the_run_itself():
    assert run().outcome == run_model(MODEL, MUNICIPALITIES, Order(FTE))
    assert run().remarks == ()


@pytest.mark.parametrize(
    ("scope", "place", "grown"),
    [
        (Scope.COUNTRY, "", {"GM0001", "GM0002", "GM0003", "GM0004", "GM0005", "GM0006"}),
        (Scope.UNIT, "Midden", {"GM0003", "GM0004"}),
        (Scope.MUNICIPALITY, "GM0005", {"GM0005"}),
    ],
)
def test_a_feature_grows_where_it_is_said_to_and_nowhere_else(scope, place, grown):
    found = run(growths=(Growth("bijstandsontvangers", scope, place, Decimal("2.5")),))
    for one in MUNICIPALITIES:
        expected = one.values["bijstandsontvangers"] * (Decimal("1.025") if one.code in grown else 1)
        assert values(found, one.code)["bijstandsontvangers"] == expected
        assert values(found, one.code)["bedrijven"] == one.values["bedrijven"]


@given(percent=st.decimals(-100, 1000, places=4))
def test_growing_every_feature_alike_changes_no_share(percent):
    growths = tuple(Growth(name, Scope.COUNTRY, "", percent) for name in MODEL.weights)
    if percent == -100:
        with pytest.raises(AllocationError, match="nul of minder"):
            run(growths=growths)
        return
    assert run(growths=growths).outcome.shares == run().outcome.shares


def test_counts_add_up_in_a_merger_and_within_a_unit_nothing_changes():
    found = run(mergers=(Merger(("GM0001", "GM0002"), "Aa en Bee"),))
    assert values(found, "GM0001")["bedrijven"] == 3400
    assert len(found.outcome.municipalities) == 5
    assert found.outcome.shares == run().outcome.shares
    assert "Aa en Bee tellen als één gemeente, Aa en Bee." in found.remarks[0]
    assert "verandert daardoor niets" in found.remarks[0]


def with_woz(*numbers):
    return tuple(
        Municipality(one.code, one.name, one.unit, {**one.values, "woz": Decimal(number)})
        for one, number in zip(MUNICIPALITIES, numbers, strict=True)
    )


WOZ_MODEL = Model("woz", "Met WOZ", Standing.RESEARCH, {**MODEL.weights, "woz": Decimal("0.01")})


def test_averages_are_weighed_by_inhabitants_and_the_remark_tells_what_that_does():
    municipalities = with_woz(300, 350, 400, 450, 500, 550)
    found = run(WOZ_MODEL, municipalities=municipalities, mergers=(Merger(("GM0001", "GM0002"), "Aabee"),))
    assert values(found, "GM0001")["woz"] == Decimal("335.7143")  # (10 × 300 + 25 × 350) / 35
    assert "gemiddelden (Gemiddelde WOZ-waarde) zijn gewogen naar inwoners" in found.remarks[0]
    assert "één keer in plaats van 2 keer" in found.remarks[0]


def test_a_merger_over_a_border_takes_its_features_to_the_unit_that_is_named():
    found = run(mergers=(Merger(("GM0002", "GM0004"), "Beedee", "Midden"),))
    assert found.outcome.unit("Noord").raw == run().outcome.municipalities[0][1]
    assert found.outcome.raw_total == run().outcome.raw_total
    assert (
        "Zij ligt in politie-eenheid Noord; wat Dee (uit Midden) bijdraagt, gaat daarheen over."
        in run(mergers=(Merger(("GM0002", "GM0004"), "Beedee"),)).remarks[0]
    )


def test_what_one_of_the_merged_lacks_stays_missing():
    poor = [
        Municipality(one.code, one.name, one.unit, {k: v for k, v in one.values.items() if k != "bedrijven"})
        if one.code == "GM0001"
        else one
        for one in MUNICIPALITIES
    ]
    with pytest.raises(MissingFeatures, match="‘bedrijven’ heeft geen waarde voor GM0002"):
        run(municipalities=poor, mergers=(Merger(("GM0002", "GM0001"), "Aabee"),))
    partial = run(municipalities=poor, mergers=(Merger(("GM0001", "GM0002"), "Aabee"),), partial=True)
    assert partial.outcome.partial
    assert partial.outcome.units[0].fte is None


def test_another_share_of_a_cluster_is_another_combination():
    found = run(VARIANT, CLUSTERS, cluster_shares={"handhaving": Decimal(1)}, reason="Bewaken gaat naar de LX.")
    assert dict(found.outcome.model.weights) == {
        "inwoners": Decimal("0.00004"),
        "bijstandsontvangers": Decimal("0.001"),
    }
    assert sum(found.outcome.shares.values()) == 1


def test_the_published_version_has_no_weights_per_cluster_and_says_so():
    with pytest.raises(AllocationError, match="geen gewichten per cluster gepubliceerd"):
        run(cluster_shares={"handhaving": Decimal(1)}, reason="Een taak gaat weg.")


@pytest.mark.parametrize("reason", ["", "   "])
def test_shares_of_clusters_change_only_with_a_task_that_moves(reason):
    with pytest.raises(AllocationError, match="alleen als een taak naar een ander onderdeel gaat"):
        run(VARIANT, CLUSTERS, cluster_shares={"handhaving": Decimal(1)}, reason=reason)


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"growths": (Growth("vliegvelden", Scope.COUNTRY, "", Decimal(1)),)}, "Kenmerk ‘vliegvelden’ bestaat niet"),
        ({"growths": (Growth("woz", Scope.COUNTRY, "", Decimal(1)),)}, "heeft daar geen waarden"),
        ({"growths": (Growth("inwoners", Scope.UNIT, "West", Decimal(1)),)}, "‘West’ is geen eenheid"),
        ({"growths": (Growth("inwoners", Scope.MUNICIPALITY, "GM1", Decimal(1)),)}, "‘GM1’ is geen gemeente"),
        ({"growths": (Growth("inwoners", Scope.COUNTRY, "", Decimal(-101)),)}, "van −100 tot en met 1.000"),
        ({"growths": (Growth("inwoners", Scope.COUNTRY, "", Decimal("0.00001")),)}, "ten hoogste vier"),
        ({"mergers": (Merger(("GM0001",), "Aa"),)}, "ten minste twee gemeenten"),
        ({"mergers": (Merger(("GM0001", "GM0001"), "Aa"),)}, "ten minste twee gemeenten"),
        ({"mergers": (Merger(("GM0001", "GM0002"), " "),)}, "een naam"),
        ({"mergers": (Merger(("GM0001", "GM9"), "Aa"),)}, "Gemeente GM9 bestaat niet"),
        ({"mergers": (Merger(("GM0001", "GM0002"), "Aa", "West"),)}, "‘West’ is geen politie-eenheid"),
        (
            {"mergers": (Merger(("GM0001", "GM0002"), "Aa"), Merger(("GM0003", "GM0002"), "Bee"))},
            "GM0002 bestaat niet in deze kenmerkenset, of is al samengevoegd",
        ),
        ({"specific_tasks": {"Noord": Decimal(50)}}, "minder dan 1%"),
        ({"fte": Decimal(0)}, "groter dan nul"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(inputs, sentence):
    with pytest.raises(AllocationError, match=sentence):
        run(**inputs)


def test_a_scenario_is_kept_and_read_back_to_the_digit():
    inputs = ScenarioInputs(
        fte=Decimal("1000.5"),
        growths=(Growth("inwoners", Scope.UNIT, "Noord", Decimal("2.5")),),
        mergers=(Merger(("GM0001", "GM0002"), "Aabee", "Noord"),),
        cluster_shares={"handhaving": Decimal("22.5")},
        reason="Een taak gaat weg.",
        specific_tasks={"Noord": Decimal("1.25")},
        partial=True,
    )
    assert from_rows(to_rows(inputs)) == inputs


def test_the_order_of_clusters_survives_a_store_that_sorts_its_keys():
    shares = {"opsporing": Decimal(2), "avim": Decimal(1), "handhaving": Decimal(3)}
    kept = json.loads(json.dumps(to_rows(ScenarioInputs(FTE, cluster_shares=shares)), sort_keys=True))
    assert list(from_rows(kept).cluster_shares) == list(shares)


def test_a_scenario_is_told_in_words():
    inputs = ScenarioInputs(
        fte=FTE,
        growths=(
            Growth("inwoners", Scope.COUNTRY, "", Decimal("-2.5")),
            Growth("bedrijven", Scope.MUNICIPALITY, "GM0001", Decimal(10)),
        ),
        mergers=(Merger(("GM0001", "GM0002"), "Aabee"),),
        cluster_shares={"handhaving": Decimal(3), "beveiliging": Decimal(1)},
        reason="Bewaken gaat weg.",
        specific_tasks={"Noord": Decimal("1.5")},
    )
    places = {one.code: one.name for one in MUNICIPALITIES}
    assert in_words(inputs, FEATURES, places, {"handhaving": "Handhaving – Lokaal"}) == (
        "1.000 fte te verdelen",
        "Inwoners −2,5% in het hele land",
        "Bedrijven +10% in Aa",
        "Aa en Bee worden samen Aabee",
        "aandelen van clusters: Handhaving – Lokaal 75,0%, beveiliging 25,0%; reden: Bewaken gaat weg.",
        "specifieke taak in Noord: 1,5 fte",
    )


def test_contributions_still_add_up_exactly_after_every_change():
    municipalities = with_woz(300, 350, 400, 450, 500, 550)
    found = run(
        WOZ_MODEL,
        municipalities=municipalities,
        growths=(Growth("inwoners", Scope.COUNTRY, "", Decimal("3.3333")),),
        mergers=(Merger(("GM0001", "GM0002"), "Aabee"),),
    )
    for one in explain(found.outcome):
        assert sum(part.raw for part in one.contributions) == one.raw
        assert sum((part.difference for part in one.contributions), Fraction(0)) == one.difference
