"""Tenders on quality and price: the optimal rule under-rewards quality; exclusions and ties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction_costs import LogNormal, Power, Uniform
from pricing.equations.auction_scoring import (
    QualityValue,
    ScoreTender,
    first_score_bid,
    optimal_rule,
    quasi_linear_scores,
    weighted_scores,
    worth_rule,
)

tenders = st.builds(
    ScoreTender,
    costs=st.sampled_from(
        [Uniform(lo=1.0, hi=2.0), Power(draws=0.8, lo=1.0, hi=3.0), LogNormal(mean=2.0, cv=0.3)]
    ),
    bidders=st.integers(2, 8),
    value=st.builds(QualityValue, scale=st.floats(0.5, 2.0), exponent=st.floats(0.2, 0.7)),
)


@given(tenders)
def test_the_optimal_rule_buys_less_quality_and_serves_the_buyer_better(tender):
    naive, optimal = worth_rule(tender), optimal_rule(tender)
    assert optimal.quality < naive.quality
    assert optimal.utility >= naive.utility


@given(tenders, st.floats(1.0, 1.9))
def test_quality_is_efficient_and_rents_fall_with_cost(tender, theta):
    low, high = (first_score_bid(tender, at) for at in (theta, theta + 0.05))
    marginal = tender.value.scale * low.quality ** (tender.value.exponent - 1.0)
    assert marginal == pytest.approx(theta)
    assert low.score > high.score
    assert low.price > theta * low.quality


def test_the_price_bid_and_the_virtual_cost_agree_on_the_mean():
    """E[price] of the winner's bids, from θ of simulated tenders on a fine lattice."""
    tender = ScoreTender(costs=Uniform(lo=1.0, hi=2.0), bidders=3, value=QualityValue())
    share = (np.arange(20_000) + 0.5) / 20_000
    lowest = tender.costs.quantile(1.0 - (1.0 - share) ** (1.0 / 3.0))
    assert first_score_bid(tender, lowest).price.mean() == pytest.approx(
        worth_rule(tender).price, abs=1e-5
    )


def test_two_bidders_in_closed_form():
    tender = ScoreTender(costs=Uniform(lo=1.0, hi=2.0), bidders=2, value=QualityValue())
    t = np.array([1.0, 1.4, 1.8])
    price = 1.0 / t + ((2.0 / t - 1.0) - np.log(2.0 / t)) / (2.0 - t)
    np.testing.assert_allclose(first_score_bid(tender, t).price, price, rtol=1e-10)


def test_who_costs_most_earns_nothing():
    tender = ScoreTender(costs=Uniform(lo=1.0, hi=2.0), bidders=2, value=QualityValue())
    bid = first_score_bid(tender, 2.0)
    assert bid.price == pytest.approx(2.0 * bid.quality)


@pytest.mark.parametrize(("scale", "exponent"), [(0.0, 0.5), (1.0, 1.0), (1.0, 0.0)])
def test_worth_that_is_not_concave_is_refused(scale, exponent):
    with pytest.raises(ValueError, match="quality worth"):
        QualityValue(scale=scale, exponent=exponent)


def test_one_bidder_is_refused():
    with pytest.raises(ValueError, match="needs two"):
        ScoreTender(costs=Uniform(lo=1.0, hi=2.0), bidders=1, value=QualityValue())


def test_lots_are_scored_side_by_side():
    technical = [[92.0, 85.0, 60.0], [50.0, 60.0, 65.0], [80.0, 80.0, 10.0]]
    price = [[100.0, 90.0, 10.0], [1.0, 2.0, 3.0], [50.0, 50.0, 50.0]]
    scores = weighted_scores(technical, price, [[0.5], [0.5], [0.0]], 70.0)
    assert scores.winner.tolist() == [1, -1, 0]
    assert scores.admitted.sum(axis=1).tolist() == [2, 0, 2]
    assert np.isnan(scores.score[1]).all()
    assert scores.score[2, :2].tolist() == [100.0, 100.0]


@given(st.floats(0.0, 1.0), st.integers(0, 2))
def test_a_lower_price_never_loses_a_tender_that_was_won(weight, bid):
    technical, price = np.array([92.0, 85.0, 78.0]), np.array([100.0, 90.0, 84.0])
    before = weighted_scores(technical, price, weight, 70.0)
    price[bid] *= 0.9
    after = weighted_scores(technical, price, weight, 70.0)
    if before.winner == bid:
        assert after.winner == bid


def test_a_quasi_linear_score_weighs_worth_against_price():
    scores = quasi_linear_scores([10.0, 14.0, 30.0], [5.0, 8.0, 21.0], ceiling=20.0)
    assert scores.winner == 1
    assert scores.score[:2].tolist() == [5.0, 6.0]
    assert np.isnan(scores.score[2])
    assert quasi_linear_scores([1.0], [2.0], 1.0).winner == -1
