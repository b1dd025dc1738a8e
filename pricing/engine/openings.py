"""Openings and closures: what a changed size of units does to choice, plans and capacity."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.clock import Clock
from pricing.engine.frames import fixed_utility
from pricing.engine.setup import Setup
from pricing.engine.solve import travel_per_km
from pricing.equations.choice import FixedPart, fixed_part
from pricing.equations.quotient import quotient
from pricing.world.levers import LeverValues
from pricing.world.state import State


def yearly_parts(setup: Setup, now: Clock, opened: Array) -> tuple[FixedPart | None, ...]:
    """The part of exp(V/lambda) that knows the place, by episode need; ``opened`` (unit,)."""
    open_share = opened[setup.city.offers.unit]
    parts: list[FixedPart | None] = []
    for need, fit in enumerate(setup.calibrated.fits):
        if setup.city.needs.is_enrolment[need]:
            parts.append(None)
            continue
        travel = travel_per_km(
            setup.city, need, setup.calibrated.parameters, now.income_month, now.cpi
        )
        money = travel, now.income_month
        utility = fixed_utility(fit.frame, fit.demand, money, open_share[fit.frame.offers])
        parts.append(fixed_part(utility, setup.nests[need]))
    return tuple(parts)


def with_openings(setup: Setup, state: State, levers: LeverValues, now: Clock) -> State:
    """The city with the units that are open this month, at the size that is open.

    What opens plans on the use of its full size, what shrinks on its share of its plan; a unit that
    closes drains its queue, and new users go elsewhere.
    """
    opened = levers.last("open_share")
    before = state.non_public.opened
    if np.array_equal(opened, before):
        return state
    unit = setup.city.offers.unit
    was, now_open = before[unit], opened[unit]
    grown = state.plan * quotient(now_open, was, undefined=0.0)
    plan = np.where(was > 0.0, grown, setup.offers.full_plan * now_open)
    return replace(
        state,
        plan=np.where(was == now_open, state.plan, plan),
        non_public=replace(state.non_public, opened=opened),
        fixed_part=yearly_parts(setup, now, opened),
    )


def capacity_factor(setup: Setup, state: State, growth: float) -> float | Array:
    """Capacity of the queues over the base year's: growth, size open, posts filled; (queue,).

    A closed unit keeps the capacity to serve who still waits in it.
    """
    queued = setup.queues.offer
    opened = state.non_public.opened[setup.city.offers.unit[queued]]
    filled = state.non_public.filled[queued]
    moved = np.where(opened > 0.0, opened, 1.0) * filled
    return growth * moved if np.any(moved != 1.0) else growth
