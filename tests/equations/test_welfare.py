"""The price derivative of compensating variation is minus the use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.choice import (
    choose,
    fixed_part,
    log_sums,
    monthly_part,
    nested_logit,
    nests_of,
    price_utility,
    volumes,
)
from pricing.equations.welfare import burden_variation, compensating_variation

SLICES = (slice(0, 2), slice(2, 5))


@given(st.integers(0, 2**32 - 1), st.integers(0, 4), st.floats(0.3, 1.0))
def test_the_price_derivative_is_use(seed, offer, lambda_nest):
    rng = np.random.default_rng(seed)
    nests = nests_of(SLICES, lambda_nest)
    fixed = fixed_part(rng.normal(size=(2, 3, 5)), nests)
    constant, price = rng.normal(size=(2, 5, 1)), rng.uniform(1e5, 1e6, (2, 5, 1))
    alpha, income = np.array([12.0, 30.0]), np.array([2e6, 9e6])

    def solve(change):
        moved = price.copy()
        moved[:, offer] += change
        utility = price_utility(constant, alpha[:, None, None], moved, income[:, None, None])
        return choose(fixed, monthly_part(utility, np.zeros(2), nests), nests)

    step = 10.0
    gain = compensating_variation(
        log_sums(solve(-step)), log_sums(solve(step)), alpha[:, None, None], income[:, None, None]
    )
    use = volumes(solve(0.0), np.ones((2, 3, 1)))[:, offer]
    np.testing.assert_allclose(gain.sum(axis=1) / (2.0 * step), -use, rtol=1e-5, atol=1e-9)


def test_the_logsum_is_the_area_under_compensated_demand():
    def solve(price):
        return nested_logit(price_utility([0.0, 1.0], 0.04, [0.0, price]), [0, 1], 1.0)

    grid = np.linspace(20.0, 30.0, 2001)
    area = np.trapezoid([solve(p).probability[1] for p in grid], grid)
    gain = compensating_variation(solve(20.0).log_sum, solve(30.0).log_sum, 0.04)
    assert gain == pytest.approx(-area, rel=1e-6)


@given(st.floats(0.1, 5.0), st.floats(0.1, 5.0))
def test_a_gain_as_a_share_of_income_times_income_is_the_gain(before, after):
    share = compensating_variation(before, after, 12.0)
    assert compensating_variation(before, after, 12.0, 3e6) == pytest.approx(3e6 * share)


def test_without_price_response_a_rise_costs_its_volume():
    gain = burden_variation(np.array([10.0, 5.0]), np.array([2.0, -1.0]))
    assert gain.tolist() == [-20.0, 5.0]
