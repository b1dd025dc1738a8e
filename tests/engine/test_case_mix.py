"""Selection of cases: nothing without it; a growing non-public share leaves heavier cases."""

from dataclasses import replace

import numpy as np

from pricing.engine.case_mix import case_mix
from pricing.engine.setup import Setup
from tests.engine.owners import PRICES, knowing, market_of


def skimming(share: float) -> Setup:
    setup = market_of(PRICES)
    return replace(setup, calibrated=knowing(cream_skimming=share))


def test_without_selection_costs_stand():
    assert case_mix(market_of(PRICES), market_of(PRICES).offers.plan) is None


def test_base_year_shares_leave_costs_as_they_are():
    setup = skimming(0.1)
    mix = case_mix(setup, setup.offers.plan)
    assert mix is not None
    assert np.allclose(mix, 1.0)


def test_users_who_leave_for_non_public_units_leave_heavier_cases():
    setup = skimming(0.1)
    offers = setup.city.offers
    public = setup.offers.is_public > 0
    health = setup.city.needs.sector[offers.need] == setup.health_sector
    moved = np.where(public, 0.8, 1.5) * setup.offers.plan
    mix = case_mix(setup, moved)
    assert mix is not None
    visited = np.isin(offers.need, offers.need[~public & health])
    here = health & public & visited & (offers.place >= 0)
    assert np.all(mix[here] > 1.0)
    assert np.all(mix[~health | ~public] == 1.0)
    milder = case_mix(skimming(0.05), moved)
    assert milder is not None
    assert np.all(milder[here] < mix[here])
