"""Small markets of the toy city with candidates: setups, months, trials."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pricing.base.draws import Draws
from pricing.engine.calibrate import Calibrated
from pricing.engine.chance import chance
from pricing.engine.design import Trial
from pricing.engine.people import economy, population
from pricing.engine.setup import Setup, build
from pricing.engine.simulate import prepare, simulate
from pricing.instruments._instrument import Instrument
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import NonPublicSpec, Scenario
from pricing.world.parameters import Parameters
from pricing.world.recorder import Outcome
from tests.builders import socialised_city
from tests.engine.small import SCENARIOS

ALL_ON = NonPublicSpec(prices="chosen", entry=True, staff=True)
PRICES = NonPublicSpec(prices="chosen")
AT = Trial(scenario="any", scrambling=0, point=0, future=0, replication=0, seed=1)


@cache
def known() -> Calibrated:
    """The toy city with candidates, at its central parameters."""
    return prepare(socialised_city(), socialised_city().parameters.central())


def knowing(**values: float) -> Calibrated:
    """The same calibration with other values of parameters that it does not read."""
    base = known()
    return replace(base, parameters=Parameters({**base.parameters.values, **values}))


@cache
def market_of(spec: NonPublicSpec, real_growth: float = 0.0) -> Setup:
    """A quiet trial's constants with a market of owners."""
    city, base = socialised_city(), known()
    people = population(city, base.parameters, "constant", 2035)
    quiet = chance(city, base.parameters, Draws(1, 1), 11, has_shocks=False)
    grown = economy(city, base.income_month, base.parameters, real_growth)
    return build(city, base, people, quiet, grown, spec)


def scenario(
    name: str = "full_cost_2030",
    *,
    non_public: NonPublicSpec = ALL_ON,
    horizon: tuple[int, int] = (2025, 2032),
    instruments: Mapping[str, Instrument] | None = None,
) -> Scenario:
    """A scenario of the project for the toy city with candidates."""
    found = load_scenario(SCENARIOS / f"{name}.toml", socialised_city())
    kept = found.instruments if instruments is None else instruments
    return replace(found, non_public=non_public, horizon=horizon, instruments=kept)


def outcome(found: Scenario | None = None, calibrated: Calibrated | None = None) -> Outcome:
    """One trial."""
    return simulate(socialised_city(), found or scenario(), calibrated or known(), AT)
