"""Golden files: every indicator of the toy study's scenarios, readable by a reviewer.

`pytest tests/test_golden.py --update-golden` writes them anew. A commit that changes one says under
*Results changed* in the changelog which indicator moved, by how much and why.
"""

import csv
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pricing.city.city import City
from pricing.compare.tables import Block, tables
from pricing.engine.calibrate import Calibrated
from pricing.engine.design import Plan, design
from pricing.engine.simulate import prepare
from pricing.indicators._indicator import indicators
from pricing.instruments._registry import instrument_kinds
from pricing.scenario.load import load_scenario
from tests.acceptance.toy import STUDY, result_of, run
from tests.builders import socialised_city, toy_city

GOLDEN = Path(__file__).parent / "golden"
# Indicators of lots are there where some scenario of a study buys lots, so each group is a study.
STUDIES = (
    ("base", "full_cost", "protected", "late"),
    ("contracts",),
    ("programmes",),
    ("short",),
    ("socialised",),
)
SCENARIOS = tuple(name for study in STUDIES for name in study)
HORIZON = (2025, 2030)
TOLERANCE = 1e-9


@cache
def computed() -> dict[str, list[Block]]:
    """The summary of one trial of each scenario in a future off centre, by scenario."""
    plan = Plan(scramblings=1, points=2, replications=1, seed=7)
    blocks: dict[str, list[Block]] = {}
    for study in STUDIES:
        city, found = city_of(study[0]), {}
        for name in study:
            scenario = replace(load_scenario(STUDY / f"{name}.toml", city), horizon=HORIZON)
            changes = {name: dict(scenario.parameters)}
            drawn = design(plan, city.parameters, changes)
            values = drawn.values(1, city.parameters, changes[name])
            found[name] = run(scenario, prepared(name, values), city=city)
        summary = tables(result_of(found, HORIZON, study[0], city), indicators()).summary
        blocks |= {name: [one for one in summary if one.scenario == name] for name in study}
    return blocks


def city_of(scenario: str) -> City:
    """The toy city, with candidates where a scenario has a market of owners."""
    return socialised_city() if scenario == "socialised" else toy_city()


def prepared(scenario: str, values: Mapping[str, float]) -> Calibrated:
    """The city of a scenario at the values of a future."""
    return prepare(city_of(scenario), values)


def readable(indicator: str) -> tuple[str, ...]:
    """The dimensions that a reviewer can read: total and single axes, or all if there are none."""
    dimensions = indicators()[indicator].dimensions
    return tuple(one for one in dimensions if "*" not in one) or dimensions


def table(scenario: str, indicator: str) -> list[list[str]]:
    """An indicator by its readable dimensions: a row a key, a column a year."""
    blocks = [block for block in computed()[scenario] if block.indicator == indicator]
    rows = [["dimension", "key", *(str(year) for year in blocks[0].years)]]
    for block in blocks:
        if block.dimension in readable(indicator):
            means = block.columns["mean"].T
            for key, path in zip(block.keys, means, strict=True):
                if np.isfinite(path).any():
                    rows.append([block.dimension, key, *(repr(float(value)) for value in path)])
    return rows


CASES = [(scenario, indicator) for scenario in SCENARIOS for indicator in indicators()]


@pytest.fixture
def is_updating(request) -> bool:
    """Whether golden files are to be written."""
    return bool(request.config.getoption("--update-golden"))


@pytest.mark.parametrize(("scenario", "indicator"), CASES)
def test_an_indicator_is_what_it_was(scenario, indicator, is_updating):
    path = GOLDEN / scenario / f"{indicator}.csv"
    now = table(scenario, indicator)
    if not says_something(now):
        if is_updating:
            path.unlink(missing_ok=True)
        assert not path.exists()
        return
    if is_updating:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(now)
    with path.open(encoding="utf-8", newline="") as file:
        before = list(csv.reader(file))
    assert complaints(now, before) == []


def says_something(now: list[list[str]]) -> bool:
    """Whether an indicator is defined anywhere: those of lots are not where none is bought."""
    return len(now) > 1


def complaints(now: list[list[str]], before: list[list[str]]) -> list[str]:
    """What differs beyond 1e-9 of the value and 1e-9 of the column's largest value."""
    if [row[:2] for row in now] != [row[:2] for row in before] or now[0] != before[0]:
        return ["other rows or years"]
    new, old = (np.array([row[2:] for row in rows[1:]], dtype=float) for rows in (now, before))
    largest = np.nanmax(np.abs(old), axis=0, initial=0.0)
    allowed = TOLERANCE * np.abs(old) + TOLERANCE * largest
    wrong = ~((np.abs(new - old) <= allowed) | (np.isnan(new) & np.isnan(old)))
    return [
        f"{' '.join(now[row + 1][:2])} {year}: {old[row, column]} → {new[row, column]}"
        for column, year in enumerate(now[0][2:])
        for row in np.flatnonzero(wrong[:, column])
    ]


@pytest.mark.parametrize("factor", [1.0 + 3e-9, float("nan")])
def test_a_moved_number_is_found(factor):
    before = table("base", "outlay")
    moved = [list(row) for row in before]
    moved[1][2] = repr(float(moved[1][2]) * factor)
    assert complaints(before, before) == []
    assert len(complaints(moved, before)) == 1
    assert complaints(before[:-1], before) == ["other rows or years"]


def test_no_file_is_left_over_and_every_instrument_is_there():
    files = {(path.parent.name, path.stem) for path in GOLDEN.glob("*/*.csv")}
    assert files == {case for case in CASES if says_something(table(*case))}
    kinds = {
        model.__class__
        for name in SCENARIOS
        for model in load_scenario(STUDY / f"{name}.toml", city_of(name)).instruments.values()
    }
    assert kinds == set(instrument_kinds().values())
