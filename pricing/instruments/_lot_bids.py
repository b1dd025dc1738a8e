"""What the bidders for lots bid: the equilibrium of first-price tenders, and who stays away."""

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.auction_many import Tenders, first_price_bids
from pricing.equations.quotient import quotient
from pricing.instruments._lot_bidders import Field


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
