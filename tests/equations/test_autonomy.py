"""Self-financing: what counts as earned, the rate, the tiers at their thresholds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.autonomy import (
    STREAMS,
    TIERS,
    UNDEFINED,
    autonomy_tier,
    self_financing_rate,
    self_financing_revenue,
)

money = st.floats(0.0, 1e12)


def income(**streams: float) -> np.ndarray:
    return np.array([streams.get(name, 0.0) for name in STREAMS])


def test_orders_and_tenders_are_earned_grants_and_assignments_are_not():
    assert self_financing_revenue(income(service=5.0, order=2.0, tender=1.0)) == 8.0
    assert self_financing_revenue(income(service=5.0, grant=2.0, assignment=1.0)) == 5.0


@given(money, money, st.floats(0.0, 1.0))
def test_grant_money_turned_into_orders_raises_the_rate_at_unchanged_outlay(fees, grant, turned):
    before = income(service=fees, grant=grant)
    after = income(service=fees, grant=grant * (1.0 - turned), order=grant * turned)
    assert after.sum() == pytest.approx(before.sum())
    assert self_financing_revenue(after) >= self_financing_revenue(before)


@pytest.mark.parametrize(
    ("rate", "tier"),
    [
        *((1.2, "2"), (1.0, "2"), (0.99999, "3a"), (0.7, "3a"), (0.69999, "3b"), (0.3, "3b")),
        *((0.29999, "3c"), (0.1, "3c"), (0.09999, "4"), (0.0, "4")),
    ],
)
def test_tiers_begin_at_their_thresholds(rate, tier):
    found = autonomy_tier(rate * 1e9, 1e9, 0.0, 1.0)
    assert TIERS[int(found)] == tier


def test_who_also_covers_investment_is_in_tier_1():
    assert TIERS[int(autonomy_tier(1.0, 1.0, 2.0, 2.0))] == "1"
    assert TIERS[int(autonomy_tier(0.9, 1.0, 2.0, 2.0))] == "3a"


def test_a_decimal_rate_that_is_no_binary_number_reaches_its_threshold():
    spending = np.arange(1.0, 2001.0)
    assert (autonomy_tier(0.7 * spending, spending, 0.0, 1.0) == TIERS.index("3a")).all()


def test_without_spending_there_is_no_rate_and_no_tier():
    assert np.isnan(self_financing_rate(1.0, 0.0))
    assert autonomy_tier(1.0, 0.0, 0.0, 0.0) == UNDEFINED
