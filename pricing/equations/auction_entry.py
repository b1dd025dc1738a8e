"""How many of the potential bidders prepare a bid that costs money to prepare.

Before a bidder learns his cost c ~ F (Levin & Smith 1994), all enter with one probability p, at
which preparing a bid just pays:

    ∫ F·(1 − p·F)^(N−1) dx = e,  x up to the ceiling r.

After he learned it (Samuelson 1985), all with costs up to a threshold c* bid, who just breaks even
when he is alone:  (r − c*)·(1 − F(c*))^(N−1) = e. Both hold at first and second price.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from pricing.base.arrays import Array
from pricing.equations.auction_costs import CostDistribution
from pricing.equations.auction_grid import WEIGHTS, grid
from pricing.equations.quotient import quotient

_PRECISION = 1e-14


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A tender that N `potential` bidders may enter at `preparation` ≥ 0, in the unit of costs."""

    costs: CostDistribution
    potential: int
    preparation: float
    ceiling: float

    def __post_init__(self) -> None:
        if self.potential < 1:
            raise ValueError(f"{self.potential} potential bidders: at least one")
        if self.preparation < 0.0:
            raise ValueError(f"preparation cost {self.preparation}: cannot be negative")

    @property
    def top(self) -> float:
        """Highest cost that may bid, min(ceiling, hi)."""
        return min(self.ceiling, self.costs.hi)

    def below(self) -> tuple[Array, Array]:
        """F(x) and weights of integrals over x from the lowest cost to the ceiling, (node,)."""
        if self.costs.lo >= self.ceiling:
            return np.zeros(0), np.zeros(0)
        panels = grid(self.costs, self.top)
        weight = (0.5 * panels.widths * WEIGHTS).ravel()
        below = self.costs.cdf(panels.costs).ravel()
        # Between the highest cost and the ceiling every cost is below.
        return np.append(below, 1.0), np.append(weight, self.ceiling - self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedEntry:
    """Entry before costs are known, and what it brings.

    `payment` counts a tender without bid as 0, `price` is per award, NaN where there can be none;
    `preparation` is what all entrants spend on bids.
    """

    probability: float
    entrants: float
    failure_probability: float
    payment: float
    price: float
    preparation: float


def mixed_entry(entry: Entry) -> MixedEntry:
    """Symmetric entry before bidders learn their costs."""
    below, weight = entry.below()
    number = entry.potential

    def gain(probability: float) -> float:
        chance = (1.0 - probability * below) ** (number - 1)
        return float(weight @ (below * chance)) - entry.preparation

    if gain(0.0) <= 0.0:
        probability = 0.0
    elif gain(1.0) >= 0.0:
        probability = 1.0
    else:
        probability = float(brentq(gain, 0.0, 1.0, xtol=_PRECISION))
    none = 1.0 - probability * below
    failure = (1.0 - probability * float(entry.costs.cdf(entry.ceiling))) ** number
    # P(paid > x) = P(at most one cost below x), less the failed tenders.
    exceeds = none**number + number * probability * below * none ** (number - 1)
    lowest = min(entry.costs.lo, entry.ceiling)
    payment = lowest * (1.0 - failure) + float(weight @ (exceeds - failure))
    return MixedEntry(
        probability=probability,
        entrants=number * probability,
        failure_probability=failure,
        payment=payment,
        price=float(quotient(payment, 1.0 - failure)),
        preparation=number * probability * entry.preparation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdEntry:
    """Entry of bidders who know their costs: those up to `threshold`, their number, no bid at all.

    Where even the lowest cost does not pay, the threshold is that cost and nobody enters.
    """

    threshold: float
    entrants: float
    failure_probability: float


def threshold_entry(entry: Entry) -> ThresholdEntry:
    """Symmetric entry after bidders learned their costs."""

    def gain(cost: float) -> float:
        alone = float(entry.costs.survival(cost)) ** (entry.potential - 1)
        return (entry.ceiling - cost) * alone - entry.preparation

    if gain(entry.costs.lo) <= 0.0:
        threshold = entry.costs.lo
    elif gain(entry.top) >= 0.0:
        threshold = entry.top
    else:
        precision = _PRECISION * entry.top
        threshold = float(brentq(gain, entry.costs.lo, entry.top, xtol=precision))
    return ThresholdEntry(
        threshold=threshold,
        entrants=entry.potential * float(entry.costs.cdf(threshold)),
        failure_probability=float(entry.costs.survival(threshold)) ** entry.potential,
    )
