"""Simulated tenders against expected outcomes, on declared seeds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction import Tender, first_price_bid
from pricing.equations.auction_bidders import Bidders, known_number
from pricing.equations.auction_costs import Uniform
from pricing.equations.auction_outcomes import expected_outcome, expected_outcome_announced
from pricing.equations.auction_simulation import simulate_tenders
from tests.equations.auctions import DECLARED, SOME, tender, tenders

SEEDS = range(1, 21)
SIZE = 20_000
COSTS = Uniform(lo=80.0, hi=120.0)


def standard_errors(sample, mean):
    """How many standard errors the sample's mean is off; 0 where it does not vary."""
    error = sample.std(ddof=1) / np.sqrt(sample.size)
    return abs(sample.mean() - mean) / error if error > 1e-9 else abs(sample.mean() - mean) > 1e-6


def uniforms(seed, subject, size=SIZE):
    return np.random.default_rng(seed).random((size, 1 + subject.bidders.most))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", DECLARED)
def test_simulated_means_are_the_expected_ones(name, seed):
    subject = DECLARED[name]
    expected = expected_outcome(subject)
    drawn = simulate_tenders(subject, uniforms(seed, subject))
    awarded = ~drawn.failed
    checks = {
        "failure": (drawn.failed.astype(float), expected.failure_probability),
        "cost": (drawn.winning_cost[awarded], expected.winning_cost),
        "first price": (drawn.first_price[awarded], expected.price),
        "second price": (drawn.second_price[awarded], expected.price),
        "rent": ((drawn.first_price - drawn.winning_cost)[awarded], expected.winner_rent),
        "payment": (np.nan_to_num(drawn.first_price), expected.payment),
        "first spread": (
            (drawn.first_price[awarded] - expected.price) ** 2,
            expected.variance_first_price,
        ),
        "second spread": (
            (drawn.second_price[awarded] - expected.price) ** 2,
            expected.variance_second_price,
        ),
    }
    off = {key: standard_errors(*check) for key, check in checks.items()}
    assert {key: value for key, value in off.items() if value > 4.0} == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_announced_numbers_spread_first_prices_as_expected(seed):
    subject = DECLARED["uniform, number unknown, ceiling above all"]
    expected = expected_outcome_announced(subject)
    price = simulate_tenders(subject, uniforms(seed, subject), announced=True).first_price
    price = price[~np.isnan(price)]
    assert standard_errors(price, expected.price) < 4.0
    spread = (price - expected.price) ** 2
    assert standard_errors(spread, expected.variance_first_price) < 4.0
    assert expected.variance_first_price > 2.0 * expected_outcome(subject).variance_first_price


@given(tenders, st.integers(0, 2**32))
def test_every_tender_keeps_the_rules(subject, seed):
    drawn = simulate_tenders(subject, uniforms(seed, subject, size=40))
    awarded = ~drawn.failed
    assert np.array_equal(awarded, drawn.bids > 0)
    assert np.all(drawn.bids <= drawn.bidders)
    assert np.all(drawn.winner < drawn.bidders)
    assert np.isnan(drawn.winning_cost[drawn.failed]).all()
    assert np.isnan(drawn.first_price[drawn.failed]).all()
    cost = drawn.winning_cost[awarded]
    for price in (drawn.first_price, drawn.second_price):
        assert np.all((price[awarded] >= cost) & (price[awarded] <= subject.ceiling))
    np.testing.assert_array_equal(drawn.first_price[awarded], first_price_bid(subject, cost))
    sole = drawn.bids == 1
    if subject.ceiling < subject.costs.hi:
        assert np.all(drawn.second_price[sole] == subject.ceiling)


def test_a_tender_can_be_followed_by_hand():
    subject = Tender(costs=COSTS, bidders=Bidders(chances=(0.25, 0.25, 0.5)), ceiling=110.0)
    draws = [
        [0.1, 0.0, 0.0],  # nobody comes
        [0.3, 0.5, 0.0],  # one, at 100
        [0.3, 0.9, 0.0],  # one, at 116: too dear
        [0.8, 0.7, 0.2],  # two, at 108 and 88
        [0.8, 0.2, 0.9],  # two, at 88 and 116: one bids
        [0.8, 0.8, 0.9],  # two, both too dear
    ]
    drawn = simulate_tenders(subject, draws)
    nan = np.nan
    assert drawn.bidders.tolist() == [0, 1, 1, 2, 2, 2]
    assert drawn.bids.tolist() == [0, 1, 0, 2, 1, 0]
    assert drawn.winner.tolist() == [-1, 0, -1, 1, 0, -1]
    np.testing.assert_allclose(drawn.winning_cost, [nan, 100, nan, 88, 88, nan])
    np.testing.assert_allclose(drawn.second_price, [nan, 110, nan, 108, 110, nan])
    told = simulate_tenders(subject, draws, announced=True)
    bid = float(first_price_bid(tender(COSTS, 2, 110.0), 88.0))
    np.testing.assert_allclose(told.first_price, [nan, 110, nan, bid, bid, nan])
    assert np.all(drawn.first_price[[1, 3]] < [110.0, 110.0])


def test_no_bidders_at_all_is_a_failed_tender():
    drawn = simulate_tenders(tender(COSTS, 0, 110.0), np.full((3, 1), 0.5))
    assert drawn.failed.all()
    assert drawn.bids.tolist() == [0, 0, 0]


def test_spare_slots_change_nothing():
    subject = Tender(costs=COSTS, bidders=SOME, ceiling=110.0)
    draws = np.random.default_rng(3).random((50, 9))
    wide, narrow = (simulate_tenders(subject, draws[:, :width]) for width in (9, 6))
    np.testing.assert_array_equal(wide.first_price, narrow.first_price)


def test_too_few_uniforms_are_refused():
    with pytest.raises(ValueError, match="3 bidders need one each"):
        simulate_tenders(
            Tender(costs=COSTS, bidders=known_number(3), ceiling=110.0), np.full((4, 3), 0.5)
        )
