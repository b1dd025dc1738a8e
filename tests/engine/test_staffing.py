"""Professionals over months: heads kept, posts follow openings, pay follows law and surplus."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.engine import market
from pricing.engine.base_year import base_levers
from pricing.engine.calibrate import prepare
from pricing.engine.chance import chance
from pricing.engine.clock import clock
from pricing.engine.people import economy, population
from pricing.engine.setup import build
from pricing.engine.staff_rules import cost_index
from pricing.engine.staffing import pay_of, retained, with_supplement
from pricing.engine.start import first_state
from pricing.equations.staffing import NON_PUBLIC, PUBLIC
from pricing.scenario.scenario import NonPublicSpec
from pricing.world.levers import LeverValues
from tests.builders import socialised_city

MOVING = NonPublicSpec(staff=True)
GROWTH = 0.05


@pytest.fixture(scope="module")
def known():
    city = socialised_city()
    return city, prepare(city, city.parameters.central())


def setup_of(known, spec=MOVING):
    city, calibrated = known
    people = population(city, calibrated.parameters, "constant", 2027)
    quiet = chance(city, calibrated.parameters, Draws(1, 1), 3, has_shocks=False)
    grown = economy(city, calibrated.income_month, calibrated.parameters, GROWTH)
    return build(city, calibrated, people, quiet, grown, spec)


@pytest.fixture(scope="module")
def moving(known):
    return setup_of(known)


def levers_of(setup, salary=1.0, **share):
    levers = base_levers(setup.city, setup.calibrated.parameters)
    opened = np.array(levers.last("open_share"))
    for unit, value in share.items():
        opened[setup.city.units.id.index(unit)] = value
    changed = {"open_share": opened, "base_salary": levers["base_salary"] * salary}
    return LeverValues({**levers.values, **changed}, {**levers.at_end, **changed})


def months(setup, levers, count):
    state, seen = first_state(setup), []
    for number in range(count):
        month = Month.of(2025 + number // 12, number % 12 + 1)
        state, flows = market.step(setup, levers, state, month)
        seen.append((state, flows))
    return seen


def sector(setup, name):
    return setup.city.sectors.index(name)


def profession(setup, name):
    return setup.city.staff.id.index(name)


def test_staff_stand_still_unless_the_scenario_moves_them(known):
    still = setup_of(known, NonPublicSpec())
    state, flows = months(still, levers_of(still), 1)[0]
    assert state.staff is None
    assert flows.staff is None
    assert np.array_equal(state.non_public.filled, np.ones(state.non_public.filled.size))


def test_heads_are_kept_over_a_year(moving):
    seen = months(moving, levers_of(moving), 12)
    opening = seen[0][1].staff.opening
    net = sum(flows.staff.net for _, flows in seen)
    assert np.allclose(opening + net, seen[-1][0].staff.heads, rtol=1e-12)
    for state, _ in seen:
        assert (state.staff.heads <= state.staff.posts + 1e-9).all()


def test_an_opening_adds_posts_and_thins_the_staff_of_its_side(moving):
    before = months(moving, levers_of(moving), 2)[-1][0]
    after = months(moving, levers_of(moving, new_hospital_b=1.0), 2)[-1][0]
    added = (after.staff.posts - before.staff.posts)[NON_PUBLIC]
    health = moving.staffing.sector == sector(moving, "health")
    assert np.isclose(added.sum(), 60 * 1.2)
    assert np.allclose(added[health], 60 * 1.2 * moving.staffing.work[health])
    assert not added[~health].any()
    rules = moving.staffing
    private = (rules.side == NON_PUBLIC) & (rules.offer_sector == sector(moving, "health"))
    fell = after.non_public.filled < before.non_public.filled
    assert fell[private].all()
    assert private.any()


def test_an_opening_draws_quits_that_a_full_market_does_not(moving):
    quiet = months(moving, levers_of(moving), 6)
    drawn = months(moving, levers_of(moving, new_hospital_b=1.0), 6)
    doctor = profession(moving, "doctor")
    quits = [sum(flows.staff.quits[doctor] for _, flows in seen) for seen in (quiet, drawn)]
    assert 0.0 < quits[0] < quits[1]
    public = [seen[-1][0].staff.heads[PUBLIC, doctor] for seen in (quiet, drawn)]
    assert public[1] < public[0]


def test_staff_of_a_closed_unit_are_displaced_and_counted(moving):
    seen = months(moving, levers_of(moving, private_hospital_a=0.0), 1)
    state, flows = seen[0]
    moves = flows.staff
    doctor = profession(moving, "doctor")
    assert moves.displaced[NON_PUBLIC, doctor] > 1.0
    found = moves.rehired[:, doctor].sum() + moves.unplaced_displaced[doctor]
    assert np.isclose(found, moves.displaced[:, doctor].sum())
    assert not moves.rehired[NON_PUBLIC, doctor]
    assert (state.staff.posts >= 0.0).all()


def test_a_rise_of_the_base_salary_holds_staff_in_public_posts(moving):
    usual = months(moving, levers_of(moving, new_hospital_b=1.0), 3)[-1]
    raised = months(moving, levers_of(moving, salary=1.2, new_hospital_b=1.0), 3)[-1]
    nurse = profession(moving, "nurse")
    assert raised[1].staff.quits[nurse] < usual[1].staff.quits[nurse]
    assert np.isclose(raised[0].staff.pay[PUBLIC, 0] / usual[0].staff.pay[PUBLIC, 0], 1.2)
    linkage = moving.calibrated.parameters["staff_pay_linkage"]
    rise = raised[0].staff.pay[NON_PUBLIC, 0] - usual[0].staff.pay[NON_PUBLIC, 0]
    assert np.isclose(rise, linkage * 0.2 * usual[0].staff.pay[PUBLIC, 0])


def test_non_public_labour_costs_what_its_staff_earn(moving):
    state = first_state(moving)
    assert state.staff is not None
    dearer = np.array(state.staff.pay)
    dearer[NON_PUBLIC] = 1.1
    paid = [
        market.step(moving, levers_of(moving), start, Month.of(2025, 2))[1].supply.cost
        for start in (state, replace(state, staff=replace(state.staff, pay=dearer)))
    ]
    private = moving.staffing.side == NON_PUBLIC
    here = private & (moving.staffing.offer_sector >= 0)
    assert np.allclose(paid[1][here, 0], 1.1 * paid[0][here, 0], rtol=1e-12)
    assert np.array_equal(paid[1][~here], paid[0][~here])
    assert np.array_equal(paid[1][:, 1:], paid[0][:, 1:])


def test_owners_read_the_cost_of_the_staff_there_is(moving):
    state = months(moving, levers_of(moving), 14)[-1][0]
    wanted = cost_index(moving.staffing, state.staff)
    assert np.array_equal(state.non_public.cost_index, wanted)
    assert (wanted[moving.staffing.side == NON_PUBLIC] >= 1.0).all()
    assert wanted.max() > 1.001


def year_end(setup, staff, surplus):
    """Staff after a year in which each retaining unit kept `surplus` dong for a dong of pay."""
    pay = setup.staffing.retaining * 1e9
    return replace(staff, surplus=surplus * pay, pay_bill=pay)


def supplement(setup, surplus, year=2027):
    state = months(setup, levers_of(setup), 1)[0][0]
    clocked = clock(Month.of(year, 1), state.cpi, setup.economy)
    found = with_supplement(setup, setup.staffing, year_end(setup, state.staff, surplus), clocked)
    return found, sector(setup, "health")


def test_a_share_of_the_kept_surplus_becomes_income_within_the_limit(moving):
    share = moving.calibrated.parameters["income_supplement_share"]
    found, health = supplement(moving, 0.3)
    assert np.isclose(found.supplement[health], 0.3 * share)
    assert not found.base_supplement.any()
    assert not found.surplus.any()
    assert supplement(moving, 100.0)[0].supplement[health] == 2.0
    assert supplement(moving, -1.0)[0].supplement[health] == 0.0


def test_the_base_year_sets_what_later_supplements_are_measured_against(moving):
    found, health = supplement(moving, 0.3, year=2026)
    assert found.base_supplement[health] == found.supplement[health] > 0.0


def test_non_public_pay_sees_supplements_only_where_staff_cost_is_linked(known, moving):
    blind = setup_of(known, NonPublicSpec(staff=True, staff_cost=False))
    pay = {}
    for name, setup in (("seen", moving), ("blind", blind)):
        state = months(setup, levers_of(setup), 1)[0][0]
        richer = replace(state.staff, supplement=state.staff.supplement + 0.5)
        clocked = clock(Month.of(2025, 2), state.cpi, setup.economy)
        pay[name] = pay_of(setup, setup.staffing, richer, levers_of(setup), clocked)[:, 0]
    assert np.isclose(pay["seen"][PUBLIC], pay["blind"][PUBLIC])
    assert pay["seen"][NON_PUBLIC] > pay["blind"][NON_PUBLIC]


def test_only_units_that_keep_their_surplus_count(moving):
    _, flows = months(moving, levers_of(moving), 1)[0]
    surplus, pay_bill = retained(moving, moving.staffing, flows)
    keeps = moving.staffing.retaining > 0
    assert keeps.any()
    assert pay_bill[keeps].min() > 0
    assert not surplus[~keeps].any()
    assert not pay_bill[~keeps].any()
