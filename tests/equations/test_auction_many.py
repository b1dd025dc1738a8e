"""Many tenders at once: the bids of each are those of the tender by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.equations.auction import Tender, first_price_bid
from pricing.equations.auction_bidders import Bidders
from pricing.equations.auction_costs import LogNormal
from pricing.equations.auction_many import Tenders, first_price_bids

MOST = 9
SCORES = np.array([-30.0, -7.0, -3.0, -1.0, 0.0, 0.4, 1.0, 2.0, 3.0, 5.0, 7.9, 9.0])
numbers = st.lists(st.floats(0.0, 1.0), min_size=MOST + 1, max_size=MOST + 1).filter(
    lambda weights: sum(weights[1:]) > 0.1
)
lots = st.tuples(st.floats(1e3, 1e6), st.floats(0.02, 0.8), st.floats(-4.0, 12.0), numbers)


def tenders(*drawn: tuple[float, float, float, list[float]]) -> Tenders:
    """Tenders of a median, a sigma, a score of the ceiling and weights of the number of bidders."""
    median, sigma, score, weights = (np.array(part) for part in zip(*drawn, strict=True))
    return Tenders(
        median=median,
        sigma=sigma,
        ceiling=median * np.exp(sigma * score),
        chances=(weights / weights.sum(axis=1)[:, None]).T,
    )


def alone(many: Tenders, row: int, cost: np.ndarray) -> np.ndarray:
    """Bids in one of the tenders by the equations for a single one."""
    spread = many.sigma[row] ** 2
    costs = LogNormal(
        mean=float(many.median[row] * np.exp(spread / 2.0)), cv=float(np.sqrt(np.expm1(spread)))
    )
    chances = many.chances[:, row]
    known = Bidders(chances=tuple((chances / chances.sum()).tolist()))
    return first_price_bid(Tender(costs=costs, bidders=known, ceiling=many.ceiling[row]), cost)


@settings(max_examples=40)
@given(st.lists(lots, min_size=1, max_size=4))
def test_the_bids_are_those_of_each_tender_alone(drawn):
    many = tenders(*drawn)
    for row in range(len(drawn)):
        cost = many.median[row] * np.exp(many.sigma[row] * SCORES)
        expected = alone(many, row, cost)
        found, _ = first_price_bids(many, np.full(cost.size, row), cost)
        np.testing.assert_array_equal(np.isnan(found), cost > many.ceiling[row])
        # beyond a score of seven the single one drops panels of its grid
        shown = ~np.isnan(found) & (SCORES < 7.0)
        np.testing.assert_allclose(found[shown], expected[shown], rtol=2e-7)


@given(lots, st.floats(-3.0, 3.0))
def test_no_bidder_gains_by_the_bid_of_another_cost(drawn, score):
    many = tenders(drawn)
    cost = many.median * np.exp(many.sigma * score)
    others = many.median * np.exp(many.sigma * np.linspace(-5.0, 5.0, 201))
    row = np.zeros(201, dtype=np.int64)
    bids, chances = first_price_bids(many, row, others)
    own, chance = first_price_bids(many, row[:1], cost)
    if np.isnan(own[0]):
        return
    best = np.nanmax((bids - cost) * chances)
    assert (own[0] - cost[0]) * chance[0] >= best - 1e-7 * many.ceiling[0]


def test_a_known_sole_bidder_asks_the_ceiling_and_wins():
    sole = Tenders(
        median=np.array([1.0]),
        sigma=np.array([0.2]),
        ceiling=np.array([5.0]),
        chances=np.array([[0.0], [1.0]]),
    )
    bids, chances = first_price_bids(sole, np.zeros(3, dtype=np.int64), np.array([0.5, 1.0, 4.9]))
    assert bids == pytest.approx([5.0, 5.0, 5.0])
    assert chances == pytest.approx([1.0, 1.0, 1.0])


def test_where_nobody_is_expected_nobody_bids_more_than_his_cost():
    empty = Tenders(
        median=np.array([1.0]),
        sigma=np.array([0.2]),
        ceiling=np.array([2.0]),
        chances=np.array([[1.0]]),
    )
    bids, chances = first_price_bids(empty, np.zeros(1, dtype=np.int64), np.array([1.0]))
    assert bids == pytest.approx([1.0])
    assert chances == pytest.approx([0.0])


def test_other_tenders_beside_it_change_nothing_in_one():
    one = (4e5, 0.3, 1.0, [0.0, 0.0, 0.0, 1.0, *[0.0] * 6])
    other = (3e5, 0.1, 6.0, [0.1, 0.4, 0.5, *[0.0] * 7])
    cost = 4e5 * np.exp(0.3 * np.linspace(-3.0, 1.0, 9))
    alone_, _ = first_price_bids(tenders(one), np.zeros(9, dtype=np.int64), cost)
    beside, _ = first_price_bids(tenders(other, one), np.ones(9, dtype=np.int64), cost)
    np.testing.assert_allclose(beside, alone_, rtol=1e-14)
