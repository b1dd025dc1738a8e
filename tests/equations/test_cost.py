"""Cost: pay and norms as the decrees write them, capital cost as the tables print it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations import cost

positive = st.floats(0.01, 100.0)


def test_pay_follows_the_salary_decree():
    monthly = cost.pay(np.array([3.0]), 2_340_000.0, np.array([0.4]), np.array([0.235]))
    np.testing.assert_allclose(monthly, 3.0 * 2_340_000.0 * 1.4 * 1.235, rtol=1e-15)


def test_labour_of_a_norm_prices_the_hours_of_every_post_class():
    hours = np.array([[2.0, 1.0, 0.0], [0.0, 0.0, 0.5]])
    pay = np.full((2, 3), 11.0)
    labour = cost.norm_labour(hours, pay, np.full((2, 3), 1760.0))
    np.testing.assert_allclose(labour, [3.0 * 12.0 * 11.0 / 1760.0, 0.5 * 0.075], rtol=1e-15)


@given(positive, positive, positive, st.floats(0.0, 0.5), positive)
def test_overhead_is_a_rate_on_labour_and_direct_cost(labour, direct, index, rate, depreciation):
    norm = cost.norm_cost(
        np.array([labour]), np.array([direct]), index, np.array([rate]), np.array([depreciation])
    )[0]
    assert norm[2] == pytest.approx(rate * (norm[0] + norm[1]), rel=1e-14)
    assert norm.tolist()[:2] == [labour, direct * index]
    assert norm[3] == depreciation


def test_norm_cost_keeps_leading_axes():
    block = np.ones((2, 3))
    assert cost.norm_cost(block, block, 1.0, block, block).shape == (2, 3, 4)


@given(positive, positive, positive, st.floats(0.0, 1.0), positive)
def test_actual_labour_follows_volume_only_in_its_variable_part(norm, volume, base, fixed, epsilon):
    def paid(at):
        return cost.actual_labour(
            np.array([norm]), np.array([at]), np.array([base]), fixed, np.array([epsilon])
        )

    np.testing.assert_allclose(paid(base), norm * base * epsilon, rtol=1e-12)
    np.testing.assert_allclose(
        paid(volume + 1.0) - paid(volume), norm * epsilon * (1.0 - fixed), rtol=1e-6, atol=1e-9
    )


@given(positive, positive, st.floats(0.0, 1.0))
def test_management_is_cheapest_at_the_best_size(size, best, gamma):
    scale = cost.management_scale(np.array([size, best]), best, gamma)
    assert scale[1] == 1.0
    assert scale[0] >= 1.0


def test_management_scale_is_symmetric_in_logs():
    scale = cost.management_scale(np.array([50.0, 200.0]), 100.0, 0.3)
    np.testing.assert_allclose(scale, np.exp(0.3 * np.log(2.0) ** 2), rtol=1e-15)


@given(st.floats(0.0, 0.3), st.integers(1, 60))
def test_annuity_factor_is_the_sum_of_its_discounted_ones(rate, years):
    direct = sum((1.0 + rate) ** -t for t in range(1, years + 1))
    assert cost.annuity_factor(rate, float(years)) == pytest.approx(direct, rel=1e-11)
    due = cost.annuity_factor_advance(rate, float(years))
    assert due == pytest.approx(direct * (1.0 + rate), rel=1e-11)


def test_annuity_factor_without_interest_counts_years():
    np.testing.assert_array_equal(cost.annuity_factor(np.array([0.0, 0.0]), 7.0), [7.0, 7.0])


@given(st.floats(0.001, 0.3), st.integers(1, 60), st.floats(0.0, 0.9))
def test_equivalent_annual_cost_repays_the_asset(rate, life, salvage):
    yearly = cost.equivalent_annual_cost(np.array([1.0]), rate, float(life), salvage)
    repaid = yearly * cost.annuity_factor(rate, float(life)) + salvage * (1.0 + rate) ** -life
    np.testing.assert_allclose(repaid, 1.0, rtol=1e-10)
    interest = cost.interest_on_capital(np.array([1.0]), rate, float(life), salvage)
    assert (interest > 0.0).all()
    np.testing.assert_allclose(
        interest + cost.straight_line(np.array([1.0]), salvage, float(life)), yearly, rtol=1e-12
    )


def test_payment_in_advance_is_a_years_interest_cheaper():
    value = np.array([100.0])
    arrears = cost.equivalent_annual_cost(value, 0.05, 10.0)
    advance = cost.equivalent_annual_cost_advance(value, 0.05, 10.0)
    np.testing.assert_allclose(advance * 1.05, arrears, rtol=1e-13)


def test_straight_line_ends_at_salvage():
    value = np.array([120.0])
    assert cost.straight_line(value, 20.0, 10.0, 0.5).item() == 5.0
    ages = np.array([0.0, 5.0, 10.0, 30.0])
    assert cost.book_value(value, 20.0, 10.0, ages).tolist() == [120.0, 70.0, 20.0, 20.0]


def test_replacement_value_follows_the_index():
    assert cost.replacement_value(np.array([20.0]), 80.0, 125.0).item() == pytest.approx(31.25)


def test_a_started_block_of_capacity_costs_as_much_as_a_full_one():
    average = cost.step_average_cost(200.0, 10.0, 3.0, np.array([10.0, 11.0, 20.0]))
    np.testing.assert_allclose(average, [23.0, 400.0 / 11.0 + 3.0, 23.0], rtol=1e-15)
