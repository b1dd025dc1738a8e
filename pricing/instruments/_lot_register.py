"""The register of contracts: which offer serves a lot from which month, on which terms.

Contracts begin and end on first days of months. So what all lots of a day become is one proposal
a lever, and no lot depends on who signed first.
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month, start_day
from pricing.instruments._desk import Desk
from pricing.world.offices import Process

CODE = {"task_assignment": 1.0, "ordering": 2.0, "bidding": 3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What was agreed on a lot.

    Parameters
    ----------
    scheme
        How it was bought: a word of SCHEMES.
    offer
        Index of the offer that serves.
    price
        VND per accepted unit of output; under assignment the estimate.
    volume
        Units of output in a month of service.
    quality, acceptance
        Quality delivered; share of the delivered that is accepted.
    cost_factor
        The supplier's cost on the lot over its usual cost.
    start, end
        First month of service, and the month after the last one.
    is_broken
        The supplier leaves in the month `end`, before the contract is over.
    is_guest
        The supplier comes from outside the city and works where the offer is.
    """

    scheme: str
    offer: int
    price: float
    volume: float
    quality: float
    acceptance: float
    cost_factor: float
    start: Month
    end: Month
    is_broken: bool = False
    is_guest: bool = False

    def terms(self) -> tuple[float, ...]:
        """Values of the levers in the order of LEVERS."""
        return (
            float(self.offer),
            CODE[self.scheme],
            self.price,
            self.volume,
            self.quality,
            self.acceptance,
            self.cost_factor,
        )


LEVERS = (
    "lot_offer",
    "lot_scheme",
    "lot_price",
    "lot_volume",
    "lot_quality",
    "lot_acceptance",
    "lot_cost_factor",
)
UNSERVED = (-1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0)


class Register:
    """Beginnings and ends of contracts, and what administering them costs, by month."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._terms: dict[Month, dict[int, tuple[float, ...]]] = {}
        self._charges: dict[Month, dict[int, float]] = {}
        self._idle_from: dict[int, int] = {}
        self._won: dict[int, tuple[int, float]] = {}
        self._load: dict[int, float] = {}

    def commit(self, lot: int, offer: int, volume: float) -> None:
        """Bind an offer to a lot from today on, in units a month; what bound another is free."""
        self.release(lot)
        self._won[lot] = (offer, volume)
        self._load[offer] = self._load.get(offer, 0.0) + volume

    def release(self, lot: int) -> None:
        """Nobody is bound to a lot any more."""
        offer, volume = self._won.pop(lot, (-1, 0.0))
        if offer >= 0:
            self._load[offer] -= volume

    def bound(self, offer: int, lot: int) -> float:
        """Units a month to which an offer is bound by other lots of the instrument."""
        own = self._won.get(lot, (-1, 0.0))
        return self._load.get(offer, 0.0) - (own[1] if own[0] == offer else 0.0)

    def sign(self, lot: int, contract: Contract) -> None:
        """Enter a contract, which begins in a month to come."""
        self._terms.setdefault(contract.start, {})[lot] = contract.terms()
        self._terms.setdefault(contract.end, {})[lot] = UNSERVED

    def cut(self, lot: int, contract: Contract) -> None:
        """End a contract today, the first day of a month, earlier than it was entered."""
        for month in (contract.start, contract.end):
            self._terms.get(month, {}).pop(lot, None)
        if start_day(contract.start) <= self._desk.day:
            self._propose({lot: UNSERVED})
            self._idle_from[lot] = self._desk.day

    def close(self, lot: int) -> None:
        """Buy a lot no more: its time without service is no interruption."""
        self._idle_from.pop(lot, None)

    def charge(self, lot: int, vnd: float) -> None:
        """Enter what a procedure cost the administration, paid next month."""
        month = self._charges.setdefault(self._desk.month + 1, {})
        month[lot] = month.get(lot, 0.0) + vnd

    def keep(self) -> Process:
        """Bring the contracts into force, month by month."""
        while True:
            month = self._desk.month
            self._tell_interruptions(start_day(month) - start_day(month + -1))
            terms = self._terms.pop(month, {})
            self._note_idle(terms)
            self._propose(terms)
            self._pay(self._charges.get(month, {}), self._charges.pop(month + -1, {}))
            yield self._desk.next_month()

    def _note_idle(self, terms: dict[int, tuple[float, ...]]) -> None:
        for lot, values in terms.items():
            if values is UNSERVED:
                self._idle_from[lot] = self._desk.day
            else:
                self._idle_from.pop(lot, None)

    def _tell_interruptions(self, month_days: int) -> None:
        """Days of the month past in which a lot that had been served was not."""
        for lot in sorted(self._idle_from):
            days = min(month_days, self._desk.day - self._idle_from[lot])
            if days > 0:
                self._desk.tell("interruption_days", lot, float(days))

    def _propose(self, terms: dict[int, tuple[float, ...]]) -> None:
        if not terms:
            return
        lots = list(terms)
        columns = np.array([terms[lot] for lot in lots]).T
        for lever, column in zip(LEVERS, columns, strict=True):
            self._desk.propose(lever, self._at(lots, column))

    def _pay(self, now: dict[int, float], before: dict[int, float]) -> None:
        lots = sorted({*now, *before})
        if lots:
            amounts = np.array([now.get(lot, 0.0) for lot in lots])
            self._desk.propose("lot_administration", self._at(lots, amounts))

    def _at(self, lots: list[int], values: Array) -> Array:
        found = self._desk.blank("lot_price")
        found[lots] = values
        return found
