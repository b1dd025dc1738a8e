"""The city's own tuition path inside the frame of the law, set each September."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from pricing.base.arrays import Array, BoolArray
from pricing.base.calendar import SCHOOL_YEAR_MONTH, date_of, school_year_start, start_day
from pricing.base.fields import Amount
from pricing.base.refs import NeedId, PlaceKind
from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS
from pricing.instruments._desk import Desk
from pricing.instruments._fields import Growth
from pricing.instruments._instrument import Instrument, TypedPrice
from pricing.world.levers import Write
from pricing.world.offices import Process

Tier = Literal["1", "2", "3a", "3b", "3c", "4"]


class TuitionFrame(Instrument):
    """Học phí: tuition of public schools, by growth a year and multiplier by autonomy tier.

    Each September tuition grows; amounts by place kind replace the tuition of the first one. The
    frame of the law binds whatever is set here.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["tuition_frame"]
    needs: Annotated[tuple[NeedId, ...], Field(min_length=1, max_length=50)]
    """Education levels."""
    growth: Growth = 0.0
    """Growth of tuition each school year."""
    amount: dict[PlaceKind, Annotated[Amount, Field(ge=0.0)]] = Field(default_factory=dict)
    """Place kind → tuition of the first school year, VND a month."""
    multiplier: dict[Tier, Annotated[float, Field(ge=0.0, le=10.0)]] = Field(default_factory=dict)
    """Autonomy tier → times the tuition of the table; 1 where not given."""

    def writes(self, city: City) -> tuple[Write, ...]:
        """Tuition of public offers of its levels."""
        return (self.write("tuition", self._offers(city)),)

    def typed_prices(self, city: City) -> tuple[TypedPrice, ...]:
        """The amounts of the first school year, for each level."""
        del city
        return tuple(
            TypedPrice(
                key=("amount", kind),
                vnd=amount,
                day=next_september(self.from_day),
                need=need,
                place_kind=kind,
                lever="tuition_frame",
            )
            for kind, amount in self.amount.items()
            for need in self.needs
        )

    def run(self, desk: Desk) -> Process:
        """Each September."""
        tuition = self._first(desk.city)
        for number, september in enumerate(desk.years(SCHOOL_YEAR_MONTH)):
            yield desk.until(september)
            desk.propose("tuition", tuition * (1.0 + self.growth) ** (number + (not self.amount)))

    def _first(self, city: City) -> Array:
        """Tuition before it grows, VND a month, (offer,)."""
        tiers = np.array(city.units.tier)[city.offers.unit]
        times = np.ones(tiers.shape)
        for tier, multiplier in self.multiplier.items():
            times = np.where(tiers == tier, multiplier, times)
        tuition = np.array(city.offers.tuition)
        for kind, amount in self.amount.items():
            tuition = np.where(city.offers.kind == PLACE_KINDS.index(kind), amount, tuition)
        return tuition * times

    def _offers(self, city: City) -> BoolArray:
        wanted = [city.needs.id.index(need) for need in self.needs]
        is_charged = city.units.is_public[city.offers.unit] & ~np.isnan(city.offers.tuition)
        return np.asarray(is_charged & np.isin(city.offers.need, wanted))


def next_september(day: int) -> int:
    """First day of the school year that begins on a day or after it."""
    year = date_of(day).year
    return min(
        september
        for september in (start_day(school_year_start(year + later)) for later in (0, 1))
        if september >= day
    )
