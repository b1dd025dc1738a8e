"""Erlang's formulas against closed forms; approximations against the exact queues."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations import queueing
from pricing.equations.fluid import fluid_queue, in_system

loads = st.floats(0.05, 0.98)


@given(loads, st.floats(0.1, 50.0))
def test_one_server_is_the_textbook_queue(rho, rate):
    queue = queueing.erlang_queue(rho * rate, rate, 1)
    assert queue.probability_wait == pytest.approx(rho, rel=1e-10)
    assert queue.in_system == pytest.approx(rho / (1.0 - rho), rel=1e-9)
    assert queue.time_in_system == pytest.approx(1.0 / (rate * (1.0 - rho)), rel=1e-9)


@given(loads, st.integers(1, 40))
def test_little_and_the_conditional_wait_agree(rho, servers):
    queue = queueing.erlang_queue(rho * servers * 2.0, 2.0, servers)
    assert queue.in_system == pytest.approx(queue.in_queue + rho * servers, rel=1e-9)
    assert queue.wait == pytest.approx(queue.probability_wait * queue.wait_if_waiting, rel=1e-12)
    assert queueing.probability_wait_exceeds(queue, 0.0) == queue.probability_wait
    # E[W²] = 2·C/δ²: half-normal check of the deviation through P(W > t)
    times = np.linspace(0.0, 60.0, 200_001) * queue.wait_if_waiting
    tail = queueing.probability_wait_exceeds(queue, times)
    second = np.trapezoid(2.0 * times * tail, times)
    assert np.sqrt(second - queue.wait**2) == pytest.approx(queue.wait_deviation, rel=1e-5)


def test_an_overloaded_queue_has_no_stationary_wait():
    queue = queueing.erlang_queue([20.0, 25.0, 10.0], 10.0, 2)
    assert queue.utilisation.tolist() == [1.0, 1.25, 0.5]
    assert np.isnan(queue.wait[:2]).all()
    assert np.isnan(queue.probability_wait[:2]).all()
    assert queue.wait[2] > 0.0


def test_an_empty_queue_and_a_queue_without_servers():
    assert queueing.erlang_queue(0.0, 3.0, 4).wait == 0.0
    assert np.isinf(queueing.erlang_queue(1.0, 3.0, 0).utilisation)
    assert np.isnan(queueing.erlang_queue(1.0, 3.0, 0).wait)


def test_blocking_is_the_truncated_poisson_distribution():
    load, beds = 7.0, 10
    terms = np.cumprod(np.concatenate([[1.0], load / np.arange(1, beds + 1)]))
    assert queueing.erlang_b(beds, load) == pytest.approx(terms[-1] / terms.sum(), rel=1e-14)


def test_blocking_takes_arrays_of_beds():
    both = queueing.erlang_b([0, 3, 10], 1.5)
    assert both.tolist() == [queueing.erlang_b(c, 1.5) for c in (0, 3, 10)]
    assert both[0] == 1.0


def test_beds_without_queue_lose_what_they_block():
    system = queueing.loss_system([3, 0], 1.5)
    np.testing.assert_allclose(system.occupied, 1.5 * (1.0 - system.blocking), rtol=1e-15)
    np.testing.assert_allclose(system.occupancy[0] * 3.0, system.occupied[0], rtol=1e-15)
    assert np.isnan(system.occupancy[1])
    assert system.servers.tolist() == [3.0, 0.0]


@given(st.floats(0.1, 80.0), st.floats(0.001, 0.9))
def test_the_fewest_servers_are_just_enough(load, target):
    servers = queueing.fewest_servers(load, target)
    assert queueing.erlang_b(servers, load) <= target
    assert queueing.erlang_b(servers - 1, load) > target


@pytest.mark.parametrize("target", [0.0, -0.1, 1.5])
def test_an_impossible_blocking_target_is_refused(target):
    with pytest.raises(ValueError, match="blocking must lie in"):
        queueing.fewest_servers(5.0, target)


@given(loads, st.floats(0.2, 4.0))
def test_approximations_are_exact_for_one_server_of_the_textbook(rho, rate):
    queue = queueing.erlang_queue(rho * rate, rate, 1)
    assert queueing.sakasegawa_wait(rho, 1, rate, 1.0) == pytest.approx(queue.wait, rel=1e-9)
    spread = queueing.variability(0.5, 2.5)
    assert queueing.allen_cunneen_wait(queue, spread) == pytest.approx(1.5 * queue.wait, rel=1e-12)


@given(loads, st.integers(1, 100))
def test_sakasegawa_agrees_with_the_fluid_number_in_queue(rho, servers):
    queue = fluid_queue([servers], 2.0, 0.0, 1.3)
    waiting = in_system(queue, np.array([rho]))[0] - rho * servers
    wait = queueing.sakasegawa_wait(rho, servers, 2.0, 1.3)
    assert waiting / (rho * servers * 2.0) == pytest.approx(wait, rel=1e-7, abs=1e-12)


@given(st.floats(0.8, 0.98), st.integers(2, 60))
def test_sakasegawa_is_near_erlang(rho, servers):
    queue = queueing.erlang_queue(rho * servers, 1.0, servers)
    approximate = queueing.sakasegawa_wait(rho, servers, 1.0, 1.0)
    assert abs(approximate - queue.wait) <= 0.12 * queue.wait + 0.005
