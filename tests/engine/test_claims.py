"""Advance, lag and late payment of claims: timing moves, money does not vanish."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.engine.claims import Claims, Terms, terms
from tests.engine.small import still_levers, with_levers

USUAL = Terms(advance=0.0, held=0.0)


def paid_over(claims: Claims, on: Terms, delivered: list[float]) -> list[float]:
    found = []
    for amount in delivered:
        found.append(float(claims.due(on).sum()))
        claims.pass_month(on, np.array([amount]))
    return found


def test_the_usual_terms_pay_what_was_delivered_a_lag_ago():
    claims = Claims.steady(np.array([10.0]), 2)
    assert paid_over(claims, USUAL, [30.0, 20.0, 10.0, 10.0]) == [10.0, 10.0, 30.0, 20.0]


def test_an_advance_pays_once_more_and_is_then_set_off():
    claims = Claims.steady(np.array([10.0]), 2)
    paid = paid_over(claims, Terms(advance=0.8, held=0.0), [10.0] * 5)
    assert paid == pytest.approx([18.0, 18.0, 10.0, 10.0, 10.0])
    assert claims.total()[0] == pytest.approx(4.0)


def test_an_advance_beyond_what_is_delivered_is_taken_back_from_later_months():
    claims = Claims.steady(np.array([10.0]), 1)
    on = Terms(advance=0.9, held=0.0)
    paid = paid_over(claims, on, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert sum(paid) == pytest.approx(10.0 - claims.total()[0])
    assert min(paid) >= 0.0
    assert claims.total()[0] < 0.0


def test_claims_held_back_are_paid_a_month_later():
    claims = Claims.steady(np.array([10.0]), 1)
    paid = paid_over(claims, Terms(advance=0.0, held=0.5), [10.0, 10.0, 10.0])
    assert paid == [5.0, 7.5, 8.75]
    assert float(claims.due(USUAL)[0]) == pytest.approx(18.75)


@given(
    delivered=st.lists(st.floats(0.0, 1e6), min_size=1, max_size=24),
    advance=st.floats(0.0, 1.0),
    held=st.floats(0.0, 0.99),
    lag=st.integers(1, 4),
)
def test_what_is_owed_moves_by_what_is_delivered_less_what_is_paid(delivered, advance, held, lag):
    claims = Claims.steady(np.array([1e5]), lag)
    opening = claims.total()[0]
    paid = paid_over(claims, Terms(advance=advance, held=held), delivered)
    gross = opening + sum(delivered) + sum(paid)
    assert opening + sum(delivered) - sum(paid) == pytest.approx(
        claims.total()[0], abs=1e-9 * gross
    )
    assert min(paid) >= 0.0


def test_terms_are_those_of_the_levers():
    found = terms(with_levers(still_levers(), {"claims_advance": 0.8, "claims_held": 0.3}))
    assert found == Terms(advance=0.8, held=0.3)
    assert terms(still_levers()) == USUAL
