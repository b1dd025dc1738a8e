"""The pricing roadmap: cost components enter regulated prices step by step, each by a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from pricing.base.calendar import date_of, day_of
from pricing.base.errors import Unreadable
from pricing.base.fields import FirstDay, Rate
from pricing.base.refs import ComponentId, SectorId, ServiceId
from pricing.city.city import City
from pricing.instruments._desk import PRICE_APPRAISAL, Desk
from pricing.instruments._fields import DelayMonths, Flag, SharePath, in_order
from pricing.instruments._instrument import Instrument, months_later
from pricing.instruments._presets import PRESETS
from pricing.instruments._services import norm_cells, norm_rows, regulated_services, sector_of
from pricing.world.levers import Write
from pricing.world.offices import Process
from pricing.world.published import Published
from pricing.world.quantities import COMPONENTS

SLIP = "roadmap_slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One dated step: the share of each component from that day on, and the accumulation rate."""

    number: int
    day: int
    included: Mapping[str, float]
    accumulation_rate: float | None


class PriceRoadmap(Instrument):
    """Lộ trình giá: lets labour, direct cost, management and depreciation into regulated prices.

    For each dated step it waits for the date and its slip, then month by month for its conditions,
    files one request a service with the office of price appraisal, and sets the price on the day
    of the decision. A price moves only by a decision. `freeze` instead keeps the price lists of its
    services and places as they are, whoever decides.
    """

    authority: ClassVar[str] = "central"

    kind: Literal["price_roadmap"]
    sector: SectorId | None = None
    """The sector whose services it moves; all if neither sector nor services are given."""
    services: Annotated[tuple[ServiceId, ...], Field(max_length=50)] = ()
    """Services it moves."""
    included: dict[ComponentId, SharePath] = Field(default_factory=dict)
    """Component → day → share of its norm in the price from then on."""
    between: Literal["step", "linear"] = "step"
    """`linear` adds a decision each January between two dates, on the straight line."""
    accumulation_rate: SharePath | None = None
    """Day → accumulation on cost from then on."""
    slip: DelayMonths | None = None
    """Months by which each step comes late; scenarios that share a roadmap share the draw."""
    wait_while_inflation_above: Rate | None = None
    """A step waits while consumer prices rise faster over twelve months."""
    stop_while_reserve_below_months: Annotated[float, Field(ge=0.0)] | None = None
    """A step waits while the insurance fund's reserve is below so many months of claims."""
    preset: (
        Literal["decree_85_2012", "decree_16_2015", "ministry_plan_2019", "decree_60_2021"] | None
    ) = None
    """A statutory roadmap instead of `included`."""
    replay_from: FirstDay | None = None
    """Day of the first stage of the preset."""
    freeze: Flag = False
    """Keep prices at their last decision."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> "PriceRoadmap":
        moves = bool(self.included) or self.preset is not None or self.accumulation_rate is not None
        if moves == self.freeze:
            raise Unreadable("instruments.unreadable.roadmap_moves")
        if self.included and self.preset is not None:
            raise Unreadable("instruments.unreadable.roadmap_twice")
        if (self.preset is None) != (self.replay_from is None):
            raise Unreadable("instruments.unreadable.roadmap_preset")
        return self

    def steps(self) -> tuple[Step, ...]:
        """The dated steps in order."""
        paths = {name: dict(self._path(path)) for name, path in self._included().items()}
        rates = dict(self._path(self.accumulation_rate or {}))
        days = sorted({day for path in (*paths.values(), rates) for day in path})
        return tuple(
            Step(
                number=number,
                day=day,
                included={
                    name: share
                    for name, path in paths.items()
                    if (share := _in_force(path, day)) is not None
                },
                accumulation_rate=_in_force(rates, day),
            )
            for number, day in enumerate(days)
        )

    def writes(self, city: City) -> tuple[Write, ...]:
        """Included components, accumulation and decision days of its services, or their freeze."""
        services = regulated_services(city, self.sector, self.services)
        cells = norm_cells(city, services)
        if self.freeze:
            return (self.write("price_freeze", cells),)
        named = np.isin(COMPONENTS, list(self._included()))
        found = [
            self.write("included", cells[:, :, None] & named),
            self.write("price_decision", cells),
        ]
        if self.accumulation_rate is not None:
            found.append(self.write("accumulation_rate", norm_rows(city, services)))
        return tuple(found)

    def run(self, desk: Desk) -> Process:
        """One story a service, all at once; or the freeze."""
        yield desk.until(desk.day)
        if self.freeze:
            desk.propose("price_freeze", 1.0)
            return
        for service in regulated_services(desk.city, self.sector, self.services):
            desk.spawn(self._move(desk, service))

    def _move(self, desk: Desk, service: str) -> Process:
        sector = sector_of(desk.city, service)
        for step, late in zip(self.steps(), self._slips(desk, sector), strict=True):
            yield desk.until(months_later(step.day, late))
            while self._must_wait(desk.published):
                yield desk.next_month()
            yield desk.file(PRICE_APPRAISAL, (sector, service))
            self._decide(desk, service, step)

    def _decide(self, desk: Desk, service: str, step: Step) -> None:
        rows, cells = norm_rows(desk.city, (service,)), norm_cells(desk.city, (service,))
        included = desk.blank("included")
        for name, share in step.included.items():
            included[rows, :, COMPONENTS.index(name)] = share
        desk.propose("included", included)
        if step.accumulation_rate is not None:
            desk.propose("accumulation_rate", np.where(rows, step.accumulation_rate, np.nan))
        desk.propose("price_decision", np.where(cells, desk.day, np.nan))

    def _must_wait(self, published: Published) -> bool:
        inflation, months = self.wait_while_inflation_above, self.stop_while_reserve_below_months
        return (inflation is not None and published.inflation > inflation) or (
            months is not None and published.fund_reserve_months < months
        )

    def _slips(self, desk: Desk, sector: str) -> list[float]:
        """Months by which each step is late, addressed by sector and number of the step."""
        n_steps = len(self.steps())
        if self.slip is None:
            return [0.0] * n_steps
        chance = desk.draws.table(SLIP, (len(desk.city.sectors), n_steps))
        return [self.slip.months(u) for u in chance[desk.city.sectors.index(sector)]]

    def _included(self) -> dict[str, dict[int, float]]:
        if self.preset is None or self.replay_from is None:
            return self.included
        return PRESETS[self.preset].replayed(self.replay_from)

    def _path(self, path: dict[int, float]) -> list[tuple[int, float]]:
        dated = in_order(path)
        if self.between == "step":
            return dated
        between = [
            (day, before + (after - before) * (day - start) / (end - start))
            for (start, before), (end, after) in pairwise(dated)
            for day in _januaries(start, end)
        ]
        return sorted(dated + between)


def _in_force(path: Mapping[int, float], day: int) -> float | None:
    return next((path[start] for start in sorted(path, reverse=True) if start <= day), None)


def _januaries(start: int, end: int) -> list[int]:
    """First days of the years strictly between two days."""
    years = range(date_of(start).year + 1, date_of(end).year + 1)
    return [day for year in years if start < (day := day_of(date(year, 1, 1))) < end]
