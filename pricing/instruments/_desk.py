"""The desk of an instrument: clock, published figures, draws, offices, the levers it may move."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import simpy

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.base.calendar import Month, date_of, month_of_day, start_day
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.world.chronicle import Chronicle
from pricing.world.lever_table import LEVER
from pricing.world.levers import Levers, Write
from pricing.world.offices import Address, Office, Process
from pricing.world.parameters import Parameters
from pricing.world.published import Published

PRICE_APPRAISAL = "price_appraisal"
PROCUREMENT = "procurement"
INSPECTION = "inspection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the desks of one trial share.

    Parameters
    ----------
    published
        Gives the figures of the last closed month.
    offices
        Offices by name; what is filed with an office that is not there is granted at once.
    last_day
        Last simulated day.
    chronicle
        Takes what happens to lots and is no lever.
    """

    env: simpy.Environment
    city: City
    levers: Levers
    published: Callable[[], Published]
    parameters: Parameters
    draws: Draws
    offices: Mapping[str, Office]
    last_day: int
    chronicle: Chronicle


class Desk:
    """What one instrument sees and may do; it signs with the instrument's name.

    Parameters
    ----------
    name
        The instrument's key in the scenario.
    until_day
        The day from which its proposals stand no more.
    writes
        The signed writes of this instrument: what it says elsewhere is not heard.
    """

    def __init__(
        self, name: str, until_day: int, writes: tuple[Write, ...], around: Surroundings
    ) -> None:
        self.name = name
        self.city = around.city
        self.parameters = around.parameters
        self.draws = around.draws
        self.last_day = around.last_day
        self._around = around
        self._until = until_day
        self._cells = _cells(writes)
        self._standing: set[str] = set()

    @property
    def day(self) -> int:
        """Today, in days since 1 January 2025."""
        return int(self._around.env.now)

    @property
    def month(self) -> Month:
        """The month of today."""
        return month_of_day(self.day)

    @property
    def published(self) -> Published:
        """Figures of the last closed month."""
        return self._around.published()

    @property
    def is_over(self) -> bool:
        """Whether its proposals stand no more."""
        return self.day >= self._until

    def until(self, day: int) -> simpy.Event:
        """Wait for a day; a day that has passed is today."""
        return self._around.env.timeout(max(0, day - self.day))

    def next_month(self) -> simpy.Event:
        """Wait for the first day of the next month."""
        return self.until(start_day(self.month + 1))

    def years(self, month: int, day: int = 1) -> Generator[int, None, None]:
        """Each year's day of this date from today to the end, in days since 1 January 2025."""
        for year in range(date_of(self.day).year, date_of(self.last_day).year + 1):
            found = start_day(Month.of(year, month)) + day - 1
            if self.day <= found <= self.last_day:
                yield found

    def blank(self, lever: str) -> Array:
        """No opinion on any cell of a lever."""
        return np.full(LEVER[lever].shape(self.city), np.nan)

    def propose(self, lever: str, values: npt.ArrayLike) -> None:
        """Propose values from today until replaced; NaN says nothing, other cells are not heard."""
        cells = self._cells[lever]
        if self.day >= self._until:
            return
        heard = np.where(cells, np.asarray(values, dtype=np.float64), np.nan)
        self._around.levers.propose(lever, heard, by=self.name, day=self.day)
        if lever not in self._standing and self._until <= self.last_day:
            self._around.levers.withdraw(lever, by=self.name, day=self._until)
        self._standing.add(lever)

    def enact(self, lever: str, values: Array) -> None:
        """Set the base value of a lever from today on: what the law says."""
        if self.day >= self._until:
            return
        self._around.levers.enact(lever, values, day=self.day, by=self.name)

    def in_force(self, lever: str) -> Array:
        """What was in force at the end of the last closed month, on the lever's axes."""
        return self._around.levers.last(lever)

    def has_office(self, office: str) -> bool:
        """Whether the scenario has an office of this name."""
        return office in self._around.offices

    def file(
        self, office: str, address: Address, priority: int = 0, days: int | None = None
    ) -> simpy.Event:
        """File a request; the event comes when it is decided, at once where there is no office.

        `days`: days of an officer, those of the office if not given.
        """
        if self.day >= self._until:
            return self._around.env.event()
        if office not in self._around.offices:
            return self._around.env.timeout(0)
        return self._around.offices[office].file((*address, self.name), priority, days)

    def tell(
        self, event: str, lots: IntArray, amounts: Array | None = None, day: int | None = None
    ) -> None:
        """Note what happens to lots: a word of LOT_EVENTS; counts, days or VND, 1 if not given.

        Today, or on a `day` to come.
        """
        when = self.day if day is None else day
        if when >= self._until or not lots.size:
            return
        told = np.ones(lots.size) if amounts is None else amounts
        self._around.chronicle.tell(when, event, lots, told)

    def event(self) -> simpy.Event:
        """Something that may happen, for a story to wait for."""
        return self._around.env.event()

    def spawn(self, process: Process) -> None:
        """Let a part of the story go on by itself."""
        self._around.env.process(process)


def _cells(writes: tuple[Write, ...]) -> dict[str, BoolArray]:
    found: dict[str, BoolArray] = {}
    for write in writes:
        found[write.lever] = found.get(write.lever, np.False_) | write.cells
    return found
