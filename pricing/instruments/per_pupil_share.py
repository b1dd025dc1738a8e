"""Money that follows the pupil: the part of the service price paid by heads, not as a grant."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from pricing.base.refs import NeedId
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._fields import SharePath, in_order
from pricing.instruments._instrument import Instrument
from pricing.instruments._services import norm_cells
from pricing.world.levers import Write
from pricing.world.offices import Process


class PerPupilShare(Instrument):
    """Cấp ngân sách theo đầu người học: share of a service price's order part paid per learner.

    The rest is paid on the enrolment with which the stability period began.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["per_pupil_share"]
    share: SharePath
    """Day → share paid per learner from then on."""
    needs: Annotated[tuple[NeedId, ...], Field(max_length=50)] = ()
    """Education levels and courses; every one whose users are learners if empty."""

    def writes(self, city: City) -> tuple[Write, ...]:
        """The per-pupil share of the norms of its levels."""
        return (self.write("per_pupil_share", norm_cells(city, self._services(city))),)

    def run(self, desk: Desk) -> Process:
        """Each share from its day on."""
        for day, share in in_order(self.share):
            yield desk.until(day)
            desk.propose("per_pupil_share", share)

    def _services(self, city: City) -> tuple[str, ...]:
        wanted = [
            city.needs.scheme[n] == "learner" and (not self.needs or need in self.needs)
            for n, need in enumerate(city.needs.id)
        ]
        return tuple(np.array(city.services.id)[np.array(wanted)[city.services.need]].tolist())
