"""A quick simulator in the model's place: any numbers, but the same ones for the same trial.

The environment can make it slow, fail or kill its process, in workers too:
`STANDIN_PAUSE` seconds a trial; `STANDIN_FAIL` a trial "scenario/future/replication";
`STANDIN_KILL` a folder in which the process leaves a file before it kills itself, once a file;
`STANDIN_KILLS` how many files may be left there.
"""

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from pricing.base.arrays import Array
from pricing.base.draws import Draws
from pricing.base.errors import InvariantError
from pricing.city.city import City
from pricing.engine.design import Trial
from pricing.results.axes import run_axes
from pricing.results.result import Axes
from pricing.scenario.scenario import Economy, Scenario
from pricing.world.recorder import Outcome

NAME = "tests.engine.standin"


def scenario(name: str, strength: float = 0.0, **changes: object) -> Scenario:
    """A scenario without instruments; the stand-in scales with its strength."""
    given: dict[str, object] = {
        "name": name,
        "title": {"vi": name, "en": name},
        "description": {},
        "authority": "city",
        "is_reference": False,
        "strict_law": False,
        "people": "central",
        "economy": Economy(cpi_growth=strength),
        "offices": {},
        "parameters": {},
        "instruments": {},
        "resolved": f'[scenario]\nname = "{name}"\n',
        "content_hash": f"{name}/{strength}",
        "horizon": (2025, 2027),
    }
    return Scenario(**{**given, **changes})  # type: ignore[arg-type]  # a test's own keywords


def prepare(city: City, values: Mapping[str, float]) -> float:
    """One number that depends on every parameter."""
    if os.environ.get("STANDIN_PREPARE") == "broken":
        raise ArithmeticError("no fixed point")
    return float(np.mean([np.tanh(value) for value in values.values()]))


def simulate(city: City, scenario: Scenario, calibrated: float, trial: Trial) -> Outcome:
    """Arrays of the right shapes from the future, the chance and the scenario's strength."""
    time.sleep(float(os.environ.get("STANDIN_PAUSE", "0")))
    if os.environ.get("STANDIN_FAIL") == "/".join(str(part) for part in trial.key):
        raise InvariantError("units.cash", "2026-03", 12.5)
    _maybe_die()
    axes = axes_of(city, scenario)
    draws = Draws(trial.seed, trial.chance)
    scale = (1.0 + calibrated) * (1.0 + (scenario.economy.cpi_growth or 0.0))
    arrays = {name: scale * _made_up(draws, name, axes.shape(name)) for name in axes.quantities}
    months = {name for name, own in axes.quantities.items() if own[0] == "month"}
    return Outcome(
        series={name: array for name, array in arrays.items() if name not in months},
        months={name: arrays[name] for name in months},
    )


def _made_up(draws: Draws, name: str, shape: tuple[int, ...]) -> Array:
    size = int(np.prod(shape))
    return draws.table(name, (1, max(1, size)))[:, :size].reshape(shape)


def axes_of(city: City, scenario: Scenario) -> Axes:
    """The axes of a run of the scenario's horizon."""
    return run_axes(city, *scenario.horizon)


def _maybe_die() -> None:
    folder = os.environ.get("STANDIN_KILL")
    if folder is None:
        return
    left = len(list(Path(folder).iterdir()))
    if left < int(os.environ.get("STANDIN_KILLS", "1")):
        (Path(folder) / f"{left}-{os.getpid()}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
