"""Exemption and reduction that the city pays for, and its support of non-public learners."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from pricing.base.errors import Unreadable
from pricing.base.fields import FirstDay
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._fields import SharePath, in_order
from pricing.instruments._programme import REACH, Programme
from pricing.world.levers import Write
from pricing.world.offices import Process


class Support(Programme):
    """Miễn giảm, hỗ trợ: the budget takes over part of the own share or tuition of some users.

    It adds to what the law grants: the higher of the two rates counts. `private_support` is paid to
    learners of non-public schools, in tuitions of the public schools of their place.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["support"]
    rate: SharePath | None = None
    """Day → share of the own share or tuition that the budget takes over from then on."""
    private_support: (
        Annotated[dict[FirstDay, Annotated[float, Field(ge=0.0, le=20.0)]], Field(min_length=1)]
        | None
    ) = None
    """Day → support of non-public learners, in tuitions of the public school."""

    @model_validator(mode="after")
    def _says_something(self) -> "Support":
        if self.rate is None and self.private_support is None:
            raise Unreadable("instruments.unreadable.support_empty")
        return self

    def writes(self, city: City) -> tuple[Write, ...]:
        """Support of its needs, quintiles and classes; private support of its needs."""
        found = []
        if self.rate is not None:
            found += [self.write("support", self.users(city, "support")), self.reached(city)]
        if self.private_support is not None:
            found.append(self.write("private_support", np.isin(city.needs.id, self.needs)))
        return tuple(found)

    def run(self, desk: Desk) -> Process:
        """Each rate from its day on."""
        desk.spawn(self._private(desk))
        for day, rate in in_order(self.rate or {}):
            yield desk.until(day)
            desk.propose("support", rate * self.reach(desk))
            desk.propose(REACH, self.reach(desk))

    def _private(self, desk: Desk) -> Process:
        for day, support in in_order(self.private_support or {}):
            yield desk.until(day)
            desk.propose("private_support", support)
