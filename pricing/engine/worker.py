"""A worker process: calibrates a future, simulates its trials, and hands over each as it ends."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias, cast

from pricing.city.city import City
from pricing.engine.design import Trial
from pricing.results.result import Arrays, TrialKey
from pricing.scenario.scenario import Scenario
from pricing.world.recorder import Outcome


class Simulator(Protocol):
    """The seam to the model: a module that prepares a future once and then simulates its trials."""

    def prepare(self, city: City, values: Mapping[str, float]) -> object:
        """Whatever every trial of a future shares, from the future's parameter values."""

    def simulate(self, city: City, scenario: Scenario, calibrated: object, trial: Trial) -> Outcome:
        """One trial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What every trial of an experiment reads, and the import path of what simulates it."""

    city: City
    scenarios: Mapping[str, Scenario]
    simulator: str = "pricing.engine.simulate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One future: those of its trials that are missing, and the parameters of each scenario."""

    future: int
    values: Mapping[str, Mapping[str, float]]
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A trial that ran to its end, with everything it recorded."""

    key: TrialKey
    arrays: Arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A trial that stopped, and why."""

    key: TrialKey
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a task cost: processor seconds, and the peak memory of its process in bytes."""

    cpu_seconds: float
    peak_memory: int


Report: TypeAlias = Finished | Failed | Usage


def _shown(mapping: dict[str, object]) -> MappingProxyType[str, object]:
    return MappingProxyType(mapping)


def _reduced(
    mapping: MappingProxyType[str, object],
) -> tuple[Callable[[dict[str, object]], object], tuple[dict[str, object]]]:
    return _shown, (dict(mapping),)


# Frozen mappings cross to a worker as what they show; the standard library leaves that out.
ForkingPickler.register(MappingProxyType, _reduced)


def reports(model: Model, task: Task) -> Iterator[Report]:
    """Run a task: each trial's report as the trial ends, and the usage last.

    Scenarios with the same parameter values share one preparation, as most do.
    """
    start = time.process_time()
    simulator = cast("Simulator", import_module(model.simulator))
    prepared: dict[tuple[tuple[str, float], ...], object] = {}
    for trial in task.trials:
        values = task.values[trial.scenario]
        address = tuple(sorted(values.items()))
        try:
            if address not in prepared:
                prepared[address] = simulator.prepare(model.city, values)
            scenario = model.scenarios[trial.scenario]
            outcome = simulator.simulate(model.city, scenario, prepared[address], trial)
        except Exception as error:  # a broken trial is recorded, the others go on
            yield Failed(key=trial.key, message=f"{type(error).__name__}: {error}")
        else:
            yield Finished(key=trial.key, arrays={**outcome.series, **outcome.months})
    yield Usage(cpu_seconds=time.process_time() - start, peak_memory=peak_memory())


def work(connection: Connection, model: Model) -> None:
    """A worker's life: take tasks from the parent until it says None, or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_follow_parent, daemon=True).start()
    while (task := connection.recv()) is not None:
        for report in reports(model, task):
            connection.send(report)


def peak_memory() -> int:
    """Largest resident memory of this process so far in bytes, 0 where the system does not say."""
    # Not getrusage: on Linux its peak survives exec, so a worker would report its parent's.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peaks = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(peaks[0]) * 1024 if peaks else 0


def _follow_parent() -> None:
    """End this process when its parent does, even in the middle of a trial."""
    parent = parent_process()
    if parent is None:
        return
    parent.join()
    sys.stderr.flush()
    os._exit(1)
