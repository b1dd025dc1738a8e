"""Second-best prices: first-order conditions, required margins, what cannot be raised."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.demand import isoelastic_surplus_change
from pricing.equations.ramsey import isoelastic_ramsey, linear_ramsey, second_best_prices

services = st.lists(
    st.tuples(st.floats(10.0, 1e4), st.floats(-2.0, -0.1), st.floats(1.0, 100.0)),
    min_size=2,
    max_size=5,
)


@given(services, st.floats(0.0, 0.5))
def test_margin_rates_fall_with_elasticity_and_meet_the_requirement(drawn, share):
    scale, elasticity, cost = np.array(drawn).T
    most = isoelastic_margin(scale, elasticity, cost)
    found = isoelastic_ramsey(scale, elasticity, cost, share * most)
    assert found.margin(cost) == pytest.approx(share * most, rel=1e-7, abs=1e-6)
    rates = found.margin_rates(cost) * np.abs(elasticity)
    np.testing.assert_allclose(rates, found.number, atol=1e-9)
    assert np.all(found.price >= cost * (1.0 - 1e-12))


@given(services, st.floats(-0.9, -0.01))
def test_a_subsidy_leaves_prices_below_cost_by_one_number(drawn, number):
    scale, elasticity, cost = np.array(drawn).T
    price = cost / (1.0 - number / np.abs(elasticity))
    margin = float(np.sum((price - cost) * scale * price**elasticity))
    found = isoelastic_ramsey(scale, elasticity, cost, margin)
    assert found.number == pytest.approx(number, rel=1e-6)
    np.testing.assert_allclose(found.price, price, rtol=1e-6)
    assert np.all(found.price < cost)


def isoelastic_margin(scale, elasticity, cost):
    """Margin at half the highest Ramsey number: something that can be raised."""
    number = 0.5 * min(1.0, np.abs(elasticity).min())
    price = cost / (1.0 - number / np.abs(elasticity))
    return float(np.sum((price - cost) * scale * price**elasticity))


def test_no_other_prices_of_the_same_margin_lose_less():
    scale, elasticity, cost = np.array([[1000.0, 800.0], [-0.2, -0.8], [10.0, 20.0]])
    best = isoelastic_ramsey(scale, elasticity, cost, 1500.0)

    def surplus(price):
        before = scale * best.price**elasticity
        return sum(
            float(isoelastic_surplus_change(q, p0, e, np.asarray(p)))
            for q, p0, e, p in zip(before, best.price, elasticity, price, strict=True)
        )

    for step in (-0.5, -0.1, 0.1, 0.5):
        first = best.price[0] + step
        others = np.linspace(15.0, 60.0, 200_001)
        margin = (first - cost[0]) * scale[0] * first ** elasticity[0] + (others - cost[1]) * scale[
            1
        ] * others ** elasticity[1]
        second = others[np.argmin(np.abs(margin - 1500.0))]
        assert np.abs(margin - 1500.0).min() < 0.1
        assert surplus((first, second)) < 0.0


def test_what_no_prices_bring_is_refused():
    with pytest.raises(ValueError, match="no prices"):
        isoelastic_ramsey([10.0], [-1.5], [1.0], 1e9)
    with pytest.raises(ValueError, match="no prices"):
        linear_ramsey([100.0], [1.0], [20.0], 1601.0)
    assert linear_ramsey([100.0], [1.0], [20.0], 1600.0).price[0] == pytest.approx(60.0)
    with pytest.raises(ValueError, match="too rigid"):
        second_best_prices([10.0], [-0.1], 1.2)


def test_linear_demands_are_cut_alike():
    found = linear_ramsey([100.0, 80.0], [1.0, 2.0], [20.0, 10.0], 900.0)
    first_best = np.array([80.0, 60.0])
    np.testing.assert_allclose(found.quantity / first_best, 1.0 - found.number)
    assert found.margin([20.0, 10.0]) == pytest.approx(900.0)
    assert linear_ramsey([100.0], [1.0], [20.0], 0.0).price[0] == 20.0


@given(st.floats(1.0, 1.5), st.floats(0.1, 1.4))
def test_services_of_the_poor_are_priced_lower(funds, weight):
    price = second_best_prices([10.0, 10.0], [-1.2, -1.2], funds, [weight, weight + 0.3])
    assert price[1] < price[0]
    assert (price[0] < 10.0) == (weight > funds)
