"""After the award: a cost shock, and a winner who walks away rather than lose more than his bond.

A winner with margin m = price − cost meets a shock z ~ N(μ, σ²) and delivers while m − z ≥ −B; else
he forfeits the bond B, his limited liability. His expected profit is
v(m) = E max(m − z, −B) = −B + σ·ψ(t), ψ(t) = t·Φ(t) + φ(t), t = (m + B − μ)/σ, and v′ = Φ(t) is
the chance that he delivers. The option makes bids lower (Waehrer 1999; Board 2007). B = bond and
penalty, in the unit of costs.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from pricing.base.arrays import Array
from pricing.equations.auction import Tender, expected_margin, somebody_bids
from pricing.equations.auction_grid import WEIGHTS, Grid, grid
from pricing.equations.auction_outcomes import winner_mean

_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """Normal cost shock after the award, in the unit of costs, and the bond at stake."""

    deviation: float
    bond: float
    mean: float = 0.0

    def __post_init__(self) -> None:
        if not self.deviation > 0.0:
            raise ValueError(f"standard deviation {self.deviation} of the shock: must be positive")
        if not 0.0 <= self.bond < np.inf:
            raise ValueError(f"bond {self.bond}: must be finite and not negative")


def default_chance(margin: npt.ArrayLike, shock: Shock) -> Array:
    """P(z > margin + bond): the winner walks away; margin = price − cost, any axes."""
    return special.ndtr(-_score(margin, shock))


def _score(margin: npt.ArrayLike, shock: Shock) -> Array:
    gap = np.asarray(margin, dtype=np.float64) + shock.bond - shock.mean
    return np.asarray(gap / shock.deviation)


def profit_with_option(margin: npt.ArrayLike, shock: Shock) -> Array:
    """v(m) = E max(m − z, −bond): expected profit of a winner who may walk away, any axes."""
    return shock.deviation * _psi(_score(margin, shock)) - shock.bond


def _psi(score: Array) -> Array:
    density = np.exp(-0.5 * score**2) / np.sqrt(2.0 * np.pi)
    return np.asarray(score * special.ndtr(score) + density)


def _inverse_psi(value: Array) -> Array:
    """Score t with ψ(t) = value; Newton from above on an increasing convex function."""
    if np.any(value <= 0.0):
        raise ValueError("a winner who loses nothing by walking away has no lowest bid: bond > 0")
    score = np.maximum(value, 0.0)
    step = np.ones_like(score)
    while np.any(step > _TOLERANCE * (1.0 + np.abs(score))):
        step = (_psi(score) - value) / special.ndtr(score)
        score = score - step
    return score


def margin_of_profit(profit: npt.ArrayLike, shock: Shock) -> Array:
    """Margin m with v(m) = profit > −bond, any axes; inverse of `profit_with_option`."""
    above_loss = (np.asarray(profit, dtype=np.float64) + shock.bond) / shock.deviation
    return shock.deviation * _inverse_psi(above_loss) - shock.bond + shock.mean


def second_price_bid_with_option(cost: npt.ArrayLike, shock: Shock) -> Array:
    """Dominant bid at second price: cost plus the margin that just breaks even; bond > 0.

    Below cost + μ, by the more the smaller the bond (Board 2007).
    """
    return np.asarray(cost, dtype=np.float64) + margin_of_profit(0.0, shock)


def default_probability(tender: Tender, shock: Shock) -> float:
    """P(default | award) at first price if bids ignore shock and option; NaN without awards."""
    return winner_mean(tender, lambda cost, bid: default_chance(bid - cost, shock))


@dataclass(frozen=True, slots=True, eq=False)
class _Option:
    """First-price equilibrium with the option: margins and winner's weights at nodes of a grid."""

    grid: Grid
    margins: Array
    weights: Array


@lru_cache(maxsize=256)
def _solve(tender: Tender, shock: Shock) -> _Option | None:
    """U(c) = U(R) + ∫_c^R H·v′ dx, U = H·v(margin), by iteration; None where nobody can bid.

    Who costs less than r − m₀ bids, v(m₀) = 0; R is that cost or hi. The iteration starts at v′ = 1
    and falls to the equilibrium; it converges, as the integral equation is of Volterra's kind.
    """
    ceiling = tender.ceiling
    top = min(ceiling - float(margin_of_profit(0.0, shock)), tender.costs.hi)
    if not somebody_bids(tender, top):
        return None
    panels = grid(tender.costs, top)
    unrivalled = tender.bidders.unrivalled(tender.costs.survival(panels.costs))
    at_top = tender.bidders.unrivalled(tender.costs.survival(top))
    last = float(at_top * profit_with_option(ceiling - top, shock))
    rest = tender.bidders.unrivalled(tender.costs.survival(panels.rest))
    delivered, change = np.ones_like(unrivalled), 1.0
    while change > _TOLERANCE:
        gain = last + panels.above(unrivalled * delivered, rest * panels.at_rest(delivered))
        margins = margin_of_profit(expected_margin(gain, unrivalled), shock)
        before, delivered = delivered, 1.0 - default_chance(margins, shock)
        change = float(np.max(np.abs(delivered - before)))
    mass = tender.costs.density(panels.costs) * unrivalled * panels.widths * WEIGHTS
    return _Option(panels, margins, mass / mass.sum())


def first_price_bid_with_option(tender: Tender, shock: Shock, cost: npt.ArrayLike) -> Array:
    """Equilibrium first-price bid of who may walk away, any axes; bond > 0; NaN above R: no bid.

    A bid may lie below cost, and who costs a little more than the ceiling may bid the ceiling.
    """
    at = np.asarray(cost, dtype=np.float64)
    solved = _solve(tender, shock)
    if solved is None:
        return np.full(at.shape, np.nan)
    lowest, top = solved.grid.edges[[0, -1]]
    margin = solved.grid.at(np.clip(at, lowest, top), solved.margins)
    return np.where(at <= top, np.minimum(at + margin, tender.ceiling), np.nan)


def default_probability_with_option(tender: Tender, shock: Shock) -> float:
    """P(default | award) at first price if bids count on the option; NaN without awards."""
    solved = _solve(tender, shock)
    if solved is None:
        return np.nan
    return float(np.sum(solved.weights * default_chance(solved.margins, shock)))
