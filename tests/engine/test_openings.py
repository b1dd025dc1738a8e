"""Slots change nothing while they are closed; what opens draws users, what closes sends them on."""

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.engine import market
from pricing.engine.base_year import base_levers
from pricing.engine.calibrate import prepare
from pricing.engine.chance import chance
from pricing.engine.people import economy, population
from pricing.engine.setup import Setup, build
from pricing.engine.start import first_state
from pricing.world.levers import LeverValues
from tests.builders import socialised_city, toy_city


def setup_of(city) -> Setup:
    known = prepare(city, city.parameters.central())
    people = population(city, known.parameters, "constant", 2026)
    quiet = chance(city, known.parameters, Draws(1, 1), 2, has_shocks=False)
    grown = economy(city, known.income_month, known.parameters, 0.0)
    return build(city, known, people, quiet, grown)


@pytest.fixture(scope="module")
def slotted() -> Setup:
    return setup_of(socialised_city())


def with_open(setup: Setup, **share: float) -> LeverValues:
    levers = base_levers(setup.city, setup.calibrated.parameters)
    opened = np.array(levers.last("open_share"))
    for unit, value in share.items():
        opened[setup.city.units.id.index(unit)] = value
    changed = {"open_share": opened}
    return LeverValues({**levers.values, **changed}, {**levers.at_end, **changed})


def month_of(setup: Setup, levers: LeverValues, number: int = 1):
    return market.step(setup, levers, first_state(setup), Month.of(2025, number))


def test_closed_slots_change_no_volume(slotted):
    plain = setup_of(toy_city())
    without = month_of(plain, with_open(plain))[1]
    within = month_of(slotted, with_open(slotted))[1]
    standing = slotted.city.offers.volume > 0
    assert np.allclose(within.volume[:, standing], without.volume, rtol=1e-8)
    assert not within.volume[:, ~standing].any()
    assert np.allclose(within.supply.grant[standing], without.supply.grant, rtol=1e-8)


def test_an_opening_draws_users_from_its_rivals(slotted):
    before = month_of(slotted, with_open(slotted))[1]
    after = month_of(slotted, with_open(slotted, new_hospital_b=1.0))[1]
    unit = slotted.city.offers.unit
    opened = unit == slotted.city.units.id.index("new_hospital_b")
    gained = (after.volume - before.volume).sum(0)
    assert (gained[opened] > 0).all()
    health = slotted.city.needs.sector[slotted.city.offers.need] == slotted.health_sector
    assert (gained[health & ~opened] <= 1e-9).all()
    assert gained[opened].sum() < 0.3 * before.volume[:, health].sum()


def test_a_half_open_unit_draws_fewer(slotted):
    half = month_of(slotted, with_open(slotted, new_hospital_b=0.5))[1]
    full = month_of(slotted, with_open(slotted, new_hospital_b=1.0))[1]
    opened = slotted.city.offers.unit == slotted.city.units.id.index("new_hospital_b")
    drawn = half.volume[:, opened].sum(0) / full.volume[:, opened].sum(0)
    assert np.all((drawn > 0.45) & (drawn < 0.75))


def test_learners_of_a_closed_school_learn_elsewhere(slotted):
    state = first_state(slotted)
    closing = with_open(slotted, private_school_a=0.0)
    before = market.step(slotted, with_open(slotted), state, Month.of(2025, 9))[0]
    after = market.step(slotted, closing, state, Month.of(2025, 9))[0]
    for need, learners in enumerate(after.learners):
        earlier = before.learners[need]
        if learners is None or earlier is None:
            continue
        frame = slotted.calibrated.fits[need].frame
        window = slotted.city.offers.unit[frame.offers]
        closed = window == slotted.city.units.id.index("private_school_a")
        assert not learners.stock[:, :, :, closed].any()
        olds = learners.stock[1:].sum()
        assert np.isclose(olds, earlier.stock[1:].sum(), rtol=1e-12)


def test_a_closing_unit_drains_its_queue_and_takes_nobody_in(slotted):
    state = first_state(slotted)
    closing = with_open(slotted, private_hospital_a=0.0)
    after, flows = market.step(slotted, closing, state, Month.of(2025, 1))
    unit = slotted.city.offers.unit
    closed = unit == slotted.city.units.id.index("private_hospital_a")
    residents = flows.volume[:, closed]
    assert not residents.any()
    waiting = closed[slotted.queues.offer]
    assert after.queues.in_system[waiting].sum() < state.queues.in_system[waiting].sum()
    assert not after.plan[closed].any()
