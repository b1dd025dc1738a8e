"""A ring: bidders who agree that only the cheapest of them bids in earnest.

An all-inclusive ring is paid the ceiling at first and second price (McAfee & McMillan 1992). A ring
of fewer is solved at second price, where honest bids stay the best reply of outsiders: the price is
the second lowest cost, the ring's members counting once (Graham & Marshall 1987).
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.auction import Tender
from pricing.equations.auction_grid import grid
from pricing.equations.auction_outcomes import expected_outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Up to `members` of the bidders collude, with probability `chance` (χ)."""

    members: int
    chance: float

    def __post_init__(self) -> None:
        if self.members < 1:
            raise ValueError(f"a ring of {self.members}: at least one member")
        if not 0.0 <= self.chance <= 1.0:
            raise ValueError(f"chance {self.chance} of a ring: must lie in [0, 1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RingOutcome:
    """Expected price and payment with the ring's chance, overcharge a price over competition.

    In the unit of costs; `price` and `overcharge` given an award, `payment` counts a failed tender
    as 0. Failures and winners' costs are those of competition: the cheapest still wins.
    """

    price: float
    payment: float
    overcharge: float


def ring_outcome(tender: Tender, ring: Ring) -> RingOutcome:
    """Second-price tender with a ring; first-price too where the ring takes in all bidders."""
    honest = expected_outcome(tender)
    award = 1.0 - honest.failure_probability
    if award == 0.0:
        return RingOutcome(price=np.nan, payment=0.0, overcharge=np.nan)
    panels = grid(tender.costs, tender.top)
    below, above = tender.costs.cdf(panels.costs), tender.costs.survival(panels.costs)
    rivals = panels.total(_two_parties_below(tender, ring.members, below, above))
    alone = sum(tender.bidders.chances[1 : ring.members + 1])
    price = tender.top + (tender.slack * alone - rivals) / award
    overcharge = ring.chance * (price - honest.price)
    return RingOutcome(
        price=honest.price + overcharge,
        payment=honest.payment + overcharge * award,
        overcharge=overcharge,
    )


def _two_parties_below(tender: Tender, members: int, below: Array, above: Array) -> Array:
    """Chance that of ring and outsiders at least two have a cost below x."""
    total = np.zeros_like(below)
    for number, chance in enumerate(tender.bidders.chances):
        outside = max(number - members, 0)
        if outside > 0:
            one = outside * below * above ** (number - 1)
            total += chance * (1.0 - above**outside - one)
    return total
