"""Where the offers of all levels lie."""

import numpy as np

from tests.builders import toy_city
from tests.engine.small import calibrated, quiet_setup

CITY = toy_city()
AT = quiet_setup().learning


def test_offers_of_the_levels_follow_one_another():
    enrolled = CITY.needs.is_enrolment[CITY.offers.need]
    np.testing.assert_array_equal(AT.offer, np.flatnonzero(enrolled))
    np.testing.assert_array_equal(AT.need, CITY.offers.need[AT.offer])
    np.testing.assert_array_equal(AT.kind, CITY.offers.kind[AT.offer])
    np.testing.assert_array_equal(AT.needs, np.flatnonzero(CITY.needs.is_enrolment))
    for need, start in zip(AT.needs, AT.start, strict=True):
        assert AT.need[start] == need
        assert start == 0 or AT.need[start - 1] != need


def test_rules_of_the_levels_are_those_of_their_fits():
    for need, start in zip(AT.needs, AT.start, strict=True):
        rules = calibrated().fits[int(need)].rules
        window = slice(int(start), int(start) + rules.charges.size)
        np.testing.assert_array_equal(AT.charges[window], rules.charges)
        np.testing.assert_array_equal(AT.top_up[:, window], rules.top_up)
        np.testing.assert_array_equal(AT.is_regulated[window], rules.is_regulated)
    assert AT.n_classes == 3


def test_levels_have_the_service_and_sector_of_their_schools():
    names = [CITY.services.id[service] for service in AT.service]
    assert names == [CITY.needs.id[need] for need in AT.needs]
    sectors = [CITY.sectors[sector] for sector in AT.sector]
    assert sectors == ["education"] * 5 + ["vocational"] * 2


def test_teaching_is_that_of_the_level():
    teaching = quiet_setup().offers.teaching
    np.testing.assert_array_equal(AT.teaching, teaching[AT.need].T)
