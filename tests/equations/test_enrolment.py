"""Learners are conserved; a cohort walks through the grades; seats go to the best scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations.enrolment import (
    admit_by_score,
    drop_out_hazard,
    promote,
    stationary_stock,
)

GRADES, PLACES = 4, 3
stocks = arrays(float, (GRADES, PLACES), elements=st.floats(0.0, 1e5))
hazards = arrays(float, (GRADES, PLACES), elements=st.floats(0.0, 1.0))
entries = arrays(float, PLACES, elements=st.floats(0.0, 1e5))


@given(stocks, hazards, entries)
def test_learners_are_conserved(stock, hazard, entrants):
    year = promote(stock, hazard, entrants)
    closing = stock.sum(0) + entrants - year.completed - year.dropped.sum(0)
    np.testing.assert_allclose(year.stock.sum(0), closing, rtol=1e-12, atol=1e-9)
    for part in (year.stock, year.completed, year.dropped):
        assert (part >= 0.0).all()


@given(entries, hazards)
def test_stationary_stock_reproduces_itself(entrants, hazard):
    stock = stationary_stock(entrants, hazard)
    year = promote(stock, hazard, entrants)
    np.testing.assert_allclose(year.stock, stock, rtol=1e-12, atol=1e-9)
    leaving = year.completed + year.dropped.sum(0)
    np.testing.assert_allclose(leaving, entrants, rtol=1e-12, atol=1e-9)


def test_a_cohort_walks_through_the_grades_and_completes():
    stock = np.zeros((GRADES, 1))
    seen = []
    for entrants in (100.0, 0.0, 0.0, 0.0, 0.0):
        year = promote(stock, np.zeros((GRADES, 1)), np.array([entrants]))
        stock = year.stock
        seen.append((int(stock.argmax()), float(stock.sum()), float(year.completed.sum())))
    assert seen == [(0, 100.0, 0.0), (1, 100.0, 0.0), (2, 100.0, 0.0), (3, 100.0, 0.0), (0, 0, 100)]


def test_the_hazard_rises_with_burden_and_never_passes_one():
    hazard = drop_out_hazard(
        np.array([0.02]), 3.0, np.array([0.0, 1e5, 1e9]), np.zeros(1), np.array([1e6])
    )
    np.testing.assert_allclose(hazard[:2], [0.02, 0.02 * np.exp(0.3)], rtol=1e-14)
    assert hazard[2] == 1.0


def test_the_hazard_of_an_unchanged_burden_is_the_base_one():
    base = np.array([0.01, 0.05])
    burden = np.array([2e5, 3e5])
    np.testing.assert_array_equal(drop_out_hazard(base, 3.0, burden, burden, np.ones(2)), base)


QUINTILES, OFFERS = 5, 3
demands = arrays(float, (QUINTILES, OFFERS), elements=st.floats(0.0, 1e4))
seat_numbers = arrays(float, OFFERS, elements=st.floats(0.0, 3e4) | st.just(np.inf))
means = arrays(float, QUINTILES, elements=st.floats(-1.0, 1.0))


@given(demands, seat_numbers, means)
def test_admission_fills_the_seats_and_conserves_applicants(demand, seats, mean):
    result = admit_by_score(demand, seats, mean)
    np.testing.assert_allclose(result.admitted + result.refused, demand, rtol=1e-15)
    filled = np.minimum(demand.sum(0), seats)
    np.testing.assert_allclose(result.admitted.sum(0), filled, rtol=1e-9, atol=1e-9)
    assert (result.refused >= 0.0).all()


def test_a_better_prepared_quintile_is_admitted_more_often():
    result = admit_by_score(np.full((2, 1), 100.0), np.array([80.0]), np.array([-0.5, 0.5]))
    assert result.admitted[1] > 2.0 * result.admitted[0]
    assert result.admitted.sum() == pytest.approx(80.0, rel=1e-12)


def test_equal_quintiles_share_the_seats_equally_at_the_median_cut_off():
    result = admit_by_score(np.full((2, 1), 100.0), np.array([100.0]), np.zeros(2))
    np.testing.assert_allclose(result.admitted, 50.0, rtol=1e-12)
    np.testing.assert_allclose(result.cut_off, 0.0, atol=1e-12)


def test_no_seat_admits_nobody_and_spare_seats_admit_all():
    result = admit_by_score(np.full((2, 2), 10.0), np.array([0.0, 20.0]), np.zeros(2))
    assert result.admitted.tolist() == [[0.0, 10.0], [0.0, 10.0]]
    assert result.cut_off.tolist() == [np.inf, -np.inf]
