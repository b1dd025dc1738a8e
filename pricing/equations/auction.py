"""First-price procurement auction with private costs: what a bidder bids.

Independent private costs c ~ F on [lo, hi] (Vickrey 1961; Riley & Samuelson 1981; Krishna, Auction
Theory, ch. 2–4, mirrored to procurement). The lowest bid wins; who costs more than the ceiling r
does not bid; a sole bidder is paid the ceiling. With L the generating function of the number of
bidders, H(c) = L′(1 − F(c)) is proportional to the chance to win against rivals of unknown number:

    b(c) = c + ∫_c^r H(x) dx / H(c).

With n known, H ∝ (1 − F)^(n−1): the integral ends at R = min(r, hi) if n ≥ 2, and b = r if n = 1.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array
from pricing.equations.auction_bidders import Bidders
from pricing.equations.auction_costs import CostDistribution
from pricing.equations.auction_grid import NODES, WEIGHTS, Grid, grid

# Below these a chance is none: of winning against rivals, of a cost under the ceiling.
_TINY = 1e-290
_NEVER = 1e-14


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """One lot put to tender: costs of the bidders, their number, ceiling price (unit of costs).

    Hashable: equilibria are cached by it. A ceiling below every cost is a tender that fails.
    """

    costs: CostDistribution
    bidders: Bidders
    ceiling: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.ceiling < np.inf:
            raise ValueError(f"ceiling price {self.ceiling}: must be finite and not negative")

    @property
    def top(self) -> float:
        """R = min(r, hi), highest cost that bids."""
        return min(self.ceiling, self.costs.hi)

    @property
    def slack(self) -> float:
        """What the ceiling exceeds every cost by: a sole bidder's gain at the worst cost, if any.

        0 where the ceiling cuts off some costs.
        """
        return self.ceiling - self.top


def misjudged(tender: Tender, factor: float) -> Tender:
    """The tender under a ceiling estimated wrongly by `factor`: ceiling · factor."""
    return replace(tender, ceiling=tender.ceiling * factor)


@dataclass(frozen=True, slots=True, eq=False)
class Equilibrium:
    """First-price equilibrium of a tender on the nodes of its grid, (panel, node).

    `unrivalled` H; `bids` b; `weights` of the winner's cost given an award, which sum to 1;
    `beyond` ∫ H from each edge to the ceiling, (panel + 1,).
    """

    grid: Grid
    unrivalled: Array
    bids: Array
    weights: Array
    beyond: Array


def somebody_bids(tender: Tender, top: float) -> bool:
    """Whether there are bidders, and costs of at most `top`, with any chance to speak of."""
    return tender.bidders.mean > 0.0 and bool(tender.costs.cdf(top) > _NEVER)


@lru_cache(maxsize=1024)
def equilibrium(tender: Tender) -> Equilibrium | None:
    """The equilibrium of a tender, cached; None where nobody can bid."""
    if not somebody_bids(tender, tender.top):
        return None
    panels = grid(tender.costs, tender.top)
    unrivalled = tender.bidders.unrivalled(tender.costs.survival(panels.costs))
    sole = tender.slack * tender.bidders.sole
    rest = tender.bidders.unrivalled(tender.costs.survival(panels.rest))
    gain = panels.above(unrivalled, rest) + sole
    mass = tender.costs.density(panels.costs) * unrivalled * panels.widths * WEIGHTS
    return Equilibrium(
        grid=panels,
        unrivalled=unrivalled,
        bids=panels.costs + expected_margin(gain, unrivalled),
        weights=mass / mass.sum(),
        beyond=panels.beyond(unrivalled) + sole,
    )


def expected_margin(gain: Array, unrivalled: Array) -> Array:
    """Gain over the chance to win, ∫_c^r H dx / H(c), any axes; 0 for who cannot win."""
    return np.divide(gain, unrivalled, out=np.zeros_like(gain), where=unrivalled > _TINY)


def first_price_bid(tender: Tender, cost: npt.ArrayLike) -> Array:
    """Equilibrium bid b(c) at each cost, any axes; NaN where the cost exceeds the ceiling.

    A cost below `lo` bids what `lo` bids, one between `hi` and the ceiling what `hi` bids.
    """
    at = np.asarray(cost, dtype=np.float64)
    solved = equilibrium(tender)
    if solved is None:
        return np.full(at.shape, np.nan)
    own = np.clip(at, tender.costs.lo, tender.top)
    panel = solved.grid.panel_of(own)
    half = 0.5 * (solved.grid.edges[panel + 1] - own)[..., np.newaxis]
    beside = own[..., np.newaxis] + half * (1.0 + NODES)
    # a product sum, not a matrix product: the bid of a cost does not depend on its neighbours
    within = (tender.bidders.unrivalled(tender.costs.survival(beside)) * WEIGHTS).sum(axis=-1)
    gain = half[..., 0] * within + solved.beyond[panel + 1]
    unrivalled = tender.bidders.unrivalled(tender.costs.survival(own))
    bid = np.clip(own + expected_margin(gain, unrivalled), own, tender.ceiling)
    return np.where(at <= tender.ceiling, np.maximum(bid, at), np.nan)


def bid_shading(tender: Tender, cost: npt.ArrayLike) -> Array:
    """Margin b(c) − c above cost in a first-price bid, any axes; NaN where nobody bids."""
    return first_price_bid(tender, cost) - np.asarray(cost, dtype=np.float64)
