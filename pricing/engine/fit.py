"""Inversion of the demand model: the constants and sensitivities that meet the targets.

For one need, all quintiles at once, in the base year and at congestion zero (model section 5):

* ``asc`` by nest and quintile meet the use rate and the nest shares (Newton, analytic Jacobian);
* ``alpha`` by quintile meets the elasticity of people without cover (secant in ln alpha);
* the offer constants meet the known volumes (diagonal Newton with the analytic slope);
* the distance weight meets the share of episodes used in the own place;
* the last two are mixed by Anderson acceleration.

An unattainable target is returned with its nearest attainable value, never clipped in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array
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
ROUNDS = 80
NEWTON_STEPS = 60
LARGEST_STEP = 1.5
DISTANCE_BOUND = 0.3
DISTANCE_SLOPE = 6.0  # first guess of -d ln(own share) / d weight, in km
DISTANCE_STEP = 0.05
DEPTH = 8
WORSE = 2.0
REPEATED = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class FitTargets:
    """What one need's demand must reproduce in the base year.

    ``episodes`` (quintile, place, class) potential episodes a year; ``nest_volume``
    (quintile, nest) used episodes; ``offer_volume`` (offer,) of residents, NaN where unknown;
    ``elasticity`` (quintile,) absolute values; ``elastic_nest`` the nest whose own use the
    elasticity describes, -1 for the use of the whole need; ``own_place_share`` NaN where free.
    """

    episodes: Array
    nest_volume: Array
    offer_volume: Array
    elasticity: Array
    elastic_nest: int
    own_place_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FitPrices:
    """Money that enters utility in the base year, VND.

    ``user_price`` (quintile, offer, class); ``price`` (offer,) what an uninsured user pays and the
    elasticity moves; ``travel_per_km`` and ``income_month`` (quintile,); ``self_care_cost`` scalar.
    """

    user_price: Array
    price: Array
    uncovered_class: int
    travel_per_km: Array
    income_month: Array
    self_care_cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Infeasible:
    """A target that no parameter value meets, with the nearest value reached."""

    need: str
    target: str
    wanted: float
    reached: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FitReport:
    """Largest relative distance to the feasible targets, and the infeasible ones."""

    need: str
    error: float
    rounds: int
    infeasible: tuple[Infeasible, ...]


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
    fixed = fixed_utility(frame, demand, prices.travel_per_km, prices.income_month)
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
        weight = quotient(targets.episodes * work.nest_share[g], sums, undefined=0.0)
        by_place = np.einsum("qpc,qoc->qpo", weight, monthly[:, nest]) * fixed[:, :, nest]
        loss = quotient(weight * ((1 - lam) / lam + work.nest_share[g]), sums, undefined=0.0)
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
        known = ~np.isnan(wanted[nest])
        if known.all() and known.any():
            wanted[nest] *= targets.nest_volume[:, g].sum() / wanted[nest].sum()
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
        mask = known[nest]
        if mask.all() and mask.any():
            moved[nest] -= np.average(moved[nest], weights=wanted[nest])
    return moved, float(np.max(np.abs(gap)))


def _bounded(weight: float, wanted: float) -> float:
    """A distance weight moved at most ``DISTANCE_STEP``, within its bounds."""
    moved = weight + float(np.clip(wanted - weight, -DISTANCE_STEP, DISTANCE_STEP))
    return float(np.clip(moved, 0.0, DISTANCE_BOUND))


def _step_distance(target: float, weight: float, share: float) -> tuple[float, float]:
    """Next distance weight and the gap that a step can close; 0 at a bound that does not help."""
    if np.isnan(target):
        return weight, 0.0
    gap = share - target
    slope = max(0.05, share * (1.0 - share) * DISTANCE_SLOPE)
    moved = _bounded(weight, weight - gap / slope)
    return moved, 0.0 if moved == weight else abs(gap)


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


def _started(start: Demand, targets: FitTargets, prices: FitPrices) -> Demand:
    """A cold start's alpha: what the elasticity would imply at the mean price, half using."""
    if not np.isnan(start.alpha).any():
        return start
    mean_price = float(np.mean(prices.price[prices.price > 0]))
    return replace(start, alpha=2.0 * targets.elasticity * prices.income_month / mean_price)


def fit_need(
    frame: NeedFrame, start: Demand, targets: FitTargets, prices: FitPrices
) -> tuple[Demand, FitReport]:
    """Fit one need's demand to its targets.

    Parameters
    ----------
    frame : NeedFrame
        Offers, nests, distances and reach of the need.
    start : Demand
        Warm start; its ``nest_lambda`` and ``need_rate`` are kept.
    targets, prices : FitTargets, FitPrices
        Base-year targets and money.

    Returns
    -------
    Demand, FitReport
        The fitted demand and how well it meets its targets.
    """
    wanted = _offer_targets(frame, targets)
    mixing = _Anderson()
    demand, asc, rounds = _started(start, targets, prices), start.asc, 0
    while True:
        rounds += 1
        demand, work, alpha_gap = _fit_alpha(frame, demand, targets, prices, asc)
        asc = work.asc
        demand = replace(demand, asc=asc)
        offers = _offers(frame, demand, work, targets)
        constant, offer_gap = _step_constants(frame, demand.offer_constant, offers, wanted)
        weight, distance_gap = _step_distance(
            targets.own_place_share, demand.distance_weight, offers.own_share
        )
        error = max(offer_gap, distance_gap, float(np.max(np.abs(alpha_gap))))
        if error < TOLERANCE or rounds == ROUNDS:
            break
        point = np.append(demand.offer_constant, demand.distance_weight)
        mixed = mixing.next(point, np.append(constant, weight), error)
        mixed = point + np.clip(mixed - point, -LARGEST_STEP, LARGEST_STEP)
        demand = replace(
            demand,
            offer_constant=mixed[:-1],
            distance_weight=_bounded(demand.distance_weight, float(mixed[-1])),
        )
    return demand, _report(frame, targets, offers, (error, rounds))


def _report(
    frame: NeedFrame,
    targets: FitTargets,
    offers: _Offers,
    outcome: tuple[float, int],
) -> FitReport:
    """State the infeasible targets beside the error left on the feasible ones."""
    infeasible: list[Infeasible] = []
    if abs(offers.own_share - targets.own_place_share) > 1e-6:
        infeasible.append(
            Infeasible(
                need=frame.name,
                target="own_place_share",
                wanted=targets.own_place_share,
                reached=offers.own_share,
            )
        )
    return FitReport(
        need=frame.name, error=outcome[0], rounds=outcome[1], infeasible=tuple(infeasible)
    )
