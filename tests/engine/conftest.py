"""What the tests of the engine share: the toy city, calibrated once, and one finished trial."""

import pytest

from pricing.city.city import City
from pricing.engine.calibrate import Calibrated
from pricing.engine.setup import Setup
from pricing.scenario.scenario import Scenario
from pricing.world.levers import LeverValues
from pricing.world.recorder import Outcome
from pricing.world.state import State
from tests.builders import toy_city
from tests.engine import small


@pytest.fixture(scope="session")
def city() -> City:
    """The toy city."""
    return toy_city()


@pytest.fixture(scope="session")
def calibrated() -> Calibrated:
    """The toy city at central parameter values."""
    return small.calibrated()


@pytest.fixture(scope="session")
def levers() -> LeverValues:
    """Base-year levers with constant prices."""
    return small.still_levers()


@pytest.fixture(scope="session")
def setup() -> Setup:
    """Constants of a trial with constant people, without growth or shocks."""
    return small.quiet_setup()


@pytest.fixture(scope="session")
def state() -> State:
    """The eve of the base year."""
    return small.first_state(small.quiet_setup())


@pytest.fixture(scope="session")
def year() -> tuple[small.Step, ...]:
    """Twelve quiet months."""
    return small.quiet_year()


@pytest.fixture(scope="session")
def scenarios() -> dict[str, Scenario]:
    """The project's scenarios by name."""
    return {name: small.scenario(name) for name in small.NAMES}


@pytest.fixture(scope="session")
def outcome() -> Outcome:
    """The baseline to the end of the horizon."""
    return small.outcome("base")
