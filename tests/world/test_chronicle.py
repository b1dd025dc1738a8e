"""Events of lots: told in any order, read in one."""

import itertools

import pytest

from pricing.world.chronicle import LOT_EVENTS, Chronicle

TOLD = [(3, 1, "award", 1.0), (3, 0, "failed", 1.0), (400, 1, "cycle_days", 38.0)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_telling_does_not_matter(order):
    chronicle = Chronicle()
    for number in order:
        chronicle.tell(*TOLD[number])
    found = list(chronicle.by_year())
    assert found == [
        (2025, 0, LOT_EVENTS.index("failed"), 1.0),
        (2025, 1, LOT_EVENTS.index("award"), 1.0),
        (2026, 1, LOT_EVENTS.index("cycle_days"), 38.0),
    ]


def test_an_unknown_event_is_refused():
    with pytest.raises(KeyError, match="no such event"):
        Chronicle().tell(1, 0, "celebrated")
