"""Member classes divide what each contributor pays, whatever that is."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine import members
from pricing.engine.members import BUDGET, EMPLOYER, FAMILY, HOUSEHOLD, NEAR_POOR, PAYROLL, PUPIL
from pricing.engine.people import insured
from pricing.world.parameters import Parameters
from tests.builders import toy_city
from tests.engine.small import calibrated, people, quiet_setup

SHARE = quiet_setup().premiums.class_share
CITY = toy_city()


def premiums(**changes: float) -> members.Premiums:
    values = {**calibrated().parameters.values, **changes}
    return members.premiums(CITY, replace(calibrated(), parameters=Parameters(values)), people())


def test_classes_divide_the_same_total_and_the_same_shares():
    np.testing.assert_allclose(SHARE.sum(0), 1.0)
    assert np.all(SHARE >= 0.0)
    parameters = calibrated().parameters
    mean = (
        parameters["fund_contributions_national_2025"]
        / parameters["fund_insured_national_2025"]
        * parameters["fund_region_factor"]
    )
    assert quiet_setup().premiums.total * 12.0 == pytest.approx(insured(CITY, people()) * mean)


def test_only_payroll_members_have_an_employer_and_families_pay_for_themselves():
    assert SHARE[PAYROLL, EMPLOYER] == 1.0
    assert SHARE[PAYROLL, BUDGET] == SHARE[FAMILY, BUDGET] == 0.0
    assert SHARE[members.BUDGET_PAID, HOUSEHOLD] == 0.0
    assert SHARE[members.BUDGET_PAID, BUDGET] > SHARE[PUPIL, BUDGET] > 0.0


def test_near_poor_and_pupils_are_supported_as_the_law_says():
    near_poor = SHARE[NEAR_POOR, BUDGET] / SHARE[NEAR_POOR, HOUSEHOLD]
    pupil = SHARE[PUPIL, BUDGET] / SHARE[PUPIL, HOUSEHOLD]
    # 70 % of the near-poor's premium and 30 % of the pupils' in 2025: columns scale both alike
    assert near_poor / pupil == pytest.approx((0.7 / 0.3) / (0.3 / 0.7))


def test_dearer_pay_leaves_more_people_to_family_insurance():
    few, many = (premiums(payroll_base_salaries=pay).class_share for pay in (2.0, 4.0))
    assert many[FAMILY, HOUSEHOLD] > few[FAMILY, HOUSEHOLD]


def test_no_rate_no_employees():
    levers = calibrated().levers
    free = {**levers.values, "contribution_rate": np.asarray(0.0)}
    known = replace(calibrated(), levers=replace(levers, values=free))
    share = members.premiums(CITY, known, people()).class_share
    np.testing.assert_array_equal(share[FAMILY], 0.0)
    assert share[PAYROLL, HOUSEHOLD] == 1.0
