"""The eve of the base year is at rest."""

import numpy as np

from pricing.engine.queues import serve
from tests.engine.small import calibrated, first_state, months, quiet_setup, still_levers

SETUP = quiet_setup()
STATE = first_state(SETUP)


def test_nothing_has_happened_yet():
    assert STATE.cpi == 1.0
    np.testing.assert_array_equal(STATE.asset, 1.0)
    np.testing.assert_array_equal(STATE.queues.congestion, 0.0)
    np.testing.assert_array_equal(STATE.quality, SETUP.quality)
    np.testing.assert_array_equal(STATE.prices.is_bound, 0.0)


def test_the_lists_in_force_are_those_of_the_calibration():
    charged = calibrated().charges.charged
    health = np.array([not rule for rule in calibrated().charge_rules.has_tuition])
    listed = health & calibrated().charge_rules.is_regulated
    prices = STATE.prices.component.sum(-1)
    rules = calibrated().charge_rules
    np.testing.assert_allclose(prices[rules.norm, rules.kind][listed], charged[listed], rtol=1e-9)


def test_learners_are_the_start_of_every_level(city):
    for need, enrolled in enumerate(city.needs.is_enrolment):
        learners, start = STATE.learners[need], SETUP.entry[need]
        assert (learners is not None) == enrolled
        if learners is not None and start is not None:
            np.testing.assert_array_equal(learners.stock, start.stock)


def test_episode_needs_know_their_places_and_levels_do_not(city):
    for need, part in enumerate(STATE.fixed_part):
        assert (part is None) == bool(city.needs.is_enrolment[need])


def test_queues_are_at_rest_under_the_plan():
    usual = SETUP.queues.capacity * SETUP.queues.used
    found = serve(SETUP.queues, STATE.queues, usual, 1.0)
    np.testing.assert_allclose(found.after.in_system, STATE.queues.in_system, rtol=1e-3)


def test_a_first_month_of_base_policy_moves_prices_and_assets_nowhere():
    (january,) = months(SETUP, still_levers(), 1, STATE)
    assert january.after.cpi == 1.0
    assert january.after.prices is STATE.prices
    np.testing.assert_array_equal(january.after.plan, STATE.plan)
    np.testing.assert_allclose(january.after.asset, 1.0, rtol=0.02)
