"""The law in time: enacts on its day what laws.csv rules about each lever."""

from datetime import date
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from pricing.base.calendar import day_of
from pricing.base.refs import LawRule
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._instrument import NEVER, Instrument
from pricing.world.law import LAW_LEVERS, Book, Law
from pricing.world.lever_table import LEVER
from pricing.world.levers import Write
from pricing.world.offices import Process


class LawPath(Instrument):
    """Pháp luật theo thời gian: benefits, routes, contribution rate, base salary, frames, ceilings.

    Sets the base value of each lever on the day its rules change; what instruments propose folds on
    top. Enacted and scheduled rules act; proposed ones only if adopted here.
    """

    authority: ClassVar[str] = "central"

    kind: Literal["law_path"]
    levels_of: Annotated[int, Field(strict=True, ge=2025, le=2100)] | None = None
    """Keep the levels at the end of this year: no later change acts."""
    adopt: Annotated[tuple[LawRule, ...], Field(max_length=100)] = ()
    """Rules whose proposed rows act as well."""

    def writes(self, city: City) -> tuple[Write, ...]:
        """The base value of every lever that the law sets."""
        return tuple(
            self.write(row.lever, np.ones(LEVER[row.lever].shape(city), np.bool_), is_law=True)
            for row in LAW_LEVERS
        )

    def run(self, desk: Desk) -> Process:
        """Each change on its day."""
        book = self._book(desk.city)
        changes = sorted(
            (day, number)
            for number, row in enumerate(LAW_LEVERS)
            for day in row.days(desk.city, book, desk.last_day)
        )
        for day, number in changes:
            yield desk.until(day)
            row = LAW_LEVERS[number]
            law = Law(city=desk.city, parameters=desk.parameters, book=book, day=day)
            desk.enact(row.lever, row.value(law))

    def _book(self, city: City) -> Book:
        end = NEVER if self.levels_of is None else day_of(date(self.levels_of, 12, 31))
        return Book(laws=city.laws, adopted=frozenset(self.adopt), last_day=end)
