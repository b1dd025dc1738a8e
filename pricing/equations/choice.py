"""Discrete choice: nested logit in its plain form and in the factored form of the monthly market.

Plain form: any alternatives, any nests. Factored form: one need, where exp(V/λ) of an offer is the
product of a part that knows the place of residence and a part that knows the cover class, so that
a month costs two small matrix products a nest and quintile instead of one exp per pair.
McFadden (1978); Train, Discrete Choice Methods with Simulation (2009), ch. 3 and 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp

from pricing.base.arrays import Array, IntArray

# Keeps a quotient by an empty nest (no offer within reach) at 0 instead of 0/0.
_TINY = 1e-300


def price_utility(
    constant: npt.ArrayLike,
    alpha: npt.ArrayLike,
    burden: npt.ArrayLike,
    income: npt.ArrayLike = 1.0,
) -> Array:
    """Utility of alternatives, on the common axes: V = constant − alpha·burden/income.

    `burden` and monthly `income` in VND; with income 1, alpha is the marginal utility of money.
    Linear in money, so without income effects (Small & Rosen 1981).
    """
    return np.subtract(constant, np.divide(np.multiply(alpha, burden), income))


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedLogit:
    """A solved nested logit in the plain form.

    `probability` P(j) and `conditional` P(j|nest) are (…, alternative); `nest_probability` and
    `inclusive_value` IV are (…, nest); `log_sum` is (…,). `nest` (alternative,) and
    `lambda_nest` (nest,) say how it was nested.
    """

    probability: Array
    conditional: Array
    nest_probability: Array
    inclusive_value: Array
    log_sum: Array
    nest: IntArray
    lambda_nest: Array


def nested_logit(
    utility: npt.ArrayLike, nest: Sequence[int] | IntArray, lambda_nest: npt.ArrayLike
) -> NestedLogit:
    """Shares, inclusive values and log-sum of a nested logit, stable for utilities of any size.

    An outside option is an alternative with a nest of its own. With every λ = 1 this is the
    multinomial logit.

    Parameters
    ----------
    utility
        V, (…, alternative); −inf is an alternative out of reach.
    nest
        Number of the nest of each alternative, (alternative,); every nest has a member.
    lambda_nest
        Dissimilarity parameter λ ∈ (0, 1] of each nest, (nest,) or one for all.

    Notes
    -----
    P(j|g) = exp(V/λ − IV_g), P(g) = exp(λ_g·IV_g) / Σ_h exp(λ_h·IV_h), IV_g = ln Σ_{j∈g} exp(V/λ).
    """
    number = np.asarray(nest, dtype=np.int64)
    lambdas = np.broadcast_to(np.asarray(lambda_nest, dtype=np.float64), (int(number.max()) + 1,))
    scaled = np.asarray(utility, dtype=np.float64) / lambdas[number]
    inclusive = np.stack(
        [logsumexp(scaled[..., number == g], axis=-1) for g in range(lambdas.size)], axis=-1
    )
    within = inclusive[..., number]
    # A nest wholly out of reach has IV = −inf; the bound keeps its members at 0, not −inf + inf.
    conditional = np.exp(scaled - np.maximum(within, -1e308))
    log_sum = np.asarray(logsumexp(lambdas * inclusive, axis=-1))
    nest_probability = np.exp(lambdas * inclusive - log_sum[..., None])
    return NestedLogit(
        probability=conditional * nest_probability[..., number],
        conditional=conditional,
        nest_probability=nest_probability,
        inclusive_value=inclusive,
        log_sum=log_sum,
        nest=number,
        lambda_nest=lambdas,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nests:
    """The nests of one need: contiguous offers, with λ by nest (nest,) and by offer (offer,)."""

    slices: tuple[slice, ...]
    lambda_nest: Array
    lambda_offer: Array


def nests_of(slices: Sequence[slice], lambda_nest: npt.ArrayLike) -> Nests:
    """Nests from the slices that cover the need's offers in order, and λ (nest,) or one for all."""
    sizes = [window.stop - window.start for window in slices]
    lambdas = np.broadcast_to(np.asarray(lambda_nest, dtype=np.float64), (len(sizes),)).copy()
    return Nests(slices=tuple(slices), lambda_nest=lambdas, lambda_offer=np.repeat(lambdas, sizes))


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedPart:
    """The yearly factor A = exp((V_fixed − shift)/λ), (quintile, place, offer).

    `shift` is (quintile,).
    """

    factor: Array
    shift: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyPart:
    """The monthly factor B = exp((V_monthly − shift)/λ), (quintile, offer, class).

    `outside_utility` is (quintile,), `shift` (quintile, class).
    """

    factor: Array
    outside_utility: Array
    shift: Array


def fixed_part(utility: Array, nests: Nests) -> FixedPart:
    """Factor of what depends on the place, from V_fixed (quintile, place, offer).

    V_fixed holds size, distance, travel; −inf is out of reach. The shift is the largest V_fixed of
    the quintile where positive: it moves all offers of a quintile alike, hence cancels in every
    probability, and keeps every factor ≤ 1.
    """
    shift = np.maximum(utility.max(axis=(1, 2)), 0.0)
    factor = np.exp((utility - shift[:, None, None]) / nests.lambda_offer)
    return FixedPart(factor=factor, shift=shift)


def monthly_part(utility: Array, outside_utility: Array, nests: Nests) -> MonthlyPart:
    """Factor of what depends on the cover class, from V_monthly (quintile, offer, class).

    V_monthly holds nest constants, price, congestion, quality; `outside_utility` is V_outside
    (quintile,). The shift is the largest utility of the quintile and class, the outside option
    included: with the one of `fixed_part` no exp can overflow. An alternative more than about
    700·λ below the best of its quintile and class has the share 0.
    """
    shift = np.maximum(utility.max(axis=1), outside_utility[:, None])
    factor = utility - shift[:, None, :]
    factor /= nests.lambda_offer[:, None]
    np.exp(factor, out=factor)
    return MonthlyPart(factor=factor, outside_utility=outside_utility, shift=shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One need's solved choice in the factored form; axes (nest, quintile, place, class).

    `nest_sum` G_g = Σ_o A·B; `nest_probability` P(g); `scale` = P(g)/G_g, so that an offer's share
    is P(o) = A·B·scale; `outside_probability` (quintile, place, class); `total` (quintile, place,
    class) = exp(V_outside) + Σ_g exp(λ_g·IV_g), after both shifts.
    """

    fixed: FixedPart
    monthly: MonthlyPart
    nests: Nests
    nest_sum: Array
    nest_probability: Array
    scale: Array
    outside_probability: Array
    total: Array


def choose(fixed: FixedPart, monthly: MonthlyPart, nests: Nests) -> Choice:
    """Nest sums and probabilities of one need for all quintiles, places and classes."""
    quintiles, places, _ = fixed.factor.shape
    nest_sum = np.empty((len(nests.slices), quintiles, places, monthly.factor.shape[2]))
    for g, window in enumerate(nests.slices):
        np.matmul(fixed.factor[:, :, window], monthly.factor[:, window, :], out=nest_sum[g])
    weight = nest_sum ** nests.lambda_nest[:, None, None, None]
    shift = fixed.shift[:, None] + monthly.shift
    outside = np.exp(monthly.outside_utility[:, None] - shift)[:, None, :]
    total = outside + weight.sum(axis=0)
    probability = weight / total
    return Choice(
        fixed=fixed,
        monthly=monthly,
        nests=nests,
        nest_sum=nest_sum,
        nest_probability=probability,
        scale=probability / np.maximum(nest_sum, _TINY),
        outside_probability=outside / total,
        total=total,
    )


def inclusive_values(choice: Choice) -> Array:
    """IV_g = ln Σ_{o∈g} exp(V/λ_g), (nest, quintile, place, class); ≈ −700 out of reach."""
    lambdas = choice.nests.lambda_nest[:, None, None, None]
    return np.log(np.maximum(choice.nest_sum, _TINY)) + _shift(choice) / lambdas


def log_sums(choice: Choice) -> Array:
    """ln(exp(V_outside) + Σ_g exp(λ_g·IV_g)), (quintile, place, class): welfare in units of V."""
    return np.log(choice.total) + _shift(choice)


def log_sums_without(choice: Choice, lift: Array) -> Array:
    """The log-sums at utilities less ``lift`` (offer,), without a new exp a pair.

    exp((V − lift)/λ) = B·exp(−lift/λ): one more matrix product a nest, what is no offer's stays.
    """
    factor = choice.monthly.factor * np.exp(-lift / choice.nests.lambda_offer)[:, None]
    nest_sum = np.empty_like(choice.nest_sum)
    for g, window in enumerate(choice.nests.slices):
        np.matmul(choice.fixed.factor[:, :, window], factor[:, window, :], out=nest_sum[g])
    nest_sum **= choice.nests.lambda_nest[:, None, None, None]
    total = choice.total * choice.outside_probability + nest_sum.sum(axis=0)
    found: Array = np.log(total) + _shift(choice)
    return found


def _shift(choice: Choice) -> Array:
    return (choice.fixed.shift[:, None] + choice.monthly.shift)[:, None, :]


def used_episodes(choice: Choice, episodes: Array) -> Array:
    """Episodes that use any offer, (quintile, place, class), from potential ones on these axes."""
    return episodes * (1.0 - choice.outside_probability)


def volumes(choice: Choice, episodes: Array) -> Array:
    """Volume of each offer, (quintile, offer, class).

    `episodes` are potential ones, (quintile, place, class);
    volume = B ⊙ Aᵀ·(episodes·P(g)/G_g): the second matrix product of the month.
    """
    result = np.empty_like(choice.monthly.factor)
    back = choice.fixed.factor.transpose(0, 2, 1)
    for g, window in enumerate(choice.nests.slices):
        np.matmul(back[:, window, :], episodes * choice.scale[g], out=result[:, window, :])
    result *= choice.monthly.factor
    return result


def expected_amounts(choice: Choice, amount: Array) -> Array:
    """Σ_{o∈g} P(o)·amount(o) by nest, (nest, quintile, place, class), per potential episode.

    `amount` (quintile, offer, class), or anything that broadcasts to it, is what one use of the
    offer carries: a price, a payment, a distance. Not conditional on use.
    """
    weighted = choice.monthly.factor * amount
    result = np.empty_like(choice.nest_sum)
    for g, window in enumerate(choice.nests.slices):
        np.matmul(choice.fixed.factor[:, :, window], weighted[:, window, :], out=result[g])
    result *= choice.scale
    return result


def offer_shares(choice: Choice) -> Array:
    """P(o), (quintile, place, offer, class): every share written out, for reports and tests."""
    scale = np.repeat(choice.scale, [s.stop - s.start for s in choice.nests.slices], axis=0)
    return (
        choice.fixed.factor[..., None]
        * choice.monthly.factor[:, None]
        * scale.transpose(1, 2, 0, 3)
    )
