"""A trial of the toy city with a household sample, and its first years lived, for tests."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.city.households import synthetic
from pricing.engine import market
from pricing.engine.chance import chance
from pricing.engine.homes import Homes, open_homes
from pricing.engine.households import Lived, live
from pricing.engine.people import economy
from pricing.engine.setup import Setup, build
from pricing.engine.simulate import simulate
from pricing.engine.start import first_state
from pricing.engine.yearly import YearSums
from pricing.world.levers import LeverValues
from pricing.world.recorder import Outcome
from tests.builders import toy_city
from tests.engine import small

SIZE = 4_000
SALARY = 2_340_000.0


@cache
def peopled() -> City:
    """The toy city with a sample."""
    city = toy_city()
    return replace(city, households=synthetic(city, SIZE, 1))


@cache
def outcome(name: str = "base", last_year: int = 2028) -> Outcome:
    """A finished trial with the sample."""
    short = replace(small.scenario(name), horizon=(2025, last_year))
    return simulate(peopled(), short, small.calibrated(), small.trial(name))


@dataclass(frozen=True)
class Year:
    """The base year of a quiet trial with the sample."""

    setup: Setup
    homes: Homes
    sums: YearSums
    levers: LeverValues

    def live(self, salary: float = SALARY) -> Lived:
        """The year as the sample lives it."""
        found = live(self.homes, self.setup, self.sums, Month.of(2025, 12), salary)
        assert found is not None
        return found


@cache
def year(replication: int = 0, **changes: float) -> Year:
    """Twelve months of base-year policy, with some levers changed."""
    setup = setup_with(peopled())
    draws = Draws(1, replication)
    homes = open_homes(setup, draws)
    assert homes is not None
    sums, levers = YearSums(), small.with_levers(small.still_levers(), changes)
    state = first_state(setup)
    for number in range(12):
        state, flows = market.step(setup, levers, state, small.FIRST + number)
        sums.add(flows, np.zeros((setup.offers.plan.size, 4)))
    return Year(setup, homes, sums, levers)


def setup_with(city: City) -> Setup:
    """The quiet setup in another city."""
    of, people = small.calibrated(), small.people()
    drawn = chance(city, of.parameters, Draws(1, 0), len(people.years), False)
    grown = economy(city, of.income_month, of.parameters, 0.0)
    return build(city, of, people, drawn, grown)
