"""First-price bids against closed forms, and against every other bid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.equations.auction import (
    Tender,
    bid_shading,
    equilibrium,
    first_price_bid,
    misjudged,
)
from pricing.equations.auction_bidders import known_number
from pricing.equations.auction_costs import LogNormal, Power, Uniform
from tests.equations.auctions import DECLARED, SOME, distributions, random_numbers, tender, tenders

UNIT = Uniform(lo=0.0, hi=1.0)


@pytest.mark.parametrize("number", [2, 3, 8, 30, 60])
@pytest.mark.parametrize("ceiling", [0.3, 0.8, 1.0, 1.4])
def test_uniform_costs_have_a_closed_form(number, ceiling):
    costs = np.linspace(0.0, min(ceiling, 1.0), 401)[:-1]
    above, top = 1.0 - costs, 1.0 - min(ceiling, 1.0)
    closed = costs + (above**number - top**number) / (number * above ** (number - 1))
    bids = first_price_bid(tender(UNIT, number, ceiling), costs)
    np.testing.assert_allclose(bids, closed, atol=1e-12)


def test_power_costs_have_a_closed_form():
    costs = np.linspace(0.0, 0.99, 100)
    bids = first_price_bid(tender(Power(draws=2.5, lo=0, hi=1), 4, 1.0), costs)
    np.testing.assert_allclose(bids, costs + (1.0 - costs) / (2.5 * 3 + 1), atol=1e-12)


@given(distributions, st.floats(125.0, 400.0))
def test_a_sole_bidder_asks_the_ceiling(costs, ceiling):
    bids = first_price_bid(tender(costs, 1, ceiling), [costs.quantile(0.1), costs.quantile(0.6)])
    np.testing.assert_allclose(bids, ceiling, rtol=1e-14)


@given(tenders)
def test_bids_lie_between_cost_and_ceiling_and_rise_with_cost(subject):
    costs = np.linspace(0.5 * subject.costs.lo, subject.ceiling, 200)
    bids = first_price_bid(subject, costs)
    assert np.all(bids >= costs)
    assert np.all(bids <= subject.ceiling)
    assert np.all(np.diff(bids) >= -1e-9)
    assert np.all(bid_shading(subject, costs) == bids - costs)


@given(tenders)
def test_who_costs_more_than_the_ceiling_does_not_bid(subject):
    assert np.isnan(first_price_bid(subject, [subject.ceiling + 1e-9, 1e6])).all()
    assert np.isnan(bid_shading(subject, 1e6))
    assert first_price_bid(subject, np.full((2, 3), subject.costs.lo)).shape == (2, 3)


@given(tenders, st.floats(0.02, 0.98))
@settings(max_examples=50)
def test_no_other_bid_is_better(subject, place):
    cost = subject.costs.quantile(place * subject.costs.cdf(subject.top))
    pretended = np.linspace(subject.costs.lo, subject.top, 301)
    others = first_price_bid(subject, pretended)
    chance = subject.bidders.unrivalled(subject.costs.survival(pretended)) / subject.bidders.mean
    own_chance = subject.bidders.unrivalled(subject.costs.survival(cost)) / subject.bidders.mean
    profit = (first_price_bid(subject, cost) - cost) * own_chance
    assert np.max((others - cost) * chance) <= profit + 1e-9 * subject.ceiling


@given(distributions, random_numbers(), st.floats(85.0, 140.0), st.floats(1e-6, 0.95))
def test_an_unknown_number_averages_the_bids_for_known_ones(costs, law, ceiling, place):
    """Harstad, Kagel & Levin (1990): weights are the chances of each number if one wins."""
    whole = Tender(costs=costs, bidders=law, ceiling=ceiling)
    cost = costs.quantile(place * costs.cdf(whole.top))
    above = costs.survival(cost)
    weight = [n * c * above ** (n - 1) for n, c in enumerate(law.chances) if n]
    bids = [float(first_price_bid(tender(costs, n, ceiling), cost)) for n in range(1, law.most + 1)]
    mean = np.average(bids, weights=weight)
    assert first_price_bid(whole, cost) == pytest.approx(mean, rel=1e-9)


def test_fear_of_rivals_shades_bids_less():
    margins = [bid_shading(tender(UNIT, n, 1.0), 0.4) for n in (1, 2, 4, 8)]
    assert margins == sorted(margins, reverse=True)
    unknown = bid_shading(DECLARED["uniform, number unknown, ceiling above all"], 100.0)
    known = [bid_shading(tender(Uniform(lo=80, hi=120), n, 130.0), 100.0) for n in (1, 5)]
    assert known[1] < unknown < known[0]


def test_costs_outside_the_support_bid_as_its_ends():
    subject = tender(Uniform(lo=80, hi=120), 2, 130.0)
    low, at_lo, at_hi, high = first_price_bid(subject, [60.0, 80.0, 120.0, 125.0])
    assert low == at_lo == pytest.approx(100.0)
    assert at_hi == pytest.approx(120.0)
    assert high == 125.0  # beaten for certain, but never below cost


@pytest.mark.parametrize(
    "hopeless",
    [
        tender(Uniform(lo=80, hi=120), 3, 70.0),
        tender(Uniform(lo=80, hi=120), 3, 80.0),
        tender(Uniform(lo=80, hi=120), 0, 110.0),
        tender(LogNormal(mean=100, cv=0.1), 3, 1.0),
    ],
)
def test_where_nobody_can_bid_there_is_no_equilibrium(hopeless):
    assert equilibrium(hopeless) is None
    assert np.isnan(first_price_bid(hopeless, [60.0, 90.0])).all()


def test_a_misjudged_ceiling_is_a_multiple():
    subject = tender(UNIT, 2, 0.5)
    assert misjudged(subject, 1.5) == tender(UNIT, 2, 0.75)


def test_equal_tenders_share_one_equilibrium():
    first = equilibrium(Tender(costs=UNIT, bidders=SOME, ceiling=0.7))
    assert equilibrium(Tender(costs=Uniform(lo=0, hi=1), bidders=SOME, ceiling=0.7)) is first
    assert equilibrium(Tender(costs=UNIT, bidders=known_number(3), ceiling=0.7)) is not first


@pytest.mark.parametrize("ceiling", [-1.0, np.inf, np.nan])
def test_what_is_no_ceiling_is_refused(ceiling):
    with pytest.raises(ValueError, match="ceiling price"):
        tender(UNIT, 2, ceiling)
