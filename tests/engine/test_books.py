"""The month's postings: who pays whom, receivables, arrears, profits."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.engine.books import (
    OPENING_MONTHS,
    Books,
    open_books,
    post_costs,
    post_income,
)
from pricing.engine.claims import Terms
from pricing.world.flows import Flows
from tests.builders import toy_city
from tests.engine.small import calibrated, quiet_setup, quiet_year

SETUP = quiet_setup()
CITY = toy_city()
FLOWS = quiet_year()[0].flows
REFUSED = calibrated().parameters["refusal_share"]
USUAL = Terms(advance=0.0, held=0.0)
by_unit = SETUP.sums.by_unit


def books() -> Books:
    return open_books(SETUP, FLOWS)


def costs_times(factor: float) -> Flows:
    return replace(FLOWS, supply=replace(FLOWS.supply, cost=factor * FLOWS.supply.cost))


def test_units_open_with_some_months_of_their_cash_cost():
    cost = by_unit(FLOWS.supply.cost[:, :3].sum(1))
    np.testing.assert_allclose(books().ledger.balance("units"), OPENING_MONTHS * cost)


def test_claims_are_paid_after_the_settlement_lag():
    found = books()
    assert found.lag == round(calibrated().parameters["settlement_lag"] / 30.4) == 2
    delivered = by_unit(FLOWS.payments.fund.sum(0))
    more = replace(FLOWS, payments=replace(FLOWS.payments, fund=3.0 * FLOWS.payments.fund))
    received = []
    for flows in (more, FLOWS, FLOWS, FLOWS):
        before = found.ledger.month_receipts("claims", "units").copy()
        post_income(found, SETUP, flows, USUAL)
        received.append(found.ledger.month_receipts("claims", "units") - before)
    outside = (1.0 - REFUSED) * by_unit(FLOWS.payments.outside_fund)
    usual = (1.0 - REFUSED) * delivered + outside
    late = 3.0 * (1.0 - REFUSED) * delivered + outside
    for amount, wanted in zip(received, (usual, usual, late, usual), strict=True):
        np.testing.assert_allclose(amount, wanted, rtol=1e-9)


@pytest.mark.parametrize("lag", [10.0, 45.0, 120.0])
def test_the_lag_is_at_least_a_month(lag):
    values = {**calibrated().parameters.values, "settlement_lag": lag}
    late = replace(calibrated(), parameters=replace(calibrated().parameters, values=values))
    found = open_books(replace(SETUP, calibrated=late), FLOWS)
    assert found.lag == len(found.claims.owed) == max(1, round(lag / 30.4))


def test_income_of_units_is_what_payers_owe():
    found = books()
    opening = found.ledger.balance("units")
    post_income(found, SETUP, FLOWS, USUAL)
    paid = FLOWS.payments
    now = (paid.household + paid.support).sum(0) + paid.order
    now = now + paid.outside_household + paid.outside_support + paid.outside_order
    now = now + FLOWS.supply.grant.sum(1) + FLOWS.supply.capital
    claims = (1.0 - REFUSED) * (paid.fund.sum(0) + paid.outside_fund)
    wanted = by_unit(now + claims) + FLOWS.supply.mandate
    np.testing.assert_allclose(found.ledger.balance("units") - opening, wanted, rtol=1e-9)
    found.ledger.close_month(Month.of(2025, 1))


def test_budget_levels_pay_for_the_units_they_own():
    found = books()
    post_income(found, SETUP, FLOWS, USUAL)
    spent = -found.ledger.balance("budget")
    grants = FLOWS.supply.grant.sum(1) + FLOWS.supply.capital
    commune = CITY.units.owner[CITY.offers.unit] == 2
    mandate = FLOWS.supply.mandate[CITY.units.owner == 2].sum()
    assert spent[2] == pytest.approx(grants[commune].sum() + mandate)
    central = CITY.units.owner[CITY.offers.unit] == 0
    assert spent[0] == pytest.approx(grants[central].sum())
    assert np.all(spent > 0.0)


def test_units_with_cash_pay_everybody():
    found = books()
    spent = post_costs(found, SETUP, FLOWS)
    np.testing.assert_allclose(spent.due, spent.settled)
    np.testing.assert_array_equal(found.arrears, 0.0)
    cost = FLOWS.supply.cost
    np.testing.assert_allclose(spent.due, by_unit(cost[:, 1] + cost[:, 2]), rtol=1e-9)
    assert found.ledger.balance("staff")[0] == pytest.approx(
        cost[:, 0].sum() + FLOWS.supply.mandate.sum()
    )


def test_units_without_cash_pay_staff_first_and_the_rest_stands_as_arrears():
    found = books()
    opening = found.ledger.balance("units")
    heavy = costs_times(10.0)
    spent = post_costs(found, SETUP, heavy)
    due, settled = spent.due, spent.settled
    assert np.all(found.ledger.balance("units") >= 0.0)
    np.testing.assert_allclose(found.arrears, due - settled, rtol=1e-9)
    has_cost = opening > 0.0
    assert np.all(found.arrears[has_cost] > 0.0)
    pay = by_unit(heavy.supply.cost[:, 0]) + heavy.supply.mandate
    staff_paid = np.minimum(pay, opening)
    assert found.ledger.balance("staff")[0] == pytest.approx(staff_paid.sum())
    # what staff did not get is due with the bills
    bills = by_unit(heavy.supply.cost[:, 1] + heavy.supply.cost[:, 2])
    np.testing.assert_allclose(due, bills + pay - staff_paid, rtol=1e-9)


def test_arrears_are_paid_down_when_cash_comes():
    found = books()
    post_costs(found, SETUP, costs_times(10.0))
    owed = found.arrears.copy()
    post_income(found, SETUP, FLOWS, USUAL)
    settled = post_costs(found, SETUP, costs_times(0.0)).settled
    np.testing.assert_allclose(found.arrears, owed - settled, rtol=1e-9, atol=1.0)
    assert settled.sum() > 0.0


def test_owners_take_cash_beyond_the_buffer_out_of_private_units_only():
    found = books()
    for _ in range(3):
        post_income(found, SETUP, FLOWS, USUAL)
    spent = post_costs(found, SETUP, FLOWS)
    private = SETUP.units.is_public == 0.0
    cash = found.ledger.balance("units")
    assert np.all(cash[private] <= SETUP.units.buffer[private] * (1.0 + 1e-9))
    assert np.any(cash[~private] > SETUP.units.buffer[~private])
    assert spent.profit.sum() > 0.0
    assert found.ledger.balance("investors")[0] == pytest.approx(spent.profit.sum())
