"""Walking away: profit with the option, equilibrium bids that count on it, and how often."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from pricing.equations.auction import first_price_bid
from pricing.equations.auction_costs import LogNormal, Uniform
from pricing.equations.auction_default import (
    Shock,
    default_chance,
    default_probability,
    default_probability_with_option,
    first_price_bid_with_option,
    margin_of_profit,
    profit_with_option,
    second_price_bid_with_option,
)
from tests.equations.auctions import DECLARED, tender

COSTS = Uniform(lo=80.0, hi=120.0)
shocks = st.builds(
    Shock, deviation=st.floats(1.0, 15.0), bond=st.floats(0.5, 40.0), mean=st.floats(-5.0, 5.0)
)
margins = st.floats(-20.0, 60.0)


@given(shocks, margins)
def test_the_profit_is_the_mean_over_shocks(shock, margin):
    draws = shock.mean + shock.deviation * special.ndtri((np.arange(100_000) + 0.5) / 100_000)
    mean = np.maximum(margin - draws, -shock.bond).mean()
    assert profit_with_option(margin, shock) == pytest.approx(mean, abs=1e-3 * shock.deviation)
    assert default_chance(margin, shock) == pytest.approx(
        np.mean(margin - draws < -shock.bond), abs=2e-5
    )


@given(shocks, margins)
def test_the_option_is_worth_something_and_its_slope_is_the_chance_to_deliver(shock, margin):
    profit = profit_with_option(margin, shock)
    assert profit >= max(margin - shock.mean, -shock.bond) - 1e-9
    slope = profit_with_option(margin + 1e-4, shock) - profit_with_option(margin - 1e-4, shock)
    assert slope / 2e-4 == pytest.approx(1.0 - default_chance(margin, shock), abs=1e-6)


@given(shocks, st.floats(0.0, 50.0))
def test_margin_and_profit_are_inverse(shock, profit):
    margin = margin_of_profit(profit, shock)
    assert profit_with_option(margin, shock) == pytest.approx(profit, abs=1e-9)


@given(shocks, st.floats(50.0, 150.0))
def test_the_second_price_bid_breaks_even_and_rises_with_the_bond(shock, cost):
    bid = second_price_bid_with_option(cost, shock)
    assert profit_with_option(bid - cost, shock) == pytest.approx(0.0, abs=1e-9)
    assert bid <= cost + shock.mean + 1e-9
    more = Shock(deviation=shock.deviation, bond=shock.bond + 1.0, mean=shock.mean)
    assert second_price_bid_with_option(cost, more) >= bid - 1e-9


def test_a_tiny_bond_leaves_a_lowest_bid_and_none_leaves_none():
    tiny = second_price_bid_with_option(100.0, Shock(deviation=8.0, bond=1e-9))
    assert 20.0 < tiny < 100.0
    with pytest.raises(ValueError, match="bond > 0"):
        second_price_bid_with_option(100.0, Shock(deviation=8.0, bond=0.0))


SUBJECTS = [
    tender(COSTS, 2, 120.0),
    tender(COSTS, 5, 105.0),
    tender(COSTS, 40, 120.0),
    *DECLARED.values(),
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_other_bid_is_better_with_the_option(subject):
    shock = Shock(deviation=8.0, bond=3.0, mean=1.0)
    highest = min(subject.ceiling - float(margin_of_profit(0.0, shock)), subject.costs.hi)
    pretended = np.linspace(subject.costs.quantile(1e-6), highest, 401)
    others = first_price_bid_with_option(subject, shock, pretended)
    assert np.all(np.diff(others) >= -1e-6)
    chance = subject.bidders.unrivalled(subject.costs.survival(pretended)) / subject.bidders.mean
    profit = chance * profit_with_option(others - pretended[:, np.newaxis], shock)
    own = np.diagonal(profit)
    assert np.max(profit.max(axis=1) - own) < 1e-6 * subject.ceiling
    assert np.all(own >= -1e-9)


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_high_bond_takes_the_option_away(number):
    subject, shock = tender(COSTS, number, 115.0), Shock(deviation=2.0, bond=60.0)
    costs = np.linspace(80.0, 114.9, 50)
    bids = first_price_bid_with_option(subject, shock, costs)
    np.testing.assert_allclose(bids, first_price_bid(subject, costs), atol=1e-4)
    assert default_probability_with_option(subject, shock) < 1e-12


@given(shocks, st.integers(2, 8), st.floats(95.0, 130.0))
@settings(max_examples=30)
def test_counting_on_the_option_brings_more_default(shock, number, ceiling):
    subject = tender(COSTS, number, ceiling)
    fair = Shock(deviation=shock.deviation, bond=shock.bond)
    naive = default_probability(subject, fair)
    aware = default_probability_with_option(subject, fair)
    assert naive <= aware + 1e-9
    assert 0.0 <= naive <= 1.0
    costs = np.linspace(80.0, min(ceiling, 120.0) - 1e-6, 20)
    bids = first_price_bid_with_option(subject, fair, costs)
    assert np.all(bids <= first_price_bid(subject, costs) + 1e-6)
    assert np.all(bids <= ceiling)


@given(shocks, st.integers(1, 8))
@settings(max_examples=30)
def test_a_higher_bond_brings_less_default(shock, number):
    subject = tender(COSTS, number, 112.0)
    more = Shock(deviation=shock.deviation, bond=shock.bond + 2.0, mean=shock.mean)
    assert default_probability(subject, more) <= default_probability(subject, shock)
    aware = [default_probability_with_option(subject, s) for s in (more, shock)]
    assert aware[0] <= aware[1] + 1e-9


def test_who_costs_too_much_or_finds_no_tender_does_not_bid():
    shock = Shock(deviation=8.0, bond=3.0)
    subject = tender(COSTS, 3, 105.0)
    highest = 105.0 - float(margin_of_profit(0.0, shock))
    bids = first_price_bid_with_option(subject, shock, [highest - 1e-6, highest + 1e-6])
    assert bids[0] == pytest.approx(105.0, abs=1e-4)
    assert np.isnan(bids[1])
    far_below = tender(LogNormal(mean=1000.0, cv=0.01), 3, 60.0)
    for nobody in (tender(COSTS, 0, 105.0), tender(COSTS, 3, 60.0), far_below):
        assert np.isnan(first_price_bid_with_option(nobody, shock, 90.0))
        assert np.isnan(default_probability_with_option(nobody, shock))
        assert np.isnan(default_probability(nobody, shock))


def test_the_mean_over_winners_is_a_mean_over_costs():
    subject = tender(LogNormal(mean=100.0, cv=0.25), 1, 110.0)
    shock = Shock(deviation=10.0, bond=5.0)
    costs = subject.costs.quantile(subject.costs.cdf(110.0) * (np.arange(200_000) + 0.5) / 200_000)
    mean = default_chance(110.0 - costs, shock).mean()
    assert default_probability(subject, shock) == pytest.approx(mean, abs=1e-6)


@pytest.mark.parametrize(
    ("deviation", "bond", "message"),
    [(0.0, 1.0, "standard deviation"), (1.0, -1.0, "bond -1.0"), (1.0, np.inf, "bond inf")],
)
def test_what_is_no_shock_or_bond_is_refused(deviation, bond, message):
    with pytest.raises(ValueError, match=message):
        Shock(deviation=deviation, bond=bond)
