"""Intervals for the shares: what they must say, and that they say the same again."""

from decimal import Decimal

import numpy as np
import pytest

from allocation.core.bootstrap import as_json, bootstrap
from allocation.core.combining import cluster_models, combine
from allocation.core.errors import AllocationError
from allocation.core.refit import FitData, refit

SHARES = {"handhaving": Decimal(3), "opsporing": Decimal(1)}


def country(noise=0.0005, rows=120, seed=4):
    chance = np.random.default_rng(seed)
    inhabitants = chance.lognormal(10, 1, rows).round() + 500
    per = chance.lognormal(-3, 0.6, (rows, 5))
    workloads = np.column_stack([0.01 + 0.2 * per[:, 0], 0.004 + 0.1 * per[:, 1]])
    workloads += noise * chance.standard_normal((rows, 2))
    return FitData(
        codes=tuple(f"GM{row:04}" for row in range(rows)),
        inhabitants=inhabitants,
        clusters=("handhaving", "opsporing"),
        workloads=workloads * inhabitants[:, None],
        features=("k0", "k1", "k2", "k3", "k4"),
        categories=tuple("abcde"),
        values=per * inhabitants[:, None],
    )


def units_of(data):
    return {code: ("Noord", "Midden", "Zuid")[row % 3] for row, code in enumerate(data.codes)}


def test_the_share_in_the_middle_is_that_of_the_rekenvariant():
    data = country()
    found = bootstrap(data, units_of(data), SHARES, draws=20)
    model = combine(cluster_models(refit(data)), SHARES, code="proef", name="Proef")
    columns = dict(zip(data.features, data.values.T, strict=True)) | {"inwoners": data.inhabitants}
    raw = dict.fromkeys(("Noord", "Midden", "Zuid"), 0.0)
    for row, code in enumerate(data.codes):
        raw[units_of(data)[code]] += sum(float(weight) * columns[name][row] for name, weight in model.weights.items())
    for one in found.intervals:
        assert one.share == pytest.approx(raw[one.unit] / sum(raw.values()), abs=1e-8)
        assert one.low <= one.median <= one.high
    assert sum(one.share for one in found.intervals) == pytest.approx(1)
    assert [one.unit for one in found.intervals] == ["Midden", "Noord", "Zuid"]


def test_the_same_seed_gives_the_same_digits_and_another_seed_others():
    data = country()
    once, again, other = (as_json(bootstrap(data, units_of(data), SHARES, draws=15, seed=seed)) for seed in (1, 1, 2))
    assert once == again
    assert once["units"] != other["units"]


def test_more_noise_gives_wider_intervals():
    widths = []
    for noise in (0.0005, 0.005):
        data = country(noise)
        widths.append(sum(one.high - one.low for one in bootstrap(data, units_of(data), SHARES, draws=60).intervals))
    assert widths[0] * 1.5 < widths[1]


def test_without_noise_the_shares_do_not_move():
    data = country(noise=0)
    for one in bootstrap(data, units_of(data), SHARES, draws=20).intervals:
        assert one.low == pytest.approx(one.high, abs=1e-12)


def test_an_interval_is_about_as_wide_as_what_fresh_noise_does_to_the_share():
    data = country()
    spread = bootstrap(data, units_of(data), SHARES, draws=200).intervals[0].deviation
    chance = np.random.default_rng(9)
    exact = country(noise=0)
    fresh = []
    for _ in range(100):
        noise = 0.0005 * chance.standard_normal(data.workloads.shape) * data.inhabitants[:, None]
        again = FitData(**{**vars(exact), "workloads": exact.workloads + noise})
        fresh.append(bootstrap(again, units_of(data), SHARES, draws=1).intervals[0].share)
    assert 0.5 < spread / np.std(fresh, ddof=1) < 2


def test_a_feature_that_matters_is_chosen_in_every_draw():
    data = country()
    chosen = bootstrap(data, units_of(data), SHARES, draws=20).chosen
    assert chosen["handhaving"]["k0"] == 1
    assert chosen["opsporing"]["k1"] == 1


def test_a_cluster_with_share_zero_does_not_count():
    data = country()
    alone = bootstrap(data, units_of(data), {"handhaving": Decimal(1)}, draws=3)
    zero = bootstrap(data, units_of(data), {"handhaving": Decimal(2), "opsporing": Decimal(0)}, draws=3)
    assert alone.intervals == zero.intervals


def test_progress_is_told_and_can_end_the_work():
    data = country()
    heard = []

    def tell(done, total):
        heard.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bootstrap(data, units_of(data), SHARES, draws=10, tell=tell)
    assert heard == [(1, 10), (2, 10), (3, 10)]


def test_a_municipality_without_a_unit_is_named():
    data = country()
    with pytest.raises(AllocationError, match="Van gemeente GM0007 is niet bekend in welke politie-eenheid"):
        bootstrap(data, {**units_of(data), "GM0007": ""}, SHARES, draws=3)


def test_draws_without_a_usable_model_are_counted_and_too_many_refused():
    data = country(noise=0.05)
    per = data.workloads / data.inhabitants[:, None]
    around_nothing = FitData(
        **{**vars(data), "workloads": (per - per.mean(axis=0) + 0.0005) * data.inhabitants[:, None]}
    )
    with pytest.raises(AllocationError, match=r"trekkingen geven geen bruikbaar model|tot nul of minder"):
        bootstrap(around_nothing, units_of(data), SHARES, draws=40)
