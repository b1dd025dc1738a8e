"""Cream-skimming: lighter cases in non-public units leave heavier ones to public units.

A case in a non-public unit takes (1 − κ) of the direct cost of a mean case. The cases of a need are
what they are, so where the share of non-public units grows to s, the mean case left to public units
weighs (1 − (1 − κ)·s)/(1 − s), here over its weight in the base year. κ = 0 leaves every
cost as it is (Ellis 1998;
Barros & Siciliani 2012 on selection by non-public providers).
"""

from __future__ import annotations

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.setup import Setup
from pricing.equations.quotient import quotient


def case_mix(setup: Setup, activity: Array) -> Array | None:
    """Direct cost per unit of output over the base year's, (offer,); None without selection.

    ``activity`` (offer,) units of output of the month; only health selects its cases.
    """
    skimming = setup.calibrated.parameters["cream_skimming"]
    if skimming <= 0.0:
        return None
    offers = setup.city.offers
    health = setup.city.needs.sector[offers.need] == setup.health_sector
    public = (setup.offers.is_public > 0.0) & (offers.place >= 0)
    private = ~(setup.offers.is_public > 0.0) & (offers.place >= 0)
    n_needs = len(setup.city.needs.id)

    def heaviness(volume: Array) -> Array:
        """Weight of the mean public case of each need."""
        rest = np.bincount(offers.need, volume * public, n_needs)
        taken = np.bincount(offers.need, volume * private, n_needs)
        share = quotient(taken, rest + taken, undefined=0.0)
        weight: Array = (1.0 - (1.0 - skimming) * share) / np.maximum(1.0 - share, 1e-9)
        return weight

    moved = heaviness(activity) / heaviness(setup.offers.plan)
    return np.where(health & public, moved[offers.need], 1.0)
