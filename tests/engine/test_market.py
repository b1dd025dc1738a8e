"""A month of the whole city, and months in a row."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.engine.norms import norm_cost
from tests.builders import toy_city
from tests.engine.small import (
    FIRST,
    Step,
    calibrated,
    first_state,
    months,
    people,
    quiet_setup,
    quiet_year,
    setup_of,
    still_levers,
    with_levers,
)

CITY = toy_city()
SETUP = quiet_setup()


def test_months_of_base_policy_give_the_base_years_volumes(calibrated):
    total = sum(step.flows.volume for step in quiet_year())
    for fit in calibrated.fits:
        if fit.rules.scheme != "health":
            continue
        found = np.asarray(total)[:, fit.frame.offers].sum()
        assert found == pytest.approx(fit.volume.sum(), rel=0.03), fit.frame.name


def test_the_same_month_twice_is_the_same_to_the_last_bit():
    one, other = (months(SETUP, still_levers(), 3)[-1] for _ in range(2))
    np.testing.assert_array_equal(one.flows.volume, other.flows.volume)
    np.testing.assert_array_equal(one.flows.payments.fund, other.flows.payments.fund)
    np.testing.assert_array_equal(one.after.queues.in_system, other.after.queues.in_system)


def test_a_month_leaves_the_state_it_was_given_alone():
    state = first_state(SETUP)
    copies = [state.queues.in_system.copy(), state.asset.copy(), state.volume_year.copy()]
    months(SETUP, still_levers(), 1, state)
    for was, now in zip(
        copies, (state.queues.in_system, state.asset, state.volume_year), strict=True
    ):
        np.testing.assert_array_equal(now, was)


def test_prices_rise_by_the_growth_of_a_year_in_twelve_months():
    levers = with_levers(still_levers(), {"cpi_growth": 0.06})
    path = [step.after.cpi for step in months(SETUP, levers, 13)]
    assert path[0] == 1.0
    assert path[12] == pytest.approx(1.06)
    np.testing.assert_allclose(np.diff(np.log(path)), np.log(1.06) / 12.0)


def test_a_shock_to_prices_holds_for_its_year(calibrated):
    shocked = replace(
        SETUP, chance=replace(SETUP.chance, inflation=np.array([0.0, 0.02, 0, 0, 0, 0]))
    )
    path = [step.after.cpi for step in months(shocked, still_levers(), 26)]
    assert path[11] == 1.0
    assert path[23] == pytest.approx(1.02)
    assert path[25] == path[23]


def decision(month: Month) -> object:
    """Levers on which everything enters prices on 11 March 2025."""
    from_march = month - FIRST >= 2
    changes = {"included": 1.0, "price_decision": 69.0} if from_march else {}
    return with_levers(still_levers(), changes)


def test_a_list_price_moves_when_it_is_decided_and_by_the_days_that_are_left():
    steps: list[Step] = months(SETUP, decision, 4)  # type: ignore[arg-type]  # levers by month
    stay = np.flatnonzero(SETUP.calibrated.charge_rules.norm == CITY.norms.id.index("stay_city"))
    offer = int(stay[CITY.offers.price_norm[stay] >= 0][0])
    price = [step.flows.charged[offer] for step in steps]
    old = calibrated().charges.charged[offer]
    # decided at the norms of March, two months into the drift of drug prices
    norm = norm_cost(calibrated().basis, still_levers(), 1.0, 2.0 / 12.0)
    full = norm[CITY.offers.price_norm[offer]].sum()
    assert price[0] == price[1] == pytest.approx(old)
    assert price[2] == pytest.approx(old + (full - old) * 21.0 / 31.0)
    assert price[3] == pytest.approx(full)


def test_without_a_decision_letting_components_in_changes_nothing():
    levers = with_levers(still_levers(), {"included": 1.0, "accumulation_rate": 0.2})
    moved = months(SETUP, levers, 2)
    for step, usual in zip(moved, quiet_year(), strict=False):
        np.testing.assert_array_equal(step.flows.charged, usual.flows.charged)
        np.testing.assert_array_equal(step.flows.volume, usual.flows.volume)


def test_inflation_erodes_list_prices_and_grants_fill_the_gap():
    levers = with_levers(still_levers(), {"cpi_growth": 0.10})
    first, last = (months(SETUP, levers, 12)[n] for n in (0, -1))
    listed = SETUP.calibrated.charge_rules.is_regulated
    np.testing.assert_array_equal(last.flows.charged[listed], first.flows.charged[listed])
    assert np.all(last.flows.charged[~listed] > first.flows.charged[~listed])
    granted = SETUP.offers.granted > 0
    assert np.all(
        last.flows.supply.grant.sum(1)[granted] > first.flows.supply.grant.sum(1)[granted]
    )


def test_dearer_lists_lose_patients_and_shift_what_budgets_paid_to_fund_and_families():
    levers = with_levers(still_levers(), {"included": 1.0, "price_decision": 0.0})
    dear = months(SETUP, levers, 1)[0].flows
    usual = quiet_year()[0].flows
    inpatient = CITY.needs.id.index("inpatient")
    assert np.all(dear.demand[inpatient] < usual.demand[inpatient])
    assert dear.payments.fund.sum() > usual.payments.fund.sum()
    assert dear.payments.household.sum() > usual.payments.household.sum()
    assert dear.supply.grant.sum() < usual.supply.grant.sum()


def test_volumes_of_the_year_become_the_plan_of_the_next_stability_period():
    steps = months(SETUP, still_levers(), 25)
    december, january = steps[11].after, steps[12].after
    np.testing.assert_array_equal(steps[11].after.plan, SETUP.offers.plan)
    np.testing.assert_allclose(january.plan, december.volume_year / 12.0)
    np.testing.assert_array_equal(steps[24].after.plan, january.plan)


def test_more_patients_than_beds_wait_and_congest(calibrated):
    crowded = setup_of(calibrated, SETUP.people)
    crowded = replace(
        crowded, chance=replace(crowded.chance, demand=np.full_like(crowded.chance.demand, 1.6))
    )
    usual, full = quiet_year()[5], months(crowded, still_levers(), 6)[5]
    hospital = 8  # inpatient stays of hospital_a
    assert CITY.needs.id[CITY.offers.need[hospital]] == "inpatient"
    queue = int(np.flatnonzero(SETUP.queues.offer == hospital)[0])
    assert full.after.queues.congestion[queue] > usual.after.queues.congestion[queue]
    assert full.flows.wait_days[hospital] > usual.flows.wait_days[hospital]
    assert full.after.quality[hospital] < usual.after.quality[hospital]
    assert full.flows.unmet[1].sum() > usual.flows.unmet[1].sum()


def test_units_that_keep_their_surplus_and_have_room_treat_more_when_it_pays(calibrated):
    levers = with_levers(still_levers(), {"included": 1.0, "price_decision": 0.0})
    eager = with_parameter(calibrated, "supply_response_omega", 0.4)
    idle = with_parameter(calibrated, "supply_response_omega", 0.0)
    more, same = (months(setup_of(one, SETUP.people), levers, 1)[0].flows for one in (eager, idle))
    kept = (SETUP.offers.retains > 0) & (SETUP.offers.is_public > 0)
    assert kept.sum() == 2
    assert np.all(more.volume[:, kept] > same.volume[:, kept])
    rest = ~kept & (SETUP.offers.retains == 0)
    np.testing.assert_allclose(more.volume[:, rest], same.volume[:, rest])


def test_at_base_margins_eagerness_changes_nothing(calibrated):
    eager = with_parameter(calibrated, "supply_response_omega", 0.4)
    found = months(setup_of(eager, SETUP.people), still_levers(), 1)[0].flows
    np.testing.assert_allclose(found.volume, quiet_year()[0].flows.volume, rtol=1e-9)


def with_parameter(calibrated, name: str, value: float):
    values = {**calibrated.parameters.values, name: value}
    return replace(calibrated, parameters=replace(calibrated.parameters, values=values))


def test_depreciation_in_the_price_keeps_assets_younger():
    levers = with_levers(still_levers(), {"included": 1.0, "price_decision": 0.0})
    paid, usual = months(SETUP, levers, 12)[-1], quiet_year()[-1]
    hospital = CITY.units.id.index("hospital_a")
    assert paid.after.asset[hospital] > usual.after.asset[hospital]
    private = CITY.units.id.index("private_hospital_a")
    assert paid.after.asset[private] == usual.after.asset[private] == 1.0


def test_places_quintiles_and_payers_agree_every_month():
    for step in quiet_year():
        flows = step.flows
        by_service = (flows.volume @ SETUP.sums.service_of_offer).sum(0)
        np.testing.assert_allclose(flows.place_volume.sum(1), by_service, rtol=1e-9)
        own = flows.payments.household.sum(1) + flows.payments.learning + flows.self_treatment
        np.testing.assert_allclose(flows.place_household.sum((0, 1)), own, rtol=1e-9)
        paid = flows.payments.household + flows.payments.fund + flows.payments.support
        worth = flows.volume * (flows.charged + flows.top_up)
        np.testing.assert_allclose(paid.sum(0), worth.sum(0), rtol=1e-9)


def test_units_work_for_residents_and_outsiders():
    episodes = ~CITY.needs.is_enrolment[CITY.offers.need]
    for step in quiet_year():
        flows = step.flows
        seen = flows.volume.sum(0) + flows.outsiders
        np.testing.assert_allclose(flows.supply.activity[episodes], seen[episodes], rtol=1e-12)
    assert flows.outsiders[3] > 0.0


def test_september_is_the_intake():
    moved = [step.month.number for step in quiet_year() if step.flows.schooling is not None]
    assert moved == [9]
    september = quiet_year()[8].flows
    primary = CITY.needs.id.index("primary")
    assert september.demand[primary].sum() > 0.0
    assert quiet_year()[7].flows.demand[primary].sum() == 0.0


def test_growing_people_seek_more(calibrated):
    growing = setup_of(calibrated, people("high"))
    first, last = (months(growing, still_levers(), 37)[n].flows for n in (0, 36))
    residents = growing.people.residents.sum((1, 2))
    ratio = last.demand[0].sum() / first.demand[0].sum()
    assert ratio == pytest.approx(residents[3] / residents[0], rel=0.03)
