"""What condition the public units are in at a year's end: cash, arrears, assets, quality."""

from __future__ import annotations

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.books import Books
from pricing.engine.setup import Setup
from pricing.engine.yearly import YearSums
from pricing.equations.quality import age_share
from pricing.world.recorder import Recorder
from pricing.world.state import State


def record_condition(
    recorder: Recorder, setup: Setup, sums: YearSums, closing: tuple[State, Books], year: int
) -> None:
    """Record cash, arrears, assets and quality of the public units, by sector.

    Quality is weighted by what the output costs at the norm, so that services add up.
    """
    after, books = closing
    units = setup.city.units
    public = setup.units.is_public
    ledger = books.ledger
    recorder.put("units_cash", year, _by_sector(setup, public * ledger.balance("units")))
    recorder.put("unit_arrears", year, _by_sector(setup, public * books.arrears))
    owed = np.zeros((len(setup.city.sectors), after.envelope.owed.shape[0]))
    np.add.at(owed, units.sector, after.envelope.owed.T)
    recorder.put("budget_arrears", year, owed)
    value = public * units.asset_value
    age = age_share(after.asset - after.envelope.worn)
    recorder.put("asset_age", year, _by_sector(setup, value * age))
    recorder.put("asset_value", year, _by_sector(setup, value))
    sector = setup.city.needs.sector[setup.city.offers.need]
    for name, amounts in (
        ("quality_value", sums["quality_value"]),
        ("quality_weight", sums["norm_value"].sum(1)),
    ):
        public_amounts = amounts * setup.offers.is_public
        recorder.add(name, year, np.bincount(sector, public_amounts, len(setup.city.sectors)))


def _by_sector(setup: Setup, amounts: Array) -> Array:
    """Sum over the units of each sector; amounts (unit,)."""
    sectors = len(setup.city.sectors)
    return np.bincount(setup.city.units.sector, amounts, sectors).astype(np.float64)
