"""The city on the eve of the base year: the fixed point of base-year policy at congestion zero."""

import numpy as np

from pricing.base.calendar import Month
from pricing.engine.clock import clock
from pricing.engine.intake import learners_of
from pricing.engine.lots import users_of
from pricing.engine.norms import first_prices, norm_cost
from pricing.engine.openings import yearly_parts
from pricing.engine.queues import first_queues
from pricing.engine.setup import Setup
from pricing.engine.staff_rules import first_staff
from pricing.world.envelope import EnvelopeState
from pricing.world.state import State


def first_state(setup: Setup) -> State:
    """State before the first month: lists in force, queues at rest, stocks that fit the pupils."""
    calibrated = setup.calibrated
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)
    now = clock(Month.of(setup.city.base_year, 1), 1.0, setup.economy)
    return State(
        cpi=1.0,
        prices=first_prices(setup.city, norm, calibrated.levers),
        queues=first_queues(setup.queues, setup.queues.capacity * setup.queues.used),
        quality=setup.quality,
        asset=np.ones(len(setup.city.units.id)),
        learners=tuple(
            None if start is None else learners_of(start.stock) for start in setup.entry
        ),
        plan=setup.offers.plan,
        volume_year=setup.offers.plan * 12.0,
        users=users_of(setup.offers, setup.offers.plan),
        non_public=setup.standing,
        staff=None if setup.staffing is None else first_staff(setup.staffing),
        quotes=tuple(None for _ in setup.books),
        fixed_part=yearly_parts(setup, now, setup.standing.opened),
        envelope=EnvelopeState.none(len(setup.city.units.id), setup.offers.plan.size),
    )
