"""Standing rules of the offers: plans, grants, budget lines, teaching months, margins."""

import numpy as np

from pricing.engine.norms import norm_cost
from tests.builders import toy_city
from tests.engine.small import calibrated, quiet_setup

SETUP = quiet_setup()
CITY = toy_city()
OFFERS = CITY.offers


def unit(name: str) -> int:
    return CITY.units.id.index(name)


def offers_of(name: str) -> np.ndarray:
    return np.flatnonzero(OFFERS.unit == unit(name))


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


def test_hospitals_that_keep_their_surplus_are_paid_per_service():
    retains = SETUP.offers.retains
    np.testing.assert_array_equal(retains[offers_of("hospital_a")], 1.0)  # tier 2
    np.testing.assert_array_equal(retains[offers_of("centre_b")], 0.0)  # tier 3b
    np.testing.assert_array_equal(retains[offers_of("university_a")], 0.0)


def test_owners_pay_for_their_units_and_the_city_for_who_has_none():
    level = SETUP.offers.budget
    assert set(level[offers_of("stations_a")]) == {2}
    assert set(level[offers_of("hospital_a")]) == {1}
    assert set(level[offers_of("university_a")]) == {0}
    assert set(level[offers_of("clinics_a")]) == {1}
