"""Inequality of amounts over people ranked by living standard: Lorenz, Gini, concentration, Theil.

Index and curves follow O'Donnell, van Doorslaer, Wagstaff & Lindelow (2008), Analyzing Health
Equity Using Household Survey Data, World Bank, ch. 7-9 and 16-17. People of one rank share the
middle of their block. Arrays are (person,); weights are any positive numbers, equal if not given.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from pricing.base.arrays import Array
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """A concentration index, and its standard errors where all weigh the same, else NaN.

    `se` from the delta method of Kakwani, Wagstaff & van Doorslaer (1997); `se_regression` of the
    slope in the convenient regression, which takes observations for independent.
    """

    index: float
    se: float
    se_regression: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Redistribution:
    """What a payment does to a distribution of resources.

    `gini` before it and `gini_net` after; `concentration` of the payment and `concentration_net` of
    resources after it, both ranked before it; `share` of all resources paid.
    """

    gini: float
    concentration: float
    share: float
    gini_net: float
    concentration_net: float

    @property
    def kakwani(self) -> float:
        """Progressivity C − G: above 0 where the better off pay a larger share."""
        return self.concentration - self.gini

    @property
    def reynolds_smolensky(self) -> float:
        """Fall of inequality had nobody changed rank, G − C_net = g/(1 − g)·Kakwani."""
        return self.gini - self.concentration_net

    @property
    def redistributive_effect(self) -> float:
        """Fall of the Gini, G − G_net."""
        return self.gini - self.gini_net

    @property
    def reranking(self) -> float:
        """What of the fall is lost by change of rank, G_net − C_net."""
        return self.gini_net - self.concentration_net


def fractional_rank(standard: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Array:
    """Share of people below each, half of those of the same standard counted, (person,)."""
    values = np.asarray(standard, dtype=np.float64)
    share = _shares(values.shape, weights)
    _, block = np.unique(values, return_inverse=True)
    mass = np.bincount(block, share)
    middle: Array = (np.cumsum(mass) - 0.5 * mass)[block]
    return middle


def group_rank(people: Array) -> Array:
    """Middle rank of each group, on the axes of `people`, whose last runs from poor to rich."""
    above = np.cumsum(people, axis=-1)
    rank: Array = quotient(above - 0.5 * people, above[..., -1:])
    return rank


def concentration_index(
    amount: npt.ArrayLike, standard: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """C = 2·cov(y, R)/ȳ; NaN where the amounts sum to 0."""
    return extended_index(amount, standard, 2.0, weights)


def extended_index(
    amount: npt.ArrayLike,
    standard: npt.ArrayLike,
    aversion: float,
    weights: npt.ArrayLike | None = None,
) -> float:
    """1 − ν·Σ w·y·(1 − R)^(ν − 1)/ȳ at aversion ν > 1 (Wagstaff 2002; ν = 2 is C)."""
    y = np.asarray(amount, dtype=np.float64)
    share = _shares(y.shape, weights)
    rank = fractional_rank(standard, share)
    poor = np.sum(share * y * (1.0 - rank) ** (aversion - 1.0))
    return float(1.0 - aversion * quotient(poor, np.sum(share * y)))


def gini(amount: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Gini coefficient: the concentration of amounts over people ranked by them."""
    return concentration_index(amount, amount, weights)


def concentration(amount: npt.ArrayLike, standard: npt.ArrayLike) -> Concentration:
    """Concentration index of a sample whose people weigh the same, with standard errors."""
    y = np.asarray(amount, dtype=np.float64)
    rank, number, mean = fractional_rank(standard), y.size, y.mean()
    index = concentration_index(y, standard)
    order = np.argsort(rank, kind="stable")
    reached = np.empty(number)
    reached[order] = np.cumsum(y[order]) / y.sum()
    a = y / mean * (2.0 * rank - 1.0 - index) + 2.0 - (reached - y / y.sum()) - reached
    variance = (np.mean(a**2) - (1.0 + index) ** 2) / number
    spread = np.sum((rank - rank.mean()) ** 2)
    left = 2.0 * rank.var() / mean * y
    rest = left - left.mean() - index * (rank - rank.mean())
    return Concentration(
        index=index,
        se=float(np.sqrt(max(variance, 0.0))),
        se_regression=float(np.sqrt(np.sum(rest**2) / (number - 2) / spread)),
    )


def bounded_indices(
    index: float, mean: float, low: float = 0.0, high: float = 1.0
) -> tuple[float, float]:
    """Wagstaff's and Erreygers' index of a variable with bounds, from its C and mean.

    W = C·ȳ·(b − a)/((b − ȳ)(ȳ − a)), E = 4·ȳ·C/(b − a) (Wagstaff 2005; Erreygers 2009).
    """
    wagstaff = quotient(index * mean * (high - low), (high - mean) * (mean - low))
    return float(wagstaff), float(quotient(4.0 * mean * index, high - low))


def concentration_curve(
    amount: npt.ArrayLike,
    standard: npt.ArrayLike,
    at: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> Array:
    """Share of the amounts that the poorest shares `at` of people have, on the axes of `at`.

    Straight between people; those of one standard share alike. With the amounts themselves as
    standard it is the Lorenz curve.
    """
    y = np.asarray(amount, dtype=np.float64)
    share = _shares(y.shape, weights)
    _, block = np.unique(np.asarray(standard), return_inverse=True)
    people = np.cumsum(np.bincount(block, share))
    held = np.cumsum(np.bincount(block, share * y))
    where = np.asarray(at, dtype=np.float64)
    curve = np.interp(where, np.append(0.0, people / people[-1]), np.append(0.0, held))
    return quotient(curve, held[-1])


def quantile_shares(
    amount: npt.ArrayLike,
    standard: npt.ArrayLike,
    groups: int = 5,
    weights: npt.ArrayLike | None = None,
) -> Array:
    """Shares of the amounts that equal groups of people have, poorest first, (group,)."""
    edges = np.linspace(0.0, 1.0, groups + 1)
    return np.diff(concentration_curve(amount, standard, edges, weights))


def dominates(curve: Array, other: Array) -> bool:
    """Whether a curve lies nowhere below another and somewhere above: it favours the poor more."""
    return bool(np.all(curve >= other) and np.any(curve > other))


def redistribution(
    resources: npt.ArrayLike, payment: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Redistribution:
    """What a payment out of resources does to their distribution (Kakwani 1977, 1984)."""
    before, paid = np.asarray(resources, dtype=np.float64), np.asarray(payment, dtype=np.float64)
    share = _shares(before.shape, weights)
    return Redistribution(
        gini=gini(before, share),
        concentration=concentration_index(paid, before, share),
        share=float(quotient(np.sum(share * paid), np.sum(share * before))),
        gini_net=gini(before - paid, share),
        concentration_net=concentration_index(before - paid, before, share),
    )


def theil(amount: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Theil's T, Σ w·(y/ȳ)·ln(y/ȳ); amounts of 0 count as 0."""
    share, relative = _relative(amount, weights)
    return float(np.sum(share * special.xlogy(relative, relative)))


def mean_log_deviation(amount: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Theil's L, −Σ w·ln(y/ȳ); infinite where somebody has nothing."""
    share, relative = _relative(amount, weights)
    return float(np.sum(-special.xlogy(share, relative)))


def atkinson(amount: npt.ArrayLike, aversion: float, weights: npt.ArrayLike | None = None) -> float:
    """1 − equally distributed equivalent over mean, aversion ε > 0 (Atkinson 1970)."""
    share, relative = _relative(amount, weights)
    if aversion == 1.0:
        return float(-np.expm1(-mean_log_deviation(amount, weights)))
    with np.errstate(divide="ignore"):
        powered = np.sum(share * relative ** (1.0 - aversion))
    return float(1.0 - powered ** (1.0 / (1.0 - aversion)))


def lognormal_concentration(sigma: npt.ArrayLike, elasticity: npt.ArrayLike = 1.0) -> Array:
    """C of x^β for log-normal x of log deviation σ ranked by x: 2Φ(βσ/√2) − 1; Gini at β = 1."""
    return np.asarray(2.0 * special.ndtr(np.multiply(sigma, elasticity) / np.sqrt(2.0)) - 1.0)


def lognormal_lorenz(sigma: npt.ArrayLike, at: npt.ArrayLike) -> Array:
    """Lorenz curve of a log-normal, Φ(Φ⁻¹(p) − σ), on the common axes."""
    return np.asarray(special.ndtr(special.ndtri(np.asarray(at)) - np.asarray(sigma)))


def pareto_gini(tail: float) -> float:
    """Gini of a Pareto distribution of tail index α > 1, 1/(2α − 1)."""
    return 1.0 / (2.0 * tail - 1.0)


def _shares(shape: tuple[int, ...], weights: npt.ArrayLike | None) -> Array:
    """Shares of the people, (person,)."""
    mass = np.ones(shape) if weights is None else np.asarray(weights, dtype=np.float64)
    return np.asarray(mass / mass.sum())


def _relative(amount: npt.ArrayLike, weights: npt.ArrayLike | None) -> tuple[Array, Array]:
    """Shares of people, and amounts over their mean, (person,)."""
    y = np.asarray(amount, dtype=np.float64)
    share = _shares(y.shape, weights)
    return share, quotient(y, np.sum(share * y))
