"""Lots: what the budget may buy, from which offers; a city may have none."""

import numpy as np
import pytest

from pricing.city.load import load_city
from pricing.city.lots import capacity, reach
from tests.builders import cell, times, toy_city, toy_folder


def lot(city, name):
    return city.lots.id.index(name)


def candidates(city, name):
    return [city.units.id[city.offers.unit[o]] for o in city.lots.candidates[lot(city, name)]]


def test_lots_stand_in_file_order_with_their_terms():
    city = toy_city()
    lots, number = city.lots, lot(city, "short_course_c")
    assert lots.id[:2] == ("check_up_a", "check_up_b")
    assert city.services.id[lots.service[number]] == "short_course"
    assert city.places.id[lots.place[number]] == "c"
    assert city.norms.id[lots.norm[number]] == "short_course_public"
    assert (lots.scheme[number], lots.months[number]) == ("ordering", 12)
    assert (lots.quality_floor[number], lots.user_share[number]) == (0.7, 0.25)
    assert lots.ceiling[number] == 6.6e6
    assert lots.first_month[number] == 14


def test_a_blank_ceiling_is_the_norm_price():
    lots = toy_city().lots
    blank = {lots.id[number] for number in np.flatnonzero(np.isnan(lots.ceiling))}
    assert blank == {"consultation_c", "preschool_b", "intermediate_a"}


def test_the_offer_of_a_lot_is_its_suppliers_of_its_service():
    city = toy_city()
    lots, offers = city.lots, city.offers
    assert np.array_equal(offers.unit[lots.offer], lots.unit)
    assert np.array_equal(offers.service[lots.offer], lots.service)
    assert all(o in found for o, found in zip(lots.offer, lots.candidates, strict=True))


def test_a_months_volume_is_a_twelfth_or_that_of_a_teaching_month():
    city = toy_city()
    lots = city.lots
    months = lots.volume_year / lots.volume_month
    assert months.tolist() == [12, 12, 12, 9, 12, 10]


def test_candidates_are_the_offers_within_reach():
    city = toy_city()
    assert candidates(city, "check_up_a") == ["stations_a", "centre_b"]
    assert candidates(city, "consultation_c") == ["stations_c"]
    assert candidates(city, "preschool_b") == ["schools_b", "private_school_a"]
    assert candidates(city, "intermediate_a") == ["college_a", "private_training_a"]


def test_a_wider_reach_and_a_shorter_road_add_candidates():
    wider = toy_city(cell("offers.csv", "reach_km", 60, service="commune_consultation"))
    assert candidates(wider, "consultation_c") == ["stations_a", "stations_b", "stations_c"]
    straight = [
        cell("parameters.csv", column, 1, name="road_factor") for column in ("value", "low", "high")
    ]
    near = cell("offers.csv", "reach_km", 21, service="preventive_check_up", unit="centre_b")
    assert candidates(toy_city(near), "check_up_a") == ["stations_a"]
    assert candidates(toy_city(near, *straight), "check_up_a") == ["stations_a", "centre_b"]


def test_what_is_outside_the_city_serves_no_lot():
    city = toy_city()
    served = reach(city.offers, city.distance)
    assert not served[:, city.offers.place < 0].any()
    inside = np.flatnonzero(city.offers.place >= 0)
    assert served[city.offers.place[inside], inside].all()


def test_capacity_counts_pupil_months_where_there_are_seats():
    city = toy_city()
    made = capacity(city.offers, city.needs) / city.offers.capacity
    need = {name: city.need_offers(number) for number, name in enumerate(city.needs.id)}
    assert set(made[need["ambulatory"]].tolist()) == {1.0}
    assert set(made[need["preschool"]].tolist()) == {9.0}
    assert set(made[need["college"]].tolist()) == {10.0}


@pytest.mark.parametrize(("ceiling", "beyond"), [(99.0, True), (100.0, False), ("", False)])
def test_a_tender_fails_where_the_ceiling_is_below_every_cost(ceiling, beyond):
    city = toy_city(cell("lots.csv", "ceiling_vnd", ceiling, lot="check_up_a"))
    cost = np.full(city.offers.unit.size, 200.0)
    cost[city.lots.candidates[lot(city, "check_up_a")]] = 150.0, 100.0
    assert ("check_up_a" in city.lots.beyond_ceiling(cost)) is beyond


def test_a_lot_may_take_all_that_its_candidates_can_make():
    city = toy_city()
    number = lot(city, "check_up_a")
    most = float(capacity(city.offers, city.needs)[city.lots.candidates[number]].sum())
    full = toy_city(cell("lots.csv", "volume_year", repr(most), lot="check_up_a"))
    assert full.lots.volume_year[number] == most
    assert most == pytest.approx(10873.8 + 12440)


def test_a_city_without_the_table_has_no_lots(tmp_path):
    folder = toy_folder(tmp_path / "city")
    (folder / "lots.csv").unlink()
    city = load_city(folder)
    assert (city.lots.id, city.lots.candidates, city.lots.volume_month.size) == ((), (), 0)
    assert "lots.csv" not in city.hashes
    assert city.lots.beyond_ceiling(np.zeros(city.offers.unit.size)) == ()


def test_a_changed_volume_changes_the_lot_alone():
    changed = toy_city(times("lots.csv", "volume_year", 2.0, lot="check_up_b"))
    factor = changed.lots.volume_month / toy_city().lots.volume_month
    assert factor.tolist() == [1, 2, 1, 1, 1, 1]
