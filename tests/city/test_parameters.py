import csv
from pathlib import Path

import numpy as np
import pytest

import pricing
from tests.builders import toy_city

PACKAGE = Path(pricing.__file__).parent
CAN_THO = PACKAGE.parent / "scenarios" / "cities" / "can_tho" / "parameters.csv"


def test_the_program_reads_every_parameter():
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))

    def is_read(name):
        family = name.rpartition("_")[0] + "_{"
        return f'"{name}"' in code or f'f"{family}' in code

    assert [name for name in toy_city().parameters.names if not is_read(name)] == []


def test_the_toy_city_has_the_parameters_of_can_tho():
    with CAN_THO.open(encoding="utf-8", newline="") as file:
        names = tuple(row["name"] for row in csv.DictReader(file))
    assert names == toy_city().parameters.names


def test_at_least_25_parameters_are_uncertain():
    table = toy_city().parameters
    assert len(table.uncertain) >= 25
    assert "fund_insured_national_2025" not in table.uncertain


def test_the_middle_of_a_uniform_is_its_median_and_fixed_ones_stay():
    table = toy_city().parameters
    values = table.at(np.full(len(table.uncertain), 0.5))
    assert values["nest_lambda"] == pytest.approx(0.6)
    assert values["stability_period_years"] == 5.0
    assert list(values) == list(table.names)


def test_a_coordinate_moves_its_own_parameter_only():
    table = toy_city().parameters
    point = np.full(len(table.uncertain), 0.5)
    moved = point.copy()
    moved[table.uncertain.index("peak_factor")] = 0.9
    before, after = table.at(point), table.at(moved)
    assert {name for name in before if before[name] != after[name]} == {"peak_factor"}
    assert after["peak_factor"] > before["peak_factor"]


def test_values_stay_within_their_range():
    table = toy_city().parameters
    low, high = (table.at(np.full(len(table.uncertain), u)) for u in (1e-9, 1 - 1e-9))
    for name, distribution in zip(table.names, table.distribution, strict=True):
        assert distribution.low <= low[name] <= high[name] <= distribution.high


def test_a_point_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        toy_city().parameters.at(np.array([0.5]))
