"""Nothing is decoration: every instrument, office and delay moves a result, and so do cohorts."""

import ast
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import pricing
from pricing.engine.simulate import prepare
from pricing.instruments._registry import instrument_kinds
from pricing.instruments.price_roadmap import PriceRoadmap
from pricing.scenario.scenario import OfficeSpec
from pricing.world.lever_table import LEVER
from pricing.world.recorder import Outcome
from tests.acceptance.toy import central, run, same, shipped, trial, without
from tests.builders import times, toy_city

NAMES = (
    "base",
    "frozen_2026",
    "full_cost_2030",
    "full_cost_fast",
    "full_cost_slow",
    "full_cost_protected",
)
PAIRS = [(name, one) for name in NAMES for one in shipped(name).instruments]
BLIND = ("engine", "equations", "world")


@cache
def usual(name: str) -> Outcome:
    """A scenario as it is shipped."""
    return run(shipped(name))


@pytest.mark.parametrize(("name", "instrument"), PAIRS, ids=str)
def test_removing_an_instrument_changes_a_result(name, instrument):
    assert not same(run(without(shipped(name), instrument)), usual(name))


@pytest.mark.parametrize("name", NAMES)
def test_removing_or_crowding_the_office_changes_a_result(name):
    scenario = shipped(name)
    alone = {"price_appraisal": OfficeSpec(officers=1)}
    for offices in ({}, alone):
        assert not same(run(replace(scenario, offices=offices)), usual(name))


@pytest.mark.parametrize("delay", ["price_decision_lag", "appraisal_days", "settlement_lag"])
def test_removing_a_delay_changes_a_result(delay):
    scenario = shipped("base", (2025, 2027))
    known = prepare(toy_city(), central(**{delay: 0.0}))
    assert not same(run(scenario, known), run(scenario))


def test_removing_the_slip_changes_a_result():
    scenario = shipped("full_cost_slow")
    prompt = {
        name: model.model_copy(update={"slip": None})
        for name, model in scenario.instruments.items()
        if isinstance(model, PriceRoadmap)
    }
    assert len(prompt) == 3
    punctual = replace(scenario, instruments={**scenario.instruments, **prompt})
    assert not same(run(punctual), usual("full_cost_slow"))


def test_chance_moves_a_result_and_its_absence_does_not():
    scenario = shipped("base", (2025, 2026))
    quiet = replace(scenario, economy=replace(scenario.economy, shocks=False))
    assert not same(run(scenario), run(scenario, replication=1))
    assert not same(run(scenario), run(quiet))
    assert same(run(scenario), run(scenario))
    assert trial(scenario).chance != trial(scenario, replication=1).chance


def strings_and_imports(path: Path) -> tuple[set[str], set[str]]:
    """Texts that a module holds outside docstrings, and the dotted names it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
    return texts, imported


def named_kinds(path: Path) -> set[str]:
    """The instrument kinds that a module names: as text that is no lever's, or by import."""
    kinds = instrument_kinds()
    texts, imported = strings_and_imports(path)
    named = {kind for kind in kinds if kind in texts and kind not in LEVER}
    homes = {kind: model.__module__ for kind, model in kinds.items()}
    named |= {kind for kind, home in homes.items() if any(one.startswith(home) for one in imported)}
    return named | {kind for kind, model in kinds.items() if model.__name__ in texts}


def test_no_engine_code_names_an_instrument_kind():
    root = Path(pricing.__file__).parent
    blind = [path for folder in BLIND for path in sorted((root / folder).rglob("*.py"))]
    assert len(blind) > 30
    assert {path.name: named_kinds(path) for path in blind if named_kinds(path)} == {}


@pytest.mark.parametrize(
    "line",
    [
        'KIND = "price_roadmap"',
        "from pricing.instruments.support import Support",
        "import pricing.instruments.wage_path",
    ],
)
def test_a_module_that_names_a_kind_is_found(tmp_path, line):
    (tmp_path / "module.py").write_text(line, encoding="utf-8")
    assert named_kinds(tmp_path / "module.py")


def test_a_smaller_birth_cohort_walks_through_grades_one_to_twelve():
    """Half the births of 2020: grade 1 in 2026, grade 6 in 2031, grade 10 in 2035."""
    halved = times("demography.csv", "value", 0.5, parameter="births", year=2020)
    horizon = (2025, 2038)
    scenario = shipped("frozen_2026", horizon)
    city = toy_city(halved)
    cut = _series(city, scenario)
    whole = _series(toy_city(), scenario)
    levels = {"primary": 2026, "lower_secondary": 2031, "upper_secondary": 2035}
    for level, year in levels.items():
        need = city.needs.id.index(level)
        ratio = (cut["entrants"][:, need].sum(1) / whole["entrants"][:, need].sum(1)).tolist()
        expected = [0.5 if simulated == year else 1.0 for simulated in range(2025, 2039)]
        assert ratio == pytest.approx(expected, abs=0.06), level
    missing = (whole["closing"] - cut["closing"]).sum(2)
    for number, year in enumerate(range(2026, 2038)):
        grade = number + 1
        level = "primary" if grade <= 5 else "lower_secondary" if grade <= 9 else "upper_secondary"
        fewer = missing[year - 2025, [city.needs.id.index(name) for name in levels]]
        assert fewer[list(levels).index(level)] > 0.97 * np.abs(fewer).sum(), (grade, fewer)
        assert fewer.sum() > 0.65 * whole["entrants"][1, city.needs.id.index("primary")].sum() / 2


def _series(city, scenario):
    from pricing.engine.simulate import simulate

    known = prepare(city, city.parameters.central())
    return simulate(city, scenario, known, trial(scenario)).series
