"""The clock of a month: calendar, incomes, needs and capacity."""

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.engine.clock import Economy, clock

INCOME = np.array([2e6, 5e6])
ECONOMY = Economy(
    income_month=INCOME,
    real_growth=0.04,
    need_elasticity=np.array([[0.0, 0.5], [1.0, 2.0]]),
    capacity_elasticity=0.25,
)


def test_the_base_years_january_is_the_origin():
    found = clock(Month.of(2025, 1), 1.0, ECONOMY)
    assert (found.number, found.year_number, found.years) == (0, 0, 0.0)
    assert (found.first_day, found.n_days) == (0, 31)
    np.testing.assert_array_equal(found.income_month, INCOME)
    np.testing.assert_array_equal(found.need_growth, 1.0)
    assert found.capacity_growth == 1.0


def test_a_leap_february_has_its_day():
    found = clock(Month.of(2028, 2), 1.0, ECONOMY)
    assert found.n_days == 29
    assert found.first_day == 3 * 365 + 31
    assert (found.number, found.year_number) == (37, 3)


def test_incomes_grow_with_prices_and_really():
    found = clock(Month.of(2027, 1), 1.1, ECONOMY)
    np.testing.assert_allclose(found.income_month, INCOME * 1.04**2 * 1.1)


def test_prices_alone_change_no_need_and_no_capacity():
    one, other = (clock(Month.of(2029, 6), cpi, ECONOMY) for cpi in (1.0, 1.5))
    np.testing.assert_array_equal(one.need_growth, other.need_growth)
    assert one.capacity_growth == other.capacity_growth


def test_needs_and_capacity_follow_real_income_by_their_elasticity():
    found = clock(Month.of(2026, 1), 1.0, ECONOMY)
    np.testing.assert_allclose(found.need_growth, [[1.0, 1.04**0.5], [1.04, 1.04**2]])
    assert found.capacity_growth == pytest.approx(1.04**0.25)
