"""Sums over offers: by unit, service and place kind."""

import numpy as np

from tests.builders import toy_city
from tests.engine.small import quiet_setup

SETUP = quiet_setup()
CITY = toy_city()
OFFERS = CITY.offers


def test_sums_by_unit_are_sums_by_unit():
    values = np.arange(2.0 * OFFERS.unit.size).reshape(2, -1)
    found = SETUP.sums.by_unit(values)
    for row, wanted in zip(found, values, strict=True):
        np.testing.assert_allclose(row, np.bincount(OFFERS.unit, wanted))


def test_every_offer_delivers_one_service():
    table = SETUP.sums.service_of_offer
    np.testing.assert_array_equal(table.sum(1), 1.0)
    np.testing.assert_array_equal(table.argmax(1), OFFERS.service)


def test_public_offers_in_the_city_stand_in_one_place_kind():
    table = SETUP.sums.public_service_kind
    public = CITY.units.is_public[OFFERS.unit] & (OFFERS.kind >= 0)
    np.testing.assert_array_equal(table.sum(1), public.astype(float))
    cell = table[public].argmax(1)
    np.testing.assert_array_equal(cell, OFFERS.service[public] * 3 + OFFERS.kind[public])


def test_list_prices_weigh_by_the_volume_sold_at_them():
    weight = SETUP.sums.list_weight
    listed = (OFFERS.price_norm >= 0) & (OFFERS.kind >= 0) & CITY.units.is_public[OFFERS.unit]
    np.testing.assert_allclose(weight.sum(), OFFERS.volume[listed].sum())
    visit = CITY.services.id.index("hospital_outpatient_visit")
    norm = CITY.norms.id.index("visit_city")
    np.testing.assert_allclose(weight[visit, norm], [267832.0, 0.0, 0.0])


def test_each_nest_delivers_the_service_of_its_offers():
    ambulatory = [CITY.services.id[service] for service in SETUP.sums.nest_service[0]]
    visit = "hospital_outpatient_visit"
    assert ambulatory == ["commune_consultation", visit, visit, visit]
