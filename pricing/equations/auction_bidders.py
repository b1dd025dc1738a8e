"""How many bid for a lot: a known number, or a random one of which bidders know the chances.

With s = 1 − F(x) the chance that one bidder's cost lies above x, everything the auction needs is
the generating function L(s) = Σ P(N = n)·sⁿ and its derivatives (McAfee & McMillan 1987). Sums are
taken over the trial at which the first, or second, cost below x turns up: all terms are positive.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.polynomial import polynomial
from scipy import special

from pricing.base.arrays import Array

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidders:
    """Chances of 0, 1, 2 … bidders, (number,), summing to 1."""

    chances: tuple[float, ...]

    def __post_init__(self) -> None:
        if min(self.chances, default=-1.0) < 0.0 or abs(sum(self.chances) - 1.0) > _ROUNDING:
            raise ValueError(f"{self.chances}: chances of numbers of bidders are ≥ 0 and sum to 1")

    @property
    def most(self) -> int:
        """Largest number of bidders."""
        return len(self.chances) - 1

    @property
    def mean(self) -> float:
        """Expected number of bidders."""
        return float(np.dot(np.arange(len(self.chances)), self.chances))

    @property
    def sole(self) -> float:
        """Chance of exactly one bidder."""
        return self.chances[1] if self.most >= 1 else 0.0

    def _at_least(self) -> Array:
        """P(N > k), (k = 0 … most,)."""
        chances = np.asarray(self.chances)
        return np.asarray(np.cumsum(chances[::-1])[::-1] - chances)

    def none_below(self, above: npt.ArrayLike) -> Array:
        """L(s): no cost lies below x; `above` is s = 1 − F(x), any axes."""
        return np.asarray(polynomial.polyval(np.asarray(above), self.chances))

    def some_below(self, below: Array, above: Array) -> Array:
        """1 − L(s), distribution function of the lowest cost; below = F(x), above = 1 − F(x)."""
        return below * polynomial.polyval(above, self._at_least())

    def two_below(self, below: Array, above: Array) -> Array:
        """1 − L(s) − F·L′(s), distribution function of the second lowest cost."""
        tail = self._at_least()[1:]
        terms = tail * np.arange(1, len(tail) + 1) if len(tail) else np.zeros(1)
        return below**2 * polynomial.polyval(above, terms)

    def unrivalled(self, above: Array) -> Array:
        """L′(s) = expected number of bidders times the chance that one has no rival below x."""
        return np.asarray(polynomial.polyval(above, polynomial.polyder(self.chances)))


def known_number(number: int) -> Bidders:
    """`number` bidders for certain."""
    if number < 0:
        raise ValueError(f"{number} bidders: the number cannot be negative")
    return Bidders(chances=(0.0,) * number + (1.0,))


def binomial_number(potential: int, entry: float) -> Bidders:
    """Each of `potential` bidders enters with probability `entry`, independently of the others."""
    enter = np.arange(potential + 1)
    ways = -np.log1p(potential) - special.betaln(enter + 1.0, potential - enter + 1.0)
    chances = np.exp(
        ways + special.xlogy(enter, entry) + special.xlog1py(potential - enter, -entry)
    )
    return Bidders(chances=tuple(chances.tolist()))
