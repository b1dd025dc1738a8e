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

from pricing.engine.fit_search import Fitted, Search
from pricing.engine.fit_targets import FitPrices, FitTargets
from pricing.engine.frames import Demand, NeedFrame


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


def _started(frame: NeedFrame, start: Demand, targets: FitTargets, prices: FitPrices) -> Demand:
    """A cold start's alpha: what the elasticity would imply at the mean price, half using."""
    if not np.isnan(start.alpha).any():
        return start
    mean_price = float(np.mean(prices.price[(prices.price > 0) & frame.stands]))
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
    search = Search(frame, targets, prices)
    fitted = search.fit(_started(frame, start, targets, prices))
    return fitted.demand, _report(frame, targets, fitted, search.rounds)


def _report(
    frame: NeedFrame,
    targets: FitTargets,
    fitted: Fitted,
    rounds: int,
) -> FitReport:
    """State the infeasible targets beside the error left on the feasible ones."""
    infeasible: list[Infeasible] = []
    if abs(fitted.own_share - targets.own_place_share) > 1e-6:
        infeasible.append(
            Infeasible(
                need=frame.name,
                target="own_place_share",
                wanted=targets.own_place_share,
                reached=fitted.own_share,
            )
        )
    return FitReport(
        need=frame.name, error=fitted.error, rounds=rounds, infeasible=tuple(infeasible)
    )
