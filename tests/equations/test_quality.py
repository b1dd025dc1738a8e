"""Quality lies between 0 and 1 and falls with missing staff, crowding and age."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.quality import quality

amounts = st.floats(0.0, 3.0)


def score(staff, occupancy, age):
    return quality(np.array([staff]), np.array([occupancy]), np.array([age]), 0.85, 1.0, 0.2).item()


def test_a_staffed_uncrowded_new_unit_is_perfect():
    assert score(1.0, 0.85, 0.0) == 1.0
    assert score(1.4, 0.2, 0.0) == 1.0


def test_each_shortfall_costs_its_slope():
    assert score(0.9, 0.5, 0.0) == pytest.approx(0.9)
    assert score(1.0, 0.95, 0.0) == pytest.approx(0.9)
    assert score(1.0, 0.5, 0.5) == pytest.approx(0.9)
    assert score(1.0, 0.5, 2.0) == pytest.approx(0.8)
    assert score(0.1, 1.5, 1.0) == 0.0


@given(amounts, amounts, amounts, st.floats(0.0, 1.0))
def test_it_is_bounded_and_monotone(staff, occupancy, age, more):
    here = score(staff, occupancy, age)
    assert 0.0 <= here <= 1.0
    assert score(staff + more, occupancy, age) >= here
    assert score(staff, occupancy + more, age) <= here
    assert score(staff, occupancy, age + more) <= here
