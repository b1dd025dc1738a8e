"""What the household sample adds to the default study: one of its futures, all scenarios."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from benchmarks.cases import BASE, CAN_THO, SEED, case
from benchmarks.timing import Row, interleaved
from pricing.city.city import City
from pricing.city.households import USUAL, synthetic
from pricing.engine.design import Trial
from pricing.engine.simulate import prepare, simulate
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Scenario

ROUNDS = 5
MOST = 1.4  # times what the study takes without a sample
REPLICATIONS = 2
NAMES = (
    "base", "frozen_2026", "full_cost_2030", "full_cost_fast", "full_cost_slow",
    "full_cost_protected",
)  # fmt: skip


def rows() -> Iterator[Row]:
    """A future of the default study with and without 20,000 households, calibration included."""
    city = case(CAN_THO).city
    scenarios = [load_scenario(BASE.with_name(f"{name}.toml"), city) for name in NAMES]
    peopled = with_households(city)
    lived, plain = interleaved(
        [partial(future, one, scenarios) for one in (peopled, city)], rounds=ROUNDS
    )
    yield Row(
        name="study with households / without",
        value=lived / plain,
        unit_of_measure="ratio",
        note=f"{USUAL:,} households, {len(NAMES)} scenarios, at most {MOST:g}",
    )


def with_households(city: City, size: int = USUAL) -> City:
    """The city with a drawn sample."""
    return replace(city, households=synthetic(city, size, SEED))


def future(city: City, scenarios: list[Scenario]) -> None:
    """What a worker does for one future: calibrate, then every scenario and replication."""
    calibrated = prepare(city, city.parameters.central())
    for scenario in scenarios:
        for replication in range(REPLICATIONS):
            simulate(city, scenario, calibrated, _trial(scenario.name, replication))


def _trial(name: str, replication: int) -> Trial:
    return Trial(scenario=name, scrambling=0, point=0, future=0, replication=replication, seed=SEED)
