"""Prices of non-public offers: Bertrand–Nash in the nested logit, with conduct, capacity, bounds.

p = mc + θ·(−share/(∂share/∂p)) + κ, with the cannibalised margin of an owner's other offers, κ ≥ 0,
κ·(capacity − demand) = 0, and lower ≤ p ≤ upper. The price is what the provider receives: contract
price + top_up of a contracted offer (so its lower bound is the contract price), else the whole
price. Berry, Levinsohn & Pakes (1995); Bresnahan (1989) for conduct; the fixed point in own
margins is that of Morrow & Skerlos (2011), here accelerated (Anderson 1965).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.oligopoly_market import (
    Market,
    demand,
    own_terms,
    price_derivatives,
    shares,
)
from pricing.equations.quotient import quotient

GREATEST_MARKUP = 2.0  # p ≤ 3·mc
# A base cost below p/3 would break p ≤ 3·mc in the base year itself.
_LEAST_COST_SHARE = 1.0 / (1.0 + GREATEST_MARKUP)
_TOLERANCE = 1e-9
# Memory, damping, steps: the accelerated iteration nearly always ends in under 20 steps; where it
# wanders, plain damped ones, slower and surer, go on from the best point.
_STAGES = ((6, 0.5, 80), (1, 0.5, 700), (1, 0.1, 800), (6, 0.1, 80))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Who prices the offers: `owner` number (offer,), offers of one number are priced jointly.

    `n_firms` (offer,) equal firms stand behind an offer, 1 or more; `is_non_profit` (offer,)
    owners are licensed non-profit and price by cost.
    """

    owner: IntArray
    n_firms: Array
    is_non_profit: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What pricing rests on, (offer,): `mc` VND, `conduct` θ ∈ [0, 1], `cost_markup`.

    θ = 1 is Bertrand–Nash, 0 the price at marginal cost. A `cost_markup` that is not NaN replaces
    the first-order condition: p = mc·(1 + cost_markup).
    """

    mc: Array
    conduct: Array
    cost_markup: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`lower` ≤ price ≤ `upper`, VND, and demand ≤ `capacity` (units of output), all (offer,)."""

    lower: Array
    upper: Array
    capacity: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Equilibrium:
    """Prices, and how well they solve the owners' problem; all (offer,).

    `price` VND; `demand` units of output; `scarcity` κ ≥ 0, VND; `residual` |distance to the
    complementarity condition|/price; `is_bound` where a limit on the price binds; `is_full` where
    the capacity does.
    """

    price: Array
    demand: Array
    scarcity: Array
    residual: Array
    is_bound: BoolArray
    is_full: BoolArray


def price_limits(
    last: Array, mc: Array, floor: Array, ceiling: Array, largest_change: float = 0.15
) -> tuple[Array, Array]:
    """Lower and upper bound of a year's price, VND, (offer,).

    At most `largest_change` from the `last` price (brought to this year's price level by the
    caller where the limit is real), at most 3·mc, and within law: `floor` (contract price, or 0)
    and `ceiling` (inf = none) win over the other two.

    Raises
    ------
    ValueError
        If a floor is above its ceiling.
    """
    if np.any(floor > ceiling):
        raise ValueError("a floor of a price is above its ceiling")
    lower = np.clip((1.0 - largest_change) * last, floor, ceiling)
    highest = np.minimum((1.0 + largest_change) * last, (1.0 + GREATEST_MARKUP) * mc)
    return lower, np.maximum(np.clip(highest, floor, ceiling), lower)


def invert_costs(market: Market, owners: Owners, assumed_cost_share: float = 0.7) -> Costs:
    """Marginal costs at which the reference prices are the equilibrium, with conduct where needed.

    mc = p − margin of θ = 1. Where that leaves mc < p/3, the margin is (1 − assumed_cost_share)·p,
    or that of θ = 1 after the sister offers' fall where smaller, and θ ∈ (0, 1] is what makes it
    optimal. Non-profit owners, and offers whose users do not respond to price, price by cost. An
    offer without volume (a slot not yet open) has mc = assumed_cost_share·p and θ = 1.
    """
    price = market.reference
    volume, own, cross = _firm(market, owners, price)
    by_cost = owners.is_non_profit | ((volume > 0.0) & (own * price <= 1e-9 * volume))
    given = by_cost | (volume == 0.0)
    assumed = (1.0 - assumed_cost_share) * price
    margin = _margins(volume, own, cross, np.where(given, assumed, np.inf))
    given |= price - margin < _LEAST_COST_SHARE * price
    margin = _margins(volume, own, cross, np.where(given, assumed, np.inf))
    wanted = quotient(volume + cross @ margin, own, undefined=np.inf)
    is_free = ~by_cost & (volume > 0.0)
    conduct = np.where(is_free, np.minimum(margin / wanted, 1.0), 1.0)
    mc = price - margin
    return Costs(mc=mc, conduct=conduct, cost_markup=np.where(by_cost, margin / mc, np.nan))


def equilibrium(market: Market, owners: Owners, costs: Costs, limits: Limits) -> Equilibrium:
    """Prices at which no owner gains by another price, from the reference prices on.

    Solves p = clip(max(p_first_order, p_capacity), lower, upper); an offer nobody can reach or
    that is not open keeps its price, within the limits. Prices that already solve it are returned
    bit for bit.
    """
    start = np.clip(market.reference, limits.lower, limits.upper)
    scale = np.maximum(start, 1e-9)

    def wanted(price: Array) -> Array:
        free = np.maximum(*_targets(market, owners, costs, limits, price))
        return np.clip(free, limits.lower, limits.upper)

    price = np.clip(_fixed_point(wanted, start, scale), limits.lower, limits.upper)
    first_order, capacity_price = _targets(market, owners, costs, limits, price)
    free = np.maximum(first_order, capacity_price)
    target = np.clip(free, limits.lower, limits.upper)
    volume = demand(market, price)
    full = (capacity_price > first_order) & (volume >= limits.capacity * (1.0 - 1e-9))
    return Equilibrium(
        price=price,
        demand=volume,
        scarcity=np.where(full, np.maximum(price - first_order, 0.0), 0.0),
        residual=np.abs(target - price) / np.maximum(price, 1e-9),
        is_bound=np.abs(free - target) > 1e-9 * np.maximum(price, 1e-9),
        is_full=full,
    )


def _firm(market: Market, owners: Owners, price: Array) -> tuple[Array, Array, Array]:
    """A firm's volume, own response and cannibalisation between offers of one owner."""
    found = shares(market, price)
    own, cross = price_derivatives(market, found, owners.n_firms, owners.owner)
    volume = market.episodes @ found.probability / owners.n_firms
    return volume, own, cross


def _margins(volume: Array, own: Array, cross: Array, cap: Array) -> Array:
    """Largest margins with margin = min((volume + cross·margin)/own, cap), from below.

    The map is monotone, and the margins of θ = 1 without cap are above it: it converges.
    """
    margin = np.zeros_like(volume)
    for _ in range(2000):
        free = np.divide(volume + cross @ margin, own, out=np.full_like(own, np.inf), where=own > 0)
        best = np.minimum(free, cap)
        if np.allclose(best, margin, rtol=1e-15, atol=0.0):
            break
        margin = best
    return margin


def _targets(
    market: Market, owners: Owners, costs: Costs, limits: Limits, price: Array
) -> tuple[Array, Array]:
    """Price of the first-order condition, and price that brings demand down to capacity, (offer,).

    The second is a Newton step on ln(demand) in the offer's own price: exact at the solution. A
    sister offer at capacity counts with its margin net of κ, since a user sent there displaces
    another.
    """
    found = shares(market, price)
    own, cross = price_derivatives(market, found, owners.n_firms, owners.owner)
    volume = market.episodes @ found.probability
    first, second = own_terms(market, found)
    together = first - second
    moves = (together > 0.0) & (volume > 0.0)
    excess = np.log(volume[moves]) - np.log(limits.capacity[moves])
    capacity_price = np.full_like(price, -np.inf)
    capacity_price[moves] = price[moves] + excess * volume[moves] / together[moves]
    firm = volume / owners.n_firms
    margin = price - costs.mc
    for _ in range(100):
        best = costs.conduct * quotient(firm + cross @ margin, own, undefined=0.0)
        tight = capacity_price > costs.mc + best
        net = np.where(tight, best, price - costs.mc)
        if np.allclose(net, margin, rtol=1e-13, atol=0.0):
            break
        margin = net
    first_order = costs.mc + best
    by_cost = ~np.isnan(costs.cost_markup)
    first_order = np.where(by_cost, costs.mc * (1.0 + costs.cost_markup), first_order)
    return np.where(by_cost | (own > 0.0), first_order, price), capacity_price


def _fixed_point(wanted: Callable[[Array], Array], start: Array, scale: Array) -> Array:
    """The point with wanted(x) = x, or the best one found, in stages of rising caution."""
    best, least = start, np.inf
    for memory, damping, steps in _STAGES:
        iteration = _Iteration(wanted=wanted, scale=scale, memory=memory, damping=damping)
        best, least = iteration.run(best, steps)
        if least <= _TOLERANCE:
            break
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class _Iteration:
    """A damped fixed-point iteration on `wanted`, accelerated where `memory` > 1."""

    wanted: Callable[[Array], Array]
    scale: Array
    memory: int
    damping: float

    def run(self, start: Array, steps: int) -> tuple[Array, float]:
        """The best of so many points, and its largest gap relative to `scale`."""
        best, point, least = start, start, np.inf
        points: list[Array] = []
        gaps: list[Array] = []
        for _ in range(steps):
            gap = self.wanted(point) - point
            error = float(np.abs(gap / self.scale).max(initial=0.0))
            if error > 2.0 * least:
                points.clear()
                gaps.clear()
            if error < least:
                best, least = point, error
            if error <= _TOLERANCE:
                break
            points.append(point)
            gaps.append(gap)
            del points[: -self.memory], gaps[: -self.memory]
            point = self._following(points, gaps)
        return best, least

    def _following(self, points: list[Array], gaps: list[Array]) -> Array:
        """The next point: least squares over the remembered gaps (Anderson), damped without any."""
        point, gap = points[-1], gaps[-1]
        if len(gaps) == 1:
            return point + self.damping * gap
        change = np.stack([gap - other for other in gaps[:-1]], axis=1)
        move = np.stack([point - other for other in points[:-1]], axis=1)
        relative = change / self.scale[:, None]
        weight = np.linalg.lstsq(relative, gap / self.scale, rcond=1e-12)[0]
        following: Array = np.maximum(point + gap - (move + change) @ weight, 0.1 * point)
        return following
