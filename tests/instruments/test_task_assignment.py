"""Task assignment: own units, estimates at norm cost, and the end that a unit price puts to it."""

from datetime import date

import numpy as np
import pytest

from tests.builders import cell, toy_city
from tests.instruments.life import instrument, lists, live

CITY = toy_city()
LOTS = CITY.lots
CARE = "consultation_c"
ASSIGN = {"kind": "task_assignment", "lots": [CARE]}
ROAD = {
    "kind": "price_roadmap",
    "services": ["commune_consultation"],
    "included": {"management": {"2028-04": 1.0}, "depreciation": {"2028-04": 1.0}},
}


def norm_price(lot: str) -> float:
    return float(lists().norm[LOTS.norm[LOTS.id.index(lot)]].sum())


def test_a_lot_is_planned_awarded_served_settled_and_renewed_without_a_gap():
    life = live({"assign": ASSIGN})
    # planning 15, eligibility 5 and contract 5 days; first_month is January 2026
    assert life.told("planned", CARE)[0][0] == date(2025, 12, 6)
    assert life.told("award", CARE)[0][0] == date(2025, 12, 31)
    assert life.told("cycle_days", CARE)[0][1] == 25.0
    assert life.told("settled", CARE)[0][0] == date(2027, 1, 21)
    assert len(life.told("award", CARE)) == 11  # 2026 to 2036
    assert life.told("interruption_days", CARE) == []
    served = [value.last("lot_offer")[LOTS.id.index(CARE)] for value in life.months.values()]
    assert served == [-1.0] * 12 + [float(LOTS.offer[LOTS.id.index(CARE)])] * 120


def test_its_terms_are_the_estimate_at_norm_cost_and_the_lots_volume():
    life = live({"assign": ASSIGN}, last_year=2026)
    assert life.term(2026, 3, "lot_price", CARE) == pytest.approx(norm_price(CARE))
    assert life.term(2026, 3, "lot_volume", CARE) == 500.0
    assert life.term(2026, 3, "lot_scheme", CARE) == 1.0
    value = norm_price(CARE) * 6000
    assert life.told("award_value", CARE)[0][1] == pytest.approx(value)
    assert life.told("ceiling_value", CARE)[0][1] == pytest.approx(value)


def test_the_estimate_is_at_most_the_ceiling_that_the_law_sets():
    place = toy_city(cell("lots.csv", "ceiling_vnd", 50000, lot=CARE))
    life = live({"assign": ASSIGN}, city=place, last_year=2026)
    assert norm_price(CARE) > 60000
    assert life.term(2026, 3, "lot_price", CARE) == 50000.0
    assert life.told("ceiling_value", CARE)[0][1] == life.told("award_value", CARE)[0][1]


def test_the_administration_is_paid_once_in_the_month_after_the_award():
    life = live({"assign": ASSIGN}, last_year=2026)
    number = LOTS.id.index(CARE)
    paid = [value["lot_administration"][number] for value in life.months.values()]
    assert np.flatnonzero(paid).tolist() == [12]
    assert paid[12] == 5e6


def test_renewals_have_the_length_that_is_asked_for():
    life = live({"assign": {**ASSIGN, "renewal_months": 6}}, last_year=2026)
    assert [day for day, _ in life.told("award", CARE)] == [
        date(2025, 12, 31),
        date(2026, 6, 30),
        date(2026, 12, 31),
    ]
    assert life.told("award_value", CARE)[0][1] == pytest.approx(norm_price(CARE) * 3000)


def test_a_unit_price_with_all_components_ends_it_when_it_is_known():
    life = live({"assign": ASSIGN, "road": ROAD})
    assert life.term(2028, 4, "lot_scheme", CARE) == 1.0  # decided on 1 April, known on 1 May
    assert life.term(2028, 5, "lot_scheme", CARE) == 0.0
    assert life.term(2028, 5, "lot_offer", CARE) == -1.0
    assert life.told("settled", CARE)[-1][0] == date(2028, 5, 21)
    assert life.told("interruption_days", CARE) == []  # nobody means to buy it any more
    assert len(life.told("planned", CARE)) == 3


def test_what_follows_a_unit_price_may_be_an_order():
    life = live({"assign": {**ASSIGN, "then": "ordering"}, "road": ROAD})
    # known on 1 May, 55 days of procedure: an order from July on
    assert life.term(2028, 6, "lot_scheme", CARE) == 0.0
    assert life.term(2028, 7, "lot_scheme", CARE) == 2.0
    days = [amount for _, amount in life.told("interruption_days", CARE)]
    assert days == [31.0, 30.0]


def test_a_price_without_depreciation_or_for_other_places_ends_nothing():
    part = {**ROAD, "included": {"management": {"2028-04": 1.0}}}
    urban = {**ROAD, "places": ["urban"]}
    for road in (part, urban):
        life = live({"assign": ASSIGN, "road": road})
        assert life.term(2035, 12, "lot_scheme", CARE) == 1.0


def test_a_price_issued_before_the_lot_is_planned_leaves_it_unserved():
    early = {**ROAD, "included": {key: {"2025-03": 1.0} for key in ("management", "depreciation")}}
    life = live({"assign": ASSIGN, "road": early})
    assert life.told("planned", CARE) == []
    ordered = live({"assign": {**ASSIGN, "then": "ordering"}, "road": early})
    assert ordered.term(2026, 1, "lot_scheme", CARE) == 2.0


def test_a_price_issued_while_the_papers_lie_with_an_officer_ends_the_procedure():
    late = {**ROAD, "included": {key: {"2025-12": 1.0} for key in ("management", "depreciation")}}
    slow = {"procurement_days_assignment": 60.0}
    life = live({"assign": ASSIGN, "road": late}, offices={"procurement": 1}, changes=slow)
    assert len(life.told("planned", CARE)) == 1
    assert not any(value.last("lot_scheme").any() for value in life.months.values())


def test_a_unit_that_is_not_the_citys_own_gets_an_order_instead():
    place = toy_city(cell("lots.csv", "unit", "private_training_a", lot="intermediate_a"))
    keys = {"kind": "task_assignment", "lots": ["intermediate_a"]}
    life = live({"assign": keys}, city=place, last_year=2027)
    assert life.told("fallback", "intermediate_a") != []
    assert life.term(2027, 1, "lot_scheme", "intermediate_a") == 2.0
    assert life.term(2027, 1, "lot_offer", "intermediate_a") == LOTS.candidates[5][1]


def test_a_lot_without_supplier_and_order_stays_unserved_and_is_planned_again_next_year():
    lot = "intermediate_a"
    large = toy_city(cell("lots.csv", "volume_year", 4600, lot=lot))  # 460 of its 450 seats
    life = live({"assign": {**ASSIGN, "lots": [lot]}}, city=large, last_year=2028)
    assert [day.year for day, _ in life.told("fallback", lot)] == [2026, 2027, 2028]
    assert life.told("award", lot) == []
    assert life.term(2028, 12, "lot_offer", lot) == -1.0


def test_lots_services_and_places_say_which_lots_it_buys():
    def bought(**keys: object) -> list[str]:
        model = instrument({"kind": "task_assignment", **keys})
        return [LOTS.id[lot] for lot in model.chosen(CITY)]  # type: ignore[attr-defined]  # every instrument of lots has it

    assert bought() == list(LOTS.id)
    assert bought(lots=[CARE], services=["preschool"]) == [CARE, "preschool_b"]
    assert bought(places=["a"]) == ["check_up_a", "intermediate_a"]
    assert bought(places=["disadvantaged"], services=["short_course"]) == ["short_course_c"]
    assert instrument({"kind": "task_assignment", "places": ["c"]}).purchases(CITY)[0].form == (
        "task_assignment"
    )


def test_nothing_is_told_and_nothing_served_after_its_end():
    life = live({"assign": {**ASSIGN, "until": "2027-06"}})
    assert life.term(2027, 6, "lot_scheme", CARE) == 1.0
    assert life.term(2027, 7, "lot_scheme", CARE) == 0.0
    assert max(one.day for one in life.chronicle.events()) < 911
