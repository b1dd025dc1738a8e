"""The owners' market: volumes of the need's choice, derivatives by finite differences."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.choice import choose, fixed_part, monthly_part, nests_of, volumes
from pricing.equations.oligopoly_market import (
    demand,
    market_of,
    price_derivatives,
    resized,
    shares,
)

SLICES = (slice(0, 3), slice(3, 5), slice(5, 9))
MOVING = np.array([4, 5, 6, 8])
ALPHA = np.array([3e-5, 1e-5, 5e-6])

seeds = st.integers(0, 2**32 - 1)


def need(seed):
    """A need of nine offers, and its choice at prices (offer,)."""
    rng = np.random.default_rng(seed)
    nests = nests_of(SLICES, rng.uniform(0.4, 1.0, 3))
    fixed = rng.normal(0.0, 1.0, (3, 4, 9))
    fixed[rng.random(fixed.shape) < 0.1] = -np.inf
    paid = np.array([1.0, 0.4])
    constant = rng.normal(0.0, 1.0, (3, 9, 1))
    episodes = rng.uniform(0.0, 50.0, (3, 4, 2))
    episodes[0, 0] = 0.0

    def choice(price):
        utility = constant - ALPHA[:, None, None] * price[:, None] * paid
        return choose(fixed_part(fixed, nests), monthly_part(utility, np.zeros(3), nests), nests)

    price = rng.uniform(0.5e5, 3e5, 9)
    slope = ALPHA[:, None, None] * paid
    return choice, price, market_of(choice(price), episodes, MOVING, slope, price[MOVING]), episodes


@given(seed=seeds)
def test_the_market_has_the_volumes_of_the_choice_at_any_price(seed):
    choice, price, market, episodes = need(seed)
    other = price.copy()
    other[MOVING] *= [0.8, 1.1, 1.5, 1.0]
    for prices in (price, other):
        expected = volumes(choice(prices), episodes).sum(axis=(0, 2))[MOVING]
        np.testing.assert_allclose(demand(market, prices[MOVING]), expected, rtol=1e-10)


@given(seed=seeds)
def test_derivatives_are_those_of_finite_differences(seed):
    _, price, market, _ = need(seed)
    at = price[MOVING]
    own, cross = price_derivatives(market, shares(market, at), np.ones(4))
    for offer in range(4):
        step = 10.0 * (np.arange(4) == offer)
        slope = (demand(market, at + step) - demand(market, at - step)) / 20.0
        expected = cross[offer].copy()
        expected[offer] = -own[offer]
        np.testing.assert_allclose(slope, expected, rtol=1e-5, atol=1e-10)


@given(seed=seeds)
def test_size_is_that_many_equal_offers(seed):
    _, price, market, _ = need(seed)
    at = price[MOVING]
    twice = demand(resized(market, [1.0, 2.0, 1.0, 0.0]), at)
    assert twice[3] == 0.0
    assert twice[1] > demand(market, at)[1]
    assert twice[1] <= 2.0 * demand(resized(market, [1.0, 1.0, 1.0, 0.0]), at)[1]
