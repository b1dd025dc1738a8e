"""What the state gives up or pays so that non-public units are built where it wants them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from pricing.base.arrays import BoolArray
from pricing.base.errors import Unreadable
from pricing.base.fields import FirstDay, Rate
from pricing.base.refs import SectorId
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._fields import SharePath, in_order
from pricing.instruments._instrument import Instrument
from pricing.world.levers import Write
from pricing.world.offices import Process

LEVERS = ("land_rent_exempt", "interest_subsidy", "tax_half_years", "supported_quota")


class EntryIncentive(Instrument):
    """Ưu đãi xã hội hóa: land rent, interest, profit tax and supported users of new projects.

    Each adds to what the law grants projects of its sector and places: the higher of the two
    counts. A project reckons with what stands on the day of its review.
    """

    authority: ClassVar[str] = "central"

    kind: Literal["entry_incentive"]
    sector: SectorId | None = None
    """The sector whose projects it is for; all if not given."""
    land_rent_exempt: SharePath | None = None
    """Day → share of the land rent that a project does not pay."""
    interest_subsidy: (
        Annotated[dict[FirstDay, Annotated[Rate, Field(ge=0.0, le=0.2)]], Field(min_length=1)]
        | None
    ) = None
    """Day → interest on the project's loan that the budget pays, as a share of the loan a year."""
    tax_half_years: (
        Annotated[dict[FirstDay, Annotated[float, Field(ge=0.0, le=50.0)]], Field(min_length=1)]
        | None
    ) = None
    """Day → years at half the profit tax after the free ones; the centre's to grant."""
    supported_quota: SharePath | None = None
    """Day → share of users whom a project serves at the price of the public unit."""

    @model_validator(mode="after")
    def _says_something(self) -> "EntryIncentive":
        if not self._paths():
            raise Unreadable("instruments.unreadable.incentive_empty")
        return self

    def writes(self, city: City) -> tuple[Write, ...]:
        """Each incentive it gives, to the projects of its sector."""
        return tuple(self.write(lever, self._projects(city)) for lever in self._paths())

    def run(self, desk: Desk) -> Process:
        """Each value from its day on."""
        for day, lever, value in sorted(self._steps()):
            yield desk.until(day)
            desk.propose(lever, value)

    def _paths(self) -> Mapping[str, dict[int, float]]:
        given = (
            self.land_rent_exempt,
            self.interest_subsidy,
            self.tax_half_years,
            self.supported_quota,
        )
        return {lever: path for lever, path in zip(LEVERS, given, strict=True) if path}

    def _steps(self) -> Iterator[tuple[int, str, float]]:
        for lever, path in self._paths().items():
            yield from ((day, lever, value) for day, value in in_order(path))

    def _projects(self, city: City) -> BoolArray:
        """Candidates of its sector, (candidate,)."""
        if self.sector is None:
            return np.ones(len(city.candidates.id), np.bool_)
        return np.asarray(city.candidates.sector == city.sectors.index(self.sector))
