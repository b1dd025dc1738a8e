"""Demand for episodes this month, and what each class of people pays for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock
from pricing.engine.payers import split
from pricing.engine.setup import Setup
from pricing.engine.solve import monthly_utility
from pricing.equations.choice import (
    Choice,
    FixedPart,
    choose,
    expected_amounts,
    monthly_part,
    volumes,
)
from pricing.equations.user_price import Payers
from pricing.world.levers import LeverValues
from pricing.world.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDemand:
    """One need this month.

    Potential ``episodes`` (quintile, place, class), the solved ``choice``, demanded ``volume``
    (quintile, offer, class) and who pays for a unit of it.
    """

    need: int
    episodes: Array
    choice: Choice
    volume: Array
    paid: Payers


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One need's episodes after the queues.

    Residents, (quintile, offer): ``volume``, ``household``, ``fund``, ``support`` VND; by place:
    ``place_volume`` (nest, place), ``place_household`` (quintile, place); ``demand``, ``unmet``
    (quintile,), ``self_treated`` (quintile, place) episodes.
    """

    volume: Array
    household: Array
    fund: Array
    support: Array
    place_volume: Array
    place_household: Array
    demand: Array
    unmet: Array
    self_treated: Array


def demand(
    setup: Setup, state: State, clock: Clock, charges: Charges, levers: LeverValues
) -> list[NeedDemand]:
    """Choices of all episode needs at this month's money, congestion and quality."""
    lift = _lift(setup, state)
    found = []
    for need, fixed in enumerate(state.fixed_part):
        potential = setup.potential[clock.year_number][need]
        if fixed is None or potential is None:
            continue
        episodes = (
            potential
            * (
                setup.chance.demand[clock.number, need]
                * setup.city.season[need, clock.month.number - 1]
                * clock.need_growth[need]
            )[:, None, None]
        )
        found.append(_need(setup, need, fixed, episodes, (clock, charges, levers, lift)))
    return found


def _need(
    setup: Setup,
    need: int,
    fixed: FixedPart,
    episodes: Array,
    month: tuple[Clock, Charges, LeverValues, Array],
) -> NeedDemand:
    clock, charges, levers, lift = month
    fit = setup.calibrated.fits[need]
    paid = split(fit.rules, charges, levers, clock.cpi)
    utility = monthly_utility(
        fit.frame, fit.demand, paid.household, clock.income_month, lift[fit.frame.offers]
    )
    self_care = setup.calibrated.parameters["self_care_cost"] * clock.cpi
    outside = -fit.demand.alpha / clock.income_month * (self_care * fit.rules.has_self_care)
    nests = setup.nests[need]
    choice = choose(fixed, monthly_part(utility, outside, nests), nests)
    return NeedDemand(
        need=need, episodes=episodes, choice=choice, volume=volumes(choice, episodes), paid=paid
    )


def _lift(setup: Setup, state: State) -> Array:
    """What moves offers' utility besides money, (offer,): quality gained, less congestion."""
    lift = setup.calibrated.parameters["quality_weight"] * (state.quality - setup.quality)
    lift[setup.queues.offer] -= state.queues.congestion
    return lift


def serve_need(setup: Setup, found: NeedDemand, factor: Array, lost: Array) -> Served:
    """Payments of one need's residents after the queues.

    Parameters
    ----------
    factor : Array
        (offer of the need,) units of output delivered over episodes demanded.
    lost : Array
        (offer of the need,) share of the episodes demanded that left unserved.
    """
    delivered = found.volume * factor[:, None]
    paid = found.paid
    fund = (delivered * paid.fund).sum(2)
    household = (delivered * paid.household).sum(2)
    support = (delivered * paid.budget).sum(2)
    spent = expected_amounts(found.choice, paid.household * factor[:, None])
    used = found.choice.nest_probability * found.episodes
    mean_factor = _nest_factor(setup, found, factor)
    return Served(
        volume=delivered.sum(2),
        household=household,
        fund=fund,
        support=support,
        place_volume=used.sum((1, 3)) * mean_factor[:, None],
        place_household=(spent * found.episodes).sum((0, 3)),
        demand=found.volume.sum((1, 2)),
        unmet=(found.volume.sum(2) * lost).sum(1),
        self_treated=(found.episodes * found.choice.outside_probability).sum(2),
    )


def _nest_factor(setup: Setup, found: NeedDemand, factor: Array) -> Array:
    """Delivered over demanded by nest, (nest,)."""
    by_offer = found.volume.sum((0, 2))
    mean = np.ones(len(setup.nests[found.need].slices))
    for nest, window in enumerate(setup.nests[found.need].slices):
        total = by_offer[window].sum()
        if total > 0:
            mean[nest] = (by_offer[window] * factor[window]).sum() / total
    return mean
