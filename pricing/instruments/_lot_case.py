"""The case of one lot: its file through plan, procedure, contract, settlement and renewal."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias

import simpy

from pricing.base.arrays import Array
from pricing.base.calendar import BASE_YEAR, Month, month_of_day, start_day
from pricing.city.city import City
from pricing.instruments._desk import INSPECTION, PROCUREMENT, Desk
from pricing.instruments._lot_chance import LotChance
from pricing.instruments._lot_register import Contract, Register
from pricing.world.offices import Process

Award: TypeAlias = Generator[simpy.Event, object, Contract | None]
MONTHS_UNSERVED = 12
"""After nobody could be found, a lot is planned again with the budget of the next year."""


@dataclass(slots=True, kw_only=True)
class Case:
    """One lot of one instrument.

    Parameters
    ----------
    months
        Length of a contract.
    holder
        Offer that serves the lot or did so last; the supplier by default before that.
    free_from
        First month for which a supplier is sought.
    begun
        Day of the plan of the contract now sought.
    sequence, attempt
        Which contract of the lot, and which attempt at it, from 0: the address of chance.
    walked_out
        Offer whose supplier broke the last contract, which is not asked again for it; -1 none.
    """

    desk: Desk
    register: Register
    chance: LotChance
    lot: int
    months: int
    holder: int
    free_from: Month
    begun: int = 0
    sequence: int = 0
    attempt: int = 0
    walked_out: int = -1

    @classmethod
    def open(
        cls,
        desk: Desk,
        register: Register,
        chance: LotChance,
        lot: int,
        months: int | None,
    ) -> "Case":
        """The case of a lot that nobody serves yet."""
        lots = desk.city.lots
        return cls(
            desk=desk,
            register=register,
            chance=chance,
            lot=lot,
            months=int(lots.months[lot]) if months is None else months,
            holder=int(lots.offer[lot]),
            free_from=month_of(int(lots.first_month[lot])),
        )

    @property
    def city(self) -> City:
        """The city that buys."""
        return self.desk.city

    @property
    def volume_month(self) -> float:
        """Units of output in a month of service."""
        return float(self.city.lots.volume_month[self.lot])

    @property
    def service(self) -> str:
        """The service that is bought."""
        return self.city.services.id[int(self.city.lots.service[self.lot])]

    @property
    def units(self) -> float:
        """Units of output over a contract."""
        return float(self.city.lots.volume_year[self.lot]) * self.months / 12.0

    @property
    def next_start(self) -> Month:
        """First month in which a contract signed today can begin."""
        return max(self.free_from, self.desk.month + 1)

    def days(self, *names: str) -> int:
        """Whole days that parameters named foresee in all."""
        return round(sum(self.desk.parameters[name] for name in names))

    def plan(self) -> None:
        """Begin with the plan of a contract."""
        self.begun = self.desk.day
        self.tell("planned")

    def tell(self, event: str, amount: float = 1.0) -> None:
        """Note what happens to the lot."""
        self.desk.tell(event, self.lot, amount)

    def norm_price(self) -> float:
        """Price of the lot's norm at full cost, VND per unit of output, as last published."""
        return float(self.desk.published.lists.norm[self.city.lots.norm[self.lot]].sum())

    def uniforms(self, purpose: str, slots: int) -> Array:
        """The lot's chance for a purpose in this attempt, (slot,)."""
        return self.chance.row(purpose, (self.sequence, self.attempt), self.lot, slots)

    def officer(self, scheme: str) -> simpy.Event | None:
        """Hand the papers to an officer of procurement; nothing to wait for where there is none."""
        if not self.desk.has_office(PROCUREMENT):
            return None
        work = max(1, self.days(f"procurement_days_{scheme}"))
        address = (self.city.lots.id[self.lot], f"{self.sequence:03d}", f"{self.attempt:03d}")
        return self.desk.file(PROCUREMENT, address, days=work)

    def until(self, day: int, decided: simpy.Event | None) -> simpy.Event:
        """Wait for a day, and for the officer if the papers lie longer."""
        waited = self.desk.until(day)
        return waited if decided is None else waited & decided


def month_of(index: int) -> Month:
    """The month a number of months after January of the base year."""
    return Month.of(BASE_YEAR, 1) + index


def keep_buying(
    case: Case, award: Callable[[Case], Award], lead_days: int, stop: simpy.Event | None = None
) -> Process:
    """Buy a lot again and again: from the plan of the first contract to the end of the last.

    Parameters
    ----------
    award
        Seeks a supplier; None if there is none.
    lead_days
        Days a procedure takes where nobody has to wait.
    stop
        Ends the contract in force, and the story, when it comes.
    """
    while True:
        yield _whichever(case.desk.until(start_day(case.free_from) - lead_days - 1), stop)
        if _is_over(case, stop):
            return
        contract = yield from award(case)
        if _is_over(case, stop):
            return
        if contract is None:
            case.sequence, case.attempt = case.sequence + 1, 0
            case.free_from = month_of_day(case.desk.day) + MONTHS_UNSERVED
            continue
        # the issue of a unit price ends what was assigned, not what was ordered instead
        ends_it = stop if contract.scheme == "task_assignment" else None
        yield from _serve(case, contract, lead_days, ends_it)


def _serve(case: Case, contract: Contract, lead_days: int, stop: simpy.Event | None) -> Process:
    """Deliver until the contract is renewed, broken or stopped, and settle it."""
    desk, end = case.desk, start_day(contract.end)
    case.register.sign(case.lot, contract)
    case.holder = contract.offer
    desk.spawn(_inspect(case, contract, stop))
    yield _whichever(desk.until(end if contract.is_broken else end - lead_days - 1), stop)
    if stop is not None and stop.triggered:
        case.register.cut(case.lot, contract)
        end, case.free_from = desk.day, desk.month
    else:
        case.free_from = contract.end
    desk.spawn(_settle(case, end))
    if contract.is_broken:
        case.tell("default")
        case.register.release(case.lot)
        case.begun, case.attempt = desk.day, case.attempt + 1
        case.walked_out = -1 if contract.is_guest else contract.offer
    else:
        case.sequence, case.attempt, case.walked_out = case.sequence + 1, 0, -1


def _is_over(case: Case, stop: simpy.Event | None) -> bool:
    return case.desk.is_over or (stop is not None and stop.triggered)


def _whichever(event: simpy.Event, stop: simpy.Event | None) -> simpy.Event:
    return event if stop is None else event | stop


def _inspect(case: Case, contract: Contract, stop: simpy.Event | None) -> Process:
    """One acceptance a month of service, each by an officer of inspection, where there are some."""
    desk = case.desk
    if not desk.has_office(INSPECTION):
        return
    days = max(1, case.days("inspection_days"))
    for ordinal in range(contract.start.ordinal, contract.end.ordinal):
        yield desk.until(start_day(Month(ordinal + 1)))
        if _is_over(case, stop):
            return
        desk.file(INSPECTION, (case.city.lots.id[case.lot], Month(ordinal).text), days=days)


def _settle(case: Case, end: int) -> Process:
    """Close the accounts of a contract when the last payment has come."""
    yield case.desk.until(end + case.days("lot_payment_days"))
    case.tell("settled")
