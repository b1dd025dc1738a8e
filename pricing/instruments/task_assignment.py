"""Task assignment: the city's own unit does the work, within an estimate, paid in advance."""

from typing import ClassVar, Literal

import numpy as np

from pricing.base.arrays import BoolArray, IntArray
from pricing.instruments._desk import Desk
from pricing.instruments._lot import LotInstrument
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_direct import ASSIGN, ORDER
from pricing.instruments._lot_story import Story
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

    def buy(self, book: Book, lots: IntArray) -> None:
        """Assign them year by year until a unit price is issued, then as `then` says."""
        after = Story(book, ORDER).take if self.then == "ordering" else book.register.close
        story = Story(book, ASSIGN, leave=after)
        story.take(lots)
        book.desk.spawn(_watch(story, lots))


def is_issued(desk: Desk, lots: IntArray) -> BoolArray:
    """Whether a unit price with all four components is issued for the norms of lots, (lot,).

    A decision that was in force at the end of the last closed month, for the place kind of the
    supplier by default.
    """
    norm = desk.city.lots.norm[lots]
    kind = desk.city.offers.kind[desk.city.lots.offer[lots]]
    is_decided = desk.in_force("price_decision")[norm, kind] >= 0.0
    return np.asarray(is_decided & (desk.in_force("included")[norm, kind].min(axis=1) >= 1.0))


def _watch(story: Story, lots: IntArray) -> Process:
    """Look at the beginning of each month for which lots a unit price is issued."""
    while True:
        story.stop(lots[is_issued(story.desk, lots)])
        yield story.desk.next_month()
