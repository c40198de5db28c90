"""The corrections after the regression, against a reference of their own; and data that lie in wait for arithmetic."""

import numpy as np
import pytest
import statsmodels.api as sm

from allocation.core.refit import refit
from allocation.core.stepwise import WhyNot, explained, fit, forward, prepare, variance_inflation
from tests.allocation.core.reference import least_squares, reference_path, reference_refit
from tests.allocation.core.test_refit import as_data

DATA_SETS = 60


def hard_data(seed):
    """Three clusters on features that are nearly sums of others, and on pairs of one category."""
    chance = np.random.default_rng(1000 + seed)
    rows = int(chance.integers(90, 250))
    inhabitants = chance.lognormal(10, 1, rows).round() + 500
    per = chance.lognormal(-3, 0.6, (rows, 10))
    per[:, 4] = per[:, :4].sum(axis=1) + chance.choice([0.002, 0.01]) * chance.standard_normal(rows)  # multicollinear
    per[:, 6] = per[:, 5] + 0.03 * chance.standard_normal(rows)  # two definitions of one thing
    per[:, 8] = per[:, 7] + 0.02 * chance.standard_normal(rows)
    categories = list("abcdeffgghij"[: per.shape[1]])
    truth = np.zeros((10, 3))
    truth[:5, 0] = [1, 0.8, 0.6, 0.9, 0.5]
    truth[5, 0] = truth[6, 1] = truth[7, 1] = truth[8, 2] = 1.2
    truth[chance.integers(0, 5), 2] = 0.7
    workloads = 0.01 + per @ truth + 0.01 * chance.standard_normal((rows, 3))
    return inhabitants, per, categories, list(workloads.T)


@pytest.mark.parametrize("seed", range(DATA_SETS))
def test_restarts_and_replacements_are_those_of_the_reference(seed):
    inhabitants, per, categories, workloads = hard_data(seed)
    paths, final = reference_refit(per, categories, workloads)
    outcome = refit(as_data(inhabitants, per, categories, *workloads))
    for cluster, (picks, bic), chosen, workload in zip(outcome.clusters, paths, final, workloads, strict=True):
        assert list(cluster.path.picks) == picks
        np.testing.assert_allclose(np.diff(cluster.path.bic), np.diff(bic), rtol=1e-8)
        assert list(cluster.fit.chosen) == chosen
        own = least_squares(workload, per[:, chosen])
        np.testing.assert_allclose([cluster.fit.intercept, *cluster.fit.coefficients], own.params, rtol=1e-8)
        np.testing.assert_allclose(cluster.fit.standard_errors, own.bse, rtol=1e-7)
        assert set(cluster.why_not) | set(chosen) == set(range(per.shape[1]))
        assert not set(cluster.why_not) & set(chosen)


def test_every_correction_binds_somewhere_in_the_hard_data():
    restarted = replaced = 0
    for seed in range(DATA_SETS):
        inhabitants, per, categories, workloads = hard_data(seed)
        for cluster in refit(as_data(inhabitants, per, categories, *workloads)).clusters:
            restarted += bool(cluster.multicollinear)
            replaced += bool(cluster.replaced)
    assert restarted >= 10
    assert replaced >= 20


def plain(rows=200, width=6, seed=7):
    chance = np.random.default_rng(seed)
    return chance, chance.lognormal(10, 1, rows).round() + 500, chance.lognormal(-3, 0.6, (rows, width))


def search(per, workload, categories=None):
    width = per.shape[1]
    return forward(prepare([f"k{i}" for i in range(width)], categories or [""] * width, per), workload)


@pytest.mark.parametrize("scale", [1e-170, 1e-9, 1e9, 1e170])
def test_the_unit_of_a_feature_changes_its_coefficient_and_nothing_else(scale):
    chance, inhabitants, per = plain()
    workload = 0.01 + per[:, :3] @ [1, 0.8, 0.6] + 0.01 * chance.standard_normal(len(per))
    one = refit(as_data(inhabitants, per, "abcdef", workload)).clusters[0]
    scaled = per * np.where(np.arange(6) == 1, scale, 1.0)
    other = refit(as_data(inhabitants, scaled, "abcdef", workload)).clusters[0]
    assert other.path.picks == one.path.picks
    np.testing.assert_allclose(other.path.bic, one.path.bic, rtol=1e-10)
    ratio = np.where(np.array(one.fit.chosen) == 1, scale, 1.0)
    np.testing.assert_allclose(other.fit.coefficients * ratio, one.fit.coefficients, rtol=1e-9)
    np.testing.assert_allclose(other.fit.standard_errors[1:] * ratio, one.fit.standard_errors[1:], rtol=1e-9)


def test_a_large_mean_with_a_small_spread_keeps_its_digits():
    chance, _, per = plain()
    shifted = per.copy()
    shifted[:, 0] += 1000.0
    workload = 0.01 + per[:, :2] @ [1, 0.8] + 0.01 * chance.standard_normal(len(per))
    found = search(shifted, workload)
    assert list(found.picks) == reference_path(per, list("abcdef"), workload)[0]
    np.testing.assert_allclose(found.bic, search(per, workload).bic, rtol=1e-9)


def test_a_correlation_below_minus_eighty_percent_bars_too():
    chance, _, per = plain()
    per[:, 1] = -per[:, 0] + 0.01 * chance.standard_normal(len(per))
    found = search(per, 0.01 + per[:, 0] + 0.4 * per[:, 1] + 0.001 * chance.standard_normal(len(per)))
    assert found.picks[0] in (0, 1)
    assert found.why_not[1 - found.picks[0]] is WhyNot.CORRELATION


def test_a_correlation_of_exactly_eighty_percent_is_allowed():
    rows = 100
    pattern = np.array([1.0, -1.0, 1.0, -1.0])
    first, second = np.tile(pattern, rows // 4), np.tile([1.0, 1.0, -1.0, -1.0], rows // 4)
    per = np.column_stack([first, 0.8 * first + 0.6 * second])  # orthogonal patterns: r is 0.8, or a digit beside it
    noise = np.random.default_rng(1).standard_normal(rows)
    found = search(per, first + 0.5 * second + 0.1 * noise)
    assert sorted(found.picks) == [0, 1]


def test_a_perfect_fit_ends_the_search_with_the_features_that_make_it():
    _, inhabitants, per = plain()
    workload = 0.02 + per[:, :3] @ [0.3, 0.2, 0.1]
    (cluster,) = refit(as_data(inhabitants, per, "abcdef", workload)).clusters
    assert sorted(cluster.fit.chosen) == [0, 1, 2]
    assert cluster.path.r2[-1] == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(cluster.fit.coefficients[np.argsort(cluster.fit.chosen)], [0.3, 0.2, 0.1], rtol=1e-12)


@pytest.mark.parametrize("noise", [1e-5, 1e-7, 1e-9])
def test_what_little_a_nearly_perfect_fit_leaves_is_still_measured(noise):
    chance, _, per = plain()
    residue = noise * chance.standard_normal(len(per))
    workload = 0.02 + per[:, :3] @ [0.3, 0.2, 0.1] + residue
    found = search(per, workload)
    assert sorted(found.picks[:3]) == [0, 1, 2]
    _, bic, _ = reference_path(per, list("abcdef"), workload)
    np.testing.assert_allclose(np.diff(found.bic)[:3], np.diff(bic)[:3], rtol=1e-7)


def test_features_that_follow_from_the_chosen_ones_are_told_apart_from_those_that_nearly_do():
    chance, _, per = plain()
    per[:, 3] = per[:, 0] + per[:, 1]
    per[:, 4] = per[:, 0] + per[:, 1] + 1e-7 * chance.standard_normal(len(per))
    workload = 0.01 + per[:, 0] - 0.8 * per[:, 1] + 0.01 * chance.standard_normal(len(per))
    found = search(per, workload)
    assert sorted(found.picks) == [0, 1]
    assert found.why_not[3] is WhyNot.DEPENDENT
    assert found.why_not[4] is WhyNot.TOO_LITTLE


def test_fewer_municipalities_than_features_leaves_a_degree_of_freedom():
    chance, inhabitants, _ = plain(rows=8)
    per = chance.lognormal(-3, 0.6, (8, 20))
    (cluster,) = refit(
        as_data(inhabitants, per, [f"c{i}" for i in range(20)], 0.01 + per @ chance.standard_normal(20))
    ).clusters
    assert len(cluster.path.picks) <= 6
    assert np.isfinite(cluster.fit.standard_errors).all()


def test_twins_go_in_the_order_of_the_columns():
    chance, _, per = plain()
    per[:, 4] = per[:, 2]
    workload = 0.01 + per[:, 2] + 0.01 * chance.standard_normal(len(per))
    assert 2 in search(per, workload).picks
    assert search(per, workload).why_not[4] is WhyNot.CORRELATION
    per[:, 4] = 3 * per[:, 2] + 0.2  # the same in another unit
    assert 2 in search(per, workload).picks


def test_no_workload_at_all_gives_no_model_and_no_bic():
    _, inhabitants, per = plain()
    (cluster,) = refit(as_data(inhabitants, per, "abcdef", np.zeros(len(per)))).clusters
    assert cluster.fit.chosen == ()
    assert cluster.fit.intercept == 0
    assert cluster.path.bic == (-np.inf,)


def test_a_replacement_that_follows_from_the_rest_of_the_model_drops_out():
    chance, inhabitants, per = plain(width=5)
    per[:, 1] = per[:, 2] + per[:, 3]  # of the category of 0
    noise = 0.002 * chance.standard_normal((2, len(per)))
    leans = 0.01 + 2 * per[:, 0] + per[:, 2] - per[:, 3] + noise[0]
    needs = 0.01 + 2 * per[:, 1] + noise[1]
    outcome = refit(as_data(inhabitants, per, "aabcd", leans, needs))
    one, two = outcome.clusters
    assert (set(one.path.picks), two.fit.chosen) == ({0, 2, 3}, (1,))
    assert one.replaced == {0: None}
    assert sorted(one.fit.chosen) == [2, 3]
    assert one.why_not[1] is WhyNot.DEPENDENT
    assert one.why_not[0] is WhyNot.CATEGORY


def test_inflation_is_that_of_statsmodels_and_infinite_where_a_feature_follows_from_others():
    chance, _, per = plain()
    per[:, 3] = per[:, :3].sum(axis=1) + 0.01 * chance.standard_normal(len(per))
    candidates = prepare([f"k{i}" for i in range(6)], [""] * 6, per)
    own = [1 / (1 - sm.OLS(per[:, i], sm.add_constant(np.delete(per[:, :4], i, 1))).fit().rsquared) for i in range(4)]
    np.testing.assert_allclose(variance_inflation(candidates, range(4)), own, rtol=1e-8)
    per[:, 3] = per[:, 0] + per[:, 1]
    dependent = prepare([f"k{i}" for i in range(6)], [""] * 6, per)
    assert (variance_inflation(dependent, [0, 1, 3]) > 1e12).all()
    assert explained(dependent, [0, 1, 3], per[:, 5]) is None
    assert explained(dependent, [0, 1, 2], per[:, 2]) == pytest.approx(1)


def test_a_fit_without_features_is_the_mean():
    _, _, per = plain()
    found = fit(prepare(["a"], [""], per[:, :1]), [], per[:, 1])
    assert found.intercept == pytest.approx(per[:, 1].mean())
    assert found.standard_errors[0] == pytest.approx(per[:, 1].std(ddof=1) / np.sqrt(len(per)))
