"""Contributions, premium subsidies by level, the national reserve and its rules."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.engine.books import open_books
from pricing.engine.insurance import check_fund, fund_year, post_insurance, subsidies
from tests.engine.small import calibrated, quiet_setup, quiet_year, still_levers, with_levers

SETUP = quiet_setup()
FLOWS = quiet_year()[0].flows
REFUSED = calibrated().parameters["refusal_share"]
DECEMBER = Month.of(2027, 12)
YEARLY = 12.0 * SETUP.premiums.total


def insured(years: float = 0.0, cpi: float = 1.0, **changes: float):
    found = open_books(SETUP, FLOWS)
    levers = with_levers(still_levers(), changes)
    return found, post_insurance(found.ledger, SETUP, levers, replace(FLOWS, cpi=cpi), years)


def test_premiums_are_shared_by_household_employer_and_budget():
    found, insurance = insured()
    total = SETUP.premiums.total
    assert insurance.contribution.sum() == pytest.approx(total)
    parameters = calibrated().parameters
    assert insurance.contribution[1] == pytest.approx(
        total * parameters["contribution_share_employer"]
    )
    assert insurance.contribution[2] == pytest.approx(
        total * still_levers().scalar("premium_support")
    )
    paid = -found.ledger.balance("household")
    np.testing.assert_allclose(paid, insurance.contribution[0] * SETUP.premiums.household_share)
    share = parameters["fund_administration_share"]
    assert insurance.administration == pytest.approx(share * total)


def test_premiums_follow_the_rate_prices_and_real_pay():
    base = still_levers().scalar("contribution_rate")
    _, usual = insured()
    _, raised = insured(contribution_rate=base * 51.0 / 45.0)
    assert raised.contribution.sum() == pytest.approx(usual.contribution.sum() * 51.0 / 45.0)
    growth = calibrated().parameters["contribution_growth_real"]
    _, later = insured(years=2.0, cpi=1.1)
    assert later.contribution.sum() == pytest.approx(
        usual.contribution.sum() * 1.1 * (1.0 + growth) ** 2
    )


def test_more_premium_support_costs_the_budget_what_it_saves_households():
    _, usual = insured()
    _, more = insured(premium_support=still_levers().scalar("premium_support") + 0.05)
    change = more.contribution - usual.contribution
    assert change[2] == pytest.approx(-change[0])
    assert change[2] == pytest.approx(0.05 * SETUP.premiums.total)
    assert change[1] == pytest.approx(0.0, abs=1.0)


def test_claims_of_the_month_are_those_of_residents_after_refusals():
    _, insurance = insured()
    assert insurance.claims == pytest.approx((1.0 - REFUSED) * FLOWS.payments.fund.sum())


def test_a_law_without_contributions_raises_none():
    free = with_levers(calibrated().levers, {"contribution_rate": 0.0})
    unfunded = replace(SETUP, calibrated=replace(calibrated(), levers=free))
    found = open_books(unfunded, FLOWS)
    insurance = post_insurance(found.ledger, unfunded, free, FLOWS, 0.0)
    np.testing.assert_array_equal(insurance.contribution, 0.0)


def test_the_centre_pays_its_share_of_the_subsidies_and_the_city_the_rest():
    found, insurance = insured(premium_central_share=0.25)
    paid = -found.ledger.balance("budget")
    whole = insurance.contribution[2]
    np.testing.assert_allclose(insurance.subsidy, [0.25 * whole, 0.75 * whole, 0.0])
    assert paid[0] == pytest.approx(0.25 * whole)
    np.testing.assert_array_equal(subsidies(still_levers(), 8.0), [0.0, 8.0, 0.0])


@given(
    reserve=st.floats(-1e14, 1e14),
    ratio=st.floats(0.5, 2.0),
    city=st.floats(0.5, 2.0),
    floor=st.floats(0.0, 12.0),
)
def test_the_reserve_adds_up_and_never_ends_below_its_floor(reserve, ratio, city, floor):
    found = fund_year(SETUP, reserve, (ratio, city * YEARLY), floor, DECEMBER)
    check_fund(found, DECEMBER)
    assert found.top_up >= 0.0
    if floor > 0.0:
        assert found.months >= floor - 1e-6
    else:
        assert found.top_up == 0.0


def test_a_top_up_that_is_lost_is_found():
    found = fund_year(SETUP, 0.0, (1.0, YEARLY), 6.0, DECEMBER)
    assert found.top_up > 0.0
    with pytest.raises(InvariantError, match="reserve of the fund does not add up in 2027-12"):
        check_fund(replace(found, reserve=found.reserve - found.top_up), DECEMBER)


def test_a_deficit_is_income_below_claims_and_administration():
    poor = fund_year(SETUP, 1e15, (2.0, YEARLY), 0.0, DECEMBER)
    rich = fund_year(SETUP, 1e15, (0.5, YEARLY), 0.0, DECEMBER)
    assert poor.deficit
    assert not rich.deficit
    assert rich.reserve - poor.reserve == pytest.approx(poor.claims - rich.claims)


def test_more_contributions_never_leave_less_reserve():
    ends = [fund_year(SETUP, 0.0, (1.0, f * YEARLY), 0.0, DECEMBER).reserve for f in (1.0, 1.1)]
    assert ends[1] > ends[0]
