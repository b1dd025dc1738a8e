"""Neither the order of the instruments in a file nor the number of processes moves a bit."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import pytest

from pricing.base.calendar import date_of
from pricing.engine import simulate as simulator
from pricing.instruments._desk import PRICE_APPRAISAL
from pricing.reports.csv import COMPARISON, SUMMARY
from pricing.results.store import reading
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Scenario
from pricing.scenario.study import Study, load_study
from pricing.study import Options, run_loaded
from pricing.world.lever_table import LEVER
from pricing.world.offices import Office
from tests.acceptance.toy import STUDY, run, same, study_folder
from tests.builders import toy_city
from tests.instruments.life import live

SHORT = (2025, 2028)


@cache
def full_cost() -> Scenario:
    """The toy study's roadmap on a short horizon."""
    return replace(load_scenario(STUDY / "full_cost.toml", toy_city()), horizon=SHORT)


def reordered(scenario: Scenario, order: Iterable[str]) -> Scenario:
    """The scenario with its instruments in another order of the file."""
    moved = {name: scenario.instruments[name] for name in order}
    assert moved.keys() == scenario.instruments.keys()
    return replace(scenario, instruments=moved)


def test_three_roadmaps_ask_the_office_on_one_day(monkeypatch):
    opened: list[Office] = []

    class Watched(Office):
        def __init__(self, env, officers, days):
            super().__init__(env, officers, days)
            opened.append(self)

    monkeypatch.setattr(simulator, "Office", Watched)
    run(full_cost())
    assert set(full_cost().offices) == {PRICE_APPRAISAL}
    asked: dict[int, set[str]] = {}
    for request in opened[0].requests:
        asked.setdefault(request.filed, set()).add(request.address[-1])
    assert any(
        {"health_prices", "school_prices", "vocational_prices"} <= names for names in asked.values()
    ), {date_of(day): names for day, names in asked.items()}
    waited = [
        one for one in opened[0].requests if one.granted is not None and one.granted > one.filed
    ]
    assert waited, "nobody ever waits, so the order could not matter"


def shuffles(step: int) -> list[tuple[str, ...]]:
    """Every `step`-th order of the instruments."""
    return list(permutations(full_cost().instruments))[::step]


def complaints(orders: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The orders that change what a trial records."""
    expected = run(full_cost())
    return [order for order in orders if not same(run(reordered(full_cost(), order)), expected)]


def test_the_three_that_ask_on_one_day_may_come_in_any_order():
    askers = [name for name in full_cost().instruments if name.endswith("_prices")]
    rest = [name for name in full_cost().instruments if name not in askers]
    assert len(askers) == 3
    assert not complaints([(*order, *rest) for order in permutations(askers)])
    assert not complaints([(*rest, *order) for order in permutations(askers)])


def test_orders_of_all_instruments_change_nothing():
    orders = shuffles(31)
    assert len(orders) == 24
    assert {order[0] for order in orders} == set(full_cost().instruments)
    assert not complaints(orders)


def levers_in(order: Iterable[str]) -> str:
    """Hash of every lever's mean and last value in every month, without a market."""
    tables = tomllib.loads(full_cost().resolved)["instruments"]
    office = (full_cost().offices[PRICE_APPRAISAL].officers, 45)
    life = live({name: tables[name] for name in order}, office=office, last_year=2027)
    digest = sha256()
    for values in life.months.values():
        for lever in LEVER:
            digest.update(values[lever].tobytes())
            digest.update(values.last(lever).tobytes())
    return digest.hexdigest()


def test_every_order_of_all_instruments_moves_the_levers_alike():
    orders = shuffles(1)
    assert len(orders) == 720
    assert len({levers_in(order) for order in orders}) == 1
    assert levers_in(orders[0]) != levers_in(orders[0][:-1])


@pytest.mark.slow
def test_every_order_of_all_instruments_changes_nothing():
    orders = shuffles(1)
    assert len(orders) == 720
    assert not complaints(orders)


def small(folder: Path) -> Study:
    """The toy study on a short horizon, with a future for each of four workers."""
    study = load_study(study_folder(folder))
    kept = tuple(replace(one, horizon=SHORT) for one in study.scenarios[:2])
    return replace(study, scenarios=kept, last_year=SHORT[1], points=4)


def export(study: Study, out: Path, workers: int) -> tuple[bytes, bytes, str, object]:
    """summary.csv, comparison.csv, the hash of the sorted store and the run's own hash."""
    done = run_loaded(study, Options(out=out, workers=workers, languages=()))
    assert not done.failures
    with reading(done.folder) as store:
        dump = store.sha256()
    tables = [(done.folder / name).read_bytes() for name in (SUMMARY, COMPARISON)]
    return tables[0], tables[1], dump, done.manifest["results_sha256"]


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Study:
    return small(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def expected(study, tmp_path_factory):
    return export(study, tmp_path_factory.mktemp("alone"), 1)


@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_workers_exports_the_same_bytes(study, expected, tmp_path, workers):
    assert export(study, tmp_path, workers) == expected
    assert min(len(table) for table in expected[:2]) > 10_000


def test_any_order_in_the_files_exports_the_same_bytes(study, expected, tmp_path):
    turned = tuple(reordered(one, reversed(list(one.instruments))) for one in study.scenarios)
    assert export(replace(study, scenarios=turned), tmp_path, 1) == expected
