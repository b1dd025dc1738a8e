"""Money over time: nominal and real values agree, an index chains, a fund adds up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations import finance

rates = st.floats(-0.1, 0.3)
flows = arrays(float, 6, elements=st.floats(-1e3, 1e3))


@given(rates, flows)
def test_present_value_is_the_discounted_sum(rate, flow):
    direct = sum(f / (1.0 + rate) ** t for t, f in enumerate(flow))
    assert finance.present_value(rate, flow) == pytest.approx(direct, rel=1e-9, abs=1e-9)
    later = finance.present_value(rate, flow, finance.END_OF_YEAR)
    assert later * (1.0 + rate) == pytest.approx(direct, rel=1e-9, abs=1e-9)
    middle = finance.present_value(rate, flow, finance.MID_YEAR)
    assert middle**2 == pytest.approx(float(later) * direct, rel=1e-6, abs=1e-6)


def test_present_value_keeps_other_axes():
    flow = np.arange(6.0).reshape(3, 2)
    assert finance.present_value(0.0, flow).tolist() == [6.0, 9.0]


@given(st.floats(0.01, 0.5), st.floats(0.5, 1e3))
def test_the_internal_rate_makes_the_present_value_zero(rate, payment):
    outlay = float(finance.present_value(rate, np.full(5, payment), finance.END_OF_YEAR))
    flow = np.concatenate([[-outlay], np.full(5, payment)])
    assert finance.internal_rate_of_return(flow) == pytest.approx(rate, rel=1e-8)


@pytest.mark.parametrize(
    "flow",
    [[1.0, 2.0, 3.0], [0.0, 0.0], [-5.0], [-1000.0, 2300.0, -1320.0]],
    ids=["only gains", "nothing", "one flow", "two rates"],
)
def test_a_rate_that_is_missing_or_not_unique_is_undefined(flow):
    assert np.isnan(finance.internal_rate_of_return(np.array(flow)))


@given(rates, st.floats(-0.05, 0.3), st.floats(1.0, 1e3))
def test_real_flows_at_the_real_rate_are_worth_nominal_ones_at_the_nominal(
    nominal, inflation, flow
):
    real = np.full(5, flow)
    exact = finance.real_rate(nominal, inflation)
    paid = finance.inflate(real, inflation, finance.END_OF_YEAR)
    np.testing.assert_allclose(
        finance.present_value(exact, real, finance.END_OF_YEAR),
        finance.present_value(nominal, paid, finance.END_OF_YEAR),
        rtol=1e-9,
    )
    approximate = finance.real_rate_approximate(nominal, inflation)
    assert approximate == pytest.approx(exact * (1.0 + inflation), abs=1e-12)


def test_inflating_works_along_the_first_axis():
    paid = finance.inflate(np.ones((3, 2)), 0.1)
    np.testing.assert_allclose(paid[:, 1], [1.0, 1.1, 1.21], rtol=1e-14)


@given(arrays(float, 5, elements=st.floats(-0.1, 0.4)), st.integers(0, 4))
def test_a_chained_index_grows_by_inflation_from_any_base(inflation, base):
    index = finance.chain_index(inflation, base)
    assert index[base] == 1.0
    np.testing.assert_allclose(finance.growth(index), inflation[1:], rtol=1e-9, atol=1e-12)


@given(arrays(float, 5, elements=st.floats(0.5, 3.0)), st.integers(0, 4))
def test_an_amount_that_follows_the_index_is_constant_in_real_terms(index, base):
    real = finance.deflate(100.0 * index, index, base)
    np.testing.assert_allclose(real, 100.0 * index[base], rtol=1e-12)
    assert finance.rebase(index, base)[base] == 1.0


def test_claims_pass_to_the_nation_by_the_share_of_the_city():
    assert finance.claims_national(100.0, 1.2, 1.0) == pytest.approx(120.0)
    assert finance.claims_national(100.0, 1.2, 0.04) == pytest.approx(100.8)
    assert finance.claims_national(100.0, 1.0, 0.5) == 100.0


def test_the_reserve_earns_interest_and_takes_flows():
    reserve = finance.fund_reserve(30.0, 0.03, 100.0, 98.0, 5.0)
    assert reserve == pytest.approx(27.9)
    assert finance.fund_reserve(1.0, 0.0, 0.0, 3.0, 0.0) == -2.0
