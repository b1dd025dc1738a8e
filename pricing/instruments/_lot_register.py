"""The register of contracts: which offer serves a lot from which month, on which terms.

Contracts begin and end on first days of months. So what all lots of a day become is one proposal
a lever, and no lot depends on who signed first.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.base.calendar import Month, start_day
from pricing.instruments._desk import INSPECTION, Desk
from pricing.world.offices import Process

CODE = {"task_assignment": 1, "ordering": 2, "bidding": 3}
LEVERS = (
    "lot_offer",
    "lot_scheme",
    "lot_price",
    "lot_volume",
    "lot_quality",
    "lot_acceptance",
    "lot_cost_factor",
)
UNSERVED = np.array([-1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
NOT_IDLE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracts:
    """What was agreed on lots of one procedure, (lot,) of those that are signed.

    Parameters
    ----------
    lots
        Which they are.
    scheme
        How they were bought: a word of SCHEMES.
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
        First month of service, and the month after the last one; ordinals.
    is_broken
        The supplier leaves in the month `end`, before the contract is over.
    is_guest
        The supplier comes from outside the city and works where the offer is.
    """

    lots: IntArray
    scheme: str
    offer: IntArray
    price: Array
    volume: Array
    quality: Array
    acceptance: Array
    cost_factor: Array
    start: IntArray
    end: IntArray
    is_broken: BoolArray
    is_guest: BoolArray

    def of(self, kept: BoolArray) -> "Contracts":
        """Some of them."""
        parts = {
            name: getattr(self, name)[kept]
            for name in (one.name for one in fields(self))
            if name != "scheme"
        }
        return replace(self, **parts)

    def terms(self) -> Array:
        """Values of the levers, (lever, lot), in the order of LEVERS."""
        scheme = np.full(self.lots.size, float(CODE[self.scheme]))
        return np.stack(
            [
                self.offer.astype(np.float64),
                scheme,
                self.price,
                self.volume,
                self.quality,
                self.acceptance,
                self.cost_factor,
            ]
        )


class Register:
    """Beginnings and ends of contracts, and what administering them costs, by month."""

    def __init__(self, desk: Desk, n_lots: int) -> None:
        self._desk = desk
        self._n_lots = n_lots
        self._terms: dict[int, Array] = {}
        self._charges: dict[int, Array] = {}
        self._idle_from = np.full(n_lots, NOT_IDLE)
        self._served = np.zeros(n_lots, dtype=np.bool_)
        self._start = np.zeros(n_lots, dtype=np.int64)
        self._end = np.zeros(n_lots, dtype=np.int64)

    def sign(self, contracts: Contracts) -> None:
        """Enter contracts, which begin in months to come."""
        lots, terms = contracts.lots, contracts.terms()
        self._start[lots], self._end[lots] = contracts.start, contracts.end
        for month in np.unique(contracts.start).tolist():
            begun = contracts.start == month
            self._of(month)[:, lots[begun]] = terms[:, begun]
        for month in np.unique(contracts.end).tolist():
            self._of(month)[:, lots[contracts.end == month]] = UNSERVED[:, None]

    def cut(self, lots: IntArray) -> None:
        """End contracts today, the first day of a month, earlier than they were entered."""
        for lot in lots.tolist():
            for month in (self._start[lot], self._end[lot]):
                self._of(int(month))[:, lot] = np.nan
        begun = lots[self._start[lots] <= self._desk.month.ordinal]
        self._idle_from[begun] = self._desk.day
        self._served[begun] = False
        terms = self._blank()
        terms[:, begun] = UNSERVED[:, None]
        self._propose(terms)

    def close(self, lots: IntArray) -> None:
        """Buy lots no more: their time without service is no interruption."""
        self._idle_from[lots] = NOT_IDLE

    def charge(self, lots: IntArray, vnd: float) -> None:
        """Enter what a procedure cost the administration, VND a lot, paid next month."""
        month = self._desk.month.ordinal + 1
        self._charges.setdefault(month, np.zeros(self._n_lots))[lots] += vnd

    def keep(self) -> Process:
        """Bring the contracts into force, month by month."""
        while True:
            month = self._desk.month
            self._tell_interruptions(start_day(month) - start_day(month + -1))
            self._accept(month + -1)
            terms = self._terms.pop(month.ordinal, None)
            if terms is not None:
                self._note(terms[0])
                self._propose(terms)
            self._pay(month.ordinal)
            yield self._desk.next_month()

    def _of(self, month: int) -> Array:
        return self._terms.setdefault(month, self._blank())

    def _blank(self) -> Array:
        return np.full((len(LEVERS), self._n_lots), np.nan)

    def _accept(self, month: Month) -> None:
        """One acceptance a month of service by an officer of inspection, where there are some."""
        if not self._desk.has_office(INSPECTION):
            return
        days = max(1, round(self._desk.parameters["inspection_days"]))
        names = self._desk.city.lots.id
        for lot in np.flatnonzero(self._served).tolist():
            self._desk.file(INSPECTION, (names[lot], month.text), days=days)

    def _note(self, offer: Array) -> None:
        """Who is served from today on, and who no more."""
        ends, begins = offer < 0.0, offer >= 0.0
        self._idle_from[ends], self._idle_from[begins] = self._desk.day, NOT_IDLE
        self._served[ends], self._served[begins] = False, True

    def _tell_interruptions(self, month_days: int) -> None:
        """Days of the month past in which a lot that had been served was not."""
        days = np.minimum(month_days, self._desk.day - self._idle_from)
        lots = np.flatnonzero((self._idle_from != NOT_IDLE) & (days > 0))
        self._desk.tell("interruption_days", lots, days[lots].astype(np.float64))

    def _propose(self, terms: Array) -> None:
        for lever, values in zip(LEVERS, terms, strict=True):
            self._desk.propose(lever, values)

    def _pay(self, month: int) -> None:
        """Propose what administration costs this month; what last month cost is paid."""
        now, before = self._charges.get(month), self._charges.pop(month - 1, None)
        if now is not None or before is not None:
            self._desk.propose("lot_administration", np.zeros(self._n_lots) if now is None else now)
