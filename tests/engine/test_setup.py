"""Constants of a trial: seats, potential episodes, burdens, quality."""

import numpy as np

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


def test_seats_bind_except_in_zones_and_elsewhere():
    need = CITY.needs.id.index("higher_education")
    seats = SETUP.seats[need]
    assert seats is not None
    window = CITY.need_offers(need)
    outsiders = (OFFERS.volume * OFFERS.outsider_share)[window]
    np.testing.assert_allclose(seats[:2], (OFFERS.capacity[window] - outsiders)[:2])
    assert np.isinf(seats[2])
    assert SETUP.seats[0] is None


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
