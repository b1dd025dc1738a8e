"""Task assignment: the city's own unit does the work, within an estimate, paid in advance."""

from itertools import compress
from typing import ClassVar, Literal

import numpy as np
import simpy

from pricing.base.arrays import BoolArray, IntArray
from pricing.instruments._desk import Desk
from pricing.instruments._lot import LotInstrument
from pricing.instruments._lot_case import Award, Case, keep_buying
from pricing.instruments._lot_direct import (
    ASSIGNMENT_DAYS,
    ORDERING_DAYS,
    assign,
    order,
    order_instead,
)
from pricing.world.offices import Process


class TaskAssignment(LotInstrument):
    """Giao nhiệm vụ: lots go to the city's own units, paid in advance within the estimate.

    The estimate is the norm cost, at most the lot's ceiling; what is unspent comes back. Issuing a
    unit price that covers all four components of the lot's norm ends the assignment; `then` says
    what follows.
    """

    scheme: ClassVar[str] = "task_assignment"

    kind: Literal["task_assignment"]
    then: Literal["none", "ordering"] = "none"
    """How a lot is bought once a unit price is issued: not at all, or by orders."""

    def stops(self, desk: Desk, lots: IntArray) -> tuple[simpy.Event | None, ...]:
        """The issue of a unit price for each lot."""
        issued = tuple(desk.event() for _ in lots)
        desk.spawn(_watch(desk, lots, issued))
        return issued

    def life(self, case: Case, stop: simpy.Event | None) -> Process:
        """Assign it year by year until a unit price is issued, then as `then` says."""
        yield from keep_buying(case, _assign_or_order, case.days(*ASSIGNMENT_DAYS), stop)
        if self.then == "ordering":
            yield from keep_buying(case, order, case.days(*ORDERING_DAYS))
        else:
            case.register.close(case.lot)


def is_issued(desk: Desk, lots: IntArray) -> BoolArray:
    """Whether a unit price with all four components is issued for the norms of lots, (lot,).

    A decision that was in force at the end of the last closed month, for the place kind of the
    supplier by default.
    """
    norm = desk.city.lots.norm[lots]
    kind = desk.city.offers.kind[desk.city.lots.offer[lots]]
    is_decided = desk.in_force("price_decision")[norm, kind] >= 0.0
    return np.asarray(is_decided & (desk.in_force("included")[norm, kind].min(axis=1) >= 1.0))


def _assign_or_order(case: Case) -> Award:
    contract = yield from assign(case)
    if contract is None:
        contract = yield from order_instead(case)
    return contract


def _watch(desk: Desk, lots: IntArray, issued: tuple[simpy.Event, ...]) -> Process:
    """Look at the beginning of each month for which lots a unit price is issued."""
    while True:
        for event in compress(issued, is_issued(desk, lots)):
            if not event.triggered:
                event.succeed()
        yield desk.next_month()
