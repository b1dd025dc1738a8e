"""Use, enrolment, drop-out, waits and unmet need."""

import math

from tests.indicators.facts import value

USE = {
    "volume": ("service quintile", [[10, 30], [90, 90]]),
    "at_risk": ("need quintile", [[20, 20], [9, 9]]),
    "demand": ("need quintile", [[20, 30], [4, 6]]),
    "unmet": ("need quintile", [[5, 0], [1, 0]]),
    "closing": ("need quintile", [[0, 0], [8, 9]]),
    "school_age": ("need quintile", [[0, 0], [10, 10]]),
    "opening": ("need quintile", [[0, 0], [7, 8]]),
    "entrants": ("need quintile", [[0, 0], [3, 2]]),
    "dropped": ("need quintile", [[0, 0], [1, 0]]),
    "wait_days": ("service", [60, 0]),
    "wait_volume": ("service", [30, 0]),
}


def test_volume_by_service_and_need() -> None:
    assert value("volume", "service", "visit", USE) == 40
    assert value("volume", "need*quintile", "primary*2", USE) == 90


def test_use_rate_is_use_per_person_at_risk() -> None:
    assert value("use_rate", "need", "ambulatory", USE) == 45 / 40
    assert value("use_rate", "need*quintile", "ambulatory*1", USE) == 15 / 20


def test_learners_have_an_enrolment_rate_and_no_use_rate() -> None:
    assert math.isnan(value("use_rate", "need", "primary", USE))
    assert value("enrolment_rate", "education_level", "primary", USE) == 17 / 20
    assert value("enrolment_rate", "education_level*quintile", "primary*1", USE) == 0.8


def test_dropout_is_of_all_who_could_leave() -> None:
    assert value("dropout_rate", "education_level", "primary", USE) == 1 / 20
    assert value("dropout_rate", "quintile", "1", USE) == 0.1
    assert value("dropout_rate", "all", "", USE) == 1 / 20


def test_wait_is_per_unit_served_and_undefined_where_nobody_waits() -> None:
    assert value("wait", "service", "visit", USE) == 2.0
    assert value("wait", "sector", "health", USE) == 2.0
    assert math.isnan(value("wait", "service", "lesson", USE))


def test_unmet_need_is_a_share_of_demand() -> None:
    assert value("unmet_need", "need", "ambulatory", USE) == 0.1
    assert value("unmet_need", "sector*quintile", "education*1", USE) == 0.25
