"""What a year says of non-public provision: parts of wholes that other quantities hold."""

import numpy as np

from pricing.engine.owner_record import _concentration
from tests.builders import socialised_city
from tests.engine.owners import ALL_ON, market_of
from tests.engine.test_entry_money import entered


def test_what_is_provided_adds_up_to_what_is_used_in_the_city():
    series, city = entered().series, socialised_city()
    provided = series["provided"].sum((2, 3))
    used = series["use_ownership"].sum((2, 3))
    assert np.all(provided >= used * (1.0 - 1e-12))
    assert np.all(series["use_ownership"].sum((3,)) <= series["volume"] * (1.0 + 1e-9))
    assert provided.shape[1] == len(city.services.id)


def test_openings_add_capacity():
    capacity = entered().series["capacity_ownership"]
    stays = socialised_city().services.id.index("inpatient_stay")
    assert capacity[-1, stays, 1] > 1.2 * capacity[0, stays, 1]
    assert np.all(capacity[:, :, 0] > 0.0) or capacity[:, :, 0].sum() > 0.0


def test_rounds_are_counted_by_service():
    series = entered().series
    assert series["price_residual"].max() <= 1e-8
    assert np.all(series["price_bound"] <= series["price_offers"])
    assert np.all(series["price_full"] <= series["price_offers"])
    priced = series["price_offers"] > 0
    mean = series["price_real"][priced] / series["price_offers"][priced]
    assert np.all((mean > 0.5) & (mean < 2.0))


def test_concentration_is_one_of_a_monopoly_and_one_nth_of_equals():
    setup = market_of(ALL_ON)
    offers = setup.city.offers
    visits = setup.city.services.id.index("hospital_outpatient_visit")
    alone = np.zeros(offers.unit.size)
    alone[offers.unit == setup.city.units.id.index("hospital_a")] = 10.0
    assert np.isclose(_concentration(setup, alone)[visits], 10.0)
    both = alone.copy()
    both[offers.unit == setup.city.units.id.index("private_hospital_a")] = 10.0
    assert np.isclose(_concentration(setup, both)[visits], 10.0)
    clinics = np.flatnonzero(offers.unit == setup.city.units.id.index("clinics_a"))
    alone = np.zeros(offers.unit.size)
    alone[clinics] = 100.0
    firms = setup.city.units.n_firms[setup.city.units.id.index("clinics_a")]
    assert np.isclose(_concentration(setup, alone)[visits], 100.0 / firms)
