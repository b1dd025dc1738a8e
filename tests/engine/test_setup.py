"""Constants of a trial: seats, standing rules of offers, units' money, premiums, sums."""

import numpy as np
import pytest

from pricing.engine.norms import norm_cost
from pricing.engine.people import insured
from pricing.engine.setup import build, offer_quality
from tests.builders import toy_city
from tests.engine.small import calibrated, people, quiet_setup, setup_of

SETUP = quiet_setup()
CITY = toy_city()
OFFERS = CITY.offers


def unit(name: str) -> int:
    return CITY.units.id.index(name)


def offers_of(name: str) -> np.ndarray:
    return np.flatnonzero(OFFERS.unit == unit(name))


def test_sums_by_unit_are_sums_by_unit():
    values = np.arange(2.0 * OFFERS.unit.size).reshape(2, -1)
    found = SETUP.sums.by_unit(values)
    for row, wanted in zip(found, values, strict=True):
        np.testing.assert_allclose(row, np.bincount(OFFERS.unit, wanted))


def test_the_plan_is_the_base_years_volume_by_month():
    enrolled = CITY.needs.is_enrolment[OFFERS.need]
    months = np.where(enrolled, CITY.needs.teaching_months[OFFERS.need], 1)
    np.testing.assert_allclose(SETUP.offers.plan * 12.0, OFFERS.volume * months)


def test_grants_go_to_public_units_of_the_lower_tiers():
    granted = SETUP.offers.granted
    for name, wanted in (
        ("hospital_a", 0.0),  # tier 2 covers its recurrent cost
        ("centre_b", 1.0),
        ("stations_a", 1.0),
        ("schools_b", 1.0),
        ("university_a", 0.0),
        ("private_hospital_a", 0.0),
        ("outside", 0.0),
    ):
        np.testing.assert_array_equal(granted[offers_of(name)], wanted, err_msg=name)


def test_support_falls_on_the_line_of_its_kind():
    lines = np.array(SETUP.offers.support_line)
    by_need = OFFERS.need
    private = lines[offers_of("private_school_a")]
    np.testing.assert_array_equal(private, "private_support")
    school = offers_of("schools_a")
    assert set(lines[school]) == {"tuition_replacement"}
    assert set(lines[by_need == CITY.needs.id.index("preventive")]) == {"check_up"}
    assert set(lines[by_need == CITY.needs.id.index("inpatient")]) == {"user_support"}
    assert set(lines[by_need == CITY.needs.id.index("college")]) == {"user_support"}


def test_learners_are_taught_nine_or_ten_months_from_september():
    teaching = SETUP.offers.teaching
    primary, university = CITY.needs.id.index("primary"), CITY.needs.id.index("higher_education")
    np.testing.assert_array_equal(np.flatnonzero(teaching[primary] == 0) + 1, [6, 7, 8])
    np.testing.assert_array_equal(np.flatnonzero(teaching[university] == 0) + 1, [7, 8])
    np.testing.assert_array_equal(teaching[0], 1.0)


def test_non_public_cost_leaves_the_assumed_margin_on_base_revenue():
    norm = norm_cost(calibrated().basis, calibrated().levers, 1.0, 0.0)[OFFERS.norm].sum(1)
    price = calibrated().charges.price
    own = norm * SETUP.offers.cost_scale
    private = SETUP.offers.is_public == 0.0
    margin = calibrated().parameters["non_public_margin"]
    np.testing.assert_allclose((1.0 - own / price)[private], margin)
    np.testing.assert_array_equal(SETUP.offers.cost_scale[~private], 1.0)


def test_seats_bind_except_in_zones_and_elsewhere():
    need = CITY.needs.id.index("higher_education")
    seats = SETUP.seats[need]
    assert seats is not None
    window = CITY.need_offers(need)
    outsiders = (OFFERS.volume * OFFERS.outsider_share)[window]
    np.testing.assert_allclose(seats[:2], (OFFERS.capacity[window] - outsiders)[:2])
    assert np.isinf(seats[2])
    assert SETUP.seats[0] is None


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


def test_potential_follows_the_people_of_each_year():
    growing = setup_of(calibrated(), people("high"))
    for number in (0, 5):
        found = growing.potential[number][0]
        assert found is not None
        at_risk = growing.people.at_risk[number, 0].T
        rate = calibrated().fits[0].demand.need_rate
        np.testing.assert_allclose(found.sum(2), at_risk * rate[:, None] / 12.0)
    assert all(row[CITY.needs.id.index("primary")] is None for row in growing.potential)


def test_the_base_burden_is_the_price_over_income():
    fit = calibrated().fits[0]
    burden = SETUP.base_burden[0]
    assert burden.shape == fit.volume.shape
    assert np.all(burden > 0.0)
    # the same price weighs less on more income
    assert np.all(np.diff(burden[:, 0, 3]) < 0.0)


def test_quality_falls_with_crowds_and_with_wear():
    n_units = len(CITY.units.id)
    calm = offer_quality(SETUP, np.full(OFFERS.unit.size, 0.5), np.ones(n_units))
    crowded = offer_quality(SETUP, np.full(OFFERS.unit.size, 1.2), np.ones(n_units))
    worn = offer_quality(SETUP, np.full(OFFERS.unit.size, 0.5), np.full(n_units, 0.5))
    slope = calibrated().parameters["quality_occupancy_slope"]
    np.testing.assert_allclose(calm - crowded, slope * (1.2 - 0.85))
    assert np.all(worn < calm)
    np.testing.assert_array_equal(
        offer_quality(SETUP, np.full(OFFERS.unit.size, 0.5), np.full(n_units, 9.0)), 1.0
    )


def test_a_trial_is_built_from_its_own_people():
    few = people("low")
    setup = build(CITY, calibrated(), few, SETUP.chance, SETUP.economy)
    assert setup.people is few
    np.testing.assert_array_equal(setup.quality, SETUP.quality)
