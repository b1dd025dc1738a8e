"""An envelope is divided by priority, and its gradient says what one more VND pays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pricing.equations.envelope import allot

LINES, LEVELS = 4, 3
DUE = arrays.arrays(np.float64, (LINES, LEVELS), elements=st.floats(0.0, 1e6))
CAP = arrays.arrays(np.float64, (LEVELS,), elements=st.floats(0.0, 3e6))
RANK = arrays.arrays(np.float64, (LINES,), elements=st.sampled_from([0.0, 1.0, 1.5, 2.0]))


def test_lines_are_paid_in_their_order():
    due = np.array([[6.0], [4.0], [3.0], [1.0]])
    found = allot(np.array([9.0]), due, np.array([2.0, 1.0, 3.0, 0.0]))
    assert found.paid[:, 0].tolist() == [4.0, 4.0, 0.0, 1.0]
    assert found.marginal[:, 0].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert found.left[0] == 0.0


def test_equal_ranks_are_cut_alike():
    due = np.array([[6.0], [2.0]])
    found = allot(np.array([4.0]), due, np.ones(2))
    assert found.paid[:, 0].tolist() == [3.0, 1.0]
    assert found.marginal[:, 0].tolist() == [0.75, 0.25]


def test_lines_without_a_rank_are_paid_whatever_the_envelope():
    found = allot(np.zeros(1), np.array([[5.0], [2.0]]), np.array([0.0, 1.0]))
    assert found.paid[:, 0].tolist() == [5.0, 0.0]


def test_a_level_without_an_envelope_pays_everything():
    due = np.array([[5.0], [2.0]])
    found = allot(np.array([np.inf]), due, np.array([1.0, 2.0]))
    np.testing.assert_array_equal(found.paid, due)
    assert not found.marginal.any()
    assert np.isinf(found.left[0])


@given(cap=CAP, due=DUE, rank=RANK)
def test_no_money_is_made_or_lost(cap, due, rank):
    found = allot(cap, due, rank)
    assert np.all(found.paid >= 0.0)
    assert np.all(found.paid <= due * (1.0 + 1e-12))
    first = np.where((rank == 0.0)[:, None], due, 0.0).sum(0)
    spent = found.paid.sum(0) + found.left
    np.testing.assert_allclose(spent, np.maximum(cap, first), rtol=1e-9, atol=1e-6)


@given(cap=CAP, due=DUE, rank=RANK)
def test_a_larger_envelope_never_pays_a_line_less(cap, due, rank):
    more = allot(cap + 1.0, due, rank)
    assert np.all(more.paid >= allot(cap, due, rank).paid - 1e-9)


@given(cap=CAP, due=DUE)
def test_the_gradient_is_what_one_more_dong_pays(cap, due):
    rank = np.array([1.0, 2.0, 2.0, 3.0])
    found = allot(cap, due, rank)
    step = 1e-3
    moved = (allot(cap + step, due, rank).paid - found.paid) / step
    edges = np.concatenate([np.zeros((1, LEVELS)), np.cumsum(due, axis=0)[[0, 2, 3]]])
    is_inside = np.all(np.abs(edges - cap) > 1.0, axis=0)
    np.testing.assert_allclose(
        moved[:, is_inside], found.marginal[:, is_inside], rtol=1e-4, atol=1e-4
    )
    assert np.all(found.marginal.sum(0) == pytest.approx(1.0, abs=1e-9)) or np.any(
        cap >= due.sum(0)
    )
