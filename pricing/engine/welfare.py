"""The year's figures of welfare: users' surplus, travel, waits, units' surplus, social weights."""

from __future__ import annotations

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.setup import Setup
from pricing.engine.yearly import YearSums, offer_revenue
from pricing.world.accounts import LINES
from pricing.world.flows import WELFARE
from pricing.world.recorder import Recorder

PUBLIC = 0
# Budget lines that no unit receives.
_ELSEWHERE = ("premium_subsidy", "other_health", "lot_administration")
_TO_UNITS = np.array([line not in _ELSEWHERE for line in LINES])


def record_welfare(recorder: Recorder, setup: Setup, sums: YearSums, year: int) -> None:
    """Put what the year was worth to users, units and outsiders, and the weights it is judged by.

    Units' surplus is what all payers and budgets give them less what they spend, depreciation
    included; grants for work outside priced services pass through. What an envelope cuts or pays
    late, public units miss.
    """
    for name, quantity in WELFARE.items():
        recorder.add(quantity, year, sums[f"welfare_{name}"])
    accepted = 1.0 - setup.calibrated.parameters["refusal_share"]
    given = sums["grant"].sum(1) + sums["capital"]
    left = offer_revenue(setup, sums) + given - sums["cost"].sum(1)
    kept = _by_owner(setup, left)
    kept[:, PUBLIC] += sums["budget_change"][:, _TO_UNITS].sum((1, 2))
    recorder.add("unit_surplus", year, kept)
    budget = sums["outside"] - sums["outside_household"]
    paid = np.stack([sums["outside_household"], accepted * sums["outside_fund"], budget])
    recorder.add("payment_outsiders", year, (paid @ setup.sums.service_of_offer).T)
    parameters = setup.calibrated.parameters
    recorder.put("cost_of_funds", year, parameters["marginal_cost_of_funds"])
    recorder.put("social_weight", year, social_weight(setup))


def social_weight(setup: Setup) -> Array:
    """Worth of a dong to each quintile over that to the mean resident, (quintile,).

    (mean consumption / consumption of the quintile)^ε, residents' mean 1 (Atkinson 1970).
    """
    people = setup.people.residents[0].sum(0)
    spent = (setup.people.residents[0] * setup.city.income.consumption_month).sum(0) / people
    weight = (spent.mean() / spent) ** setup.calibrated.parameters["inequality_aversion"]
    scaled: Array = weight / np.average(weight, weights=people)
    return scaled


def _by_owner(setup: Setup, values: Array) -> Array:
    """(sector, ownership) sums of (offer,), public units first."""
    sector = setup.city.needs.sector[setup.city.offers.need]
    table = np.zeros((len(setup.city.sectors), 2))
    np.add.at(table, (sector, (setup.offers.is_public == 0.0).astype(np.int64)), values)
    return table
