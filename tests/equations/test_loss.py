"""Welfare losses: triangles, taxes near the top of their curve, tariffs, insurance, rationing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.demand import (
    isoelastic_quantity,
    isoelastic_surplus_change,
    linear_quantity,
    linear_surplus_change,
)
from pricing.equations.loss import (
    cost_of_public_funds,
    deadweight_loss,
    harberger_triangle,
    insured_demand,
    rationed_surplus,
    two_part_tariff,
)


@given(st.floats(0.0, 40.0), st.floats(1.0, 1.5))
def test_a_subsidy_never_gains_what_it_costs(subsidy, funds):
    price = np.asarray(40.0 - subsidy)
    after = linear_quantity(100.0, 1.0, price)
    gain = linear_surplus_change(100.0, 1.0, np.asarray(40.0), price)
    assert deadweight_loss(subsidy, after, gain) == pytest.approx(subsidy**2 / 2.0, abs=1e-9)
    assert deadweight_loss(subsidy, after, gain, funds) >= deadweight_loss(subsidy, after, gain)


def test_the_triangle_is_the_loss_of_a_small_subsidy():
    for subsidy in (0.5, 0.05):
        price = np.asarray(50.0 - subsidy)
        after = isoelastic_quantity(1000.0, 50.0, -0.5, price)
        gain = isoelastic_surplus_change(1000.0, 50.0, -0.5, price)
        exact = float(deadweight_loss(subsidy, after, gain))
        assert float(harberger_triangle(1000.0, 50.0, -0.5, subsidy)) == pytest.approx(
            exact, rel=2.0 * subsidy / 50.0 + 1e-6
        )


def test_public_money_costs_more_the_higher_the_tax_and_nobody_knows_beyond_the_top():
    found = cost_of_public_funds([0.0, 0.2, 0.4, 0.5, 0.8], 1.0)
    assert found[0] == 1.0
    assert np.all(np.diff(found[:3]) > 0.0)
    assert np.isinf(found[3])
    assert np.isnan(found[4])


def test_a_fee_that_all_can_bear_leaves_use_at_cost():
    found = two_part_tariff([100.0, 60.0], [2.0, 2.0], [40, 60], 10.0, 30_000.0)
    assert (found.price, found.fee, found.is_feasible) == (10.0, 300.0, True)


def test_a_fee_that_some_cannot_bear_is_helped_by_a_price_above_cost():
    found = two_part_tariff([100.0, 60.0], [2.0, 2.0], [40, 60], 10.0, 43_000.0)
    assert found.is_feasible
    assert found.price > 10.0
    use = 40 * (100.0 - 2.0 * found.price) + 60 * (60.0 - 2.0 * found.price)
    assert (found.price - 10.0) * use + 100 * found.fee == pytest.approx(43_000.0)
    assert not two_part_tariff(100.0, 2.0, 10, 10.0, 1e9).is_feasible


def test_full_insurance_uses_most_and_loses_most():
    found = insured_demand(100.0, 0.5, 100.0, np.linspace(0.0, 1.0, 11))
    assert np.all(np.diff(found.quantity) < 0.0)
    assert np.all(np.diff(found.loss) < 0.0)
    assert found.loss[-1] == found.outlay[-1] == 0.0


@given(st.floats(1.0, 99.0), st.floats(1.0, 120.0))
def test_rationing_by_value_serves_best_and_enough_capacity_serves_all(price, capacity):
    efficient, alike = rationed_surplus(100.0, 1.0, price, capacity)
    assert efficient >= alike - 1e-9
    if capacity >= 100.0 - price:
        assert efficient == pytest.approx(alike)
        assert alike == pytest.approx((100.0 - price) ** 2 / 2.0)


def test_where_nobody_wants_any_there_is_no_surplus():
    assert rationed_surplus(100.0, 1.0, 120.0, 50.0) == (0.0, 0.0)
