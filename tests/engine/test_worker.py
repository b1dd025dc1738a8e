"""A worker's task: one preparation for scenarios that share parameters, a report for each trial."""

import pickle
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType

import pytest

from pricing.engine import worker
from pricing.engine.design import Trial
from pricing.engine.worker import Failed, Finished, Model, Task, Usage, peak_memory, reports
from tests.builders import toy_city
from tests.engine import standin

CENTRAL = toy_city().parameters.central()


def task(*scenarios: str, values=None) -> Task:
    """A future with one trial of each scenario."""
    trials = tuple(
        Trial(scenario=name, scrambling=0, point=0, future=0, replication=0, seed=1)
        for name in scenarios
    )
    return Task(future=0, values=values or dict.fromkeys(scenarios, CENTRAL), trials=trials)


def model(*scenarios: str) -> Model:
    """The stand-in with some scenarios."""
    own = {name: standin.scenario(name) for name in scenarios}
    return Model(city=toy_city(), scenarios=own, simulator=standin.NAME)


@pytest.fixture
def prepared(monkeypatch) -> list[float]:
    """What was prepared, in order."""
    seen: list[float] = []
    prepare = standin.prepare

    def counting(city, values):
        seen.append(values["cpi_growth"])
        return prepare(city, values)

    monkeypatch.setattr(standin, "prepare", counting)
    return seen


def test_scenarios_with_the_same_parameters_share_one_preparation(prepared) -> None:
    found = list(reports(model("base", "up"), task("base", "up")))
    assert [type(one) for one in found] == [Finished, Finished, Usage]
    assert prepared == [CENTRAL["cpi_growth"]]


def test_a_scenario_with_its_own_parameters_is_prepared_apart(prepared) -> None:
    values = {"base": CENTRAL, "up": {**CENTRAL, "cpi_growth": 0.5}}
    list(reports(model("base", "up"), task("base", "up", values=values)))
    assert prepared == [CENTRAL["cpi_growth"], 0.5]


def test_what_stops_a_trial_is_its_message(monkeypatch) -> None:
    monkeypatch.setenv("STANDIN_FAIL", "base/0/0")
    first, second, usage = reports(model("base", "up"), task("base", "up"))
    assert isinstance(first, Failed)
    assert first.message.startswith("InvariantError: units.cash does not add up in 2026-03")
    assert isinstance(second, Finished)
    assert isinstance(usage, Usage)
    assert usage.cpu_seconds >= 0.0


def test_frozen_mappings_reach_a_worker_frozen() -> None:
    found = pickle.loads(ForkingPickler.dumps(MappingProxyType({"a": 1})))
    assert found == {"a": 1}
    assert isinstance(found, MappingProxyType)


def test_the_city_reaches_a_worker_as_it_is() -> None:
    found = pickle.loads(ForkingPickler.dumps(model("base")))
    assert found.city.hashes == toy_city().hashes
    assert found.scenarios["base"] == standin.scenario("base")


def test_a_process_without_a_parent_follows_nobody() -> None:
    worker._follow_parent()


def test_peak_memory_only_grows_and_is_unknown_elsewhere(monkeypatch) -> None:
    before = peak_memory()
    assert before > 10_000_000
    assert peak_memory() >= before
    monkeypatch.setattr(Path, "exists", lambda path: False)
    assert peak_memory() == 0
