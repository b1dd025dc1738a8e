"""Vouchers: an amount per use that the budget pays wherever in the city it is used."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from pricing.base.arrays import BoolArray
from pricing.base.fields import Amount
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._fields import AmountPath, in_order
from pricing.instruments._programme import REACH, Programme
from pricing.world.levers import Write
from pricing.world.offices import Process

LEVER = "voucher"
LEAST = 0.01  # part of a voucher below which none is issued


class Voucher(Programme):
    """Phiếu hỗ trợ dịch vụ: the budget pays an amount per use, at public and non-public units.

    It pays at most what the user owes the unit. With a yearly `budget` vouchers are cut to what is
    left of it, as last month's use says; in January a new budget begins.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["voucher"]
    amount: AmountPath
    """Day → VND per unit of output: a visit, a stay, a learner's month."""
    budget: Annotated[Amount, Field(gt=0.0)] | None = None
    """VND a year; no limit if not given."""

    def writes(self, city: City) -> tuple[Write, ...]:
        """Vouchers of its needs, quintiles and classes."""
        return (self.write(LEVER, self.users(city, LEVER)), self.reached(city))

    def run(self, desk: Desk) -> Process:
        """Each amount from its day on; with a budget, looked at every month."""
        path = in_order(self.amount)
        desk.spawn(self._say_whom(desk, path[0][0]))
        if self.budget is None:
            for day, amount in path:
                yield desk.until(day)
                desk.propose(LEVER, amount * self.reach(desk))
            return
        yield desk.until(path[0][0])
        purse = _Purse(self.budget, self.users(desk.city, LEVER))
        while not desk.is_over:
            amount = [vnd for day, vnd in path if day <= desk.day][-1]
            part = purse.part(desk)
            desk.propose(LEVER, amount * part * self.reach(desk))
            yield desk.next_month()

    def _say_whom(self, desk: Desk, day: int) -> Process:
        yield desk.until(day)
        desk.propose(REACH, self.reach(desk))


class _Purse:
    """A year's budget: what part of the full vouchers its rest can pay for."""

    def __init__(self, budget: float, cells: BoolArray) -> None:
        self._budget = budget
        self._cells = cells
        self._spent = 0.0
        self._full_month = 0.0
        self._part = 0.0

    def part(self, desk: Desk) -> float:
        """Share of the amount that the coming month's vouchers are worth, in [0, 1]."""
        told = np.broadcast_to(desk.published.vouchers, self._cells.shape)
        spent = float(told[self._cells].sum())
        begins = desk.month.number == 1
        # in January the figures are those of the year's end
        month = spent - self._spent
        if self._part > 0.0:
            self._full_month = month / self._part
        self._spent = 0.0 if begins else spent
        left = max(self._budget - self._spent, 0.0)
        part = 1.0 if self._full_month <= left else left / self._full_month
        self._part = part if part >= LEAST else 0.0
        return self._part
