"""The system of first-price equilibrium among bidder types, solved by shooting from the lowest bid.

Inverse bids φ_T(b) of types T with n_T bidders each obey, where a type bids,

    1/(b − φ_T) = Σ_S (n_S − 1[S=T])·D_S′,   D_S = −ln(1 − F_S(φ_S(b))).

As independent variable serves Λ = Σ n_S·D_S, minus the log of the chance that all bids exceed b: in
it every rate is between 0 and 1, whatever the densities at the ends. With g_T = 1/(b − φ_T) and
P = Σ n_T·g_T/(N − 1) = dΛ/db, summed over the N bidders of the types that bid near b,

    db/dΛ = 1/P,   dD_T/dΛ = 1 − g_T/P;  a type with g_T ≥ P still waits for higher bids.

Too low a lowest bid drives a margin to 0 before the top, too high a one drives b above it (Lebrun
2006); many candidates are shot at once and bracket the right one, again from each point up to which
neighbours agree. The step is a Rosenbrock method of order 4, L-stable (Hairer & Wanner 1996, IV.7),
since a type with little mass follows fast.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import special
from scipy.interpolate import CubicSpline

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.auction_costs import CostDistribution

_GAMMA = 0.57282
_A = (2.0, 1.867943637803922, 0.2344449711399156)
_C = (
    *(-7.137615036412310, 2.580708087951457, 0.6515950076447975),
    *(-2.137148994382534, -0.3214669691237626, -0.6949742501781779),
)
_B = (2.255570073418735, 0.2870493262186792, 0.4353179431840180, 1.093502252409163)
_LANES = 128
# Shape of the steps in Λ: fine near 0, where quantiles may bend like any root, and near the top.
_SHAPE = (6.0, 3.0)
# Λ·(N − 1)/N up to which a shot is followed if the chance to win has no floor; e⁻³⁰ ≈ 1e-13.
_FAR = 30.0
_TABLE = 1500
_ROOT = 8
_TINY = 1e-13
_HIGHEST = 36.0
_LEAP = 10.0
_ROUNDS = 80
_WIDEN = 10.0
# A type begins to bid at a node if its margin is this near to its best. Steps are short around a
# beginning that brings notable mass.
_AT_ONCE = 1e-4
_BEFORE = 0.98
_AFTER = np.array([0.02, 0.1, 0.3])
_NOTABLE = 1e-9
_RESOLUTION = 1e-15
_RARE = 1e-15
_AGREE = 1e-8
_TRUSTED = 11.0
_WIDER = np.linspace(-1.0, 2.0, _LANES)[:, np.newaxis]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Equilibrium from the lowest bid up to where win chances vanish.

    `log_chance` Λ (node,), ascending from 0; `states` (node, 1 + type): bid b and hazards D_T, −ln
    of the chance that a bidder of the type bids above b; `slopes` their derivatives in Λ; `costs`
    φ_T of the nodes (node, type), also where the chance of a lower cost is hardly a number.
    """

    log_chance: Array
    states: Array
    slopes: Array
    costs: Array

    @property
    def bids(self) -> Array:
        """b, (node,)."""
        return self.states[:, 0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantiles:
    """Costs of each type as piecewise cubics in (D/most)^(1/8), costs scaled to [0, 1]."""

    most: Array
    pieces: Array
    first: IntArray

    def _piece(self, hazard: Array) -> tuple[Array, Array, Array]:
        root = np.sqrt(np.sqrt(np.sqrt(np.clip(hazard / self.most, 1e-30, 1.0))))
        place = root * _TABLE
        piece = np.minimum(place.astype(np.int64), _TABLE - 1)
        return self.pieces.take(piece + self.first, axis=0), (place - piece) / _TABLE, root

    def cost(self, hazard: Array) -> Array:
        """φ_T(D_T), (lane, type)."""
        c, x, _ = self._piece(hazard)
        return ((c[..., 0] * x + c[..., 1]) * x + c[..., 2]) * x + c[..., 3]

    def slope(self, hazard: Array) -> Array:
        """φ_T′(D_T), (lane, type)."""
        c, x, root = self._piece(hazard)
        by_root = (3.0 * c[..., 0] * x + 2.0 * c[..., 1]) * x + c[..., 2]
        return by_root / (_ROOT * root ** (_ROOT - 1) * self.most) * (root < 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """What moves a state (b, D_1, …), (lane, 1 + type).

    `pull` g and `bids`, whether a type bids, (lane, type); `total` P, (lane, 1); `failed` margin
    used up, (lane,).
    """

    pull: Array
    bids: BoolArray
    total: Array
    failed: BoolArray

    @property
    def rate(self) -> Array:
        """Rates in Λ, (lane, 1 + type)."""
        return np.hstack([1.0 / self.total, np.maximum(1.0 - self.pull / self.total, 0.0)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _System:
    """The scaled problem: bidders a type (type,), quantiles, Λ of the nodes (node,).

    `surest` is the type with the lowest highest cost; at `cost`, that one or the top, it earns
    `profit` by bidding the top. `begun` are columns of the state with nodes of their own where they
    begin to rise.
    """

    counts: Array
    quantiles: _Quantiles
    nodes: Array
    surest: int
    cost: float
    profit: float
    begun: frozenset[int] = frozenset()

    def earns_too_much(self, state: Array) -> BoolArray:
        """Whether a state at the end comes from too high a lowest bid, (lane,)."""
        rivals = state[:, 1:] @ self.counts - state[:, 1 + self.surest]
        return np.asarray((state[:, 0] - self.cost) * np.exp(-rivals) > self.profit)

    def can_win(self, state: Array) -> BoolArray:
        """Whether a bidder of some type wins often enough to be followed, (lane,)."""
        rivals = (state[:, 1:] @ self.counts)[:, np.newaxis] - state[:, 1:]
        return np.asarray(rivals.min(axis=1) < _TRUSTED)

    def field(self, state: Array) -> _Field:
        """Rates of change in Λ; types that would lose by bidding this low wait."""
        margin = state[:, :1] - self.quantiles.cost(state[:, 1:])
        pull = 1.0 / np.maximum(margin, _TINY)
        bids = np.ones(pull.shape, dtype=np.bool_)
        number = np.full((len(state), 1), self.counts.sum())
        total = (pull @ self.counts)[:, np.newaxis] / (number - 1.0)
        for _ in self.counts[1:]:
            bids = pull < total
            weight = bids * self.counts
            number = weight.sum(axis=1, keepdims=True)
            total = (weight * pull).sum(axis=1, keepdims=True) / (number - 1.0)
        failed = np.any((margin <= _TINY) & bids, axis=1)
        return _Field(
            pull=pull,
            bids=bids,
            total=total,
            failed=np.asarray(failed),
        )

    def step(self, state: Array, field: _Field, length: float) -> Array:
        """The state a step of Λ later; hazards never fall."""
        rate = field.rate
        hazards, ahead = state[:, 1:], length * rate[:, 1:]
        # A slope that would fall by orders within the step is taken at its end.
        slope = self.quantiles.slope(np.where(ahead > _LEAP * hazards, hazards + ahead, hazards))
        solve = _implicit(self.counts, field, slope, _GAMMA * length)
        k1 = solve(rate)
        k2 = solve(self.field(state + _A[0] * k1).rate + _C[0] / length * k1)
        third = self.field(state + _A[1] * k1 + _A[2] * k2).rate
        k3 = solve(third + (_C[1] * k1 + _C[2] * k2) / length)
        k4 = solve(third + (_C[3] * k1 + _C[4] * k2 + _C[5] * k3) / length)
        moved = state + _B[0] * k1 + _B[1] * k2 + _B[2] * k3 + _B[3] * k4
        return np.maximum(moved, state)


def _implicit(counts: Array, field: _Field, slope: Array, h: float) -> Callable[[Array], Array]:
    """Solver of (1/h − J)·k = right side, J the Jacobian of the field: diagonal and rank one."""
    pull = field.pull * field.bids
    own = h * pull**2 / field.total
    damping = 1.0 + own * slope
    alpha = h / field.total**2
    weight = counts / damping
    # Where types bid, Σ n·g = (N − 1)·P: written so that nothing cancels.
    divisor = (weight * (pull - own)).sum(axis=1, keepdims=True) / field.total

    def solve(right: Array) -> Array:
        bid = h * right[:, :1]
        moved = h * right[:, 1:]
        pushed = (weight * pull**2 * (slope * moved - bid)).sum(axis=1, keepdims=True)
        change = pushed / divisor
        alone = moved + own * bid + alpha * (pull - own) * change
        return np.hstack([bid - alpha * change, alone / damping])

    return solve


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shots:
    """What became of states shot from one node: whether too low, (lane,), and where they went.

    `lanes` and `states` per node: which are undecided there, and their states.
    """

    low: BoolArray
    lanes: list[IntArray]
    states: list[Array]

    def pair(self, first: int) -> Array:
        """States of lanes `first` and the next, (node, 2, 1 + type), while both are undecided."""
        wanted = np.array([first, first + 1])
        both = sum(bool(np.isin(wanted, lanes).all()) for lanes in self.lanes)
        shared = zip(self.lanes[:both], self.states[:both], strict=True)
        return np.array([states[np.searchsorted(lanes, wanted)] for lanes, states in shared])


def _shoot(system: _System, start: int, state: Array) -> _Shots:
    """Follow states (lane, 1 + type) from node `start` until all are decided, or to the end."""
    low = np.ones(len(state), dtype=np.bool_)
    lane = np.arange(len(state))
    lanes, states = [lane], [state]
    for length in np.diff(system.nodes[start:]).tolist():
        field = system.field(state)
        over = (state[:, 0] > 1.0) & ~field.failed
        low[lane[over]] = False
        going = ~(over | field.failed)
        if not going.any():
            return _Shots(low=low, lanes=lanes, states=states)
        if not going.all():
            lane, state = lane[going], state[going]
            field = system.field(state)
        state = system.step(state, field, length)
        lanes.append(lane)
        states.append(state)
    low[lane] = ~system.earns_too_much(state)
    return _Shots(low=low, lanes=lanes, states=states)


def _system(
    costs: tuple[CostDistribution, ...], counts: Array, limits: tuple[float, float], steps: int
) -> _System:
    """Costs scaled so that the lower limit is 0 and the upper, the top, is 1."""
    low, top = limits
    highest = np.array([float(hazard(cost, np.asarray(top))) for cost in costs])
    number = counts.sum()
    end = min(float(counts @ highest), _FAR * number / (number - 1.0))
    most = np.minimum(np.minimum(highest, end / counts), _HIGHEST)
    roots = np.linspace(0.0, 1.0, _TABLE + 1)
    # The lowest cost that is tabled has this chance: one of chance 0 may lie far off.
    tables = [
        (cost.quantile(-np.expm1(-np.maximum(roots**_ROOT * m, _RARE))) - low) / (top - low)
        for cost, m in zip(costs, most.tolist(), strict=True)
    ]
    pieces = np.concatenate([CubicSpline(roots, table).c.T for table in tables])
    first = np.arange(len(costs), dtype=np.int64) * _TABLE
    surest = int(np.argmin([cost.hi for cost in costs]))
    cost = (min(costs[surest].hi, top) - low) / (top - low)
    rivals = float(np.delete(counts * highest, surest).sum())
    return _System(
        surest=surest,
        cost=cost,
        profit=(1.0 - cost) * float(np.exp(-rivals)),
        counts=counts,
        quantiles=_Quantiles(most=most, pieces=np.ascontiguousarray(pieces), first=first),
        nodes=end * special.betainc(*_SHAPE, np.linspace(0.0, 1.0, steps + 1)),
    )


def hazard(costs: CostDistribution, cost: Array) -> Array:
    """−ln(1 − F(c)), with its digits where F is small; finite."""
    below, above = costs.cdf(cost), costs.survival(cost)
    late = -np.log(np.maximum(above, np.finfo(np.float64).tiny))
    return np.where(below < 0.5, -np.log1p(-np.minimum(below, 0.5)), late)


def bid_path(
    costs: tuple[CostDistribution, ...], counts: tuple[int, ...], top: float, steps: int
) -> Path:
    """Equilibrium path of the types below the highest bid `top`; every `lo` < top, Σ counts ≥ 2.

    `steps` divide the range of Λ.
    """
    number = np.array(counts, dtype=np.float64)
    lows = np.array([cost.lo for cost in costs])
    origin, scale = float(lows.min()), float(top - lows.min())
    system = _system(costs, number, (origin, top), steps)
    # Who has the lowest cost bids no less than what the next bidder can bid at best.
    next_low = float(np.sort(np.repeat(lows, counts))[1] - origin) / scale
    states = _follow(system, next_low)
    field = system.field(states)
    bids = origin + scale * states[:, 0]
    # Who waits has run ahead within a step: back to the cost at which a bid of b is best.
    best = np.maximum(bids[:, np.newaxis] - scale / field.total, lows)
    caught = np.column_stack([hazard(row, best[:, i]) for i, row in enumerate(costs)])
    hazards = np.where(field.bids, states[:, 1:], caught)
    bidding = origin + scale * system.quantiles.cost(states[:, 1:])
    reached = np.where(field.bids, bidding, best)
    log_chance = states[:, 1:] @ number
    states = np.column_stack([bids, np.maximum.accumulate(hazards)])
    rates = field.rate * np.array([scale] + [1.0] * len(costs))
    return Path(
        log_chance=log_chance,
        states=states,
        slopes=np.minimum(rates, _steepest(log_chance, states)),
        costs=np.maximum.accumulate(reached),
    )


def _follow(system: _System, next_low: float) -> Array:
    """States (node, 1 + type) of the equilibrium while somebody can win."""
    bracket = np.zeros((2, 1 + len(system.counts)))
    bracket[:, 0] = next_low, 1.0
    share = np.linspace(0.0, 1.0, _LANES + 2)[1:-1, np.newaxis]
    path: list[Array] = []
    rounds = 0
    while len(path) < len(system.nodes) - 1 and rounds < _ROUNDS and system.can_win(bracket).any():
        rounds += 1
        shots = _shoot(system, len(path), bracket[0] + share * (bracket[1] - bracket[0]))
        turns = np.flatnonzero(shots.low[1:] != shots.low[:-1])
        if not len(turns):
            share = 0.5 + _WIDEN * (share - 0.5)
            continue
        pair = shots.pair(int(turns[len(turns) // 2]))
        agree = np.append(np.ptp(pair[..., 0], axis=1) <= _AGREE, False)
        # Where a type begins to bid, neighbours may part within one step, by little.
        narrow = bool(np.ptp(bracket[:, 0]) <= _RESOLUTION)
        advance = min(max(int(agree.argmin()), 1) - 1 + narrow, len(pair) - 1)
        system, advance = _with_beginning(system, len(path), pair[: advance + 1].mean(axis=1))
        path.extend(pair[:advance].mean(axis=1))
        bracket = pair[advance]
        share = _WIDER
    states = np.array([*path, bracket.mean(axis=0)])
    return states[: np.count_nonzero(system.can_win(states)) + 1]


def _with_beginning(system: _System, start: int, states: Array) -> tuple[_System, int]:
    """The system with nodes where a type that waited begins to bid, and how far states may stand.

    All states from node `start` on, if no type begins to bid between two of them.
    """
    for column in set(range(1, states.shape[1])) - system.begun:
        waits = int(np.count_nonzero(states[:, column] <= 0.0)) - 1
        around = states[max(waits, 0) : waits + 2].copy()
        around[:, column] = 0.0
        field = system.field(around)
        short = field.pull[:, column - 1] / field.total[:, 0] - 1.0
        begins = short[0] > _AT_ONCE and short[-1] < 0.0
        if begins and states[waits + 1, column] > _NOTABLE:
            at = start + waits
            share = short[0] / (short[0] - short[1])
            parts = np.append(_BEFORE * share, share + (1.0 - share) * _AFTER)
            new = system.nodes[at] + parts * (system.nodes[at + 1] - system.nodes[at])
            nodes = np.insert(system.nodes, at + 1, new)
            return replace(system, nodes=nodes, begun=system.begun | {column}), waits
    return system, len(states) - 1


def _steepest(x: Array, values: Array) -> Array:
    """Slopes up to which a cubic between rising values rises too (Fritsch & Carlson 1980)."""
    secant = np.diff(values, axis=0) / np.diff(x)[:, np.newaxis]
    return 3.0 * np.minimum(np.vstack([secant[:1], secant]), np.vstack([secant, secant[-1:]]))
