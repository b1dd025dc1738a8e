"""Queues: persons are conserved, congestion is a price of what exceeds capacity."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.engine.queues import LONGEST_DAYS, Service, first_queues, queue_rules, serve
from pricing.world.parameters import Parameters
from pricing.world.state import Queues
from tests.builders import toy_city
from tests.engine.small import quiet_setup

RULES = quiet_setup().queues
PLAN = RULES.capacity * RULES.used
REST = first_queues(RULES, PLAN)


def run(load: float, count: int, before: Queues = REST) -> list[Service]:
    """Months in which arrivals are ``load`` times the plan."""
    found = []
    for _ in range(count):
        found.append(serve(RULES, before, load * PLAN, 1.0))
        before = found[-1].after
    return found


def test_every_offer_of_episodes_in_the_city_has_a_queue(city):
    offers = city.offers
    episodes = ~city.needs.is_enrolment[offers.need] & (offers.place >= 0)
    np.testing.assert_array_equal(RULES.offer, np.flatnonzero(episodes))
    np.testing.assert_allclose(RULES.used, (offers.volume / offers.capacity)[RULES.offer])
    assert np.all(RULES.queue.servers >= 1.0)


def test_mornings_crowd_visits_only(city):
    output = np.array(city.services.unit_of_output)[city.offers.service[RULES.offer]]
    peak = city.parameters.central()["peak_factor"]
    highest = np.minimum(peak, 0.98 / RULES.used)
    np.testing.assert_allclose(RULES.peak, np.where(output == "visit", highest, 1.0))


def test_urgent_patients_leave_a_queue_first(city):
    parameters = Parameters(city.parameters.central())
    stays = [i for i, o in enumerate(RULES.offer) if city.offers.need[o] == 1]
    urgent = city.offers.urgent_share[RULES.offer[stays]]
    order = np.argsort(urgent)
    assert np.all(np.diff(RULES.queue.renege[stays][order]) >= 0.0)
    patient = Parameters({**parameters.values, "renege_elective": 0.0, "renege_urgent": 0.0})
    rules = queue_rules(city, patient, quiet_setup().offers.plan)
    np.testing.assert_array_equal(rules.queue.renege, 0.0)


def test_at_rest_a_month_changes_nothing_and_nearly_all_are_served():
    found = serve(RULES, REST, PLAN, 1.0)
    np.testing.assert_allclose(found.after.in_system, REST.in_system, rtol=1e-3)
    np.testing.assert_allclose(found.served + found.lost, 1.0, rtol=1e-3)
    assert np.all(found.lost < 0.1)
    np.testing.assert_array_equal(REST.congestion, 0.0)


@settings(max_examples=50)
@given(
    st.lists(st.floats(0.0, 3.0), min_size=RULES.offer.size, max_size=RULES.offer.size),
    st.floats(0.0, 5.0),
    st.floats(0.8, 1.3),
)
def test_persons_are_conserved(load, backlog, growth):
    before = Queues(in_system=REST.in_system * (1.0 + backlog), congestion=REST.congestion)
    found = serve(RULES, before, np.array(load) * PLAN, growth)
    flow = found.persons
    np.testing.assert_allclose(
        flow.opening + flow.arrived,
        flow.closing + flow.served + flow.lost,
        rtol=1e-9,
    )
    for part in (flow.closing, flow.served, flow.lost, found.wait_days, found.after.congestion):
        assert np.all(part >= 0.0)
    assert np.all(found.wait_days <= LONGEST_DAYS * (1.0 + 1e-12))


def test_nobody_comes_nobody_waits():
    empty = Queues(in_system=np.zeros_like(PLAN), congestion=np.zeros_like(PLAN))
    found = serve(RULES, empty, np.zeros_like(PLAN), 1.0)
    np.testing.assert_array_equal(found.wait_days, 0.0)
    np.testing.assert_array_equal(found.after.congestion, 0.0)
    np.testing.assert_array_equal(found.lost, 0.0)


def test_below_capacity_there_is_no_congestion():
    idle = RULES.capacity / RULES.peak * 0.5 / PLAN
    before = Queues(in_system=np.zeros_like(PLAN), congestion=np.zeros_like(PLAN))
    found = serve(RULES, before, idle * PLAN, 1.0)
    np.testing.assert_array_equal(found.after.congestion, 0.0)


def test_above_capacity_congestion_rises_month_by_month_and_falls_when_the_crowd_is_gone():
    crowded = run(2.0, 6)
    path = np.stack([month.after.congestion for month in crowded])
    assert np.all(np.diff(path, axis=0) > 0.0)
    calm = run(0.5, 24, crowded[-1].after)
    assert calm[-1].after.congestion.max() < 0.5 * path[-1].max()


def test_waits_and_losses_rise_with_the_crowd():
    quiet, crowded = run(0.7, 3)[-1], run(1.6, 3)[-1]
    assert np.all(crowded.wait_days > quiet.wait_days)
    assert np.all(crowded.lost > quiet.lost)
    assert np.all(crowded.load > quiet.load)


def test_what_is_served_never_passes_capacity():
    found = run(3.0, 4)[-1]
    limit = RULES.capacity / RULES.firms
    assert np.all(found.persons.served <= limit * (1.0 + 1e-9))
    assert np.all(found.persons.served > 0.9 * limit)


def test_grown_capacity_serves_more_of_a_crowd():
    before = serve(RULES, REST, 1.5 * PLAN, 1.0)
    after = serve(RULES, REST, 1.5 * PLAN, 1.4)
    assert np.all(after.persons.served > before.persons.served)
    assert np.all(after.load < before.load)


def test_the_step_of_congestion_is_lambda_times_the_log_of_the_load():
    rules = replace(RULES, step=0.1)
    found = serve(rules, REST, 2.0 * PLAN, 1.0)
    wanted = 0.1 * rules.lambda_nest * np.log(found.load * rules.peak)
    np.testing.assert_allclose(found.after.congestion, np.maximum(wanted, 0.0), rtol=1e-9)


@pytest.mark.parametrize("unit", ["visit", "check_up", "stay", "course"])
def test_servers_are_what_the_capacity_keeps_busy(unit):
    city = toy_city()
    output = np.array(city.services.unit_of_output)[city.offers.service[RULES.offer]]
    held = {"visit": 0.25 / 8.0 / 300.0, "check_up": 0.5 / 8.0 / 300.0, "course": 91.0 / 365.0}
    for i in np.flatnonzero(output == unit):
        stay = city.norms.length_of_stay[city.offers.norm[RULES.offer[i]]] / 365.0
        year = RULES.capacity[i] / RULES.firms[i] * 12.0
        wanted = year * held.get(unit, stay)
        assert RULES.queue.servers[i] == pytest.approx(max(wanted, 1.0))
