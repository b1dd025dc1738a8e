"""What cells did adds up to what the market recorded, and is absent without a sample."""

import numpy as np

from pricing.engine import market
from pricing.engine.rules import HEALTH_SCHEME
from pricing.engine.start import first_state
from tests.engine import small
from tests.engine.lived import peopled, setup_with, year


def test_without_a_sample_there_are_no_cells():
    assert small.quiet_year()[0].flows.cells is None


def test_payments_of_cells_are_those_of_places_and_quintiles():
    now = year()
    needs = now.setup.city.needs
    spent = now.sums["cell_household"].sum(3) + now.sums["cell_learning"]
    for sector in range(3):
        mine = spent[needs.sector == sector].sum(0).T
        np.testing.assert_allclose(mine, now.sums["place_household"][sector], rtol=1e-9)


def test_own_shares_under_the_ceiling_are_part_of_payments_in_health_only():
    now = year()
    own, paid = now.sums["cell_own_share"], now.sums["cell_household"].sum(2)
    assert np.all(own <= paid * (1.0 + 1e-12))
    assert np.all(own >= 0.0)
    for need, scheme in enumerate(now.setup.city.needs.scheme):
        assert scheme == HEALTH_SCHEME or not own[need].any()
    assert np.all(own[:2].sum((1, 2)) > 0.0)
    uncovered = now.setup.calibrated.fits[0].rules.uncovered
    assert not own[0, :, uncovered].any()


def test_the_full_benefit_leaves_no_own_share_under_the_ceiling():
    setup = setup_with(peopled())
    ones = (small.still_levers()["benefit"] > 0.0).astype(float)
    levers = small.with_levers(small.still_levers(), {"benefit": ones})
    _, flows = market.step(setup, levers, first_state(setup), small.FIRST)
    assert flows.cells is not None
    assert not flows.cells.own_share.any()


def test_support_of_users_shares_their_own_part():
    setup = setup_with(peopled())
    plain = small.still_levers()
    half = small.with_levers(plain, {"support": 0.5})
    found = []
    for levers in (plain, half):
        _, flows = market.step(setup, levers, first_state(setup), small.FIRST)
        assert flows.cells is not None
        found.append(flows.cells.own_share[0].sum())
    assert found[1] < 0.75 * found[0]


def test_learners_of_cells_are_those_enrolled():
    now = year()
    city = now.setup.city
    learners = now.sums["cell_learners"]
    for need in np.flatnonzero(city.needs.is_enrolment):
        months = max(int(city.needs.teaching_months[need]), 1)
        mean = learners[need].sum() / months
        start = now.setup.entry[need]
        assert start is not None
        np.testing.assert_allclose(mean, start.stock.sum(), rtol=0.2)
    assert not learners[: len(now.homes.sample.illness)].any()


def test_potential_is_what_was_missed_and_sought():
    now = year()
    sought = now.sums["demand"]
    for need in now.homes.sample.illness:
        both = sought[need] + now.sums["cell_missed"][need]
        np.testing.assert_allclose(now.sums["cell_potential"][need], both, rtol=1e-9)
