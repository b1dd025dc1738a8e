"""Staff indicators are ratios of what moving staff leave behind, and undefined where they stand."""

import math

import numpy as np
import pytest

from tests.indicators.facts import value

SIDES = "ownership profession"
STAFF = {
    "staff": (SIDES, [[90, 200], [40, 60]]),
    "staff_posts": (SIDES, [[100, 220], [50, 60]]),
    "staff_quits": ("profession", [3, 4]),
    "staff_hired": (SIDES, [[2, 5], [1, 3]]),
    "staff_rehired": (SIDES, [[1, 0], [0, 0]]),
    "staff_displaced": (SIDES, [[0, 2], [6, 0]]),
    "staff_retired": (SIDES, [[2, 4], [1, 1]]),
    "staff_emigrated": (SIDES, [[1, 2], [0, 1]]),
    "staff_unplaced": ("profession", [5, 7]),
    "staff_relative_pay": ("profession", [1.6, 1.3]),
}

CASES = [
    ("vacancy_rate", "ownership", "public", 30 / 320),
    ("vacancy_rate", "ownership", "non_public", 10 / 110),
    ("vacancy_rate", "profession", "doctor", 20 / 150),
    ("vacancy_rate", "sector", "education", 20 / 280),
    ("vacancy_rate", "ownership*profession", "public*teacher", 20 / 220),
    ("quit_rate", "all", "", 7 / 290),
    ("quit_rate", "profession", "teacher", 4 / 200),
    ("public_staff_lost", "all", "", 7 + 2 + 6 + 3 - 7 - 1),
    ("public_staff_lost", "profession", "doctor", 3 + 2 + 1 - 2 - 1),
    ("public_staff_lost", "sector", "education", 4 + 2 + 4 + 2 - 5),
    ("unplaced_staff", "all", "", 12),
    ("unplaced_staff", "profession", "doctor", 5),
    ("relative_pay", "profession", "teacher", 1.3),
]


@pytest.mark.parametrize(("indicator", "dimension", "key", "expected"), CASES)
def test_value(indicator: str, dimension: str, key: str, expected: float) -> None:
    assert value(indicator, dimension, key, STAFF) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("indicator", "dimension", "key", "expected"), CASES)
def test_staff_that_stand_still_have_no_value(indicator, dimension, key, expected):
    blank = {name: (axes, np.zeros_like(values)) for name, (axes, values) in STAFF.items()}
    assert math.isnan(value(indicator, dimension, key, blank))
