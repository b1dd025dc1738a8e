"""First-price procurement auction among bidder types: incumbent, other public, non-public.

Bidders of a type draw costs from one distribution; everyone knows the types and the numbers. The
lowest bid at or under the ceiling wins. Bids are the Bayes–Nash equilibrium (Maskin & Riley 2000,
2003, and Lebrun 2006, mirrored to procurement), with or without common support:

- costs above the highest bid that can win never win: where two bidders are sure to cost no more
  than some value below the ceiling, the top is that value; where only one is, it is the bid that
  he prefers at his highest cost;
- who alone can cost less than the ceiling bids the ceiling, and who is sure to cost less than all
  others may bid their lowest cost: he is unchallenged.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicHermiteSpline
from scipy.optimize import minimize_scalar

from pricing.base.arrays import Array
from pricing.base.errors import PricingError
from pricing.equations.auction_costs import CostDistribution
from pricing.equations.auction_types_solve import Path, bid_path, hazard

_BISECTIONS = 48
# Costs of lower chance are read off the path's costs, whose digits do not run out.
_RARE = 1e-10
_REPLY_COSTS = 200
# Costs beyond these quantiles nobody has.
_NOBODY = 1e-12
_REPLY_BIDS = 2000
# Steps of the path, more where a type that begins to bid is met too roughly by fewer.
_STEPS = (360, 720, 1440)
# Of the ceiling; the bound of 1e-4 less what the grid of replies may miss.
_GAIN = 9e-5


class NoEquilibriumError(PricingError):
    """Bids from which somebody would still depart; `gain` is what he gains, of the ceiling."""

    def __init__(self, gain: float) -> None:
        self.gain = gain
        super().__init__(gain)

    def __str__(self) -> str:
        """The gain, and what to change."""
        return (
            f"no equilibrium among these bidder types: another bid gains {self.gain:.1e} of the "
            "ceiling; bring their costs nearer to each other, or take fewer types"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BidderType:
    """`count` ≥ 1 bidders whose costs are independent draws from `costs`."""

    costs: CostDistribution
    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"{self.count} bidders of a type: at least one, or leave it out")


@dataclass(frozen=True, kw_only=True, eq=False)
class TypesEquilibrium:
    """Equilibrium of a tender among types; arrays on the axis type in the order of `types`.

    `top` is the highest bid that can win, NaN where nobody can bid. `path` is that of `active`, the
    types that compete; where none do, `unchallenged` is the type that bids `top`, −1 if none does.
    """

    types: tuple[BidderType, ...]
    ceiling: float
    top: float
    active: tuple[int, ...]
    path: Path
    unchallenged: int

    @property
    def lowest_bid(self) -> float:
        """Lowest bid of any bidder, NaN where nobody can bid."""
        return float(self.path.bids[0])

    @cached_property
    def curves(self) -> CubicHermiteSpline:
        """Bid and hazards of the active types, (…, 1 + active), over Λ."""
        path = self.path
        return CubicHermiteSpline(path.log_chance, path.states, path.slopes)

    def _place(self, column: int, value: Array) -> Array:
        """Λ up to which the bid (column 0) or a hazard does not exceed a value, on its axes."""
        low, high = np.zeros(value.shape), np.full(value.shape, self.path.log_chance[-1])
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            above = self.curves(middle)[..., column] > value
            low, high = np.where(above, low, middle), np.where(above, middle, high)
        return low

    def _last(self, kind: int) -> tuple[float, float, float]:
        """Last cost and bid of the path, and the cost that bids `top`: straight from there on."""
        cost = float(self.path.costs[-1, self.active.index(kind)])
        return cost, float(self.path.bids[-1]), max(cost, min(self.top, self.types[kind].costs.hi))

    def bid(self, kind: int, cost: npt.ArrayLike) -> Array:
        """Bid of a type at each cost, any axes; NaN above the ceiling.

        Who cannot win bids his cost; a cost below the lowest of the type bids like the lowest.
        """
        at = np.asarray(cost, dtype=np.float64)
        if kind == self.unchallenged:
            bid = np.maximum(self.top, at)
        elif kind in self.active:
            bid = np.where(at < self.top, self._path_bid(kind, at), at)
        else:
            bid = at
        return np.where(at <= self.ceiling, bid, np.nan)

    def _path_bid(self, kind: int, cost: Array) -> Array:
        last, end, highest = self._last(kind)
        column = self.active.index(kind)
        own = hazard(self.types[kind].costs, np.minimum(cost, last))
        found = self.curves(self._place(1 + column, own))[..., 0]
        rare = np.interp(cost, self.path.costs[:, column], self.path.bids)
        beyond = np.interp(cost, [last, max(highest, np.nextafter(last, np.inf))], [end, self.top])
        return np.where(cost > last, beyond, np.where(own < _RARE, rare, found))

    def cost_bidding(self, kind: int, bid: npt.ArrayLike) -> Array:
        """Inverse bid φ_T(b), any axes: the cost of a type up to which bidders bid b or less.

        `lo` of the type at bids below its own lowest.
        """
        at = np.asarray(bid, dtype=np.float64)
        costs = self.types[kind].costs
        if kind == self.unchallenged:
            cost = np.where(at < self.top, costs.lo, at)
        elif kind in self.active:
            cost = np.where(at < self.top, self._path_cost(kind, at), at)
        else:
            cost = at
        return np.maximum(cost, costs.lo)

    def _path_cost(self, kind: int, bid: Array) -> Array:
        last, end, highest = self._last(kind)
        column = self.active.index(kind)
        reached = np.maximum(self.curves(self._place(0, bid))[..., 1 + column], 0.0)
        found = self.types[kind].costs.quantile(-np.expm1(-reached))
        rare = np.interp(bid, self.path.bids, self.path.costs[:, column])
        beyond = np.interp(bid, [end, max(self.top, np.nextafter(end, np.inf))], [last, highest])
        return np.where(bid > end, beyond, np.where(reached < _RARE, rare, found))

    def win_chance(self, kind: int, bid: npt.ArrayLike) -> Array:
        """Chance that a bidder of a type wins with a bid ≤ ceiling, any axes."""
        at = np.asarray(bid, dtype=np.float64)
        chance = np.ones(at.shape)
        for other, rival in enumerate(self.types):
            number = rival.count - (other == kind)
            chance = chance * rival.costs.survival(self.cost_bidding(other, at)) ** number
        return np.asarray(chance)


@lru_cache(maxsize=256)
def types_equilibrium(types: tuple[BidderType, ...], ceiling: float) -> TypesEquilibrium:
    """Equilibrium bids of the types under a ceiling price; cached.

    Inverse bids are accurate to about 1e-6 of the range of bids where a bidder's chance to win
    exceeds 1e-5; above, they run straight to the top.

    Raises
    ------
    NoEquilibriumError
        Another bid would gain somebody 9e-5 of the ceiling or more, however short the steps.
    """
    able = tuple(kind for kind, row in enumerate(types) if row.costs.cdf(ceiling) > _NOBODY)
    if not able:
        return _uncontested(types, ceiling, np.nan, -1)
    if sum(types[kind].count for kind in able) == 1:
        return _uncontested(types, ceiling, ceiling, able[0])
    top, surest = _highest_bid(types, able, ceiling)
    active = tuple(kind for kind in able if types[kind].costs.cdf(top) > _NOBODY)
    if sum(types[kind].count for kind in active) == 1:
        return _uncontested(types, ceiling, top, surest)
    gain = np.inf
    for steps in _STEPS:
        found = _contested(types, ceiling, (top, active), steps)
        gain = best_reply_gain(found)
        if gain <= _GAIN:
            return found
    raise NoEquilibriumError(gain)


def _contested(
    types: tuple[BidderType, ...],
    ceiling: float,
    contest: tuple[float, tuple[int, ...]],
    steps: int,
) -> TypesEquilibrium:
    """Bids of the types that compete for a highest bid, by a path of so many steps."""
    top, active = contest
    path = bid_path(
        tuple(types[kind].costs for kind in active),
        tuple(types[kind].count for kind in active),
        top,
        steps,
    )
    return TypesEquilibrium(
        types=types, ceiling=ceiling, top=top, active=active, path=path, unchallenged=-1
    )


def _uncontested(
    types: tuple[BidderType, ...], ceiling: float, top: float, kind: int
) -> TypesEquilibrium:
    return TypesEquilibrium(
        types=types,
        ceiling=ceiling,
        top=top,
        active=(),
        path=Path(
            log_chance=np.zeros(1),
            states=np.array([[top]]),
            slopes=np.zeros((1, 1)),
            costs=np.zeros((1, 0)),
        ),
        unchallenged=kind,
    )


def _highest_bid(
    types: tuple[BidderType, ...], able: tuple[int, ...], ceiling: float
) -> tuple[float, int]:
    """Highest bid that can win, and the type with the lowest highest cost."""
    surest = min(able, key=lambda kind: types[kind].costs.hi)
    cost = types[surest].costs.hi
    others = [types[kind] for kind in able if kind != surest]
    following = min((row.costs.hi for row in others), default=cost)
    limit = min(ceiling, following)
    if types[surest].count > 1 or cost >= limit:
        return min(ceiling, cost), surest

    def gain(bid: Array) -> Array:
        chance = np.prod([row.costs.survival(bid) ** row.count for row in others], axis=0)
        return np.asarray((bid - cost) * chance)

    bids = np.linspace(cost, limit, _REPLY_BIDS + 1)
    best = int(np.argmax(gain(bids)))
    around = bids[max(best - 1, 0)], bids[min(best + 1, _REPLY_BIDS)]
    found = minimize_scalar(
        lambda bid: -float(gain(np.asarray(bid))),
        bounds=around,
        method="bounded",
        options={"xatol": 1e-10 * limit},
    )
    kinks = np.array([bids[best], found.x, *(row.costs.lo for row in others)])
    kinks = kinks[(kinks >= cost) & (kinks <= limit)]
    return float(kinks[np.argmax(gain(kinks))]), surest


def best_reply_gain(equilibrium: TypesEquilibrium) -> float:
    """Most that a bidder of any type and cost gains by another bid, as a share of the ceiling."""
    gains = [
        _reply_gain(equilibrium, kind)
        for kind, row in enumerate(equilibrium.types)
        if row.costs.cdf(equilibrium.ceiling) > _NOBODY
    ]
    return max(gains, default=0.0) / equilibrium.ceiling


def _reply_gain(equilibrium: TypesEquilibrium, kind: int) -> float:
    costs, ceiling = equilibrium.types[kind].costs, equilibrium.ceiling
    shares = np.linspace(_NOBODY, costs.cdf(ceiling) * (1.0 - _NOBODY), _REPLY_COSTS)
    quantiles = np.minimum(costs.quantile(shares), ceiling)
    own = np.append(np.linspace(quantiles[0], quantiles[-1], _REPLY_COSTS), quantiles)
    bids = np.append(
        np.linspace(0.9 * equilibrium.lowest_bid, ceiling, _REPLY_BIDS), equilibrium.path.bids
    )
    best = ((bids - own[:, np.newaxis]) * equilibrium.win_chance(kind, bids)).max(axis=1)
    bid = equilibrium.bid(kind, own)
    return float(np.max(best - (bid - own) * equilibrium.win_chance(kind, bid), initial=0.0))
