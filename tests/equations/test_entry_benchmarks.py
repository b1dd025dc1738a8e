"""Free entry in the textbook markets, at its edges."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.entry_benchmarks import cournot_entry, salop_entry


@given(intercept=st.floats(20.0, 200.0), slope=st.floats(0.1, 5.0), fixed=st.floats(1.0, 500.0))
def test_nobody_more_would_enter_and_nobody_inside_loses(intercept, slope, fixed):
    found = cournot_entry(intercept, slope, 10.0, fixed)
    assert found.profit >= -1e-6 * fixed
    assert found.profit_with_one_more < 1e-6 * fixed
    assert found.price == pytest.approx(intercept - slope * found.quantity)


def test_no_firm_where_the_first_would_lose():
    found = cournot_entry(12.0, 1.0, 10.0, 5.0)
    assert (found.n_firms, found.profit, found.quantity, found.price) == (0, 0.0, 0.0, 12.0)
    nobody = salop_entry(1.0, 1.0, 4.0, 2.0)
    assert nobody.n_firms == 0
    assert math.isnan(nobody.price)
    assert math.isnan(nobody.profit)


def test_a_firm_that_breaks_even_enters():
    assert cournot_entry(100.0, 1.0, 20.0, 400.0).n_firms == 3
    assert salop_entry(3.0, 0.3, 0.1, 0.0).n_firms == 3
