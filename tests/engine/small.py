"""Small trials of the toy city: setups, levers with values changed, months in a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.city.population import Population
from pricing.engine import market
from pricing.engine.calibrate import Calibrated
from pricing.engine.chance import chance
from pricing.engine.clock import Clock, clock
from pricing.engine.design import Trial
from pricing.engine.people import economy, population
from pricing.engine.setup import Setup, build
from pricing.engine.simulate import prepare, simulate
from pricing.engine.start import first_state as first_state
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Scenario
from pricing.world.flows import Flows
from pricing.world.levers import LeverValues
from pricing.world.parameters import Parameters
from pricing.world.recorder import Outcome
from pricing.world.state import State
from tests.builders import Cell, toy_city

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NAMES = (
    "base",
    "frozen_2026",
    "full_cost_2030",
    "full_cost_fast",
    "full_cost_protected",
    "full_cost_slow",
)
FIRST = Month.of(2025, 1)
LAST_YEAR = 2030


@dataclass(frozen=True)
class Step:
    """One month of the market: the state before and after it, its levers and its flows."""

    month: Month
    levers: LeverValues
    before: State
    after: State
    flows: Flows


@cache
def calibrated(*changes: Cell) -> Calibrated:
    """The toy city, with changes, calibrated to the central values of its parameters."""
    city = toy_city(*changes)
    return prepare(city, city.parameters.central())


@cache
def scenario(name: str) -> Scenario:
    """One of the project's scenarios, read for the toy city."""
    return load_scenario(SCENARIOS / f"{name}.toml", toy_city())


def trial(name: str, seed: int = 1, future: int = 0, replication: int = 0) -> Trial:
    """The address of a trial."""
    return Trial(
        scenario=name,
        scrambling=0,
        point=0,
        future=future,
        replication=replication,
        seed=seed,
    )


@cache
def outcome(name: str, last_year: int = 2035) -> Outcome:
    """One finished trial of a scenario."""
    short = replace(scenario(name), horizon=(2025, last_year))
    return simulate(toy_city(), short, calibrated(), trial(name))


@cache
def people(variant: str = "constant", last_year: int = LAST_YEAR) -> Population:
    """People of the toy city at its central parameters."""
    city = toy_city()
    return population(city, Parameters(city.parameters.central()), variant, last_year)


def setup_of(
    of: Calibrated,
    residents: Population,
    *,
    shocks: bool = False,
    real_growth: float = 0.0,
    seed: int = 1,
) -> Setup:
    """A trial's constants; without shocks and growth months differ by policy and season only."""
    city = toy_city()
    drawn = chance(city, of.parameters, Draws(seed, 0), len(residents.years), shocks)
    grown = economy(city, of.income_month, of.parameters, real_growth)
    return build(city, of, residents, drawn, grown)


@cache
def quiet_setup() -> Setup:
    """Constant people, no growth, no shocks."""
    return setup_of(calibrated(), people())


def with_levers(levers: LeverValues, changes: Mapping[str, npt.ArrayLike]) -> LeverValues:
    """The same levers with some set, all through the month, to values that fit their axes."""
    given = {
        name: np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), levers[name].shape))
        for name, value in changes.items()
    }
    return LeverValues({**levers.values, **given}, {**levers.at_end, **given})


def still_levers() -> LeverValues:
    """The base year's levers with constant prices."""
    return with_levers(calibrated().levers, {"cpi_growth": 0.0})


def clock_at(year: int, number: int, cpi: float = 1.0, setup: Setup | None = None) -> Clock:
    """The clock of a month of the quiet setup, or of another."""
    return clock(Month.of(year, number), cpi, (setup or quiet_setup()).economy)


def months(
    setup: Setup,
    levers: LeverValues | Callable[[Month], LeverValues],
    count: int,
    state: State | None = None,
) -> list[Step]:
    """The market month by month from January of the base year."""
    found = []
    before = first_state(setup) if state is None else state
    for number in range(count):
        month = FIRST + number
        values = levers if isinstance(levers, LeverValues) else levers(month)
        after, flows = market.step(setup, values, before, month)
        found.append(Step(month, values, before, after, flows))
        before = after
    return found


@cache
def quiet_year() -> tuple[Step, ...]:
    """Twelve months of base-year policy with constant prices."""
    return tuple(months(quiet_setup(), still_levers(), 12))
