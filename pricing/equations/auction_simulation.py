"""Tenders drawn one by one from uniforms: number of bidders, costs, award, prices.

Inversion only, no random source: equal uniforms give equal tenders, and costs move smoothly with
their parameters, so that scenarios can be paired.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.auction import Tender, first_price_bid
from pricing.equations.auction_bidders import known_number


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedTenders:
    """Outcomes of drawn tenders, (tender,); costs and prices are NaN where the tender failed.

    `bidders` drawn, `bids` of them at or under the ceiling, slot of the `winner` (−1: none), its
    `winning_cost`, price at `first_price` and at `second_price`.
    """

    bidders: IntArray
    bids: IntArray
    winner: IntArray
    winning_cost: Array
    first_price: Array
    second_price: Array

    @property
    def failed(self) -> BoolArray:
        """Whether nobody bid, (tender,)."""
        return self.winner < 0


def simulate_tenders(
    tender: Tender, uniforms: npt.ArrayLike, *, announced: bool = False
) -> SimulatedTenders:
    """Draw tenders from uniforms (tender, 1 + slot): column 0 the number of bidders, then costs.

    At least as many slots as there can be bidders; `announced`: bidders learn their number first.
    """
    draws = np.asarray(uniforms, dtype=np.float64)
    slots = draws.shape[1] - 1
    if slots < tender.bidders.most:
        raise ValueError(f"{slots} uniforms a tender: {tender.bidders.most} bidders need one each")
    steps = np.cumsum(tender.bidders.chances)[:-1]
    number = np.searchsorted(steps, draws[:, 0], side="right").astype(np.int64)
    active = np.arange(slots) < number[:, np.newaxis]
    cost = np.where(active, tender.costs.quantile(draws[:, 1:]), np.inf)
    made = cost <= tender.ceiling
    awarded = made.any(axis=1)
    lowest, second = _two_lowest(cost)
    bid = _announced_bid(tender, number, lowest) if announced else first_price_bid(tender, lowest)
    winner = np.where(awarded, _position_of_lowest(cost), -1)
    return SimulatedTenders(
        bidders=number,
        bids=made.sum(axis=1),
        winner=winner,
        winning_cost=np.where(awarded, lowest, np.nan),
        first_price=bid,
        second_price=np.where(awarded, np.minimum(second, tender.ceiling), np.nan),
    )


def _two_lowest(cost: Array) -> tuple[Array, Array]:
    """Lowest and second lowest cost of each tender, infinite where there is none."""
    padded = np.concatenate([cost, np.full((len(cost), 2), np.inf)], axis=1)
    ordered = np.partition(padded, 1, axis=1)
    return ordered[:, 0], ordered[:, 1]


def _position_of_lowest(cost: Array) -> IntArray:
    padded = np.concatenate([cost, np.full((len(cost), 1), np.inf)], axis=1)
    return np.asarray(padded.argmin(axis=1), dtype=np.int64)


def _announced_bid(tender: Tender, number: IntArray, cost: Array) -> Array:
    """First-price bid of each cost among a known number of bidders, (tender,)."""
    bid = np.full(cost.shape, np.nan)
    for n in np.unique(number):
        drawn = number == n
        bid[drawn] = first_price_bid(replace(tender, bidders=known_number(int(n))), cost[drawn])
    return bid
