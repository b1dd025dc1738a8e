"""The search behind the fit of one need: rounds of Newton, secant and mixing to the targets."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq

from pricing.base.arrays import Array
from pricing.engine.fit_targets import FitPrices, FitTargets
from pricing.engine.frames import Demand, NeedFrame, fixed_utility
from pricing.equations.choice import (
    Choice,
    choose,
    expected_amounts,
    fixed_part,
    monthly_part,
    nests_of,
)
from pricing.equations.quotient import quotient

TOLERANCE = 1e-11
JOINT_ROUNDS = 100
ROUNDS = 80
NEWTON_STEPS = 60
LARGEST_STEP = 1.5
DISTANCE_BOUND = 0.4
SMALLEST_DISTANCE = 1e-4
DISTANCE_STEP = 0.05
DISTANCE_SLOPE = 6.0  # first guess of d share / d weight over share (1 - share), km
WIDEN = 1.6
DEPTH = 8
SMALLEST_SUM = 1e-100
WORSE = 2.0
REPEATED = 1e-9


@dataclass(slots=True)
class _Work:
    """One evaluation of demand; ``choice`` is solved at asc zero, asc only scales the nests."""

    choice: Choice
    powers: Array
    outside: Array
    asc: Array
    nest_share: Array


def _evaluate(frame: NeedFrame, demand: Demand, prices: FitPrices, asc: Array) -> _Work:
    """Nest sums without asc, (nest, quintile, place, class), and the outside option."""
    nests = nests_of(frame.nests, demand.nest_lambda)
    fixed = fixed_utility(frame, demand, (prices.travel_per_km, prices.income_month))
    sensitivity = demand.alpha / prices.income_month
    choice = choose(
        fixed_part(fixed, nests),
        monthly_part(
            -sensitivity[:, None, None] * prices.user_price,
            -sensitivity * prices.self_care_cost,
            nests,
        ),
        nests,
    )
    powers = choice.nest_sum**demand.nest_lambda
    outside = choice.total - powers.sum(0)
    return _Work(choice, powers, outside, asc, choice.nest_probability)


def _solve_asc(work: _Work, targets: FitTargets) -> None:
    """Newton on asc (quintile, nest) for ln(use of nest / target); sets work.asc, nest_share."""
    for _ in range(NEWTON_STEPS):
        scaled = np.exp(work.asc.T)[:, :, None, None] * work.powers
        share = scaled / (work.outside + scaled.sum(0))
        used = targets.episodes * share
        volume = used.sum((2, 3)).T
        gap = np.log(volume / targets.nest_volume)
        if np.max(np.abs(gap)) < TOLERANCE / 10:
            break
        cross = np.einsum("gqpc,hqpc->qgh", used, share)
        jacobian = np.eye(gap.shape[1]) - cross / volume[:, :, None]
        step = np.linalg.solve(jacobian, gap[..., None])[..., 0]
        work.asc = work.asc - np.clip(step, -LARGEST_STEP, LARGEST_STEP)
    work.nest_share = share


def _elasticity(frame: NeedFrame, work: _Work, targets: FitTargets, prices: FitPrices) -> Array:
    """Absolute elasticity per unit of alpha/income, uncovered class, (quintile,) VND.

    Whole need: sum w (1-S) sum_o P(o) price(o) / sum w S; one nest: sum w (1-P_g) sum_o P(o)
    price(o) / sum w P_g, over the nest.
    """
    c = prices.uncovered_class
    weight = targets.episodes[:, :, c]
    share = work.nest_share[..., c]
    per_share = quotient(work.nest_share, work.choice.nest_probability, undefined=0.0)[..., c]
    paid = expected_amounts(work.choice, prices.price[:, None])[..., c] * per_share
    if targets.elastic_nest >= 0:
        own, spent = share[targets.elastic_nest], paid[targets.elastic_nest]
        of_nest: Array = (weight * (1.0 - own) * spent).sum(1) / (weight * own).sum(1)
        return of_nest
    use = share.sum(0)
    of_need: Array = (weight * (1.0 - use) * paid.sum(0)).sum(1) / (weight * use).sum(1)
    return of_need


def _fit_alpha(
    frame: NeedFrame, demand: Demand, targets: FitTargets, prices: FitPrices, asc: Array
) -> tuple[Demand, _Work, Array]:
    """Secant on ln alpha per quintile; asc solved inside; returns the remaining log gaps too."""
    wanted = targets.elasticity
    active = wanted > 0
    log_alpha = np.log(np.where(demand.alpha > 0, demand.alpha, 1.0))
    previous: tuple[Array, Array] | None = None
    gap = np.zeros_like(wanted)
    for _ in range(NEWTON_STEPS):
        demand = replace(demand, alpha=np.where(active, np.exp(log_alpha), 0.0))
        work = _evaluate(frame, demand, prices, asc)
        _solve_asc(work, targets)
        asc = work.asc
        per_unit = _elasticity(frame, work, targets, prices)
        model = demand.alpha / prices.income_month * per_unit
        gap = np.where(
            active, np.log(np.where(active, model, 1.0) / np.where(active, wanted, 1.0)), 0.0
        )
        if np.max(np.abs(gap)) < TOLERANCE:
            break
        slope = np.ones_like(gap)
        if previous is not None:
            moved = log_alpha - previous[0]
            known = np.abs(moved) > 1e-14
            slope = np.where(known, (gap - previous[1]) / np.where(known, moved, 1.0), 1.0)
            slope = np.clip(slope, 0.2, 5.0)
        previous = (log_alpha, gap)
        log_alpha = log_alpha - np.clip(gap / slope, -LARGEST_STEP, LARGEST_STEP)
    return demand, work, gap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offers:
    """Model volumes of the offers with their own slope, and the share used in the own place."""

    volume: Array
    slope: Array
    own_share: float


def _offers(frame: NeedFrame, demand: Demand, work: _Work, targets: FitTargets) -> _Offers:
    """Residents' episodes by offer and d ln volume / d offer constant (nested-logit own slope)."""
    lam = demand.nest_lambda
    fixed, monthly = work.choice.fixed.factor, work.choice.monthly.factor
    volume = np.empty(frame.n_offers)
    slope = np.empty(frame.n_offers)
    own = 0.0
    for g, nest in enumerate(frame.nests):
        sums = work.choice.nest_sum[g]
        sums = np.where(sums > SMALLEST_SUM, sums, np.inf)  # out of any practical reach
        weight = targets.episodes * work.nest_share[g] / sums
        by_place = np.einsum("qpc,qoc->qpo", weight, monthly[:, nest]) * fixed[:, :, nest]
        loss = weight * ((1 - lam) / lam + work.nest_share[g]) / sums
        squared = np.matmul((fixed[:, :, nest] ** 2).transpose(0, 2, 1), loss)
        volume[nest] = by_place.sum((0, 1))
        lost = (squared * monthly[:, nest] ** 2).sum((0, 2))
        slope[nest] = 1.0 / lam - quotient(lost, volume[nest], undefined=0.0)
        own += float((by_place.sum(0) * frame.own_place[:, nest]).sum())
    return _Offers(volume=volume, slope=slope, own_share=own / float(volume.sum()))


def _offer_targets(frame: NeedFrame, targets: FitTargets) -> Array:
    """Known offer volumes, scaled to the volume of their nest where all of it are known."""
    wanted = targets.offer_volume.copy()
    for g, nest in enumerate(frame.nests):
        standing = wanted[nest][frame.stands[nest]]
        if standing.size and not np.isnan(standing).any():
            wanted[nest] *= targets.nest_volume[:, g].sum() / standing.sum()
    return wanted


def _step_constants(
    frame: NeedFrame, constant: Array, offers: _Offers, wanted: Array
) -> tuple[Array, float]:
    """A diagonal Newton step on the offer constants, mean zero in the nest; and the largest gap."""
    known = ~np.isnan(wanted) & (offers.volume > 0)
    if not known.any():
        return constant, 0.0
    gap = np.where(
        known, np.log(np.where(known, wanted, 1.0) / np.where(known, offers.volume, 1.0)), 0.0
    )
    step = np.clip(gap / np.maximum(offers.slope, 0.1), -LARGEST_STEP, LARGEST_STEP)
    moved = constant + step
    for nest in frame.nests:
        standing = frame.stands[nest]
        if standing.any() and known[nest][standing].all():
            moved[nest] -= np.average(moved[nest][standing], weights=wanted[nest][standing])
    return moved, float(np.max(np.abs(gap)))


class _Anderson:
    """Anderson mixing of a fixed-point iteration (Walker & Ni 2011), depth ``DEPTH``.

    Starts afresh from the plain iteration whenever a mixed step made the error worse.
    """

    def __init__(self) -> None:
        self._points: list[Array] = []
        self._steps: list[Array] = []
        self._error = np.inf

    def next(self, point: Array, proposed: Array, error: float) -> Array:
        """The next point, from a point, what the plain iteration makes of it, and its error."""
        step = proposed - point
        if error > WORSE * self._error:
            self._points, self._steps = [], []
        self._error = error
        self._points = [*self._points, point][-DEPTH:]
        self._steps = [*self._steps, step][-DEPTH:]
        if len(self._steps) == 1:
            return proposed
        moved_steps = np.diff(self._steps, axis=0).T
        if np.abs(moved_steps).max() <= REPEATED * np.abs(step).max():
            return proposed  # a bounded step that repeats itself says nothing of the slope
        moved_points = np.diff(self._points, axis=0).T
        weight = np.linalg.lstsq(moved_steps, step, rcond=1e-10)[0]
        mixed: Array = proposed - (moved_points + moved_steps) @ weight
        return mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Demand that meets its targets to ``error``; ``own_share`` of use in the own place."""

    demand: Demand
    own_share: float
    error: float


class Search:
    """Fits of one need, each started from the one before; ``rounds`` counts the work."""

    def __init__(self, frame: NeedFrame, targets: FitTargets, prices: FitPrices) -> None:
        self._frame, self._targets, self._prices = frame, targets, prices
        self._wanted = _offer_targets(frame, targets)
        self.rounds = 0

    def fit(self, start: Demand) -> Fitted:
        """All targets at once; if that does not settle, distance weight by distance weight."""
        target = self._targets.own_place_share
        with suppress(np.linalg.LinAlgError):  # a mixed step went where shares underflow
            found = self._settle(start, target, JOINT_ROUNDS)
            if found.error < TOLERANCE:
                return found
        first = self._settle(start, np.nan, ROUNDS)
        return first if np.isnan(target) else self._by_distance(first, target)

    def _settle(self, demand: Demand, target: float, rounds: int) -> Fitted:
        """Constants and alpha, and the distance weight where there is a ``target`` share."""
        mixing = _Anderson()
        for _ in range(rounds):
            self.rounds += 1
            demand, work, alpha_gap = _fit_alpha(
                self._frame, demand, self._targets, self._prices, demand.asc
            )
            demand = replace(demand, asc=work.asc)
            offers = _offers(self._frame, demand, work, self._targets)
            constant, gap = _step_constants(
                self._frame, demand.offer_constant, offers, self._wanted
            )
            weight, distance_gap = _step_distance(target, demand.distance_weight, offers.own_share)
            error = max(gap, distance_gap, float(np.max(np.abs(alpha_gap))))
            if not error >= TOLERANCE:
                break
            point = np.append(demand.offer_constant, demand.distance_weight)
            mixed = mixing.next(point, np.append(constant, weight), error)
            mixed = point + np.clip(mixed - point, -LARGEST_STEP, LARGEST_STEP)
            demand = replace(
                demand,
                offer_constant=mixed[:-1],
                distance_weight=_bounded(demand.distance_weight, float(mixed[-1])),
            )
        return Fitted(demand=demand, own_share=offers.own_share, error=error)

    def _by_distance(self, first: Fitted, target: float) -> Fitted:
        """Bracket outwards from the start, then Brent: the own-place share rises with the weight.

        Where no weight reaches the target, the nearest bound stands.
        """
        known: dict[float, Fitted] = {first.demand.distance_weight: first}
        latest = first

        def gap(weight: float) -> float:
            nonlocal latest
            if weight not in known:
                start = replace(latest.demand, distance_weight=weight)
                known[weight] = self._settle(start, np.nan, ROUNDS)
            latest = known[weight]
            return latest.own_share - target

        near, far = first.demand.distance_weight, first.demand.distance_weight
        while gap(near) * gap(far) > 0.0:
            near, far = far, far * WIDEN if gap(far) < 0.0 else far / WIDEN
            if not SMALLEST_DISTANCE <= far <= DISTANCE_BOUND:
                return known[near]
        root = near if near == far else brentq(gap, near, far, xtol=1e-15, rtol=1e-14)
        gap(float(root))
        return latest


def _bounded(weight: float, wanted: float) -> float:
    """A distance weight moved at most ``DISTANCE_STEP``, within its bounds."""
    moved = weight + float(np.clip(wanted - weight, -DISTANCE_STEP, DISTANCE_STEP))
    return float(np.clip(moved, 0.0, DISTANCE_BOUND))


def _step_distance(target: float, weight: float, share: float) -> tuple[float, float]:
    """The plain iteration's next distance weight, and the gap of the share that a step can close.

    None without a target, nor at a bound that keeps the weight from going further.
    """
    if np.isnan(target):
        return weight, 0.0
    gap = share - target
    slope = max(0.05, share * (1.0 - share) * DISTANCE_SLOPE)
    moved = _bounded(weight, weight - gap / slope)
    return moved, 0.0 if moved == weight else abs(gap)
