"""The story of lots: plan, procedure, contract, settlement and renewal, again and again.

A procedure (`_lot_direct`, `_lot_tender`) is a few steps between the plan and the contract. It ends
with `Story.serve` for lots that found a supplier and with `Story.go_unserved` for those that did
not; the rest of a lot's life is the same for all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import IntArray
from pricing.base.calendar import Month, start_day
from pricing.instruments._desk import PROCUREMENT
from pricing.instruments._diary import Diary, Step
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_register import Contracts

PLAN, RENEW, BREAK = "plan", "renew", "break"
MONTHS_UNSERVED = 12
"""After nobody could be found, a lot is planned again with the budget of the next year."""

Act: TypeAlias = "Callable[[Story, IntArray], None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One way to find a supplier.

    Parameters
    ----------
    begin
        What is done on the day of the plan, or of a default.
    steps
        What follows, in the order in which it is done on one day; those of `with_papers` wait for
        the officer.
    lead
        Parameters in days whose sum the procedure takes where nobody has to wait.
    """

    begin: Act
    steps: Mapping[str, Act]
    with_papers: frozenset[str]
    lead: tuple[str, ...]


class Story:
    """What becomes of lots under one procedure.

    Parameters
    ----------
    leave
        Takes over lots that this procedure buys no more.
    """

    def __init__(
        self, book: Book, procedure: Procedure, leave: Callable[[IntArray], None] | None = None
    ) -> None:
        self.book = book
        self.desk = book.desk
        self._begin = procedure.begin
        self._lead = book.days(*procedure.lead)
        self._leave = leave
        n_lots = len(book.city.lots.id)
        self._is_stopped = np.zeros(n_lots, dtype=np.bool_)
        self._is_assigned = np.zeros(n_lots, dtype=np.bool_)
        own = {RENEW: self._renew, BREAK: self._break, PLAN: self._plan}
        steps = {name: Step(act=act) for name, act in own.items()}
        for name, act in procedure.steps.items():
            needs = name in procedure.with_papers
            steps[name] = Step(act=partial(act, self), needs_papers=needs)
        self._diary = Diary(self.desk, n_lots, steps)

    def take(self, lots: IntArray) -> None:
        """Buy lots from the first month for which a supplier is sought."""
        self._diary.at(_first_days(self.book.free_from[lots]) - self._lead - 1, PLAN, lots)

    def next(self, step: str, days: int, lots: IntArray) -> None:
        """Take a step of the procedure so many days later."""
        if lots.size:
            self._diary.at(self.desk.day + days, step, lots)

    def hand_in(self, scheme: str, lots: IntArray) -> None:
        """Hand the papers to officers of procurement, where there are some."""
        book = self.book
        if not self.desk.has_office(PROCUREMENT):
            return
        work = max(1, book.days(f"procurement_days_{scheme}"))
        self._diary.hand_in(lots)
        for lot in lots.tolist():
            address = (
                book.city.lots.id[lot],
                f"{book.sequence[lot]:03d}",
                f"{book.attempt[lot]:03d}",
            )
            decided = self.desk.file(PROCUREMENT, address, days=work)
            assert decided.callbacks is not None
            decided.callbacks.append(partial(self._diary.decided, lot))

    def serve(self, contracts: Contracts) -> None:
        """Deliver until contracts are renewed, broken or stopped."""
        book, lots = self.book, contracts.lots
        kept = ~self._is_stopped[lots]
        self._hand_over(lots[~kept])
        contracts = contracts.of(kept)
        lots = contracts.lots
        book.register.sign(contracts)
        book.holder[lots] = contracts.offer
        book.free_from[lots] = contracts.end
        self._is_assigned[lots] = contracts.scheme == "task_assignment"
        broken, end = contracts.is_broken, _first_days(contracts.end)
        gone = np.where(contracts.is_guest, -1, contracts.offer)
        book.walked_out[lots] = np.where(broken, gone, -1)
        self._diary.at(end[broken], BREAK, lots[broken])
        self._diary.at(end[~broken] - self._lead - 1, RENEW, lots[~broken])

    def go_unserved(self, lots: IntArray) -> None:
        """Nobody was found: plan anew with the budget of the next year."""
        stopped = self._is_stopped[lots]
        self._hand_over(lots[stopped])
        lots = lots[~stopped]
        self._next_contract(lots)
        self.book.free_from[lots] = self.desk.month.ordinal + MONTHS_UNSERVED
        self.take(lots)

    def stop(self, lots: IntArray) -> None:
        """End assignments today, the first day of a month, and buy so no more.

        Orders that were given instead run on; procedures come to their end without a contract.
        """
        book = self.book
        lots = lots[~self._is_stopped[lots]]
        self._is_stopped[lots] = True
        served = lots[self._diary.waits_for(RENEW, lots) & self._is_assigned[lots]]
        if served.size:
            book.register.cut(served)
            book.free_from[served] = self.desk.month.ordinal
            self._settle(served, self.desk.day)
            self._next_contract(served)
        self._hand_over(np.union1d(served, lots[self._diary.waits_for(PLAN, lots)]))

    def _plan(self, lots: IntArray) -> None:
        self._begin(self, lots)

    def _renew(self, lots: IntArray) -> None:
        """Settle contracts at their end, and seek the next supplier in time."""
        self._settle(lots, _first_days(self.book.free_from[lots]))
        self._next_contract(lots)
        stopped = self._is_stopped[lots]
        self._hand_over(lots[stopped])
        self.take(lots[~stopped])

    def _break(self, lots: IntArray) -> None:
        """Suppliers leave today: settle, and seek another at once."""
        book = self.book
        book.tell("default", lots)
        book.release(lots)
        book.begun[lots] = self.desk.day
        book.attempt[lots] += 1
        self._settle(lots, self.desk.day)
        self._begin(self, lots)

    def _settle(self, lots: IntArray, end: npt.ArrayLike) -> None:
        """Close the accounts of contracts when the last payment will have come."""
        book = self.book
        last = np.broadcast_to(np.asarray(end) + book.days("lot_payment_days"), lots.shape)
        for day in np.unique(last).tolist():
            self.desk.tell("settled", lots[last == day], day=day)

    def _next_contract(self, lots: IntArray) -> None:
        book = self.book
        book.sequence[lots] += 1
        book.attempt[lots] = 0
        book.walked_out[lots] = -1

    def _hand_over(self, lots: IntArray) -> None:
        if lots.size:
            self._diary.cancel(lots)
            if self._leave is not None:
                self._leave(lots)


def _first_days(months: IntArray) -> IntArray:
    """First days of months given as ordinals, same axes."""
    known, at = np.unique(months, return_inverse=True)
    days = np.array([start_day(Month(month)) for month in known.tolist()], dtype=np.int64)
    return days[at]
