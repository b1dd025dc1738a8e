"""A year's illness: frailty, numbers and bills have their distributions, by inversion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pricing.base.draws import Draws
from pricing.city.households import synthetic
from pricing.engine.illness import bills, frailty, poisson_counts, shifted, shifts
from tests.builders import toy_city

GRID = (np.arange(20_480) + 0.5) / 20_480


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(1e-9, 1 - 1e-9)), min_size=1, max_size=40))
def test_numbers_are_poisson_quantiles(pairs):
    mean, u = (np.array(column) for column in zip(*pairs, strict=True))
    count = poisson_counts(mean, u)
    below = stats.poisson.cdf(count - 1, mean)
    assert np.all(stats.poisson.cdf(count, mean) >= u - 1e-12)
    assert np.all((below <= u + 1e-12) | (count == 0))


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0.001, 0.999))
def test_more_is_never_fewer(first, second, u):
    low, high = sorted((first, second))
    counts = poisson_counts(np.array([low, high]), np.array([u, u]))
    assert counts[0] <= counts[1]


def test_an_extreme_uniform_ends():
    assert poisson_counts(np.array([3.0]), np.array([1.0 - 1e-16]))[0] > 15


@pytest.mark.parametrize("shape", [0.5, 1.0, 3.0])
def test_frailty_is_gamma_with_mean_one(shape):
    found = frailty(GRID, shape)
    assert found.mean() == pytest.approx(1.0, abs=1e-12)
    assert found.var() == pytest.approx(1.0 / shape, rel=0.02)
    assert np.all(np.diff(found) >= 0.0)


@pytest.mark.parametrize("number", [1.0, 4.0])
def test_bills_have_the_mean_and_variance_of_their_sum(number):
    amount = bills(np.full(GRID.size, number), np.full(GRID.size, 200.0), GRID, 0.5)
    assert amount.mean() == pytest.approx(number * 200.0, rel=1e-3)
    assert amount.var() == pytest.approx(number * 200.0**2 * np.expm1(0.25), rel=0.03)


def test_shifts_move_points_around_the_circle_by_cell():
    sample = synthetic(toy_city(), 1_000, 1)
    shift = np.linspace(0.0, 0.9, sample.first.size)
    moved = shifted(sample, 3, shift)
    np.testing.assert_allclose(moved, np.mod(sample.points[3] + shift[sample.member_cell], 1.0))
    assert np.all((moved >= 0.0) & (moved < 1.0))
    some = np.array([5, 9])
    np.testing.assert_array_equal(shifted(sample, 3, shift, some), moved[some])


def test_longer_horizons_shift_no_earlier_year():
    draws = Draws(3, 4)
    long, short = (shifts(draws, "x", years, (2, 15)) for years in (9, 4))
    np.testing.assert_array_equal(long[:4], short)
