"""What the bidders for lots bid: the equilibrium of first-price tenders, and who stays away."""

from math import exp, expm1, sqrt

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.equations.auction_costs import LogNormal
from pricing.equations.auction_many import Tenders, first_price_bids
from pricing.equations.auction_types import BidderType, types_equilibrium
from pricing.equations.quotient import quotient
from pricing.instruments._lot_bidders import Field

# Bidders judge the typical cost of a type to within one per cent: like tenders share a solution.
TYPE_STEP = 0.02


def bids(found: Field, ceiling: Array, spread: float, preparation: Array) -> Array:
    """Bids of those who are alike in their rivals' eyes, VND per unit, (lot, bidder); NaN: none.

    Parameters
    ----------
    ceiling
        VND per unit of output, (lot,).
    spread
        Standard deviation of the logarithm of private costs.
    preparation
        What a bid costs its bidder, VND per unit of output, (lot,): who expects to gain less stays
        away.
    """
    median, width = _seen(found, ceiling, spread)
    tenders = Tenders(median=median, sigma=width, ceiling=ceiling, chances=found.chances.T)
    lot, bidder = np.nonzero(found.is_there & (found.cost <= ceiling[:, None]))
    cost = found.cost[lot, bidder]
    made, chance = first_price_bids(tenders, lot, cost)
    price = np.full(found.is_there.shape, np.nan)
    price[lot, bidder] = np.where((made - cost) * chance >= preparation[lot], made, np.nan)
    return price


def bids_by_type(found: Field, ceiling: Array, spread: float, preparation: Array) -> Array:
    """Bids of those who know each other's type: incumbent, public, non-public; as ``bids``.

    All know who came.
    """
    price = np.full(found.is_there.shape, np.nan)
    for row in np.flatnonzero(found.is_there.any(axis=1)).tolist():
        there = np.flatnonzero(found.is_there[row])
        cost = found.cost[row, there] / ceiling[row]
        expected = found.expected[row, there] / ceiling[row]
        made, chance = _one_by_type(found.kind[row, there], expected, cost, spread)
        is_worth = (made - cost) * chance * ceiling[row] >= preparation[row]
        price[row, there] = np.where(is_worth, np.minimum(made, 1.0) * ceiling[row], np.nan)
    return price


def _one_by_type(
    kinds: IntArray, expected: Array, cost: Array, spread: float
) -> tuple[Array, Array]:
    """Bids and chances to win in one tender, costs and bids over its ceiling, (bidder,) each."""
    present = np.unique(kinds).tolist()
    types = tuple(_type(expected[kinds == kind], spread) for kind in present)
    solved = types_equilibrium(types, 1.0)
    bid, chance = np.empty(cost.size), np.zeros(cost.size)
    for number, kind in enumerate(present):
        mine = kinds == kind
        bid[mine] = solved.bid(number, cost[mine])
        chance[mine] = solved.win_chance(number, np.nan_to_num(bid[mine], nan=1.0))
    return bid, chance


def _type(expected: Array, spread: float) -> BidderType:
    """Bidders of a type and the distribution of their costs over the ceiling."""
    centre = TYPE_STEP * round(float(np.log(expected).mean()) / TYPE_STEP)
    costs = LogNormal(mean=exp(centre + spread**2 / 2.0), cv=sqrt(expm1(spread**2)))
    return BidderType(costs=costs, count=expected.size)


def _seen(found: Field, ceiling: Array, spread: float) -> tuple[Array, Array]:
    """Typical cost of a bidder, and the deviation of its logarithm, as rivals see them, (lot,).

    Who comes from outside unannounced is not seen, but expected.
    """
    unseen, guess = found.unseen
    is_hidden = found.is_outside & (unseen > 0.0)[:, None]
    weight = np.hstack([found.is_there & ~is_hidden, unseen[:, None]])
    expected = np.where(found.is_there, found.expected, ceiling[:, None])
    logs = np.log(np.hstack([expected, guess[:, None]]))
    total = weight.sum(axis=1)
    centre = quotient((weight * logs).sum(axis=1), total, undefined=0.0)
    apart = (weight * np.square(logs - centre[:, None])).sum(axis=1)
    variance = quotient(apart, total, undefined=0.0)
    return np.exp(centre), np.sqrt(spread**2 + variance)
