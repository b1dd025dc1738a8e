"""The shadow price rises above capacity, falls below it, and never becomes a reward."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.congestion import congestion_update

amounts = st.just(0.0) | st.floats(0.01, 1e6)


@given(st.floats(0.0, 5.0), amounts, amounts)
def test_it_moves_with_the_load_and_stays_above_zero(start, load, capacity):
    new = congestion_update(np.array([start]), np.array([load]), np.array([capacity]), 0.3, 0.6)[0]
    assert new >= 0.0
    if load > capacity:
        assert new >= start
    if load < capacity:
        assert new <= start


def test_the_step_is_the_log_of_the_overload():
    new = congestion_update(np.array([0.1]), np.array([120.0]), np.array([100.0]), 0.3, 0.6)
    assert new.item() == pytest.approx(0.1 + 0.18 * np.log(1.2), rel=1e-14)


def test_no_load_no_capacity_and_endless_capacity_are_answered_without_a_warning():
    load = np.array([0.0, 5.0, 5.0, 0.0])
    capacity = np.array([10.0, 0.0, np.inf, 0.0])
    new = congestion_update(np.full(4, 1.0), load, capacity, 0.3, 0.6)
    assert new[0] == 0.0
    assert new[1] > 3.0
    assert new[2] == 0.0
    assert new[3] == 0.0


def test_it_brings_a_logit_to_its_capacity():
    congestion = np.zeros(2)
    for _ in range(400):
        weight = np.exp(np.array([1.0, 0.0]) - congestion)
        load = 100.0 * weight / (1.0 + weight.sum())
        congestion = congestion_update(congestion, load, np.array([40.0, 60.0]), 0.3, 1.0)
    assert load[0] == pytest.approx(40.0, rel=1e-9)
    assert congestion[1] == 0.0
