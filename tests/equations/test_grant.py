"""Money for a service: identities hold, nothing is funded twice, pay per pupil is neutral."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations import grant

UNITS = 3
amounts = st.just(0.0) | st.floats(0.01, 1e6)
money = arrays(float, UNITS, elements=amounts)
parts = arrays(float, (UNITS, 4), elements=amounts)
shares = arrays(float, UNITS, elements=st.floats(0.0, 1.0))


@given(parts, parts, parts, money)
def test_channels_sum_to_norm_cost_and_money_is_accounted_for(norm, price, order, given_grant):
    split = grant.funding_split(norm, price, order, given_grant)
    np.testing.assert_allclose(split.channel.sum(-1), norm, rtol=1e-12, atol=1e-9)
    assert (split.channel >= 0.0).all()
    brought = price.sum(-1) + order.sum(-1) + given_grant
    funded = split.channel[..., :3].sum((-2, -1))
    np.testing.assert_allclose(split.excess, brought - funded, atol=1e-6)
    assert (split.excess >= -1e-6).all()
    assert (split.channel[:, 3, 2] == 0.0).all()


def test_a_double_grant_shows_as_excess():
    norm = np.array([40.0, 40.0, 10.0, 10.0])
    price = norm * [1.0, 1.0, 0.0, 0.0]
    once = grant.funding_split(norm, price, np.zeros(4), np.array(10.0))
    assert once.excess == 0.0
    assert once.channel[2].tolist() == [0.0, 0.0, 10.0, 0.0]
    assert once.channel[3].tolist() == [0.0, 0.0, 0.0, 10.0]
    assert grant.funding_split(norm, price, np.zeros(4), np.array(20.0)).excess == 10.0


def test_the_order_fills_what_the_price_leaves():
    split = grant.funding_split(
        np.array([10.0, 0.0, 0.0, 4.0]),
        np.array([3.0, 0.0, 0.0, 0.0]),
        np.array([9.0, 0.0, 0.0, 1.0]),
        np.array(0.0),
    )
    assert split.channel[0].tolist() == [3.0, 7.0, 0.0, 0.0]
    assert split.channel[3].tolist() == [0.0, 1.0, 0.0, 3.0]
    assert split.excess == 2.0
    assert grant.CHANNELS == ("price", "order", "grant", "unfunded")


@given(money, money, shares, st.floats(0.5, 2.0), money)
def test_the_grant_is_never_negative_and_falls_with_policy_cuts(cost, revenue, tier, index, cut):
    gap = grant.first_year_gap(cost, revenue)
    before = grant.recurrent_grant(gap, index, tier, np.zeros(UNITS))
    after = grant.recurrent_grant(gap, index, tier, -cut)
    assert (gap >= 0.0).all()
    assert (after >= 0.0).all()
    assert (after <= before).all()
    np.testing.assert_allclose(before, gap * index * tier)


def test_a_component_that_enters_the_price_leaves_the_grant():
    change = grant.price_policy_change(np.array([0.5]), np.array([20.0]), np.array([100.0]))
    assert change.item() == -1000.0
    left = grant.recurrent_grant(np.array([1500.0]), 1.0, np.ones(1), change)
    assert left.item() == 500.0


@given(money, shares, money)
def test_paying_per_pupil_is_neutral_at_constant_enrolment(price, share, pupils):
    outlay = grant.per_pupil_outlay(price, share, pupils, pupils)
    np.testing.assert_allclose(outlay, price * pupils, rtol=1e-12)


def test_money_follows_the_pupil_by_the_share():
    outlay = grant.per_pupil_outlay(
        np.full(3, 10.0), np.array([0.0, 0.5, 1.0]), np.full(3, 80.0), np.full(3, 100.0)
    )
    assert outlay.tolist() == [1000.0, 900.0, 800.0]


@given(money, money, money, money, shares)
def test_the_subsidy_identity_holds(volume, unit_cost, fee, insurance, exempt):
    result = grant.subsidy(volume, unit_cost, fee, insurance, exempt)
    np.testing.assert_allclose(
        result.user + result.insurance + result.budget, result.total_cost, rtol=1e-9, atol=1e-3
    )
    some = volume > 0.0
    assert np.isnan(result.per_case[~some]).all()
    np.testing.assert_allclose(
        result.per_case[some] * volume[some], result.budget[some], rtol=1e-9, atol=1e-3
    )


def test_pay_in_the_price_saves_the_budget_what_insurers_and_users_take_over():
    insured = grant.Insured(share=1.0, insurer_rate=1.0)
    shift = grant.pay_shift(np.array(100.0), np.array(2.0), insured, -0.5, np.array(1.0))
    assert shift.budget_saving == shift.insurer_cost == 200.0
    assert shift.price_rise_insured == 0.0
    assert shift.price_rise_uninsured == 2.0
    assert shift.volume_insured == 100.0
    assert shift.volume_uninsured == 0.0


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_those_who_pay_more_use_less(share, rate):
    insured = grant.Insured(share=share, insurer_rate=rate)
    shift = grant.pay_shift(np.array(100.0), np.array(0.1), insured, -0.2, np.array(0.05))
    assert shift.volume_insured <= 100.0 * share * (1.0 + 1e-12)
    assert shift.volume_uninsured == pytest.approx(100.0 * (1.0 - share) * 3.0**-0.2, rel=1e-9)
    assert shift.insurer_cost <= shift.budget_saving * (1.0 + 1e-12)
