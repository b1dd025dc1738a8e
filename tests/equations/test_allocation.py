"""Every method of cost allocation conserves total cost; only step-down depends on the order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations.allocation import direct_allocation, reciprocal, step_down

CENTRES = 5
FINAL = np.array([False, False, False, True, True])
costs = arrays(float, CENTRES, elements=st.floats(0.0, 1e6))
uses = arrays(float, (CENTRES, CENTRES), elements=st.floats(0.01, 100.0))
orders = st.permutations([0, 1, 2])


@given(costs, uses, orders)
def test_total_cost_is_conserved_and_ends_in_final_centres(cost, use, order):
    for full in (
        direct_allocation(cost, use, FINAL),
        step_down(cost, use, order),
        reciprocal(cost, use, FINAL).full,
    ):
        assert full.sum() == pytest.approx(cost.sum(), rel=1e-10, abs=1e-6)
        np.testing.assert_allclose(full[~FINAL], 0.0, atol=1e-6 + 1e-12 * cost.sum())
        assert (full[FINAL] >= cost[FINAL] * (1.0 - 1e-12)).all()


@given(costs, uses)
def test_without_mutual_service_all_methods_agree(cost, use):
    use[:, ~FINAL] = 0.0
    direct = direct_allocation(cost, use, FINAL)
    np.testing.assert_allclose(step_down(cost, use, [2, 0, 1]), direct, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(reciprocal(cost, use, FINAL).full, direct, rtol=1e-12, atol=1e-9)


def test_a_centre_that_nobody_uses_keeps_its_cost():
    cost, use = np.array([10.0, 4.0, 6.0]), np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 3.0], [0.0] * 3])
    final = np.array([False, False, True])
    assert direct_allocation(cost, use, final).tolist() == [10.0, 0.0, 10.0]
    assert step_down(cost, use, [0, 1]).tolist() == [10.0, 0.0, 10.0]
    assert reciprocal(cost, use, final).full.tolist() == [11.0, 0.0, 9.0]


def test_step_down_depends_on_the_order():
    cost = np.array([100.0, 50.0, 10.0, 10.0])
    use = np.array([[0.0, 4.0, 1.0, 0.0], [4.0, 0.0, 0.0, 1.0], [0.0] * 4, [0.0] * 4])
    assert step_down(cost, use, [0, 1]).tolist() != step_down(cost, use, [1, 0]).tolist()
    assert cost.tolist() == [100.0, 50.0, 10.0, 10.0]


def test_own_use_is_left_out():
    cost = np.array([100.0, 0.0, 0.0])
    use = np.array([[900.0, 1.0, 3.0], [0.0] * 3, [0.0] * 3])
    final = np.array([False, True, True])
    assert step_down(cost, use, [0]).tolist() == [0.0, 25.0, 75.0]
    assert reciprocal(cost, use, final).full.tolist() == [0.0, 25.0, 75.0]
