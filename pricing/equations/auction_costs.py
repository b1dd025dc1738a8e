"""What it costs a bidder to serve a lot: one private draw from a distribution all bidders know.

A distribution is frozen and hashable, so that equilibria can be cached by it. Costs are in the unit
of the ceiling price (VND per accepted unit, or any other); arrays of any axes in, the same out.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import special

from pricing.base.arrays import Array


class CostDistribution(Protocol):
    """A continuous distribution of costs on [lo, hi]; `hi` may be infinite."""

    def __hash__(self) -> int:
        """Equal distributions share what is cached by them."""

    @property
    def lo(self) -> float:
        """Lowest possible cost."""

    @property
    def hi(self) -> float:
        """Highest possible cost."""

    def cdf(self, cost: npt.ArrayLike) -> Array:
        """F(c), probability of a cost of at most c."""

    def survival(self, cost: npt.ArrayLike) -> Array:
        """1 − F(c), with all its digits where it is small."""

    def density(self, cost: npt.ArrayLike) -> Array:
        """f(c), per unit of cost; 0 outside [lo, hi]."""

    def quantile(self, probability: npt.ArrayLike) -> Array:
        """Cost c with F(c) = probability ∈ [0, 1]: a uniform draw becomes a cost."""


def _check_range(lo: float, hi: float) -> None:
    if not 0.0 <= lo < hi < np.inf:
        raise ValueError(f"costs from {lo} to {hi}: bounds must be finite, 0 ≤ lo < hi")


def _check_positive(name: str, value: float) -> None:
    if not 0.0 < value < np.inf:
        raise ValueError(f"{name} {value}: must be positive and finite")


def _position(cost: npt.ArrayLike, lo: float, hi: float) -> Array:
    """Place of a cost between lo (0) and hi (1), clipped to them."""
    return np.clip((np.asarray(cost, dtype=np.float64) - lo) / (hi - lo), 0.0, 1.0)


def _inside(cost: npt.ArrayLike, lo: float, hi: float, density: Array) -> Array:
    """The density, and 0 outside [lo, hi]."""
    at = np.asarray(cost, dtype=np.float64)
    return np.where((at >= lo) & (at <= hi), density, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """All costs between lo and hi equally likely."""

    lo: float
    hi: float

    def __post_init__(self) -> None:
        _check_range(self.lo, self.hi)

    def cdf(self, cost: npt.ArrayLike) -> Array:
        """F = (c − lo)/(hi − lo)."""
        return _position(cost, self.lo, self.hi)

    def survival(self, cost: npt.ArrayLike) -> Array:
        """1 − F = (hi − c)/(hi − lo)."""
        return _position(-np.asarray(cost, dtype=np.float64), -self.hi, -self.lo)

    def density(self, cost: npt.ArrayLike) -> Array:
        """1/(hi − lo)."""
        at = np.asarray(cost, dtype=np.float64)
        return _inside(at, self.lo, self.hi, np.full(at.shape, 1.0 / (self.hi - self.lo)))

    def quantile(self, probability: npt.ArrayLike) -> Array:
        """Lo + (hi − lo)·u."""
        return self.lo + (self.hi - self.lo) * np.asarray(probability, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta:
    """Beta(a, b) stretched over [lo, hi]; log-concave where a ≥ 1 and b ≥ 1."""

    a: float
    b: float
    lo: float
    hi: float

    def __post_init__(self) -> None:
        _check_range(self.lo, self.hi)
        _check_positive("a", self.a)
        _check_positive("b", self.b)

    def cdf(self, cost: npt.ArrayLike) -> Array:
        """Regularised incomplete beta function at (c − lo)/(hi − lo)."""
        return special.betainc(self.a, self.b, _position(cost, self.lo, self.hi))

    def survival(self, cost: npt.ArrayLike) -> Array:
        """By symmetry Beta(b, a) from the other end."""
        above = _position(-np.asarray(cost, dtype=np.float64), -self.hi, -self.lo)
        return special.betainc(self.b, self.a, above)

    def density(self, cost: npt.ArrayLike) -> Array:
        """u^(a−1)·(1 − u)^(b−1) / (B(a, b)·(hi − lo))."""
        u = _position(cost, self.lo, self.hi)
        log = special.xlogy(self.a - 1.0, u) + special.xlog1py(self.b - 1.0, -u)
        curve = np.exp(log - special.betaln(self.a, self.b)) / (self.hi - self.lo)
        return _inside(cost, self.lo, self.hi, curve)

    def quantile(self, probability: npt.ArrayLike) -> Array:
        """Inverse of the regularised incomplete beta function, stretched."""
        q = np.asarray(probability, dtype=np.float64)
        return self.lo + (self.hi - self.lo) * special.betaincinv(self.a, self.b, q)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Lowest of `draws` uniform costs on [lo, hi]: 1 − F = ((hi − c)/(hi − lo))^draws, draws > 0.

    The class of Marshall, Meurer, Richard & Stromquist (1994), in which a ring of k is one bidder.
    """

    draws: float
    lo: float
    hi: float

    def __post_init__(self) -> None:
        _check_range(self.lo, self.hi)
        _check_positive("draws", self.draws)

    def cdf(self, cost: npt.ArrayLike) -> Array:
        """1 − ((hi − c)/(hi − lo))^draws."""
        u = _position(cost, self.lo, self.hi)
        return -np.expm1(special.xlog1py(self.draws, -u))

    def survival(self, cost: npt.ArrayLike) -> Array:
        """((hi − c)/(hi − lo))^draws."""
        above = _position(-np.asarray(cost, dtype=np.float64), -self.hi, -self.lo)
        return np.power(above, self.draws)

    def density(self, cost: npt.ArrayLike) -> Array:
        """draws·((hi − c)/(hi − lo))^(draws − 1) / (hi − lo)."""
        u = _position(cost, self.lo, self.hi)
        curve = np.exp(special.xlog1py(self.draws - 1.0, -u)) * self.draws / (self.hi - self.lo)
        return _inside(cost, self.lo, self.hi, curve)

    def quantile(self, probability: npt.ArrayLike) -> Array:
        """Hi − (hi − lo)·(1 − u)^(1/draws)."""
        rest = 1.0 - np.asarray(probability, dtype=np.float64)
        return self.hi - (self.hi - self.lo) * np.power(rest, 1.0 / self.draws)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNormal:
    """m·exp(η) with normal η: `mean` and coefficient of variation `cv` of the cost itself."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        _check_positive("mean", self.mean)
        _check_positive("cv", self.cv)

    @property
    def lo(self) -> float:
        """No cost is below 0."""
        return 0.0

    @property
    def hi(self) -> float:
        """Unbounded."""
        return np.inf

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm, √ln(1 + cv²)."""
        return float(np.sqrt(np.log1p(self.cv**2)))

    @property
    def median(self) -> float:
        """Mean/√(1 + cv²)."""
        return float(self.mean / np.sqrt(1.0 + self.cv**2))

    def _score(self, cost: npt.ArrayLike) -> Array:
        positive = np.maximum(np.asarray(cost, dtype=np.float64), np.finfo(np.float64).tiny)
        return np.log(positive / self.median) / self.sigma

    def cdf(self, cost: npt.ArrayLike) -> Array:
        """Φ(ln(c/median)/σ)."""
        return special.ndtr(self._score(cost))

    def survival(self, cost: npt.ArrayLike) -> Array:
        """Φ(−ln(c/median)/σ)."""
        return special.ndtr(-self._score(cost))

    def density(self, cost: npt.ArrayLike) -> Array:
        """φ(ln(c/median)/σ)/(c·σ)."""
        at = np.asarray(cost, dtype=np.float64)
        per_score = np.exp(-0.5 * self._score(at) ** 2) / np.sqrt(2.0 * np.pi)
        return np.where(at > 0.0, per_score / (np.where(at > 0.0, at, 1.0) * self.sigma), 0.0)

    def quantile(self, probability: npt.ArrayLike) -> Array:
        """median·exp(σ·Φ⁻¹(u))."""
        return self.median * np.exp(self.sigma * special.ndtri(np.asarray(probability)))
