"""Heads that vanish are seen; what is recorded of a month is what happened in it."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.engine import market
from pricing.engine.base_year import base_levers
from pricing.engine.calibrate import prepare
from pricing.engine.simulate import simulate
from pricing.engine.staff_books import check_staff, record_staff
from pricing.engine.start import first_state
from pricing.equations.staffing import NON_PUBLIC, PUBLIC
from pricing.world.recorder import Recorder
from tests.builders import socialised_city
from tests.engine.small import scenario, trial
from tests.engine.test_staffing import MOVING, setup_of

MONTH = Month.of(2025, 1)


@pytest.fixture(scope="module")
def setup():
    city = socialised_city()
    return setup_of((city, prepare(city, city.parameters.central())), MOVING)


@pytest.fixture(scope="module")
def month(setup):
    before = first_state(setup)
    levers = base_levers(setup.city, setup.calibrated.parameters)
    after, flows = market.step(setup, levers, before, MONTH)
    return before, after, flows


def test_a_month_of_the_market_adds_up(setup, month):
    before, after, flows = month
    check_staff(setup, (before, after), flows, MONTH)


def test_a_head_that_vanishes_is_named(setup, month):
    before, after, flows = month
    heads = np.array(after.staff.heads)
    heads[PUBLIC, 1] -= 0.5
    short = replace(after, staff=replace(after.staff, heads=heads))
    with pytest.raises(InvariantError, match="heads of nurse"):
        check_staff(setup, (before, short), flows, MONTH)


def test_a_year_holds_flows_of_its_months_and_stocks_of_its_end(setup, month):
    _, after, flows = month
    recorder = Recorder(setup.city, range(2025, 2027))
    for _ in range(2):
        record_staff(recorder, setup, after, flows, 2025)
    series = recorder.outcome().series
    assert np.array_equal(series["staff"][0], after.staff.heads)
    assert np.array_equal(series["staff_posts"][0], after.staff.posts)
    assert np.allclose(series["staff_quits"][0], 2.0 * flows.staff.quits)
    joined = series["staff_hired"] + series["staff_rehired"]
    left = series["staff_retired"] + series["staff_emigrated"] + series["staff_displaced"]
    quits = series["staff_quits"]
    net = joined - left
    net[:, PUBLIC] -= quits
    net[:, NON_PUBLIC] += quits
    assert np.allclose(net[0], 2.0 * flows.staff.net)
    pay = after.staff.pay[:, setup.staffing.sector]
    wanted = setup.city.staff.pay_ratio * pay[NON_PUBLIC] / pay[PUBLIC]
    assert np.allclose(series["staff_relative_pay"][0], wanted)
    assert not series["staff"][1].any()


def test_heads_of_each_year_follow_from_the_year_before_and_its_flows(setup):
    city, name = setup.city, "full_cost_fast"
    moving = replace(scenario(name), horizon=(2025, 2028), non_public=MOVING)
    series = simulate(city, moving, setup.calibrated, trial(name, 1)).series
    net = series["staff_hired"] + series["staff_rehired"]
    net = net - series["staff_retired"] - series["staff_emigrated"] - series["staff_displaced"]
    net[:, PUBLIC] -= series["staff_quits"]
    net[:, NON_PUBLIC] += series["staff_quits"]
    assert np.allclose(np.diff(series["staff"], axis=0), net[1:], atol=1e-9)
    assert (series["staff_quits"] > 0.0).any()
    assert (series["staff"] <= series["staff_posts"] + 1e-9).all()


def test_nothing_is_recorded_where_staff_stay_put(setup, month):
    _, after, flows = month
    recorder = Recorder(setup.city, range(2025, 2026))
    still = replace(setup, staffing=None)
    record_staff(recorder, still, after, flows, 2025)
    check_staff(still, (after, after), flows, MONTH)
    assert not recorder.outcome().series["staff"].any()
