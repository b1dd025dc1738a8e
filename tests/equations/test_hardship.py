"""Hardship: thresholds, who has nothing, the poor below the line, samples of known shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.hardship import (
    benefit_incidence,
    beta_share_catastrophe,
    catastrophic,
    poverty,
)

households = st.lists(
    st.tuples(st.floats(0.0, 1e3), st.floats(1.0, 1e4), st.floats(0.1, 10.0)),
    min_size=2,
    max_size=30,
)


@given(households, st.floats(0.01, 0.9))
def test_a_higher_threshold_is_passed_by_fewer_and_by_less(drawn, threshold):
    paid, means, weight = np.array(drawn).T
    paid = np.minimum(paid, means)
    low = catastrophic(paid, means, threshold, means, weight)
    high = catastrophic(paid, means, 1.1 * threshold, means, weight)
    assert high.headcount <= low.headcount
    assert high.overshoot <= low.overshoot
    assert low.overshoot <= low.headcount * (1.0 - threshold) + 1e-12
    if low.headcount > 0.0:
        assert low.mean_positive_overshoot == pytest.approx(low.overshoot / low.headcount)


def test_payments_of_the_poor_weigh_more_than_a_head_and_of_the_rich_less():
    means = np.arange(1.0, 11.0)
    poor, rich = (means <= 2.0) * 0.5 * means, (means >= 9.0) * 0.5 * means
    assert catastrophic(poor, means, 0.1, means).rank_weighted_headcount > 0.2
    assert catastrophic(rich, means, 0.1, means).rank_weighted_headcount < 0.2
    assert catastrophic(rich, means, 0.1, means).rank_weighted_overshoot < 0.08


def test_who_pays_without_resources_is_above_any_threshold():
    found = catastrophic([5.0, 0.0], [0.0, 0.0], 0.25)
    assert (found.headcount, found.overshoot) == (0.5, 0.375)
    assert np.isnan(found.headcount_concentration)


def test_nobody_above_leaves_no_mean_overshoot():
    assert np.isnan(catastrophic([0.0, 0.0], [1.0, 2.0], 0.1).mean_positive_overshoot)


def test_just_as_much_as_the_line_is_not_poor():
    found = poverty([10.0, 20.0, 30.0], 20.0)
    assert found.headcount == pytest.approx(1.0 / 3.0)
    assert found.gap == pytest.approx(10.0 / 3.0)
    assert found.mean_positive_gap == pytest.approx(10.0)
    assert found.normalised_gap == pytest.approx(1.0 / 6.0)
    assert found.squared_gap == pytest.approx(0.25 / 3.0)
    assert np.isnan(poverty([30.0], 20.0).mean_positive_gap)


@given(households, st.floats(1.0, 5e3))
def test_payments_never_lift_anybody_out_of_poverty(drawn, line):
    paid, means, weight = np.array(drawn).T
    before, after = poverty(means, line, weight), poverty(means - paid, line, weight)
    assert after.headcount >= before.headcount
    assert after.gap >= before.gap - 1e-9


def test_a_sample_of_known_shares_has_their_headcount_and_overshoot():
    share = np.random.default_rng(20261125).beta(0.5, 6.0, 200_000)
    for threshold in (0.1, 0.25):
        found = catastrophic(share, np.ones(share.size), threshold)
        headcount, overshoot = beta_share_catastrophe(0.5, 6.0, threshold)
        assert found.headcount == pytest.approx(float(headcount), abs=0.004)
        assert found.overshoot == pytest.approx(float(overshoot), abs=0.001)


def test_a_subsidy_is_what_the_fee_leaves_of_the_cost():
    found = benefit_incidence([12.0, 60.0], [3.0, 60.0], [[10.0, 1.0], [5.0, 2.0]])
    np.testing.assert_allclose(found, [[90.0, 0.0], [45.0, 0.0]])
