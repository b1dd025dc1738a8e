"""Closed demand curves: their elasticity, and surplus as the area left of the curve."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from pricing.equations import demand

prices = st.floats(1.0, 100.0)
elasticities = st.sampled_from([-2.0, -1.0, -0.5, 0.0])


@given(prices, prices, elasticities)
def test_isoelastic_surplus_is_the_area_left_of_the_curve(base, price, epsilon):
    area, _ = quad(
        lambda p: demand.isoelastic_quantity(100.0, base, epsilon, np.array(p)).item(), base, price
    )
    change = demand.isoelastic_surplus_change(100.0, base, epsilon, np.array(price))
    assert change == pytest.approx(-area, rel=1e-7, abs=1e-7)


@given(prices, elasticities)
def test_the_tangent_touches_the_curve(base, epsilon):
    near = np.array(base * (1.0 + 1e-6))
    curve = demand.isoelastic_quantity(100.0, base, epsilon, near)
    assert demand.tangent_quantity(100.0, base, epsilon, near) == pytest.approx(curve, abs=1e-8)


@given(st.floats(0.0, 200.0), st.floats(0.0, 200.0))
def test_linear_surplus_is_the_area_left_of_the_curve(before, after):
    area, _ = quad(
        lambda p: demand.linear_quantity(300.0, 2.0, np.array(p)).item(),
        before,
        after,
        points=[150.0],
    )
    change = demand.linear_surplus_change(300.0, 2.0, np.array(before), np.array(after))
    assert change == pytest.approx(-area, rel=1e-6, abs=1e-6)


def test_linear_demand_ends_at_its_choke_price():
    choke = demand.choke_price(300.0, 2.0)
    assert demand.linear_quantity(300.0, 2.0, np.array([choke, choke + 1.0])).tolist() == [0.0, 0.0]
    assert np.isnan(demand.linear_elasticity(300.0, 2.0, np.array(choke)))
    assert demand.linear_elasticity(300.0, 2.0, np.array(75.0)) == pytest.approx(-1.0)


def test_what_buyers_pay_and_leave_open_is_the_cost():
    price, quantity = np.array([40.0, 60.0]), np.array([10.0, 8.0])
    paid = demand.revenue(price, quantity)
    np.testing.assert_allclose(paid + demand.cost_gap(price, quantity, 50.0), 50.0 * quantity)
