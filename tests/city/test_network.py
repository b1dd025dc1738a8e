import numpy as np

from tests.builders import cell, toy_city


def test_offers_stand_by_need_nest_and_unit():
    offers = toy_city().offers
    order = np.lexsort((offers.unit, offers.nest, offers.need))
    assert order.tolist() == sorted(order.tolist())


def test_every_offer_is_in_the_slice_of_its_need():
    city = toy_city()
    for need in range(len(city.needs.id)):
        assert set(city.offers.need[city.need_offers(need)].tolist()) == {need}
    assert city.need_offers(len(city.needs.id) - 1).stop == city.offers.unit.size


def test_nests_are_named_by_the_offers_of_the_need():
    city = toy_city()
    assert city.nests[city.needs.id.index("ambulatory")] == (
        "commune",
        "public_hospital",
        "non_public",
        "elsewhere",
    )
    assert city.nests[city.needs.id.index("upper_secondary")][-1] == "continuing"


def test_the_unit_outside_has_no_place_and_no_kind():
    city = toy_city()
    outside = city.offers.unit == city.units.id.index("outside")
    assert set(city.offers.place[outside].tolist()) == {-1}
    assert set(city.offers.kind[outside].tolist()) == {-1}
    assert set(city.offers.kind[~outside].tolist()) == {0, 1, 2}


def test_a_regulated_offer_has_a_price_norm_and_no_own_price():
    offers = toy_city().offers
    assert np.array_equal(np.isnan(offers.own_price), offers.price_norm >= 0)


def test_top_ups_reach_the_offers_of_their_nest_only():
    city = toy_city()
    ambulatory = city.need_offers(0)
    nest = city.offers.nest[ambulatory]
    assert (
        city.offers.top_up[ambulatory][nest == 2].tolist() == [[6e4, 9e4, 1.2e5, 1.7e5, 2.6e5]] * 2
    )
    assert not city.offers.top_up[ambulatory][nest == 0].any()


def test_a_changed_cell_changes_one_offer():
    changed = toy_city(cell("offers.csv", "reach_km", 33, unit="clinics_a"))
    difference = changed.offers.reach != toy_city().offers.reach
    both_everywhere = np.isnan(changed.offers.reach) & np.isnan(toy_city().offers.reach)
    assert np.flatnonzero(difference & ~both_everywhere).size == 1
