"""Standing money of the units: mandates, buffers, base-year investment; premiums."""

import numpy as np
import pytest

from pricing.engine.norms import norm_cost
from pricing.engine.people import insured
from tests.builders import toy_city
from tests.engine.small import calibrated, quiet_setup, quiet_year

SETUP = quiet_setup()
CITY = toy_city()
OFFERS = CITY.offers


def unit(name: str) -> int:
    return CITY.units.id.index(name)


def test_mandates_are_what_health_grants_leave_after_the_gaps_of_services():
    norm = norm_cost(calibrated().basis, calibrated().levers, 1.0, 0.0)[OFFERS.norm]
    gap = np.maximum(norm - calibrated().charges.earning, 0.0)[:, :3].sum(1)
    health = CITY.needs.sector[OFFERS.need] == CITY.sectors.index("health")
    gaps = (gap * SETUP.offers.plan * SETUP.offers.granted * health).sum()
    total = calibrated().parameters["grants_health_units"] / 12.0
    assert gaps < total
    assert SETUP.units.mandate.sum() == pytest.approx(total - gaps)
    assert SETUP.units.mandate[unit("hospital_a")] == 0.0
    assert SETUP.units.mandate[unit("schools_a")] == 0.0
    stations = SETUP.units.mandate[[unit(f"stations_{place}") for place in "abc"]]
    np.testing.assert_allclose(stations / stations[1], [2.0, 1.0, 1.0])


def test_households_share_their_premiums_by_income():
    share = SETUP.premiums.household_share
    assert share.sum() == pytest.approx(1.0)
    assert np.all(np.diff(share) > 0.0)
    parameters = calibrated().parameters
    per_head = (
        parameters["fund_contributions_national_2025"] / parameters["fund_insured_national_2025"]
    )
    year = insured(CITY, SETUP.people) * per_head * parameters["fund_region_factor"]
    assert SETUP.premiums.total * 12.0 == pytest.approx(year)


def test_a_buffer_is_three_months_of_cash_cost():
    norm = norm_cost(calibrated().basis, calibrated().levers, 1.0, 0.0)[OFFERS.norm]
    cost = norm[:, :3].sum(1) * SETUP.offers.cost_scale * SETUP.offers.plan
    np.testing.assert_allclose(
        SETUP.units.buffer, 3.0 * np.bincount(OFFERS.unit, cost, len(CITY.units.id))
    )


def test_base_year_investment_keeps_assets_as_they_are():
    flows = quiet_year()[0].flows
    priced = (flows.earning + flows.order_earning)[:, 3] * SETUP.offers.plan
    wanted = SETUP.sums.by_unit(flows.supply.capital + priced)
    np.testing.assert_allclose(SETUP.units.investment, wanted, rtol=1e-9)


def test_units_without_an_owner_stand_with_the_city():
    owner = CITY.units.owner
    np.testing.assert_array_equal(SETUP.units.budget, np.where(owner >= 0, owner, 1))
    np.testing.assert_array_equal(SETUP.units.is_public, CITY.units.is_public.astype(float))
