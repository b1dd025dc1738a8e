"""What happened in a month: arrays on their axes, and persons and learners that add up."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import numpy as np
import pytest

from pricing.world.flows import Flows
from tests.builders import toy_city
from tests.engine.small import quiet_setup, quiet_year

CITY = toy_city()
YEAR = quiet_year()
OFFERS, UNITS = CITY.offers.unit.size, len(CITY.units.id)
SHAPES = {
    "volume": (5, OFFERS),
    "outsiders": (OFFERS,),
    "place_volume": (len(CITY.services.id), 3),
    "place_household": (len(CITY.sectors), 3, 5),
    "self_treatment": (5,),
    "demand": (len(CITY.needs.id), 5),
    "unmet": (len(CITY.needs.id), 5),
    "wait_days": (OFFERS,),
    "norm": (len(CITY.norms.id), 4),
    "charged": (OFFERS,),
    "top_up": (5, OFFERS),
    "earning": (OFFERS, 4),
    "order_earning": (OFFERS, 4),
}


@pytest.mark.parametrize("month", range(12))
def test_flows_lie_on_their_axes_and_nothing_is_negative(month):
    flows = YEAR[month].flows
    for name, shape in SHAPES.items():
        values = getattr(flows, name)
        assert values.shape == shape, name
        assert np.all(values >= 0.0), name
    for name in ("household", "fund", "support"):
        assert getattr(flows.payments, name).shape == (5, OFFERS)
        assert np.all(getattr(flows.payments, name) >= -1e-6), name
    for name in ("order", "outside_household", "outside_fund", "outside_support", "outside_order"):
        assert getattr(flows.payments, name).shape == (OFFERS,)
    assert flows.payments.learning.shape == (5,)
    assert flows.supply.cost.shape == (OFFERS, 4)
    assert flows.supply.grant.shape == (OFFERS, 3)
    assert flows.supply.capital.shape == flows.supply.activity.shape == (OFFERS,)
    assert flows.supply.mandate.shape == (UNITS,)


@pytest.mark.parametrize("month", range(12))
def test_persons_in_queues_add_up(month):
    queue = YEAR[month].flows.queue
    np.testing.assert_allclose(
        queue.opening + queue.arrived, queue.closing + queue.served + queue.lost, rtol=1e-9
    )
    assert queue.opening.shape == (quiet_setup().queues.offer.size,)


def test_what_closes_a_month_opens_the_next():
    for before, after in pairwise(YEAR):
        np.testing.assert_array_equal(before.flows.queue.closing, after.flows.queue.opening)


def test_learners_add_up_at_the_intake():
    moves = YEAR[8].flows.schooling
    assert moves is not None
    np.testing.assert_allclose(
        moves.opening + moves.entrants, moves.completed + moves.dropped + moves.closing, rtol=1e-9
    )


def test_flows_are_frozen():
    flows: Flows = YEAR[0].flows
    with pytest.raises(FrozenInstanceError):
        flows.cpi = 2.0  # type: ignore[misc]  # that is what is refused
