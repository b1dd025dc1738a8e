"""Hardship indicators are ratios of what the sample recorded, and undefined without one."""

import math

import pytest

from tests.indicators.facts import value

KINDS = "place_kind quintile"
SAMPLE = {
    "sampled_people": (KINDS, [[10, 10], [20, 10]]),
    "exposed": (f"threshold {KINDS}", [[[10, 10], [20, 10]], [[4, 4], [8, 4]]]),
    "catastrophic": (f"threshold {KINDS}", [[[4, 1], [5, 0]], [[1, 0], [1, 0]]]),
    "overshoot": (f"threshold {KINDS}", [[[0.8, 0.2], [1, 0]], [[0.5, 0], [0.1, 0]]]),
    "impoverished": (KINDS, [[1, 0], [3, 0]]),
    "poverty_gap_added": (KINDS, [[100, 0], [400, 0]]),
    "household_spending": (KINDS, [[100, 200], [200, 300]]),
    "household_paid": (f"sector {KINDS}", [[[5, 6], [10, 9]], [[1, 2], [3, 4]]]),
    "learner_spending": (KINDS, [[50, 50], [100, 0]]),
    "learner_paid": (KINDS, [[1, 2], [7, 0]]),
    "ceiling_rebate": (KINDS, [[1, 2], [3, 4]]),
    "forgone": ("need quintile", [[-1, 2], [0, 0]]),
    "potential": ("need quintile", [[10, 10], [0, 0]]),
    "payment_concentration": ("payment_kind", [0.1, -0.2]),
    "payment_progressivity": ("payment_kind", [-0.1, -0.4]),
    "payment_curve": ("curve tenth", [[0.3, 1], [0.4, 1]]),
    "raked_cells": ("", 40),
    "raked_cells_near": ("", 39),
}

CASES = [
    ("catastrophic_headcount", "threshold", "consumption_10", 10 / 50),
    ("catastrophic_headcount", "threshold", "capacity_40", 2 / 20),
    ("catastrophic_headcount", "threshold*quintile", "consumption_10*1", 9 / 30),
    ("catastrophic_headcount", "threshold*place_kind", "consumption_10*urban", 5 / 20),
    ("catastrophic_cases", "threshold", "consumption_10", 10.0),
    ("catastrophic_cases", "threshold*quintile", "capacity_40*1", 2.0),
    ("catastrophic_overshoot", "threshold", "consumption_10", 2 / 50),
    ("mean_positive_overshoot", "threshold", "consumption_10", 2 / 10),
    ("impoverished", "all", "", 4 / 50),
    ("impoverished", "quintile", "1", 4 / 30),
    ("impoverishing_gap", "place_kind", "rural", 400 / 30),
    ("payments_over_consumption", "all", "", 40 / 800),
    ("payments_over_consumption", "sector*quintile", "health*1", 15 / 300),
    ("payments_over_consumption", "sector", "education", 10 / 800),
    ("tuition_burden", "all", "", 10 / 200),
    ("tuition_burden", "place_kind", "rural", 7 / 100),
    ("forgone_care", "need", "ambulatory", 1 / 20),
    ("ceiling_rebate", "all", "", 10),
    ("ceiling_rebate", "quintile", "2", 6),
    ("payment_concentration", "payment_kind", "learning", -0.2),
    ("payment_progressivity", "payment_kind", "health", -0.1),
    ("payment_curve", "curve*tenth", "health*50", 0.4),
    ("raking_near_one", "all", "", 39 / 40),
]


@pytest.mark.parametrize(("indicator", "dimension", "key", "expected"), CASES)
def test_value(indicator: str, dimension: str, key: str, expected: float) -> None:
    assert value(indicator, dimension, key, SAMPLE) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("indicator", "dimension", "key", "expected"), CASES)
def test_without_a_sample_nothing_is_defined(
    indicator: str, dimension: str, key: str, expected: float
) -> None:
    assert math.isfinite(expected)
    empty = {name: (axes, zeros(values)) for name, (axes, values) in SAMPLE.items()}
    assert math.isnan(value(indicator, dimension, key, empty))


def zeros(values: object) -> object:
    """The same nested lists filled with zeros."""
    return [zeros(one) for one in values] if isinstance(values, list) else 0
