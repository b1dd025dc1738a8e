"""Bidding: who bids and what, tenders that fail, suppliers who walk out, flags in red."""

from datetime import date
from itertools import permutations

import numpy as np
import pytest

from tests.builders import cell, toy_city
from tests.instruments.life import instrument, lists, live

CITY = toy_city()
LOTS = CITY.lots
CARE, CHECK, COURSE = "consultation_c", "check_up_a", "intermediate_a"
BID = {"kind": "bidding", "lots": [CARE]}
SURE = {"cost_shock_sd": 1e-9}
SEEDS = range(1, 9)


def awards(changes=None, city=None, lot=CARE, **keys: object) -> list[float]:
    """Award over ceiling of every contract, over some seeds."""
    found = []
    for seed in SEEDS:
        told = live(
            {"bid": {**BID, "lots": [lot], **keys}}, changes=changes, city=city, seed=seed
        ).told
        pairs = zip(told("award_value", lot), told("ceiling_value", lot), strict=True)
        found += [award / ceiling for (_, award), (_, ceiling) in pairs]
    return found


def test_a_tender_takes_its_statutory_days_and_serves_at_the_lowest_bid():
    life = live({"bid": {**BID, "n_bidders": 4}}, changes=SURE, last_year=2027)
    assert [amount for _, amount in life.told("cycle_days", CARE)] == [83.0, 83.0, 83.0]
    assert len(life.told("tender", CARE)) == 3
    assert life.term(2026, 1, "lot_scheme", CARE) == 3.0
    ceiling = life.told("ceiling_value", CARE)[0][1] / 6000
    assert ceiling == pytest.approx(lists().norm[LOTS.norm[2]].sum())
    assert life.term(2026, 1, "lot_price", CARE) * 6000 == pytest.approx(
        life.told("award_value", CARE)[0][1]
    )
    assert 1.0 <= life.told("bids", CARE)[0][1] <= 4.0


def test_prices_fall_with_bidders_and_never_pass_the_ceiling():
    means = [np.mean(awards(n_bidders=number)) for number in (2, 4, 8)]
    assert np.all(np.diff(means) < -0.005)
    assert max(awards(n_bidders=2)) <= 1.0


def test_public_bidders_at_marginal_cost_bid_less_than_at_full_cost():
    assert np.mean(awards(neutral=False)) < np.mean(awards()) - 0.02


def test_bidders_that_tell_types_apart_bid_otherwise_and_below_the_ceiling():
    def prices(**keys: object) -> list[tuple[date, float]]:
        keys = {**BID, "lots": [COURSE], "n_bidders": 3, **keys}
        return live({"bid": keys}, last_year=2028).told("award_value", COURSE)

    alike, typed = prices(), prices(by_type=True)
    assert typed != alike
    assert len(typed) == len(alike)
    assert typed[0][1] == pytest.approx(alike[0][1], rel=0.25)


def test_the_ceiling_is_the_lots_own_unless_another_is_set():
    def ceiling(**keys: object) -> float:
        life = live({"bid": {**BID, "lots": [CHECK], **keys}}, last_year=2026)
        return life.told("ceiling_value", CHECK)[0][1] / 2400

    assert ceiling() == 350_000.0
    assert ceiling(reserve_ceiling="400 nghìn đồng") == 400_000.0
    assert ceiling(reserve_ceiling=400_000, ceiling_factor=1.1) == pytest.approx(440_000.0)


def test_a_tender_that_fails_three_times_becomes_an_order():
    life = live({"bid": {**BID, "ceiling_factor": 0.2}}, last_year=2026)
    assert len(life.told("tender", CARE)[:3]) == 3
    days = [day for day, _ in life.told("failed", CARE)[:3]]
    # documents and notice, then nine days each time
    assert [(days[1] - days[0]).days, (days[2] - days[1]).days] == [9, 9]
    assert life.told("fallback", CARE)[0][0] == days[2]
    assert life.told("bids", CARE) == []
    assert life.term(2026, 12, "lot_scheme", CARE) == 2.0
    assert life.term(2026, 12, "lot_price", CARE) == pytest.approx(
        0.98 * lists().norm[LOTS.norm[2]].sum()
    )
    number = LOTS.id.index(CARE)
    paid = sum(value["lot_administration"][number] for value in life.months.values())
    # the lot of 2026 and, from its notice in time, that of 2027
    assert paid in (3 * 40e6 + 12e6, 2 * (3 * 40e6 + 12e6))


def test_where_the_law_knows_no_order_the_lot_stays_unserved_for_a_year():
    rule = "purchase_form.preventive_primary_health_care"
    place = toy_city(cell("laws.csv", "value", "bid", rule=rule))
    life = live({"bid": {**BID, "ceiling_factor": 0.2}}, city=place, last_year=2028)
    assert life.term(2028, 12, "lot_offer", CARE) == -1.0
    assert len(life.told("fallback", CARE)) == 4
    assert life.told("award", CARE) == []


RUIN = {"cost_shock_sd": 0.6, "performance_bond_share": 0.0, "default_penalty_share": 0.0}


def test_a_supplier_who_would_lose_more_than_bond_and_penalty_leaves_and_the_lot_is_retendered():
    life = live({"bid": {**BID, "n_bidders": 4}}, changes=RUIN, seed=3)
    assert life.told("default", CARE) != []
    for left, _ in life.told("default", CARE):
        assert left.day == 1
        before = (left.year, left.month - 1) if left.month > 1 else (left.year - 1, 12)
        assert life.term(*before, "lot_scheme", CARE) > 0.0
        assert life.term(left.year, left.month, "lot_offer", CARE) == -1.0
        assert left in [day for day, _ in life.told("retender", CARE)]
    assert sum(days for _, days in life.told("interruption_days", CARE)) >= 28
    safe = {**RUIN, "performance_bond_share": 1e3}
    assert live({"bid": BID}, changes=safe, seed=3).told("default", CARE) == []


def test_a_contract_of_one_month_has_no_room_for_a_default():
    life = live({"bid": {**BID, "renewal_months": 1}}, changes=RUIN, last_year=2027)
    assert life.told("default", CARE) == []
    assert len(life.told("award", CARE)) > 5


def test_red_flags_are_those_of_the_open_contracting_standard():
    life = live({"bid": {**BID, "n_bidders": 1}}, last_year=2035)
    made = life.told("bids", CARE)
    assert made
    assert {amount for _, amount in made} == {1.0}
    flagged = [day for day, _ in life.told("single_bid", CARE)]
    assert flagged == [day for day, _ in made]
    assert [day for day, _ in life.told("near_ceiling", CARE)] == flagged  # nobody else to fear
    low = live({"bid": {**BID, "ceiling_factor": 3.0, "n_bidders": 8}}, last_year=2028)
    assert low.told("abnormally_low", CARE) != []
    assert low.told("near_ceiling", CARE) == []


def test_a_bid_that_costs_more_to_prepare_than_it_can_bring_is_not_made():
    dear = live({"bid": BID}, changes={"bid_preparation_share": 0.5}, last_year=2026)
    assert dear.told("bids", CARE) == []
    none = {"outside_bidders": 0.0, "bid_preparation_share": 0.0}
    cheap = live({"bid": BID}, changes=none, last_year=2026)
    assert {amount for _, amount in cheap.told("bids", CARE)} == {1.0}


def test_who_lacks_room_does_not_bid():
    alone = {"outside_bidders": 0.0, "bid_preparation_share": 0.0}
    large = toy_city(cell("lots.csv", "volume_year", 4600, lot=COURSE))  # 460 of 450 and 75 seats
    for by_type in (False, True):
        keys = {**BID, "lots": [COURSE], "by_type": by_type}
        life = live({"bid": keys}, city=large, changes=alone, last_year=2027)
        assert life.told("bids", COURSE) == []
        assert len(life.told("failed", COURSE)) >= 3
    small = live({"bid": {**BID, "lots": [COURSE]}}, changes=alone, last_year=2027)
    assert max(amount for _, amount in small.told("bids", COURSE)) <= 2.0


def test_who_has_won_too_much_on_a_day_drops_out_of_the_other_tenders():
    checks = ("check_up_a", "check_up_b")
    keys = {"bid": {**BID, "lots": list(checks)}}
    alone = {"outside_bidders": 0.0, "bid_preparation_share": 0.0}
    shared = sorted(set(LOTS.candidates[0].tolist()) & set(LOTS.candidates[1].tolist()))
    assert shared  # somebody may bid for both
    for seed in SEEDS:
        life = live(keys, changes=alone, seed=seed, last_year=2027)
        book: dict[int, float] = {}
        for lot in checks:
            offer = int(life.term(2026, 9, "lot_offer", lot))
            number = LOTS.id.index(lot)
            if offer >= 0 and offer != LOTS.offer[number]:
                book[offer] = book.get(offer, 0.0) + LOTS.volume_month[number]
        for offer, volume in book.items():
            spare = CITY.offers.capacity[offer] / 12.0 - lists().offer_volume[offer]
            assert volume <= spare


def test_a_guest_works_where_the_supplier_by_default_does_at_its_own_cost():
    life = live({"bid": {**BID, "n_bidders": 20}}, changes=SURE, last_year=2027)
    assert life.term(2026, 1, "lot_offer", CARE) == float(LOTS.offer[2])
    usual = lists().norm[LOTS.norm[2]].sum() * lists().cost_factor[LOTS.offer[2]]
    spent = life.term(2026, 1, "lot_cost_factor", CARE) * usual
    assert spent < life.term(2026, 1, "lot_price", CARE)


def test_after_its_end_or_without_a_chance_nothing_is_told():
    life = live({"bid": {**BID, "until": "2026-06"}})
    assert max(one.day for one in life.chronicle.events()) < 546


def test_any_order_of_three_kinds_gives_one_result():
    keys = {
        "a_bid": {"kind": "bidding", "places": ["a"]},
        "b_order": {"kind": "ordering", "places": ["b"]},
        "c_assign": {"kind": "task_assignment", "places": ["c"]},
    }
    lives = [
        live({name: keys[name] for name in order}, offices={"procurement": 1}, last_year=2028)
        for order in permutations(keys)
    ]
    events = [list(life.chronicle.events()) for life in lives]
    assert events[0]
    assert all(found == events[0] for found in events)
    last = [life.months[max(life.months)] for life in lives]
    for name in ("lot_offer", "lot_price", "lot_cost_factor", "lot_quality", "lot_administration"):
        for values in last[1:]:
            np.testing.assert_array_equal(values.last(name), last[0].last(name))


def test_a_number_of_bidders_is_a_small_whole_one():
    for number in (0, 21, 2.5):
        with pytest.raises(ValueError, match="n_bidders"):
            instrument({**BID, "n_bidders": number})
