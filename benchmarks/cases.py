"""What is measured: Can Tho and the toy city, calibrated, and the months of a year."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.city.load import load_city
from pricing.engine.base_year import first_levers
from pricing.engine.calibrate import Calibrated
from pricing.engine.chance import chance
from pricing.engine.design import Trial
from pricing.engine.market import step
from pricing.engine.people import economy, population
from pricing.engine.setup import Setup, build
from pricing.engine.simulate import prepare
from pricing.engine.start import first_state
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Scenario
from pricing.world.levers import LeverValues
from pricing.world.state import State

ROOT = Path(__file__).parents[1]
CAN_THO = ROOT / "scenarios" / "cities" / "can_tho"
TOY = ROOT / "tests" / "toy_city"
BASE = ROOT / "scenarios" / "base.toml"
SEED = 20261125


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A city, calibrated at the central parameter values, with the baseline scenario."""

    city: City
    scenario: Scenario
    calibrated: Calibrated

    def until(self, last_year: int) -> Scenario:
        """The baseline up to a year."""
        return replace(self.scenario, horizon=(self.city.base_year, last_year))


@cache
def case(folder: Path) -> Case:
    """The case of a city's folder."""
    city = load_city(folder)
    return Case(
        city=city,
        scenario=load_scenario(BASE, city),
        calibrated=prepare(city, city.parameters.central()),
    )


def trial(replication: int) -> Trial:
    """A trial of the baseline in the first future."""
    return Trial(
        scenario="base", scrambling=0, point=0, future=0, replication=replication, seed=SEED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Eve:
    """Everything the market reads on the eve of a month."""

    setup: Setup
    levers: LeverValues
    state: State
    month: Month


def eves(of: Case) -> list[Eve]:
    """The twelve months after the warm-up year, under the law alone."""
    city, calibrated = of.city, of.calibrated
    parameters = calibrated.parameters
    last = city.base_year + 1
    people = population(city, parameters, "", last)
    shocks = chance(city, parameters, Draws(SEED, 0), 2, has_shocks=True)
    grown = economy(city, calibrated.income_month, parameters, parameters["income_real_growth"])
    setup = build(city, calibrated, people, shocks, grown)
    levers, state = first_levers(city, parameters), first_state(setup)
    found = []
    for ordinal in range(Month.of(city.base_year, 1).ordinal, Month.of(last, 12).ordinal + 1):
        month = Month(ordinal)
        values = levers.month(month)
        found.append(Eve(setup=setup, levers=values, state=state, month=month))
        state, _ = step(setup, values, state, month)
    return found[12:]
