"""What budgets owe by sector, line and level, from what the offers and units are owed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.setup import Setup
from pricing.engine.standing import CITY_LEVEL
from pricing.world.accounts import LINES


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What budgets owe, VND: to offers (offer,), ``mandate`` to units (unit,)."""

    support: Array
    order: Array
    grant: Array
    capital: Array
    mandate: Array


def budget_lines(setup: Setup, owed: Owed) -> Array:
    """What budgets owe the units, (sector, line, budget_level) VND."""
    offers, units = setup.offers, setup.city.units
    table = np.zeros((len(setup.city.sectors), len(LINES), len(BUDGET_LEVELS)))
    line = np.array([LINES.index(name) for name in offers.support_line])
    sector = setup.city.needs.sector[setup.city.offers.need]
    city = np.full(line.size, CITY_LEVEL)
    np.add.at(table, (sector, line, city), owed.support)
    for name, amount in (
        ("per_pupil_payment", owed.order),
        ("recurrent_grant", owed.grant),
        ("capital", owed.capital),
    ):
        np.add.at(table, (sector, np.full(line.size, LINES.index(name)), offers.budget), amount)
    granted = np.full(units.sector.size, LINES.index("recurrent_grant"))
    np.add.at(table, (units.sector, granted, setup.units.budget), owed.mandate)
    return table
