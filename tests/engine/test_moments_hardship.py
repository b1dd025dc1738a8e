"""Moments of hardship: shares of a base year that the sample lives, larger where bills spread."""

from dataclasses import replace

import pytest

from pricing.engine.moments import judged
from pricing.engine.moments_base import base_year
from pricing.engine.moments_hardship import MOMENTS, base_hardship, headcount
from pricing.world.parameters import Parameters
from tests.builders import toy_city
from tests.engine import small


@pytest.fixture(scope="module")
def base():
    return base_year(toy_city(), small.calibrated())


@pytest.fixture(scope="module")
def lived(base):
    return base_hardship(base)


def test_every_moment_is_a_share_and_higher_limits_are_passed_by_fewer(lived):
    found = {name: moment(lived) for name, moment in MOMENTS.items()}
    assert 0.0 < found["catastrophic_consumption_25"] < found["catastrophic_consumption_10"] < 1.0
    assert 0.0 <= found["impoverished_by_care"] < found["catastrophic_consumption_10"]
    assert found["catastrophic_poorest_over_mean"] > 1.0
    every = [headcount("consumption_10", slice(q, q + 1))(lived) for q in range(5)]
    assert min(every) <= found["catastrophic_consumption_10"] <= max(every)


def test_a_wider_spread_of_bills_brings_more_ruin(base, lived):
    wide = Parameters({**base.calibrated.parameters.values, "household_bill_log_sd": 1.6})
    other = base_hardship(replace(base, calibrated=replace(base.calibrated, parameters=wide)))
    wider, usual = (headcount("consumption_25")(one) for one in (other, lived))
    assert wider > usual


def test_the_same_city_gives_the_same_moments(base, lived):
    again = base_hardship(base)
    assert all(moment(again) == moment(lived) for moment in MOMENTS.values())


def test_judged_rows_of_hardship_carry_their_moment(base, lived):
    row = replace(base.city.moments[0], name="catastrophic_consumption_10", low=0.0, high=1.0)
    city = replace(base.city, moments=(row,))
    [found] = judged(city, small.calibrated())
    assert found.model == headcount("consumption_10")(lived)
    assert found.light == "green"
