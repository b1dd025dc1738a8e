"""Ordering: the norm price times a factor, officers who take their time, suppliers with room."""

from datetime import date
from itertools import permutations

import numpy as np
import pytest

from tests.builders import cell, toy_city
from tests.instruments.life import lists, live

CITY = toy_city()
LOTS = CITY.lots
CARE, CHECK = "consultation_c", "check_up_a"
ORDER = {"kind": "ordering", "lots": [CARE]}


def norm_price(lot: str) -> float:
    return float(lists().norm[LOTS.norm[LOTS.id.index(lot)]].sum())


def test_the_price_is_the_norm_price_times_the_factor():
    life = live({"order": ORDER}, last_year=2026)
    assert life.term(2026, 1, "lot_price", CARE) == pytest.approx(0.98 * norm_price(CARE))
    assert life.term(2026, 1, "lot_scheme", CARE) == 2.0
    assert life.told("cycle_days", CARE)[0][1] == 55.0
    assert life.told("award_value", CARE)[0][1] == pytest.approx(
        0.98 * life.told("ceiling_value", CARE)[0][1]
    )


def test_the_price_is_at_most_the_lots_ceiling():
    place = toy_city(cell("lots.csv", "ceiling_vnd", 200000, lot=CHECK))
    life = live({"order": {**ORDER, "lots": [CHECK]}}, city=place, last_year=2026)
    assert norm_price(CHECK) > 250000
    assert life.term(2026, 8, "lot_price", CHECK) == 200000.0


def test_chance_of_cost_is_shared_whatever_the_form_and_moves_with_the_seed():
    def factor(kind: str, seed: int) -> float:
        life = live({"any": {**ORDER, "kind": kind}}, seed=seed, last_year=2026)
        return life.term(2026, 2, "lot_cost_factor", CARE)

    quiet = {"cost_cut_cost": 1e9}
    order = live({"any": ORDER}, changes=quiet, last_year=2026)
    assign = live({"any": {**ORDER, "kind": "task_assignment"}}, changes=quiet, last_year=2026)
    assert order.term(2026, 2, "lot_cost_factor", CARE) == pytest.approx(
        assign.term(2026, 2, "lot_cost_factor", CARE), rel=1e-6
    )
    assert factor("ordering", 1) < factor("task_assignment", 1)  # what is saved is kept
    assert factor("ordering", 1) != factor("ordering", 2)


def test_unlimited_officers_take_the_shortest_time_and_few_make_lots_wait():
    keys = {"order": {"kind": "ordering", "services": ["preventive_check_up"]}}
    free = live(keys, offices={"procurement": 100}, last_year=2027)
    assert [amount for _, amount in free.told("cycle_days", CHECK)] == [55.0, 55.0]
    busy = live(keys, offices={"procurement": 1}, changes={"procurement_days_ordering": 40.0})
    first = busy.offices["procurement"].requests[:2]
    assert {request.days for request in first} == {40}
    assert [request.address[0] for request in first] == ["check_up_a", "check_up_b"]
    assert busy.told("cycle_days", "check_up_a")[0][1] == 55.0
    assert busy.told("cycle_days", "check_up_b")[0][1] == 80.0  # after the other's forty days
    # its papers lay beyond the end of June: it begins a month late
    assert busy.term(2026, 7, "lot_scheme", "check_up_b") == 0.0
    assert busy.term(2026, 8, "lot_scheme", "check_up_b") == 2.0


def test_each_month_is_accepted_by_an_officer_of_inspection():
    life = live({"order": ORDER}, offices={"inspection": 1}, last_year=2026)
    requests = life.offices["inspection"].requests
    assert [request.address for request in requests[:2]] == [
        (CARE, "2026-01", "order"),
        (CARE, "2026-02", "order"),
    ]
    assert len(requests) == 11
    ended = live({"order": {**ORDER, "until": "2026-06"}}, offices={"inspection": 1})
    assert len(ended.offices["inspection"].requests) == 5


def test_the_candidate_with_most_room_takes_the_order_where_the_first_has_none():
    lot, first = "intermediate_a", "college_a"
    own = [
        cell("offers.csv", "capacity_year", 400, unit=first, service="intermediate"),
        cell("offers.csv", "capacity_year", 750, unit="private_training_a", service="intermediate"),
    ]
    keys = {"order": {**ORDER, "lots": [lot]}}
    large = toy_city(*own, cell("lots.csv", "volume_year", 4200, lot=lot))  # 420 seats
    life = live(keys, city=large, last_year=2026)
    assert life.term(2026, 9, "lot_offer", lot) == float(LOTS.candidates[5][1])
    too_large = toy_city(*own, cell("lots.csv", "volume_year", 4600, lot=lot))
    life = live(keys, city=too_large, last_year=2026)
    assert life.term(2026, 9, "lot_offer", lot) == -1.0
    assert len(life.told("fallback", lot)) == 1


def test_any_order_of_instruments_gives_the_same_levers_and_events():
    keys = {
        "a_care": ORDER,
        "b_check": {"kind": "ordering", "services": ["preventive_check_up"]},
        "c_school": {"kind": "task_assignment", "services": ["preschool"]},
    }
    lives = [
        live({name: keys[name] for name in order}, offices={"procurement": 1}, last_year=2028)
        for order in permutations(keys)
    ]
    events = [list(life.chronicle.events()) for life in lives]
    assert all(found == events[0] for found in events)
    for month, values in lives[0].months.items():
        for name in ("lot_offer", "lot_price", "lot_cost_factor", "lot_administration"):
            for life in lives[1:]:
                np.testing.assert_array_equal(life.months[month][name], values[name])


def test_a_later_life_begins_with_a_procedure():
    life = live({"order": {**ORDER, "from": "2027-03"}}, last_year=2028)
    assert life.told("planned", CARE)[0][0] == date(2027, 3, 1)
    assert life.term(2027, 4, "lot_scheme", CARE) == 0.0
    assert life.term(2027, 5, "lot_scheme", CARE) == 2.0
