"""First-price bids in many tenders at once, with log-normal costs: one pass over arrays.

The same equilibrium as ``auction.first_price_bid``, with z = ln(c/median)/σ as variable and H the
derivative of the generating function of the number of bidders at Φ(−z):

    b(c) = c + ∫_c^r H dx / H(c) = c + ∫_{z(c)}^{z(r)} H(z)·σ·median·e^{σz} dz / H(z(c)).

Panels lie at fixed z, for H has no features but on the scale of z; beyond the outermost panels H is
constant to fourteen digits and the integral has a closed form.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre
from scipy import special

from pricing.base.arrays import Array, IntArray

EDGES = np.array([-8.0, -6.0, -4.5, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.5, 6.0, 8.0])
NODES, WEIGHTS = legendre.leggauss(8)
# Below this chance of winning against rivals there is none.
_TINY = 1e-290


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenders:
    """Tenders whose bidders have log-normal costs, (tender,).

    ``median`` of costs and ``ceiling`` in one unit, above 0; ``sigma`` > 0 standard deviation of
    the logarithm of costs; ``chances`` (number, tender) of 0, 1, 2 … bidders, summing to 1.
    """

    median: Array
    sigma: Array
    ceiling: Array
    chances: Array

    def of(self, rows: IntArray) -> "Tenders":
        """A tender for each row, (row,)."""
        return Tenders(
            median=self.median[rows],
            sigma=self.sigma[rows],
            ceiling=self.ceiling[rows],
            chances=self.chances[:, rows],
        )

    def score(self, cost: Array) -> Array:
        """Z = ln(cost/median)/σ of costs above 0, (…, tender)."""
        return np.asarray(np.log(cost / self.median) / self.sigma)

    def cost(self, score: Array) -> Array:
        """Median·e^{σz}, (…, tender)."""
        return np.asarray(self.median * np.exp(self.sigma * score))

    def unrivalled(self, score: Array) -> Array:
        """H: expected number of bidders times the chance that one has no rival below, (…, tender).

        By Horner's rule over the numbers of bidders.
        """
        above = special.ndtr(-score)
        found = np.zeros(score.shape)
        for number in range(len(self.chances) - 1, 0, -1):
            found *= above
            found += number * self.chances[number]
        return found

    @property
    def mean_number(self) -> Array:
        """Expected number of bidders, (tender,)."""
        numbers: Array = np.arange(len(self.chances)) @ self.chances
        return numbers


def first_price_bids(tenders: Tenders, tender: IntArray, cost: Array) -> tuple[Array, Array]:
    """Equilibrium bids at costs, and the chances to win with them, (bidder,) each.

    Bids NaN, chances 0 where a cost exceeds the ceiling; whoever cannot win bids his cost.

    Parameters
    ----------
    tender
        The tender of each bidder, an index.
    cost
        In the unit of the tenders' costs, above 0, (bidder,).
    """
    top = np.clip(tenders.score(tenders.ceiling), EDGES[0], EDGES[-1])
    beyond = _beyond(tenders, top)
    own = tenders.of(tender)
    score = own.score(cost)
    inside = np.clip(score, EDGES[0], top[tender])
    panel = np.clip(np.searchsorted(EDGES, inside, side="right") - 1, 0, EDGES.size - 2)
    within = _between(own, inside, np.minimum(EDGES[panel + 1], top[tender]))
    below = own.mean_number * np.maximum(own.cost(inside) - cost, 0.0)
    gain = below + within + beyond[panel + 1, tender]
    unrivalled = own.unrivalled(score)
    margin = np.divide(gain, unrivalled, out=np.zeros_like(gain), where=unrivalled > _TINY)
    may = cost <= own.ceiling
    bids = np.where(may, np.clip(cost + margin, cost, own.ceiling), np.nan)
    return bids, np.where(may, unrivalled / np.maximum(own.mean_number, _TINY), 0.0)


def _beyond(tenders: Tenders, top: Array) -> Array:
    """∫ H dx from each edge up to the ceiling, (edge, tender); `top` its score within the edges."""
    ends = np.minimum(EDGES[:, np.newaxis], top)
    panels = _between(tenders, ends[:-1], ends[1:])
    sole = tenders.chances[1:2] if len(tenders.chances) > 1 else np.zeros((1, top.size))
    tail = sole * np.maximum(tenders.ceiling - tenders.cost(top), 0.0) * (top >= EDGES[-1])
    return np.asarray(np.cumsum(np.vstack([panels, tail])[::-1], axis=0)[::-1])


def _between(tenders: Tenders, low: Array, high: Array) -> Array:
    """∫ H dx between scores of one panel, (…, tender)."""
    half = 0.5 * (high - low)
    nodes = NODES.reshape(-1, *(1,) * low.ndim)
    score = low + half * (1.0 + nodes)
    rate = tenders.unrivalled(score) * tenders.cost(score)
    return np.asarray(half * tenders.sigma * np.tensordot(WEIGHTS, rate, axes=1))
