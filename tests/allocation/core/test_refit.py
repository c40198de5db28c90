"""The refit against an independent loop with statsmodels, and what it does with input that gives no answer."""

from decimal import Decimal

import numpy as np
import pytest
import statsmodels.api as sm

from allocation.core.combining import cluster_models, combine
from allocation.core.errors import AllocationError
from allocation.core.refit import FitData, Rules, refit, weigh_years
from allocation.core.stepwise import WhyNot, forward, prepare, variance_inflation
from tests.allocation.core.reference import reference_path

DATA_SETS = 200


def random_data(seed):
    """Municipalities with features of which some are of one category, alike, constant, or the sum of others."""
    chance = np.random.default_rng(seed)
    rows, width = int(chance.integers(60, 200)), int(chance.integers(6, 16))
    inhabitants = chance.lognormal(10, 1, rows).round() + 500
    per = chance.lognormal(-3, 0.6, (rows, width))
    per[:, 1] = per[:, 0] * (1 + 0.05 * chance.standard_normal(rows))  # alike: the correlation rule binds
    per[:, 2] = 0.4  # constant
    per[:, 3] = per[:, 4] + per[:, 5]  # the sum of two others
    categories = [f"c{index}" for index in range(width)]
    categories[4] = categories[-1]  # one category: the category rule binds
    truth = chance.standard_normal(width) * (chance.random(width) < 0.6)
    workload = 0.002 + per @ truth * 0.01 + chance.standard_normal(rows) * 0.0004
    return inhabitants, per, categories, workload


@pytest.mark.parametrize("seed", range(DATA_SETS))
@pytest.mark.filterwarnings("ignore:The design matrix is rank-deficient")
def test_the_path_is_that_of_statsmodels(seed):
    _, per, categories, workload = random_data(seed)
    picks, bic, last = reference_path(per, categories, workload)
    found = forward(prepare([str(i) for i in range(per.shape[1])], categories, per), workload)
    assert list(found.picks) == picks
    np.testing.assert_allclose(np.diff(found.bic), np.diff(bic), rtol=1e-8)
    np.testing.assert_allclose(found.r2[-1], last.rsquared if picks else 0, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("seed", range(0, DATA_SETS, 4))
def test_the_coefficients_are_those_of_statsmodels(seed):
    inhabitants, per, categories, workload = random_data(seed)
    outcome = refit(as_data(inhabitants, per, categories, workload))
    (cluster,) = outcome.clusters
    own = sm.OLS(workload, sm.add_constant(per[:, list(cluster.fit.chosen)], has_constant="add")).fit()
    found = np.concatenate([[cluster.fit.intercept], cluster.fit.coefficients])
    np.testing.assert_allclose(found, own.params, rtol=1e-8)
    np.testing.assert_allclose(cluster.fit.standard_errors, own.bse, rtol=1e-7)
    np.testing.assert_allclose(cluster.fit.residuals, own.resid, atol=1e-12)


def as_data(inhabitants, per, categories, *workloads, names=None):
    return FitData(
        codes=tuple(f"GM{row:04}" for row in range(len(inhabitants))),
        inhabitants=inhabitants,
        clusters=tuple(f"cluster {number}" for number in range(1, len(workloads) + 1)),
        workloads=np.column_stack(workloads) * inhabitants[:, None],
        features=tuple(names or (f"k{index}" for index in range(per.shape[1]))),
        categories=tuple(categories),
        values=per * inhabitants[:, None],
    )


def test_both_rules_bind_somewhere_in_the_random_data():
    reasons = set()
    for seed in range(DATA_SETS):
        _, per, categories, workload = random_data(seed)
        reasons |= set(forward(prepare(["x"] * per.shape[1], categories, per), workload).why_not.values())
    assert {WhyNot.CATEGORY, WhyNot.CORRELATION, WhyNot.CONSTANT, WhyNot.DEPENDENT, WhyNot.TOO_LITTLE} <= reasons


def independent(rows=300, width=6, seed=1):
    chance = np.random.default_rng(seed)
    return chance, chance.lognormal(10, 1, rows).round() + 500, chance.lognormal(-3, 0.6, (rows, width))


def test_multicollinear_features_lose_the_one_picked_last():
    chance, inhabitants, per = independent()
    per[:, 3] = per[:, :3].sum(axis=1) + 0.005 * chance.standard_normal(len(per))
    workload = 0.01 + per[:, :4] @ [1, 0.8, 0.6, 0.5] + 0.001 * chance.standard_normal(len(per))
    outcome = refit(as_data(inhabitants, per, "abcdef", workload))
    (cluster,) = outcome.clusters
    first = list(cluster.path.picks)
    assert set(first) >= {0, 1, 2, 3}
    assert variance_inflation(outcome.candidates, first).max() > 10
    dropped = next(iter(cluster.multicollinear))
    assert dropped == [index for index in first if index < 4][-1]
    assert cluster.why_not[dropped] is WhyNot.MULTICOLLINEAR
    assert variance_inflation(outcome.candidates, cluster.fit.chosen).max() <= 10


def test_two_clusters_end_with_one_feature_of_a_category_the_one_that_costs_least():
    chance, inhabitants, per = independent()
    per[:, 1] = per[:, 0] + 0.02 * chance.standard_normal(len(per))
    noise = 0.002 * chance.standard_normal((2, len(per)))
    leans_on_both = 0.01 + 0.1 * per[:, 0] + 0.02 * per[:, 2] + noise[0]
    needs_the_second = 0.01 + 0.5 * per[:, 1] + noise[1]
    outcome = refit(as_data(inhabitants, per, "aabcde", leans_on_both, needs_the_second))
    one, two = outcome.clusters
    assert 0 in one.path.picks
    assert 1 in two.fit.chosen
    assert one.replaced == {0: 1}
    assert 1 in one.fit.chosen
    assert 0 not in one.fit.chosen


def test_a_workload_per_inhabitant_that_is_the_same_everywhere_has_inhabitants_only():
    _, inhabitants, per = independent()
    (cluster,) = refit(as_data(inhabitants, per, "abcdef", np.full(len(per), 1 / 5000))).clusters
    assert cluster.fit.chosen == ()
    assert cluster.fit.intercept == pytest.approx(1 / 5000)


def test_the_number_of_inhabitants_is_the_intercept_and_no_candidate():
    _, inhabitants, per = independent()
    per[:, 0] = 1
    data = as_data(inhabitants, per, "abcdef", per[:, 1] + 0.1, names=("inwoners", "b", "c", "d", "e", "f"))
    outcome = refit(data)
    assert outcome.candidates.names == ("b", "c", "d", "e", "f")
    assert [outcome.name(index) for index in outcome.clusters[0].fit.chosen] == ["b"]


@pytest.mark.parametrize(
    ("part", "bad", "sentence"),
    [
        ("inhabitants", 0.0, "Gemeente GM0002 heeft geen inwoners"),
        ("inhabitants", np.nan, "Gemeente GM0002 heeft geen inwoners"),
        ("workloads", np.nan, "Gemeente GM0002 heeft geen waarde voor ‘cluster 1’"),
        ("values", np.nan, "Gemeente GM0002 heeft geen waarde voor ‘k0’"),
    ],
)
def test_a_municipality_that_is_not_complete_is_refused_by_name(part, bad, sentence):
    _, inhabitants, per = independent()
    data = as_data(inhabitants, per, "abcdef", per[:, 1])
    (getattr(data, part) if part == "inhabitants" else getattr(data, part)[:, 0])[2] = bad
    with pytest.raises(AllocationError, match=sentence):
        refit(data)


def test_a_rerun_gives_the_same_digits():
    inhabitants, per, categories, workload = random_data(3)
    once, again = (refit(as_data(inhabitants, per, categories, workload)).clusters[0].fit for _ in range(2))
    assert once.coefficients.tobytes() == again.coefficients.tobytes()


def test_the_order_of_the_columns_does_not_matter():
    inhabitants, per, categories, workload = random_data(5)
    turned = refit(as_data(inhabitants, per[:, ::-1], categories[::-1], workload)).clusters[0].fit
    straight = refit(as_data(inhabitants, per, categories, workload)).clusters[0].fit
    assert [per.shape[1] - 1 - index for index in turned.chosen] == list(straight.chosen)
    np.testing.assert_allclose(turned.coefficients, straight.coefficients, rtol=1e-10)


def test_a_looser_bound_lets_more_features_in():
    inhabitants, per, categories, workload = random_data(8)
    data = as_data(inhabitants, per, categories, workload)
    strict, loose = (len(refit(data, Rules(bic_fall=fall)).clusters[0].path.picks) for fall in (1e6, 0.0))
    assert strict == 0 < loose


# --- the combination --------------------------------------------------------------------------------------------------


def two_clusters():
    chance, inhabitants, per = independent()
    noise = 0.0005 * chance.standard_normal((2, len(per)))
    return refit(
        as_data(inhabitants, per, "abcdef", 0.01 + 0.2 * per[:, 0] + noise[0], 0.02 + 0.3 * per[:, 1] + noise[1])
    )


def predicted(outcome, model):
    """What the model gives for the country."""
    values = dict(zip(outcome.data.features, outcome.data.values.T, strict=True)) | {
        "inwoners": outcome.data.inhabitants
    }
    return sum(float(weight) * values[name].sum() for name, weight in model.weights.items())


@pytest.mark.parametrize(
    "shares", [{"cluster 1": 30, "cluster 2": 70}, {"cluster 1": 1}, {"cluster 2": 5, "cluster 1": 0}]
)
def test_the_combination_divides_a_thousand_fte(shares):
    outcome = two_clusters()
    model = combine(
        cluster_models(outcome), {name: Decimal(share) for name, share in shares.items()}, code="proef", name="Proef"
    )
    assert predicted(outcome, model) == pytest.approx(1000, abs=1e-4)
    assert model.standing == "rekenvariant"


def test_a_cluster_that_is_taken_out_takes_its_features_along():
    model = combine(cluster_models(two_clusters()), {"cluster 1": Decimal(1)}, code="proef", name="Proef")
    assert set(model.weights) == {"inwoners", "k0"}


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({"wijkzorg": 1}, "Cluster ‘wijkzorg’ bestaat niet. Mogelijk zijn cluster 1, cluster 2"),
        ({}, "ten minste één cluster"),
        ({"cluster 1": 2, "cluster 2": -1}, "geen cluster een negatief aandeel"),
    ],
)
def test_shares_that_give_no_model_are_refused(shares, sentence):
    with pytest.raises(AllocationError, match=sentence):
        combine(
            cluster_models(two_clusters()), {name: Decimal(share) for name, share in shares.items()}, code="x", name="X"
        )


def test_years_weigh_a_sixth_a_third_and_a_half():
    years = [np.full((2, 1), value) for value in (6.0, 12.0, 24.0)]
    assert weigh_years(years).tolist() == [[17.0], [17.0]]
    with pytest.raises(AllocationError, match="Er zijn 3 jaren nodig"):
        weigh_years(years[:2])
