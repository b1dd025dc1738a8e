"""Instruments of the toy city at their desks, without a market: what their levers become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import simpy

from pricing.base.arrays import Array
from pricing.base.calendar import Month, date_of, day_of, start_day
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.engine.close import list_figures
from pricing.instruments._desk import Surroundings
from pricing.instruments._instrument import Instrument
from pricing.instruments._registry import instrument_kinds
from pricing.instruments._seat import seat
from pricing.world.chronicle import Chronicle
from pricing.world.law import Book, law_values
from pricing.world.levers import Levers, LeverValues
from pricing.world.offices import Office
from pricing.world.parameters import Parameters
from pricing.world.published import ListFigures, LotFigures, Published
from tests.builders import toy_city
from tests.engine.small import quiet_setup, quiet_year

FIRST = Month.of(2025, 1)
Keys = Mapping[str, object]
Figures = Callable[[Month], tuple[float, float]]


@dataclass(frozen=True)
class Life:
    """What became of the levers: their values by month, the offices' books, events of lots."""

    months: dict[Month, LeverValues]
    levers: Levers
    offices: Mapping[str, Office]
    chronicle: Chronicle

    def at(self, year: int, month: int, lever: str) -> Array:
        """A lever's value at the end of a month."""
        return self.months[Month.of(year, month)].last(lever)

    def told(self, event: str, lot: str) -> list[tuple[date, float]]:
        """Days on which an event of a lot was told, and its amounts."""
        number = toy_city().lots.id.index(lot)
        return [
            (date_of(one.day), one.amount)
            for one in self.chronicle.events()
            if (one.event, one.lot) == (event, number)
        ]

    def term(self, year: int, month: int, lever: str, lot: str) -> float:
        """A lot's value of a lever at the end of a month."""
        return float(self.at(year, month, lever)[toy_city().lots.id.index(lot)])

    def decisions(self, norm: int, kind: int = 0) -> list[date]:
        """Days on which the price of a norm at a kind of place was decided."""
        days = {float(value.last("price_decision")[norm, kind]) for value in self.months.values()}
        return [date_of(int(day)) for day in sorted(days) if day >= 0]


def instrument(keys: Keys) -> Instrument:
    """An instrument from its keys, checked against the toy city."""
    return instrument_kinds()[str(keys["kind"])].model_validate(dict(keys))


@cache
def lists() -> ListFigures:
    """Prices, costs and users of the toy city as in the first month of its base year."""
    first = quiet_year()[0]
    return list_figures(quiet_setup(), first.before, first.flows)


def published(month: Month, figures: tuple[float, float], vouchers: float = 0.0) -> Published:
    """Figures with inflation and reserve months as given, and what each voucher cell has paid."""
    return Published(
        month=month,
        inflation=figures[0],
        fund_reserve=1.0,
        fund_reserve_months=figures[1],
        outlay_year=1.0,
        volume=np.zeros(1),
        enrolment=np.zeros(1),
        lists=lists(),
        lots=LotFigures.none(len(toy_city().lots.id)),
        vouchers=np.asarray(vouchers),
    )


def live(
    keys: Mapping[str, Keys],
    *,
    city: City | None = None,
    figures: Figures = lambda month: (0.03, 6.0),
    vouchers: Callable[[Month], float] = lambda month: 0.0,
    office: tuple[int, int] | None = None,
    offices: Mapping[str, int] | None = None,
    changes: Mapping[str, float] | None = None,
    seed: int = 1,
    last_year: int = 2035,
) -> Life:
    """Let instruments live from 2025 to a last year.

    Parameters
    ----------
    figures
        Inflation and the fund's reserve in months, published for a month.
    vouchers
        What a month publishes as paid by each cell of vouchers since January.
    office
        Officers and days of the office of price appraisal; none if not given.
    offices
        Officers of other offices, whose requests take a day unless they say otherwise.
    changes
        Parameters other than the central ones.
    """
    place = city or toy_city()
    parameters = Parameters({**place.parameters.central(), **(changes or {})})
    levers = Levers(place, law_values(place, parameters, Book(laws=place.laws), 0))
    env = simpy.Environment()
    closed = [FIRST - 1]
    chronicle = Chronicle()
    opened = {name: Office(env, officers, 1) for name, officers in (offices or {}).items()}
    if office is not None:
        opened["price_appraisal"] = Office(env, *office)
    around = Surroundings(
        env=env,
        city=place,
        levers=levers,
        published=lambda: published(closed[0], figures(closed[0]), vouchers(closed[0])),
        parameters=parameters,
        draws=Draws(seed, 0),
        offices=opened,
        last_day=day_of(date(last_year, 12, 31)),
        chronicle=chronicle,
    )
    seat({name: instrument(table) for name, table in keys.items()}, around)
    months = {}
    for ordinal in range(FIRST.ordinal, Month.of(last_year, 12).ordinal + 1):
        month = Month(ordinal)
        env.run(until=start_day(month + 1))
        months[month] = levers.month(month)
        closed[0] = month
    return Life(months, levers, opened, chronicle)
