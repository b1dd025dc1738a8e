"""What insurance pays: small bills, the ceiling on own shares, premiums that hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.insurance import (
    break_even_premium,
    capped_own_shares,
    expected_claims,
    insurer_part,
)

BILLS = st.lists(st.floats(0.0, 100.0), min_size=1, max_size=20)


def test_just_as_much_as_the_limit_is_no_small_bill():
    assert insurer_part([0.35, 0.351, 0.352], 0.8, 2.34, 0.15) == pytest.approx(
        [0.35, 0.2808, 0.2816]
    )


@given(BILLS, st.floats(0.05, 0.5), st.floats(0.1, 30.0))
def test_own_shares_stop_at_the_ceiling_and_never_turn_negative(bills, own, ceiling):
    paid = capped_own_shares(bills, own, ceiling)
    assert np.all(paid >= -1e-12)
    assert paid.sum() == pytest.approx(min(ceiling, own * sum(bills)))
    assert np.all(paid <= own * np.array(bills) + 1e-9)


@given(st.floats(1.0, 1e7), st.floats(0.0, 0.2))
def test_at_the_break_even_premium_the_fund_keeps_nothing(members, administration):
    claims = expected_claims(members, [2.1, 0.18], [0.25, 4.2], 0.85)
    premium = break_even_premium(claims, members, administration)
    assert premium * members * (1.0 - administration) == pytest.approx(claims)
