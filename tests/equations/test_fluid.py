"""The fluid state: persons are conserved, any step is stable, waits are right at every load."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.fluid import fluid_queue, fluid_step, fluid_wait, in_system
from pricing.equations.queueing import sakasegawa_wait

WEEK = 7.0
servers_of = st.floats(0.0, 500.0)
rates_of = st.sampled_from([1.0 / 6.0, 2.0, 40.0, 1000.0])
people = st.floats(0.0, 1e5)


@given(servers_of, rates_of, st.floats(0.0, 2.0), st.floats(0.05, 4.0), people, people)
def test_a_step_conserves_persons_and_stays_in_bounds(servers, rate, renege, spread, before, flow):
    queue = fluid_queue([servers], rate, renege, spread)
    state = fluid_step(queue, np.array([before]), np.array([flow]), WEEK)
    supply = before + flow * WEEK
    left = state.in_system + state.served + state.reneged
    np.testing.assert_allclose(left, supply, rtol=1e-12, atol=1e-12)
    assert 0.0 <= state.utilisation[0] <= 1.0
    for part in (state.in_system, state.in_queue, state.served, state.reneged):
        assert (part >= 0.0).all()


@given(
    st.floats(0.5, 500.0), rates_of, st.floats(0.0, 1.0), st.floats(0.2, 4.0), st.floats(0.0, 2.0)
)
def test_the_number_in_system_is_the_one_of_its_utilisation(servers, rate, renege, spread, load):
    queue = fluid_queue([servers], rate, renege, spread)
    state = fluid_step(queue, np.zeros(1), load * queue.servers * rate, WEEK)
    if state.utilisation[0] < 0.9999:
        np.testing.assert_allclose(
            in_system(queue, state.utilisation), state.in_system, rtol=1e-6, atol=1e-9
        )


def settle(queue, arrivals, weeks=600):
    state = fluid_step(queue, np.zeros_like(arrivals), arrivals, WEEK)
    for _ in range(weeks):
        state = fluid_step(queue, state.in_system, arrivals, WEEK)
    return state


def test_below_capacity_the_wait_settles_at_sakasegawa():
    servers = np.array([1.0, 5.0, 40.0, 200.0])
    rate = np.array([2.0, 40.0, 0.5, 1.0 / 6.0])
    queue = fluid_queue(servers, rate, 0.0, 1.2)
    for rho in (0.3, 0.8, 0.95):
        state = settle(queue, rho * servers * rate)
        np.testing.assert_allclose(state.utilisation, rho, rtol=1e-7)
        wait = fluid_wait(state, WEEK, 1e9)
        np.testing.assert_allclose(
            wait, sakasegawa_wait(rho, servers, rate, 1.2), rtol=1e-4, atol=1e-9
        )


def test_at_capacity_the_queue_grows_for_ever_but_ever_more_slowly():
    queue = fluid_queue([10.0], 1.0, 0.0, 1.0)
    arrivals = np.array([10.0])
    early, late = settle(queue, arrivals, 100), settle(queue, arrivals, 101)
    later, latest = settle(queue, arrivals, 1000), settle(queue, arrivals, 1001)
    assert late.in_system > early.in_system
    assert latest.in_system - later.in_system < late.in_system - early.in_system
    assert latest.utilisation < 1.0


def test_above_capacity_the_excess_piles_up():
    queue = fluid_queue([10.0], 1.0, 0.0, 1.0)
    first, last = (settle(queue, np.array([12.0]), weeks) for weeks in (200, 201))
    assert last.in_system - first.in_system == pytest.approx(2.0 * WEEK, rel=5e-3)
    assert last.served == pytest.approx(10.0 * WEEK, rel=5e-3)


def test_reneging_bounds_an_overloaded_queue():
    queue = fluid_queue([10.0], 1.0, 0.1, 1.0)
    state = settle(queue, np.array([12.0]))
    assert state.reneged == pytest.approx(0.1 * state.in_queue * WEEK)
    assert state.served + state.reneged == pytest.approx(12.0 * WEEK, rel=1e-9)
    assert 20.0 < state.in_queue < 25.0


def test_no_demand_no_servers_and_an_empty_house():
    queue = fluid_queue([4.0, 0.0, 0.0], 2.0, 0.0, 1.0)
    state = fluid_step(queue, np.array([0.0, 3.0, 0.0]), np.array([0.0, 1.0, 0.0]), WEEK)
    assert state.in_system.tolist() == [0.0, 10.0, 0.0]
    assert state.served.tolist() == [0.0, 0.0, 0.0]
    assert fluid_wait(state, WEEK, 90.0).tolist() == [0.0, 90.0, 0.0]


def test_a_backlog_empties_when_demand_ends():
    queue = fluid_queue([10.0], 1.0, 0.0, 1.0)
    state = settle(queue, np.array([15.0]), 50)
    for _ in range(80):
        state = fluid_step(queue, state.in_system, np.zeros(1), WEEK)
    assert state.in_system.item() < 1e-6


@given(st.floats(0.0, 3.0))
def test_more_arrivals_never_shorten_the_queue(load):
    queue = fluid_queue([20.0, 20.0], 1.0, 0.05, 1.0)
    flow = 20.0 * np.array([load, load + 0.1])
    state = fluid_step(queue, np.full(2, 15.0), flow, WEEK)
    assert state.in_queue[1] >= state.in_queue[0] - 1e-9
    assert state.served[1] >= state.served[0] - 1e-9


def test_an_absurd_backlog_keeps_its_digits():
    queue = fluid_queue([1.0], 1.0, 0.0, 1.0)
    state = fluid_step(queue, np.array([1e12]), np.zeros(1), WEEK)
    assert state.served == pytest.approx(WEEK, rel=1e-10)
    assert state.in_system == pytest.approx(1e12 - WEEK, rel=1e-15)
