"""Hardship from payments: catastrophic spending, impoverishment, and who gets public subsidies.

Wagstaff & van Doorslaer (2003); O'Donnell et al. (2008), World Bank, ch. 14, 18, 19. Arrays are
(household,), weights count people; equal if not given.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from pricing.base.arrays import Array
from pricing.equations.inequality import concentration_index
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class Catastrophe:
    """Payments above a share z of resources.

    `headcount` H, share of people above; `overshoot` O, mean of (s − z)⁺; the concentration of
    both, NaN without a standard to rank by, or where there is none.
    """

    headcount: float
    overshoot: float
    headcount_concentration: float
    overshoot_concentration: float

    @property
    def mean_positive_overshoot(self) -> float:
        """O/H; NaN where nobody is above."""
        return float(quotient(self.overshoot, self.headcount))

    @property
    def rank_weighted_headcount(self) -> float:
        """H·(1 − C_E): more where the poor are above more often."""
        return self.headcount * (1.0 - self.headcount_concentration)

    @property
    def rank_weighted_overshoot(self) -> float:
        """O·(1 − C_O)."""
        return self.overshoot * (1.0 - self.overshoot_concentration)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poverty:
    """Foster-Greer-Thorbecke measures at a line: poor is who has less, not just as much.

    `gap` mean of (line − x)⁺ in money; `squared_gap` mean of its square over the line.
    """

    line: float
    headcount: float
    gap: float
    squared_gap: float

    @property
    def normalised_gap(self) -> float:
        """Gap over the line."""
        return float(quotient(self.gap, self.line))

    @property
    def mean_positive_gap(self) -> float:
        """Gap of the poor, money; NaN where nobody is."""
        return float(quotient(self.gap, self.headcount))


def catastrophic(
    payment: npt.ArrayLike,
    resources: npt.ArrayLike,
    threshold: float,
    standard: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
) -> Catastrophe:
    """Payments above a `threshold` share of resources: of consumption, or of what is no food.

    Who has no resources and pays is above any threshold, with an overshoot of 1 − threshold.
    """
    paid, means = np.asarray(payment, dtype=np.float64), np.asarray(resources, dtype=np.float64)
    mass = np.ones(paid.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    share = np.where(means > 0.0, quotient(paid, means, undefined=0.0), (paid > 0.0) * 1.0)
    above, over = (share > threshold) * 1.0, np.maximum(share - threshold, 0.0)
    ranked = [
        np.nan if standard is None else concentration_index(measure, standard, mass)
        for measure in (above, over)
    ]
    return Catastrophe(
        headcount=float(np.average(above, weights=mass)),
        overshoot=float(np.average(over, weights=mass)),
        headcount_concentration=ranked[0],
        overshoot_concentration=ranked[1],
    )


def poverty(
    consumption: npt.ArrayLike, line: float, weights: npt.ArrayLike | None = None
) -> Poverty:
    """Headcount and gaps at a poverty line; before and after payments it tells impoverishment."""
    means = np.asarray(consumption, dtype=np.float64)
    mass = np.ones(means.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    gap = np.maximum(line - means, 0.0)
    return Poverty(
        line=line,
        headcount=float(np.average((gap > 0.0) * 1.0, weights=mass)),
        gap=float(np.average(gap, weights=mass)),
        squared_gap=float(np.average((gap / line) ** 2, weights=mass)),
    )


def beta_share_catastrophe(a: float, b: float, threshold: npt.ArrayLike) -> tuple[Array, Array]:
    """Headcount and overshoot where spending shares are Beta(a, b): S(z), ∫_z^1 S(s) ds."""
    z = np.asarray(threshold, dtype=np.float64)
    headcount = stats.beta.sf(z, a, b)
    overshoot = a / (a + b) * stats.beta.sf(z, a + 1.0, b) - z * headcount
    return np.asarray(headcount), np.asarray(overshoot)


def benefit_incidence(unit_cost: npt.ArrayLike, fee: npt.ArrayLike, use: npt.ArrayLike) -> Array:
    """Public subsidy that each group gets by service, (unit cost − fee)·use, (group, service)."""
    return np.multiply(np.subtract(unit_cost, fee), use, dtype=np.float64)
