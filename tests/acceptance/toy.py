"""Whole trials and studies of the toy city, for tests that hold the model to its promises."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.city.city import City
from pricing.engine import simulate as simulator
from pricing.engine.calibrate import Calibrated
from pricing.engine.close import close
from pricing.engine.design import Trial
from pricing.engine.setup import Setup
from pricing.results.axes import run_axes
from pricing.results.result import Result, Span
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Scenario
from pricing.world.flows import Flows
from pricing.world.recorder import Outcome
from pricing.world.state import State
from tests.builders import TOY_CITY, toy_city

SHIPPED = Path(__file__).parents[2] / "scenarios"
STUDY = Path(__file__).parents[1] / "toy_study"
HORIZON = (2025, 2031)


@cache
def shipped(name: str, horizon: tuple[int, int] = HORIZON) -> Scenario:
    """A scenario of the project, for the toy city."""
    return replace(load_scenario(SHIPPED / f"{name}.toml", toy_city()), horizon=horizon)


def without(scenario: Scenario, instrument: str) -> Scenario:
    """A scenario that lacks one of its instruments."""
    kept = {name: one for name, one in scenario.instruments.items() if name != instrument}
    assert len(kept) == len(scenario.instruments) - 1
    return replace(scenario, instruments=kept)


def central(**changes: float) -> dict[str, float]:
    """Central values of all parameters, but for those given."""
    values = toy_city().parameters.central()
    assert set(changes) <= set(values)
    return {**values, **changes}


@cache
def calibrated() -> Calibrated:
    """The toy city at central parameters."""
    return simulator.prepare(toy_city(), central())


def trial(scenario: Scenario, future: int = 0, replication: int = 0) -> Trial:
    """The address of a trial's chance."""
    return Trial(
        scenario=scenario.name,
        scrambling=0,
        point=future,
        future=future,
        replication=replication,
        seed=20261125,
    )


def run(
    scenario: Scenario,
    known: Calibrated | None = None,
    replication: int = 0,
    city: City | None = None,
) -> Outcome:
    """One trial of the toy city, at central parameters unless calibrated otherwise."""
    at = trial(scenario, replication=replication)
    return simulator.simulate(city or toy_city(), scenario, known or calibrated(), at)


def arrays(outcome: Outcome) -> dict[str, Array]:
    """Everything a trial recorded, by quantity."""
    return {**outcome.series, **outcome.months}


def same(one: Outcome, other: Outcome) -> bool:
    """Whether two trials recorded the same bits."""
    first, second = arrays(one), arrays(other)
    return first.keys() == second.keys() and all(
        first[name].tobytes() == second[name].tobytes() for name in first
    )


def result_of(
    outcomes: Mapping[str, Outcome],
    horizon: tuple[int, int],
    baseline: str,
    city: City | None = None,
) -> Result:
    """One trial of each scenario as the result of a run."""
    return Result(
        scenarios=tuple(outcomes),
        baseline=baseline,
        axes=run_axes(city or toy_city(), *horizon),
        span=Span(scrambling=(0,), replications=1, first_year=horizon[0] + 1, last_year=horizon[1]),
        arrays={
            (scenario, name): values[np.newaxis, np.newaxis]
            for scenario, outcome in outcomes.items()
            for name, values in arrays(outcome).items()
        },
        finished={scenario: np.ones((1, 1), dtype=np.bool_) for scenario in outcomes},
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """A month as it was closed: constants, the state before and after it, what happened."""

    setup: Setup
    before: State
    after: State
    flows: Flows
    month: Month


@contextmanager
def closed_months(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Closed]]:
    """Every month that trials close within the block, beside the close itself."""
    seen: list[Closed] = []

    def watched(account, setup, levers, change, flows, month):
        before, after = change
        seen.append(Closed(setup, before, after, flows, month))
        close(account, setup, levers, change, flows, month)

    with monkeypatch.context() as patch:
        patch.setattr("pricing.engine.simulate.close", watched)
        yield seen


def study_folder(folder: Path) -> Path:
    """The toy study's files beside the toy city; the path of the study file."""
    shutil.copytree(TOY_CITY, folder / "city")
    for path in STUDY.glob("*.toml"):
        shutil.copy(path, folder)
    return folder / "study.toml"


def tell(line: str) -> None:
    """A line for the reader of a test's captured output (`pytest -rP`)."""
    sys.stdout.write(f"{line}\n")
