"""Prices of non-public offers: closed forms, inversion, limits, random markets."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import lambertw

from pricing.equations.oligopoly import (
    Costs,
    Limits,
    Owners,
    equilibrium,
    invert_costs,
    price_limits,
)
from pricing.equations.oligopoly_market import Market, demand, resized

ALPHA = 1e-5
seeds = st.integers(0, 2**32 - 1)


def plain_market(utility, *, price=100_000.0, lambda_nest=1.0, outside=1.0):
    """One cell, one nest; V at `price` is `utility` by offer."""
    weight = np.exp(np.asarray(utility, dtype=float) / lambda_nest)[None]
    return Market(
        weight=weight,
        slope=np.full_like(weight, ALPHA),
        reference=np.full(weight.shape[1], price),
        rest=np.zeros((1, 1)),
        outside=np.array([outside]),
        episodes=np.array([1000.0]),
        nest=np.zeros(weight.shape[1], dtype=np.int64),
        lambda_nest=np.array([lambda_nest]),
    )


def random_market(seed, offers=8, cells=12):
    """Two nests, several incomes, competitors whose price stands."""
    rng = np.random.default_rng(seed)
    slope = rng.uniform(0.5, 3.0, cells)[:, None] * ALPHA
    return Market(
        weight=np.exp(rng.normal(-1.0, 1.0, (cells, offers))),
        slope=np.broadcast_to(slope, (cells, offers)),
        reference=rng.uniform(0.5e5, 3e5, offers),
        rest=rng.uniform(0.0, 3.0, (cells, 2)),
        outside=rng.uniform(0.1, 3.0, cells),
        episodes=rng.uniform(0.0, 500.0, cells),
        nest=np.sort(rng.integers(0, 2, offers)),
        lambda_nest=rng.uniform(0.4, 1.0, 2),
    )


def owners_of(market, owner=None, n_firms=1.0, non_profit=False):
    count = market.reference.size
    return Owners(
        owner=np.arange(count) if owner is None else np.asarray(owner),
        n_firms=np.full(count, n_firms),
        is_non_profit=np.full(count, non_profit),
    )


def costs_of(market, mc, conduct=1.0):
    count = market.reference.size
    return Costs(
        mc=np.full(count, mc), conduct=np.full(count, conduct), cost_markup=np.full(count, np.nan)
    )


def no_limits(market):
    count = market.reference.size
    return Limits(
        lower=np.zeros(count), upper=np.full(count, np.inf), capacity=np.full(count, np.inf)
    )


def solve(market, mc, conduct=1.0, n_firms=1.0):
    owners = owners_of(market, n_firms=n_firms)
    return equilibrium(market, owners, costs_of(market, mc, conduct), no_limits(market))


def profit(market, owners, costs, price, owner):
    margin = (price - costs.mc) * demand(market, price)
    return margin[owners.owner == owner].sum()


def test_a_monopolist_prices_as_the_lambert_function_says():
    market, mc = plain_market([0.5]), 60_000.0
    price = solve(market, mc).price[0]
    # V + alpha·p at the reference, less 1: the argument of the closed form.
    argument = np.exp(0.5 + ALPHA * (100_000.0 - mc) - 1.0)
    assert price == pytest.approx(mc + (1.0 + lambertw(argument).real) / ALPHA, rel=1e-9)


def test_equal_firms_without_outside_option_take_n_over_n_less_one():
    market = plain_market(np.zeros(4), outside=0.0)
    assert solve(market, 50_000.0).price == pytest.approx(50_000.0 + 4.0 / 3.0 / ALPHA, rel=1e-9)


def test_one_offer_of_n_firms_prices_like_n_offers_of_one():
    market = plain_market([0.3], lambda_nest=0.6)
    split = plain_market([0.3 - 0.6 * np.log(5.0)] * 5, lambda_nest=0.6)
    together, apart = solve(market, 50_000.0, n_firms=5.0), solve(split, 50_000.0)
    assert apart.price == pytest.approx(together.price[0], rel=1e-9)
    assert apart.demand.sum() == pytest.approx(together.demand[0], rel=1e-9)


def test_conduct_zero_is_marginal_cost_and_more_conduct_a_higher_price():
    market = plain_market([0.0, 0.4])
    prices = [solve(market, 50_000.0, theta).price for theta in (0.0, 0.3, 1.0)]
    assert prices[0] == pytest.approx(50_000.0, rel=1e-9)
    assert (prices[0] < prices[1]).all()
    assert (prices[1] < prices[2]).all()


def test_joint_ownership_raises_prices():
    market = plain_market([0.0, 0.4, 0.2])
    costs, limits = costs_of(market, 50_000.0), no_limits(market)
    apart = equilibrium(market, owners_of(market), costs, limits).price
    joint = equilibrium(market, owners_of(market, [0, 0, 1]), costs, limits).price
    assert (joint > apart).all()


@given(seed=seeds)
def test_base_prices_are_reproduced_bit_for_bit(seed):
    market = random_market(seed)
    owners = owners_of(market, np.arange(8) // 3, n_firms=2.0)
    costs = invert_costs(market, owners)
    found = equilibrium(market, owners, costs, no_limits(market))
    assert np.array_equal(found.price, market.reference)
    assert found.residual.max() <= 1e-9
    assert (costs.mc >= market.reference / 3.0 * (1 - 1e-12)).all()
    assert ((costs.conduct > 0.0) & (costs.conduct <= 1.0)).all()
    lower, upper = price_limits(market.reference, costs.mc, np.zeros(8), np.full(8, np.inf))
    assert ((lower <= market.reference) & (market.reference <= upper * (1 + 1e-12))).all()


@given(seed=seeds)
def test_a_margin_too_high_for_its_price_becomes_conduct(seed):
    market = random_market(seed)
    cheap = replace(market, reference=market.reference / 20.0)
    costs = invert_costs(cheap, owners_of(cheap))
    assert costs.mc == pytest.approx(0.7 * cheap.reference, rel=1e-9)
    assert (costs.conduct < 1.0).all()


@given(seed=seeds, shift=st.floats(0.8, 1.3))
def test_random_markets_are_solved_within_limits_and_capacity(seed, shift):
    market = random_market(seed)
    owners = owners_of(market, np.arange(8) // 2)
    costs = invert_costs(market, owners)
    costs = replace(costs, mc=costs.mc * shift)
    rng = np.random.default_rng(seed)
    lower, upper = price_limits(market.reference, costs.mc, np.zeros(8), np.full(8, np.inf))
    capacity = demand(market, market.reference) * rng.uniform(0.8, 1.5, 8)
    limits = Limits(lower=lower, upper=upper, capacity=capacity)
    found = equilibrium(market, owners, costs, limits)
    assert found.residual.max() <= 1e-8
    assert ((found.price >= lower) & (found.price <= upper)).all()
    over = found.demand > limits.capacity * (1 + 1e-7)
    assert (found.is_bound | ~over).all()
    assert (found.scarcity[~found.is_full] == 0.0).all()


@given(seed=seeds)
def test_no_owner_gains_by_moving_its_prices(seed):
    market = random_market(seed)
    owners = owners_of(market, np.arange(8) // 2)
    costs = costs_of(market, 60_000.0)
    price = equilibrium(market, owners, costs, no_limits(market)).price
    step = 1e-4 * price
    for offer in range(8):
        owner = owners.owner[offer]
        best = profit(market, owners, costs, price, owner)
        for sign in (-1.0, 1.0):
            other = price + sign * step * (np.arange(8) == offer)
            assert profit(market, owners, costs, other, owner) <= best * (1 + 1e-12)


@given(seed=seeds, rise=st.floats(0.02, 0.5))
def test_a_dearer_offer_raises_its_price(seed, rise):
    market = random_market(seed)
    owners, limits = owners_of(market), no_limits(market)
    before = equilibrium(market, owners, costs_of(market, 60_000.0), limits)
    mc = np.full(8, 60_000.0)
    mc[3] *= 1.0 + rise
    after = equilibrium(market, owners, replace(costs_of(market, 1.0), mc=mc), limits)
    assert after.price[3] > before.price[3]
    assert after.demand[3] < before.demand[3]


def test_a_full_offer_prices_out_what_it_cannot_serve():
    market = plain_market([1.0, 1.0])
    free = solve(market, 60_000.0)
    capacity = np.array([0.8 * free.demand[0], np.inf])
    limits = replace(no_limits(market), capacity=capacity)
    found = equilibrium(market, owners_of(market), costs_of(market, 60_000.0), limits)
    assert found.demand[0] == pytest.approx(capacity[0], rel=1e-8)
    assert found.is_full.tolist() == [True, False]
    assert found.scarcity[0] > 0.0
    assert found.price[0] > free.price[0]


def test_limits_bind_where_the_owner_would_go_beyond():
    market = plain_market([1.0, 1.0, 1.0])
    free = solve(market, 60_000.0).price
    limits = Limits(
        lower=np.array([0.0, 1.1 * free[1], 0.0]),
        upper=np.array([0.9 * free[0], np.inf, np.inf]),
        capacity=np.full(3, np.inf),
    )
    found = equilibrium(market, owners_of(market), costs_of(market, 60_000.0), limits)
    assert found.price[:2] == pytest.approx([0.9 * free[0], 1.1 * free[1]], rel=1e-12)
    assert found.is_bound.tolist() == [True, True, False]
    assert found.residual.max() <= 1e-8


def test_a_sister_offer_at_its_ceiling_counts_with_the_margin_it_really_earns():
    market = plain_market([1.0, 1.0])
    owners, costs = owners_of(market, [0, 0]), costs_of(market, 60_000.0)
    limits = replace(no_limits(market), upper=np.array([80_000.0, np.inf]))
    price = equilibrium(market, owners, costs, limits).price
    assert price[0] == 80_000.0
    for sign in (-1.0, 1.0):
        other = price + np.array([0.0, sign * 10.0])
        assert profit(market, owners, costs, other, 0) < profit(market, owners, costs, price, 0)


def test_a_non_profit_owner_prices_by_cost_only():
    market = plain_market([0.0, 0.5])
    owners = owners_of(market, non_profit=True)
    costs = invert_costs(market, owners)
    assert costs.mc == pytest.approx(0.7 * market.reference)
    dearer = equilibrium(market, owners, replace(costs, mc=1.1 * costs.mc), no_limits(market))
    assert dearer.price == pytest.approx(1.1 * market.reference, rel=1e-9)


def test_users_who_do_not_respond_leave_the_price_to_cost():
    market = plain_market([0.0, 0.5])
    still = replace(market, slope=np.zeros_like(market.slope))
    costs = invert_costs(still, owners_of(still))
    assert costs.cost_markup == pytest.approx(3.0 / 7.0)
    found = equilibrium(still, owners_of(still), costs, no_limits(still))
    assert found.price == pytest.approx(still.reference, rel=1e-12)


def test_an_offer_that_is_not_open_changes_nobody():
    market = plain_market([0.0, 0.5, 0.2])
    closed = resized(market, [1.0, 1.0, 0.0])
    found = solve(closed, 60_000.0)
    two = solve(plain_market([0.0, 0.5]), 60_000.0)
    assert found.price[:2] == pytest.approx(two.price, rel=1e-9)
    assert found.price[2] == closed.reference[2]
    assert found.demand[2] == 0.0
    costs = invert_costs(closed, owners_of(closed))
    assert costs.mc[2] == pytest.approx(0.7 * closed.reference[2])
    assert costs.conduct[2] == 1.0
    assert np.isnan(costs.cost_markup[2])


def test_limits_of_a_year():
    last, mc = np.array([100.0, 100.0, 100.0, 100.0]), np.array([90.0, 36.0, 90.0, 20.0])
    floor, ceiling = np.array([0.0, 0.0, 120.0, 0.0]), np.array([110.0, np.inf, np.inf, np.inf])
    lower, upper = price_limits(last, mc, floor, ceiling)
    assert lower == pytest.approx([85.0, 85.0, 120.0, 85.0])
    assert upper == pytest.approx([110.0, 108.0, 120.0, 85.0])


def test_a_floor_above_its_ceiling_is_refused():
    with pytest.raises(ValueError, match="floor"):
        price_limits(np.ones(1), np.ones(1), np.array([2.0]), np.ones(1))
