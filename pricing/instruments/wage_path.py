"""The path of public pay and consumer prices, and the price decisions that follow a pay rise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from pricing.base.calendar import date_of, day_of
from pricing.base.errors import Unreadable
from pricing.base.fields import Share
from pricing.base.refs import PayGroupId
from pricing.city.city import City
from pricing.instruments._desk import PRICE_APPRAISAL, Desk
from pricing.instruments._fields import AmountPath, Flag, GrowthPath, in_order
from pricing.instruments._instrument import Instrument, months_later
from pricing.instruments._services import norm_cells, regulated_services, sector_of
from pricing.world.levers import Write
from pricing.world.offices import Process

PAY_DAY = (7, 1)
RULE = "base_salary"


def _path(value: object) -> object:
    """A constant as a path from the first year on."""
    return value if isinstance(value, Mapping) or value is None else {"2025": value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """A rise of the base salary: its day, and the amount a month if this path sets it; VND."""

    day: int
    amount: float | None


class WagePath(Instrument):
    """Lộ trình lương: base salary after the law's last step, allowances, consumer prices.

    The base salary rises every few years on 1 July. After each rise, the law's own included, a
    price decision is prepared for some months and filed for every regulated service; on its day the
    price takes up the new pay. `places` limits these decisions, pay and prices are one for all.
    """

    authority: ClassVar[str] = "central"
    everywhere: ClassVar[frozenset[str]] = frozenset({"base_salary", "cpi_growth", "allowance"})

    kind: Literal["wage_path"]
    step_interval: Annotated[int, Field(strict=True, ge=1, le=20)] | None = None
    """Years between rises; the parameter base_salary_step_interval if not given."""
    step_rise: Annotated[Share, Field(gt=0.0)] | None = None
    """Rise at each step; the parameter base_salary_step_rise if not given."""
    base_salary: AmountPath | None = None
    """Day → base salary a month, instead of steps."""
    cpi: Annotated[GrowthPath | None, BeforeValidator(_path)] = None
    """Yearly growth of consumer prices, or day → growth; the parameter cpi_growth if not given."""
    allowance: dict[PayGroupId, GrowthPath] = Field(default_factory=dict)
    """Pay group → day → share of pay on top of the allowances of the law."""
    reprice: Flag = True
    """Whether price decisions follow the rises."""
    hold: Flag = False
    """No rise beyond those of the law."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> "WagePath":
        if self.base_salary is not None and (self.step_interval or self.step_rise or self.hold):
            raise Unreadable("instruments.unreadable.wage_twice")
        if self.hold and (self.step_interval or self.step_rise):
            raise Unreadable("instruments.unreadable.wage_hold")
        return self

    def writes(self, city: City) -> tuple[Write, ...]:
        """Base salary, consumer prices and allowances as far as given, and decision days."""
        found = []
        if not self.hold:
            found.append(self.write("base_salary", np.asarray(True)))
        if self.cpi is not None:
            found.append(self.write("cpi_growth", np.asarray(True)))
        if self.allowance:
            groups = np.isin(city.posts.id, list(self.allowance))
            found.append(self.write("allowance", np.repeat(groups[:, None], 3, axis=1)))
        if self.reprice:
            services = regulated_services(city, None, ())
            found.append(self.write("price_decision", norm_cells(city, services)))
        return tuple(found)

    def run(self, desk: Desk) -> Process:
        """Rise after rise; allowances and consumer prices go their own ways."""
        desk.spawn(self._prices(desk))
        for group in self.allowance:
            desk.spawn(self._allowance(desk, group))
        for rise in self._rises(desk):
            yield desk.until(rise.day)
            if rise.amount is not None:
                desk.propose("base_salary", rise.amount)
            if self.reprice:
                desk.spawn(self._reprice(desk))

    def _rises(self, desk: Desk) -> list[Rise]:
        by_law = desk.city.laws.changes(RULE)
        risen = [
            Rise(day=day, amount=None)
            for (_, before), (day, after) in pairwise(by_law)
            if after > before and day >= desk.day
        ]
        own = [] if self.hold else self._own(desk, by_law[-1])
        return sorted(risen + own, key=lambda rise: rise.day)

    def _own(self, desk: Desk, last: tuple[int, float]) -> list[Rise]:
        if self.base_salary is not None:
            return [Rise(day=day, amount=amount) for day, amount in in_order(self.base_salary)]
        interval = self.step_interval or round(desk.parameters["base_salary_step_interval"])
        rise = self.step_rise or desk.parameters["base_salary_step_rise"]
        day, amount = last
        years = range(date_of(day).year + interval, date_of(desk.last_day).year + 1, interval)
        steps = [
            Rise(day=day_of(date(year, *PAY_DAY)), amount=amount * (1.0 + rise) ** number)
            for number, year in enumerate(years, start=1)
        ]
        return [step for step in steps if step.day >= desk.day]

    def _reprice(self, desk: Desk) -> Process:
        yield desk.until(months_later(desk.day, desk.parameters["price_decision_lag"]))
        for service in regulated_services(desk.city, None, ()):
            desk.spawn(self._decide(desk, service))

    def _decide(self, desk: Desk, service: str) -> Process:
        yield desk.file(PRICE_APPRAISAL, (sector_of(desk.city, service), service))
        cells = norm_cells(desk.city, (service,))
        desk.propose("price_decision", np.where(cells, desk.day, np.nan))

    def _prices(self, desk: Desk) -> Process:
        for day, growth in in_order(self.cpi or {}):
            yield desk.until(day)
            desk.propose("cpi_growth", growth)

    def _allowance(self, desk: Desk, group: str) -> Process:
        row = desk.city.posts.id.index(group)
        for day, share in in_order(self.allowance[group]):
            yield desk.until(day)
            values = desk.blank("allowance")
            values[row] = share
            desk.propose("allowance", values)
