"""Joint ventures: private money builds inside a public unit and charges its own prices there."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from pricing.base.arrays import BoolArray
from pricing.base.refs import UnitId
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._instrument import Instrument
from pricing.world.levers import Write
from pricing.world.offices import Process


class JointVenture(Instrument):
    """Liên doanh, liên kết: projects inside public units may be built.

    Whether one pays is for its investor to say. Beds on request are at most a fifth of the host's
    (Circular 21/2024, article 15), which the city's table keeps.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["joint_venture"]
    hosts: Annotated[tuple[UnitId, ...], Field(max_length=200)] = ()
    """Public units that may take a partner; all with a project if empty."""

    def writes(self, city: City) -> tuple[Write, ...]:
        """The permission of the projects inside its hosts."""
        return (self.write("joint_venture", self._projects(city)),)

    def run(self, desk: Desk) -> Process:
        """From its first day on."""
        yield desk.until(desk.day)
        desk.propose("joint_venture", 1.0)

    def _projects(self, city: City) -> BoolArray:
        """Candidates inside its hosts, (candidate,)."""
        host = city.candidates.host
        named = [city.units.id.index(unit) for unit in self.hosts]
        return np.asarray(np.isin(host, named) if named else host >= 0)
