"""Demand for the offers of one need whose owners choose the price, as a function of those prices.

Everything else (public offers, the outside option) is folded into sums, so that an evaluation costs
one exp per cell and moving offer. A cell is a (quintile, place, class) with potential episodes.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, IntArray
from pricing.equations.choice import Choice

# Keeps a quotient by a nest out of reach at 0 instead of 0/0, as in the monthly choice.
_TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """A need seen by the owners who price in it.

    `weight` exp(V/λ) at the reference price and `slope` −∂V/∂price in 1/VND, (cell, offer);
    `reference` price the provider receives, VND, (offer,); `rest` Σ exp(V/λ) of the offers whose
    price stands, (cell, nest); `outside` exp(V_outside), `episodes` potential ones, (cell,);
    `nest` (offer,) and `lambda_nest` (nest,). Offers here are the moving ones only.
    """

    weight: Array
    slope: Array
    reference: Array
    rest: Array
    outside: Array
    episodes: Array
    nest: IntArray
    lambda_nest: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Choice probabilities at some prices: P(o) and P(o|nest), (cell, offer)."""

    probability: Array
    conditional: Array


def market_of(
    choice: Choice, episodes: Array, moving: IntArray, slope: Array, reference: Array
) -> Market:
    """The moving offers of a solved choice as a market.

    Parameters
    ----------
    choice
        The need's choice, solved at the reference prices.
    episodes
        Potential episodes of the period, (quintile, place, class).
    moving
        Positions, among the need's offers, of those whose price is chosen, (offer,).
    slope
        alpha/income·∂burden/∂price, 1/VND, on axes that broadcast to (quintile, offer, class);
        a top-up is paid in full, so its ∂burden/∂price is 1.
    reference
        Price the provider receives, VND, (offer,).
    """
    fixed, monthly = choice.fixed.factor, choice.monthly.factor
    kept = episodes.reshape(-1) > 0.0
    weight = fixed[:, :, moving, None] * monthly[:, None, moving, :]
    standing = np.ones(fixed.shape[2])
    standing[moving] = 0.0
    rest = [
        np.matmul(fixed[:, :, window] * standing[window], monthly[:, window, :])
        for window in choice.nests.slices
    ]
    wide = np.broadcast_to(slope, (monthly.shape[0], moving.size, monthly.shape[2]))
    slopes = np.broadcast_to(wide[:, None], weight.shape)
    starts = np.array([window.start for window in choice.nests.slices])
    return Market(
        weight=weight.transpose(0, 1, 3, 2).reshape(-1, moving.size)[kept],
        slope=slopes.transpose(0, 1, 3, 2).reshape(-1, moving.size)[kept],
        reference=reference,
        rest=np.stack(rest, axis=-1).reshape(-1, starts.size)[kept],
        outside=(choice.outside_probability * choice.total).reshape(-1)[kept],
        episodes=episodes.reshape(-1)[kept],
        nest=np.searchsorted(starts, moving, side="right") - 1,
        lambda_nest=choice.nests.lambda_nest,
    )


def resized(market: Market, size: npt.ArrayLike) -> Market:
    """The market when each offer has `size` times its present size, (offer,); 0 is not open.

    V holds λ·ln(size), so exp(V/λ) is proportional to size: slots of entrants are columns from the
    start, and the pipeline opens by this factor.
    """
    return replace(market, weight=market.weight * np.asarray(size))


def only(market: Market, at: int) -> Market:
    """The market in which one offer alone moves; the others stand at their reference prices."""
    others = np.arange(market.nest.size) != at
    member = np.equal.outer(market.nest[others], np.arange(market.lambda_nest.size))
    return replace(
        market,
        weight=market.weight[:, at : at + 1],
        slope=market.slope[:, at : at + 1],
        reference=market.reference[at : at + 1],
        rest=market.rest + market.weight[:, others] @ member.astype(np.float64),
        nest=market.nest[at : at + 1],
    )


def shares(market: Market, price: Array) -> Shares:
    """Choice probabilities at prices (offer,), VND."""
    lambdas = market.lambda_nest[market.nest]
    moved = market.weight * np.exp(-market.slope * (price - market.reference) / lambdas)
    member = np.equal.outer(market.nest, np.arange(market.lambda_nest.size)).astype(np.float64)
    nest_sum = np.maximum(market.rest + moved @ member, _TINY)
    nest_weight = nest_sum**market.lambda_nest
    total = market.outside + nest_weight.sum(axis=1)
    conditional = moved / nest_sum[:, market.nest]
    nest_probability = nest_weight / total[:, None]
    return Shares(
        probability=conditional * nest_probability[:, market.nest], conditional=conditional
    )


def demand(market: Market, price: Array) -> Array:
    """Volume of each offer at prices (offer,), VND: Σ over cells of episodes·P(o), (offer,)."""
    return market.episodes @ shares(market, price).probability


def own_terms(market: Market, found: Shares) -> tuple[Array, Array]:
    """Σ e·a·s/λ and Σ e·a·s·((1 − λ)/λ·s_in_nest + s) over cells, (offer,), a = −∂V/∂price.

    −∂(volume of a firm)/∂(its price) of n equal firms is the first over n less the second over n².
    """
    lambdas = market.lambda_nest[market.nest]
    pull = market.episodes[:, None] * market.slope * found.probability
    bent = (1.0 - lambdas) / lambdas * found.conditional + found.probability
    return pull.sum(0) / lambdas, np.einsum("co,co->o", pull, bent)


def price_derivatives(
    market: Market, found: Shares, n_firms: Array, owner: IntArray | None = None
) -> tuple[Array, Array]:
    """How one firm's price moves its own volume, and its other offers'.

    An offer stands for n_firms equal firms, each with 1/n_firms of its share s and of its share
    in the nest; then −∂s/∂p = (alpha/income)·s·(1/λ − (1 − λ)/λ·s_in_nest − s), summed over cells.

    Parameters
    ----------
    owner
        Number of the owner, (offer,): only responses between offers of one owner are wanted.

    Returns
    -------
    own
        −∂(volume of a firm)/∂(its price) ≥ 0, (offer,), units a VND.
    cross
        ∂(a firm's volume of offer k)/∂(its price of offer j), (offer j, offer k), 0 on the
        diagonal and between owners.
    """
    first, second = own_terms(market, found)
    own = first / n_firms - second / n_firms**2
    cross = np.zeros((own.size, own.size))
    owners = np.zeros(own.size, dtype=np.int64) if owner is None else owner
    joint = np.flatnonzero(np.bincount(owners)[owners] > 1)
    if joint.size:
        cross[np.ix_(joint, joint)] = _cross(market, found, n_firms, joint)
        cross *= np.equal.outer(owners, owners)
        np.fill_diagonal(cross, 0.0)
    return own, cross


def _cross(market: Market, found: Shares, n_firms: Array, at: IntArray) -> Array:
    """Responses of the volumes of some offers to each other's prices, (offer j, offer k)."""
    share = found.probability[:, at] / n_firms[at]
    within = found.conditional[:, at] / n_firms[at]
    lambdas = market.lambda_nest[market.nest[at]]
    pull = market.episodes[:, None] * market.slope[:, at] * share
    same = np.equal.outer(market.nest[at], market.nest[at])
    cross: Array = pull.T @ share + same * (pull.T @ ((1.0 - lambdas) / lambdas * within))
    return cross
