"""Paired comparison: intervals that cover, probabilities that promise no more than they can."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from pricing.compare.paired import (
    half_width,
    jeffreys_interval,
    pairing_gain,
    probability_lower,
    spread,
    variance,
)

SCRAMBLING = np.repeat(np.arange(8), 4)
FINITE = st.floats(-1e6, 1e6)


def test_spread_of_known_numbers() -> None:
    values = np.arange(4.0).reshape(4, 1, 1) + np.array([-1.0, 1.0]).reshape(1, 2, 1)
    found = spread(values, np.array([0, 0, 1, 1]))
    assert found.mean == 1.5
    assert found.p50 == 1.5
    assert found.p05 == pytest.approx(0.15)
    assert found.p95 == pytest.approx(2.85)
    half = stats.t.ppf(0.975, 1) * np.std([0.5, 2.5], ddof=1) / np.sqrt(2)
    assert found.estimate_high == pytest.approx(1.5 + half)
    assert found.estimate_low == pytest.approx(1.5 - half)


@given(arrays(float, (8, 2, 3), elements=FINITE))
def test_band_and_interval_hold_what_they_must(values) -> None:
    found = spread(values, np.repeat(np.arange(4), 2))
    assert np.all((found.p05 <= found.p50) & (found.p50 <= found.p95))
    slack = 1e-9 * (1.0 + np.abs(values).max())
    assert np.all(found.estimate_low - slack <= found.mean)
    assert np.all(found.mean <= found.estimate_high + slack)


def test_nothing_differs_from_itself() -> None:
    zero = spread(np.zeros((32, 2, 5)), SCRAMBLING)
    for part in (zero.mean, zero.p05, zero.p50, zero.p95, zero.estimate_low, zero.estimate_high):
        assert np.array_equal(part, np.zeros(5))
    assert np.array_equal(probability_lower(np.zeros((32, 2, 5))), np.full(5, 0.5))


def test_one_scrambling_says_nothing_of_its_error() -> None:
    found = spread(np.ones((4, 2, 1)), np.zeros(4, int))
    assert np.isnan(found.estimate_low)
    assert np.isnan(found.estimate_high)
    assert found.mean == 1.0


def test_undefined_trials_leave_the_measure_undefined_and_no_other() -> None:
    values = np.ones((4, 2, 2))
    values[1, 0, 0] = np.nan
    found = spread(values, np.array([0, 0, 1, 1]))
    assert np.isnan(found.mean[0])
    assert np.isnan(found.p05[0])
    assert found.mean[1] == found.p05[1] == 1.0


def test_interval_covers_at_its_level() -> None:
    means = np.random.default_rng(3).normal(size=(8, 20_000))
    covered = np.mean(np.abs(means.mean(axis=0)) <= half_width(means))
    assert covered == pytest.approx(0.95, abs=0.005)


def test_probability_never_beyond_what_futures_show() -> None:
    down = np.full((4, 2, 1), -1.0)
    assert probability_lower(down) == 4 / 5
    assert probability_lower(-down) == 1 / 5
    mixed = np.array([-1.0, -1.0, 0.0, 5.0]).reshape(4, 1, 1)
    assert probability_lower(mixed) == 2.5 / 4


def test_probability_is_over_futures_of_the_mean_over_replications() -> None:
    difference = np.array([[-3.0, 1.0], [-1.0, 2.0]])[:, :, None]
    assert probability_lower(difference) == 0.5


@given(arrays(float, (6, 2, 2), elements=FINITE))
def test_probabilities_of_lower_and_higher_sum_to_one(difference) -> None:
    both = probability_lower(difference) + probability_lower(-difference)
    assert np.allclose(both, 1.0)


def test_jeffreys_interval_against_the_textbook() -> None:
    low, high = jeffreys_interval(7, 10)
    expected = stats.beta(7.5, 3.5).ppf([0.025, 0.975])
    assert (low, high) == pytest.approx(tuple(expected))
    assert jeffreys_interval(0, 10)[0] == 0.0
    assert jeffreys_interval(10, 10)[1] == 1.0


def test_variance_finds_both_parts() -> None:
    rng = np.random.default_rng(4)
    values = 3.0 * rng.normal(size=(4000, 1, 1)) + rng.normal(size=(4000, 4, 1))
    found = variance(values)
    assert found.futures == pytest.approx(9.0, rel=0.1)
    assert found.chance == pytest.approx(1.0, rel=0.1)


def test_variance_without_replications_or_futures() -> None:
    assert variance(np.ones((4, 1, 1))).chance == 0.0
    assert variance(np.ones((1, 4, 1))).futures == 0.0


def test_common_chance_is_what_pairing_gains() -> None:
    rng = np.random.default_rng(5)
    common = rng.normal(size=(200, 1, 1)) + rng.normal(size=(200, 4, 1))
    own = common + 0.1 * rng.normal(size=(200, 4, 1))
    gain = pairing_gain(own, common)
    assert gain.chance > 100.0
    assert gain.futures > 100.0
    unpaired = pairing_gain(rng.normal(size=(200, 4, 1)), rng.normal(size=(200, 4, 1)))
    assert unpaired.chance == pytest.approx(1.0, rel=0.3)
    assert np.isinf(pairing_gain(common, common).chance)
