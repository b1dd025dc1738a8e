"""Payers: shares add up to what the unit earns, more cover never raises the own burden."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations.user_price import Travel, burden, covered_share, payers, travel_burden

QUINTILES, OFFERS, CLASSES = 3, 4, 2
money = arrays(float, OFFERS, elements=st.floats(0.0, 1e7))
share = arrays(float, OFFERS, elements=st.floats(0.0, 1.0))
benefits = arrays(float, CLASSES, elements=st.floats(0.0, 1.0))
supports = arrays(float, (QUINTILES, OFFERS, CLASSES), elements=st.floats(0.0, 1.0))
extras = arrays(float, (QUINTILES, OFFERS), elements=st.floats(0.0, 1e6))
waivers = st.floats(0.0, 1.0)
contracts = arrays(float, OFFERS, elements=st.sampled_from([0.0, 1.0]))


@given(money, money, contracts, benefits, share, share, waivers, supports, extras)
def test_shares_sum_to_what_the_unit_earns(
    price, contract, contracted, benefit, route, outside, waiver, support, extra
):
    covered = covered_share(contracted, benefit, route, outside, waiver)
    split = payers(price, contract, covered, support, extra)
    earned = np.broadcast_to((price + extra)[..., None], split.budget.shape)
    paid = split.fund + split.budget + split.household
    np.testing.assert_allclose(paid, earned, rtol=1e-12, atol=1e-9)
    assert (covered >= 0.0).all()
    assert (covered <= 1.0).all()
    for payer in (split.fund, split.budget, split.household):
        assert (payer >= 0.0).all()


@given(money, money, benefits, share, supports, extras, st.floats(0.0, 1.0))
def test_raising_cover_never_raises_the_own_burden(
    price, contract, benefit, outside, support, extra, more
):
    contracted, route = np.ones(OFFERS), np.ones(OFFERS)
    low = covered_share(contracted, benefit, route, outside)
    high = covered_share(contracted, benefit + more * (1.0 - benefit), route, outside)
    before = payers(price, contract, low, support, extra).household
    after = payers(price, contract, high, support, extra).household
    assert (after <= before * (1.0 + 1e-12) + 1e-9).all()


def test_the_waiver_moves_the_in_package_own_share_of_the_insured_to_the_fund():
    covered = covered_share(
        np.array([1.0, 0.0]), np.array([0.8, 0.0]), np.ones(2), np.array([0.1, 0.1]), 0.5
    )
    np.testing.assert_allclose(covered, [[0.9 * 0.9, 0.0], [0.0, 0.0]], rtol=1e-15)


def test_the_fund_pays_a_dear_private_offer_at_the_contract_price_only():
    covered = covered_share(np.ones(1), np.array([0.8]), np.ones(1), np.zeros(1))
    split = payers(
        np.array([500.0]), np.array([200.0]), covered, np.full((1, 1, 1), 0.25), np.ones((1, 1))
    )
    assert split.fund.item() == pytest.approx(160.0)
    assert split.budget.item() == pytest.approx(85.0)
    assert split.household.item() == pytest.approx(256.0)


def test_travel_costs_money_and_time_by_distance():
    travel = travel_burden(
        Travel(cost=3000.0, time=1.0 / 30.0), 2.0, np.array([0.0, 15000.0]), np.array([[10.0, 0.0]])
    )
    np.testing.assert_allclose(travel, [[[60000.0, 0.0]], [[70000.0, 0.0]]], rtol=1e-15)
    total = burden(np.ones((2, 2, 3)), travel)
    assert total.shape == (2, 1, 2, 3)
    np.testing.assert_allclose(total[1, 0, 0], 70001.0, rtol=1e-15)
