"""What the three ways of buying lots share: which lots they buy, what they write, their start."""

from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from pricing.base.arrays import BoolArray, IntArray
from pricing.base.calendar import Month, start_day
from pricing.base.refs import LotId, ServiceId
from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS
from pricing.instruments._desk import Desk
from pricing.instruments._instrument import Instrument, Purchase
from pricing.instruments._lot_book import JANUARY, Book
from pricing.instruments._lot_register import LEVERS
from pricing.world.levers import Write
from pricing.world.offices import Process


class LotInstrument(Instrument):
    """Keys of an instrument that buys lots with the city's budget."""

    authority: ClassVar[str] = "city"
    scheme: ClassVar[str]
    """How it buys: a word of SCHEMES."""

    lots: Annotated[tuple[LotId, ...], Field(max_length=5_000)] = ()
    """Lots it buys; with `services` empty as well, all of the city's."""
    services: Annotated[tuple[ServiceId, ...], Field(max_length=50)] = ()
    """Services whose lots it buys."""
    renewal_months: Annotated[int | None, Field(strict=True, ge=1, le=120)] = None
    """Length of its contracts; as the lot says if not given."""

    def chosen(self, city: City) -> IntArray:
        """Indices of the lots it buys: those named, of the services named, in its places."""
        return np.flatnonzero(self._named(city) & self._in_places(city))

    def writes(self, city: City) -> tuple[Write, ...]:
        """The levers of its lots."""
        cells = np.isin(np.arange(len(city.lots.id)), self.chosen(city))
        return tuple(self.write(lever, cells) for lever in (*LEVERS, "lot_administration"))

    def purchases(self, city: City) -> tuple[Purchase, ...]:
        """The services of its lots, each on the first day on which it serves one of them."""
        lots = city.lots
        first: dict[str, int] = {}
        for lot in self.chosen(city).tolist():
            service = city.services.id[int(lots.service[lot])]
            day = max(self.from_day, start_day(Month(JANUARY + int(lots.first_month[lot]))))
            first[service] = min(day, first.get(service, day))
        return tuple(
            Purchase(service=service, form=self.scheme, day=day) for service, day in first.items()
        )

    def run(self, desk: Desk) -> Process:
        """The stories of its lots, side by side."""
        yield desk.until(desk.day)
        book = Book(desk, self.renewal_months)
        desk.spawn(book.register.keep())
        self.buy(book, self.chosen(desk.city))

    def buy(self, book: Book, lots: IntArray) -> None:
        """Begin the stories of lots."""
        raise NotImplementedError

    def _named(self, city: City) -> BoolArray:
        services = np.array(city.services.id)[city.lots.service]
        named = np.isin(city.lots.id, self.lots) | np.isin(services, self.services)
        return named | (not self.lots and not self.services)

    def _in_places(self, city: City) -> BoolArray:
        kind = np.array(PLACE_KINDS)[city.places.kind[city.lots.place]]
        place = np.array(city.places.id)[city.lots.place]
        inside = np.isin(place, self.places) | np.isin(kind, self.places)
        return inside | (not self.places)
