"""What the bidders for a lot bid: the equilibrium of first-price tenders, and who stays away."""

from dataclasses import dataclass
from math import exp, expm1, log, sqrt

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.auction import Tender, first_price_bid
from pricing.equations.auction_bidders import Bidders
from pricing.equations.auction_costs import LogNormal
from pricing.instruments._lot_bidders import Bidder, Field

# Bidders judge typical costs to within a quarter of a percent, their spread to a quarter of a
# point: so like tenders share one equilibrium, and a thousand lots are bid for in a second.
LOG_STEP = 0.005
SPREAD_STEP = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """A bid, VND per accepted unit of output, and who makes it."""

    bidder: Bidder
    price: float


def bids(found: Field, ceiling: float, spread: float, preparation: float) -> tuple[Bid, ...]:
    """The bids of those who are alike in their rivals' eyes; lowest first.

    Parameters
    ----------
    spread
        Standard deviation of the logarithm of private costs.
    preparation
        What a bid costs its bidder, VND per unit of output: who expects to gain less stays away.
    """
    if not found.bidders:
        return ()
    cost = np.array([one.cost for one in found.bidders])
    typical, width = _seen(found, spread)
    ratio = LOG_STEP * round(log(ceiling / typical) / LOG_STEP)
    scale = ceiling / exp(ratio)
    costs = LogNormal(mean=exp(width**2 / 2.0), cv=sqrt(expm1(width**2)))
    known = Bidders(chances=found.chances)
    price = scale * first_price_bid(
        Tender(costs=costs, bidders=known, ceiling=exp(ratio)), cost / scale
    )
    chance = known.unrivalled(costs.survival(cost / scale)) / known.mean
    return _made(found, np.minimum(price, ceiling), (price - cost) * chance >= preparation)


def _made(found: Field, price: Array, is_worth: Array) -> tuple[Bid, ...]:
    """Bids at or under the ceiling that are worth their preparation, lowest first."""
    made = [
        Bid(bidder=bidder, price=float(at))
        for bidder, at, worth in zip(found.bidders, price, is_worth, strict=True)
        if worth and not np.isnan(at)
    ]
    return tuple(sorted(made, key=lambda bid: bid.price))


def _seen(found: Field, spread: float) -> tuple[float, float]:
    """Typical cost of a bidder, and the deviation of its logarithm, as rivals see them."""
    expected, weight = np.array(found.beliefs).T
    centre = np.average(np.log(expected), weights=weight)
    apart = np.average((np.log(expected) - centre) ** 2, weights=weight)
    width = SPREAD_STEP * max(1, round(sqrt(spread**2 + float(apart)) / SPREAD_STEP))
    return float(np.exp(centre)), width
