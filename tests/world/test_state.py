"""The state of the city: frozen, on its axes, and made anew by every month."""

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

from pricing.world.state import Learners, PriceList, Queues, State
from tests.builders import toy_city
from tests.engine.small import first_state, months, quiet_setup, still_levers

CITY = toy_city()
STATE = first_state(quiet_setup())


def test_prices_lie_on_norms_and_place_kinds():
    shape = (len(CITY.norms.id), 3)
    prices = STATE.prices
    assert prices.component.shape == (*shape, 4)
    for values in (prices.full_cost, prices.decided, prices.is_bound):
        assert values.shape == shape


def test_offers_units_and_queues_have_their_axes():
    offers, units = CITY.offers.unit.size, len(CITY.units.id)
    for values in (STATE.quality, STATE.plan, STATE.volume_year):
        assert values.shape == (offers,)
    assert STATE.asset.shape == (units,)
    queues = quiet_setup().queues.offer.size
    assert STATE.queues.in_system.shape == STATE.queues.congestion.shape == (queues,)


def test_learners_lie_by_grade_quintile_place_offer_and_class():
    for need, learners in enumerate(STATE.learners):
        if learners is None:
            continue
        window = CITY.need_offers(need)
        grades, offers = int(CITY.needs.grades[need]), window.stop - window.start
        assert learners.stock.shape == (grades, 5, 3, offers, 3)
        assert learners.enrolled.shape == (5, offers, 3)
        assert learners.by_place.shape == learners.place_share.shape == (5, 3)
        np.testing.assert_allclose(learners.enrolled.sum(), learners.stock.sum())


@pytest.mark.parametrize("part", [State, PriceList, Queues, Learners])
def test_a_state_is_frozen(part):
    found = {State: STATE, PriceList: STATE.prices, Queues: STATE.queues}.get(
        part, next(one for one in STATE.learners if one is not None)
    )
    assert isinstance(found, part)
    for field in fields(part):
        with pytest.raises(FrozenInstanceError):
            setattr(found, field.name, None)


def test_a_month_makes_a_new_state_and_shares_what_did_not_change():
    (january,) = months(quiet_setup(), still_levers(), 1, STATE)
    assert january.after is not STATE
    assert january.after.prices is STATE.prices
    assert january.after.plan is STATE.plan
    assert january.after.queues is not STATE.queues
