"""Events of lots: told in any order, read in one."""

import itertools

import numpy as np
import pytest

from pricing.world.chronicle import LOT_EVENTS, Chronicle, LotEvent

TOLD = [
    (3, "award", [1, 2], [1.0, 1.0]),
    (3, "award", [0], [1.0]),
    (3, "failed", [0], [1.0]),
    (400, "cycle_days", [1], [38.0]),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_telling_does_not_matter(order):
    chronicle = Chronicle()
    for number in order:
        day, event, lots, amounts = TOLD[number]
        chronicle.tell(day, event, np.array(lots), np.array(amounts))
    assert list(chronicle.events()) == [
        LotEvent(3, 0, "award", 1.0),
        LotEvent(3, 1, "award", 1.0),
        LotEvent(3, 2, "award", 1.0),
        LotEvent(3, 0, "failed", 1.0),
        LotEvent(400, 1, "cycle_days", 38.0),
    ]
    found = chronicle.by_year(2025, 2026, 3)
    assert found[0, :, LOT_EVENTS.index("award")].tolist() == [1.0, 1.0, 1.0]
    assert found[1, 1, LOT_EVENTS.index("cycle_days")] == 38.0
    assert found.sum() == 42.0


def test_years_beyond_those_asked_for_are_left_out_and_repeated_events_add_up():
    chronicle = Chronicle()
    for day in (0, 30, 400, 800):
        chronicle.tell(day, "failed", np.array([0]), np.array([1.0]))
    assert chronicle.by_year(2025, 2026, 1)[:, 0, LOT_EVENTS.index("failed")].tolist() == [2.0, 1.0]


def test_an_unknown_event_is_refused():
    with pytest.raises(KeyError, match="no such event"):
        Chronicle().tell(1, "celebrated", np.array([0]), np.array([1.0]))
