"""Regulated price: more admitted cost never lowers it, components sum to it, ceilings bind."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations.price import full_cost_ratio, regulated_price, tuition_and_order

SHAPE = (3, 2)
costs = arrays(float, (*SHAPE, 4), elements=st.floats(0.0, 1e7))
shares = arrays(float, (*SHAPE, 4), elements=st.floats(0.0, 1.0))
rates = arrays(float, SHAPE, elements=st.floats(0.0, 0.3))
ceilings = arrays(float, SHAPE, elements=st.floats(0.0, 2e7) | st.just(np.inf))


@given(costs, shares, rates, ceilings)
def test_components_sum_to_the_price_and_the_price_keeps_its_ceiling(norm, included, rate, ceiling):
    result = regulated_price(norm, included, rate, ceiling)
    np.testing.assert_allclose(result.component.sum(-1), result.price, rtol=1e-14, atol=1e-280)
    assert (result.price <= ceiling).all()
    assert (result.price[result.bound] == ceiling[result.bound]).all()
    assert (result.component >= 0.0).all()


@given(costs, shares, rates, ceilings, st.integers(0, 3), st.floats(0.0, 1.0))
def test_price_never_falls_when_the_roadmap_admits_more(
    norm, included, rate, ceiling, component, more
):
    wider = included.copy()
    wider[..., component] += more * (1.0 - wider[..., component])
    before = regulated_price(norm, included, rate, ceiling)
    after = regulated_price(norm, wider, rate, ceiling)
    assert (after.price >= before.price * (1.0 - 1e-15)).all()


def test_a_binding_ceiling_cuts_all_components_alike():
    norm = np.array([40.0, 40.0, 10.0, 10.0])
    result = regulated_price(norm, np.ones(4), 0.1, 55.0)
    assert result.price == 55.0
    assert result.bound
    np.testing.assert_allclose(result.component, [22.0, 22.0, 5.5, 5.5], rtol=1e-15)


def test_nothing_included_is_a_free_service():
    result = regulated_price(np.ones((2, 4)), np.zeros((2, 4)), 0.0, np.inf)
    assert result.price.tolist() == [0.0, 0.0]
    assert not result.bound.any()


@given(costs, rates)
def test_full_cost_is_reached_when_everything_is_in(norm, rate):
    norm = norm + 1.0
    full = regulated_price(norm, np.ones_like(norm), rate, np.inf)
    np.testing.assert_allclose(full_cost_ratio(full.price, norm, rate), 1.0, rtol=1e-14)


def test_full_cost_ratio_is_undefined_without_cost():
    assert np.isnan(full_cost_ratio(np.array([1.0]), np.zeros((1, 4)), 0.0)).all()


money = arrays(float, 5, elements=st.floats(0.0, 1e7))


@given(money, money, money)
def test_tuition_and_order_make_up_the_service_price(price, tuition, frame):
    split = tuition_and_order(price, tuition, frame)
    np.testing.assert_allclose(split.tuition + split.order_part, price, rtol=1e-15)
    assert (split.tuition <= np.minimum(frame, tuition)).all()
    assert (split.order_part >= 0.0).all()
    assert (split.bound == (tuition > frame)).all()


def test_tuition_above_its_frame_is_cut_and_the_budget_owes_the_rest():
    split = tuition_and_order(np.array([1000.0]), np.array([300.0]), 200.0)
    assert split.tuition == pytest.approx(200.0)
    assert split.order_part == pytest.approx(800.0)
