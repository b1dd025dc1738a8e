"""Untargeted moments of hardship: the household sample lives the base year under its own policy.

Catastrophic and impoverishing payments are never calibrated: nothing in the model aims at them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.city.households import USUAL, synthetic
from pricing.engine import market
from pricing.engine.chance import chance
from pricing.engine.hardship import record_households
from pricing.engine.homes import open_homes
from pricing.engine.households import live
from pricing.engine.moments_base import BaseYear
from pricing.engine.people import economy
from pricing.engine.setup import Setup, build
from pricing.engine.standing import MONTHS
from pricing.engine.start import first_state
from pricing.engine.yearly import YearSums
from pricing.world.quantities import THRESHOLDS
from pricing.world.recorder import Recorder

SEED = 0
REPLICATIONS = 4  # years of illness over which a headcount is averaged
COMPONENTS = 4

Hardship = Mapping[str, Array]


def base_hardship(base: BaseYear) -> Hardship:
    """What the sample records of the base year, mean over replications, by quantity."""
    setup = _setup(base)
    sums = _year(setup)
    found: list[Mapping[str, Array]] = []
    for replication in range(REPLICATIONS):
        homes = open_homes(setup, Draws(SEED, replication))
        december = Month.of(base.city.base_year, MONTHS)
        salary = base.calibrated.levers.scalar("base_salary")
        lived = live(homes, setup, sums, december, salary)
        assert lived is not None
        recorder = Recorder(setup.city, range(base.city.base_year, base.city.base_year + 1))
        record_households(recorder, setup, sums, lived)
        found.append(recorder.outcome().series)
    return {name: np.mean([one[name][0] for one in found], axis=0) for name in found[0]}


def _setup(base: BaseYear) -> Setup:
    """The base year's constants without shocks or growth, with a sample of the usual size."""
    city = replace(base.city, households=synthetic(base.city, USUAL, SEED))
    parameters = base.calibrated.parameters
    shocks = chance(city, parameters, Draws(SEED, 0), len(base.people.years), has_shocks=False)
    still = economy(city, base.calibrated.income_month, parameters, 0.0)
    return build(city, base.calibrated, base.people, shocks, still)


def _year(setup: Setup) -> YearSums:
    """Sums over the twelve months of base-year policy."""
    sums, state = YearSums(), first_state(setup)
    nothing = np.zeros((setup.offers.plan.size, COMPONENTS))
    for number in range(MONTHS):
        month = Month.of(setup.city.base_year, 1) + number
        state, flows = market.step(setup, setup.calibrated.levers, state, month)
        sums.add(flows, nothing)
    return sums


def headcount(threshold: str, chosen: slice = slice(None)) -> Callable[[Hardship], float]:
    """Share above a limit in some quintiles: of people, of households for capacity to pay."""
    at = THRESHOLDS.index(threshold)

    def share(found: Hardship) -> float:
        above, exposed = found["catastrophic"][at], found["exposed"][at]
        return float(above[:, chosen].sum() / exposed[:, chosen].sum())

    return share


def poorest_over_mean(found: Hardship) -> float:
    """Headcount of the poorest fifth over that of all, by capacity to pay."""
    return headcount("capacity_40", slice(0, 1))(found) / headcount("capacity_40")(found)


def impoverished(found: Hardship) -> float:
    """Share of people whom payments for care push below the poverty line."""
    return float(found["impoverished"].sum() / found["sampled_people"].sum())


MOMENTS: dict[str, Callable[[Hardship], float]] = {
    "catastrophic_consumption_10": headcount("consumption_10"),
    "catastrophic_consumption_25": headcount("consumption_25"),
    "catastrophic_capacity_40": headcount("capacity_40"),
    "catastrophic_poorest_over_mean": poorest_over_mean,
    "impoverished_by_care": impoverished,
}
