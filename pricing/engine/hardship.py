"""What a year of the household sample is recorded as: hardship, and how it is spread."""

from __future__ import annotations

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.city.rows.people import PLACE_KINDS, QUINTILES
from pricing.engine.calibrate import NeedFit
from pricing.engine.households import Lived, check_homes, within
from pricing.engine.rules import HEALTH_SCHEME
from pricing.engine.setup import Setup
from pricing.engine.yearly import YearSums
from pricing.equations.quotient import quotient
from pricing.world.ledger import Ledger
from pricing.world.quantities import CURVES, PAYMENTS, TENTHS
from pricing.world.recorder import Recorder

LIMITS = (0.10, 0.25, 0.40)  # of consumption, of consumption, of capacity to pay: THRESHOLDS


def close_homes(
    recorder: Recorder,
    setup: Setup,
    sums: YearSums,
    money: tuple[Ledger, Lived | None, Array],
    month: Month,
) -> None:
    """Hold the year of the sample against the ledger and record it; nothing without a sample.

    Out-of-pocket payments are recorded net of the rebate, (place, quintile) VND.

    Raises
    ------
    InvariantError
        Where the sample and the accounts of households differ.
    """
    ledger, lived, rebate = money
    if lived is None:
        return
    check_homes(lived, ledger, month, rebate)
    net = np.zeros((len(setup.city.sectors), *rebate.shape))
    net[setup.health_sector] = -rebate
    recorder.add("out_of_pocket", lived.year, net)
    record_households(recorder, setup, sums, lived)


def record_households(recorder: Recorder, setup: Setup, sums: YearSums, lived: Lived) -> None:
    """Put the year of the sample into the recorder."""
    _record_forgone(recorder, setup, sums, lived.year)
    health = lived.paid[setup.health_sector] - lived.rebate
    table = _Table(setup, lived)
    _record_catastrophe(recorder, table, health)
    _record_poverty(recorder, table, health, setup)
    people = lived.weight * lived.homes.sample.size
    recorder.put("sampled_people", lived.year, table(lived.homes.sample.size))
    recorder.put("household_spending", lived.year, table(lived.consumption))
    net = lived.paid.copy()
    net[setup.health_sector] = health
    recorder.put("household_paid", lived.year, np.stack([table(one) for one in net]))
    recorder.put("ceiling_rebate", lived.year, table(lived.rebate))
    learning = (net.sum(0) - health) * lived.learns
    recorder.put("learner_spending", lived.year, table(lived.consumption * lived.learns))
    recorder.put("learner_paid", lived.year, table(learning))
    cells, near = within(lived.factors)
    recorder.put("raked_cells", lived.year, cells)
    recorder.put("raked_cells_near", lived.year, near)
    _record_equity(recorder, lived, (people, health, net.sum(0) - health))


class _Table:
    """Sums of the sample by kind of place and quintile."""

    def __init__(self, setup: Setup, lived: Lived) -> None:
        self.lived = lived
        kinds = np.arange(len(PLACE_KINDS))
        self._of_kind = (setup.city.places.kind == kinds[:, None]).astype(np.float64)

    def __call__(self, amount: Array) -> Array:
        """Weighted sum of an amount (household,), (place_kind, quintile)."""
        by_place = self.lived.by_cell(amount).reshape(-1, QUINTILES)
        total: Array = self._of_kind @ by_place
        return total


def _record_catastrophe(recorder: Recorder, table: _Table, health: Array) -> None:
    """Who pays more than each limit, by how much, and of how many.

    People for limits of consumption (SDG 3.8.2), households for the limit of capacity to pay.
    """
    lived = table.lived
    size = lived.homes.sample.size
    one = np.ones_like(size)
    capacity = np.maximum(lived.consumption - lived.food, 0.0)
    above, over, exposed = [], [], []
    for limit, means, mass in zip(
        LIMITS, (lived.consumption, lived.consumption, capacity), (size, size, one), strict=True
    ):
        share = quotient(health, means, undefined=0.0)
        above.append(table(mass * (share > limit)))
        over.append(table(mass * np.maximum(share - limit, 0.0)))
        exposed.append(table(mass))
    recorder.put("catastrophic", lived.year, np.stack(above))
    recorder.put("overshoot", lived.year, np.stack(over))
    recorder.put("exposed", lived.year, np.stack(exposed))


def _record_poverty(recorder: Recorder, table: _Table, health: Array, setup: Setup) -> None:
    """People poor before paying for care, those poor by it, and how far payments push below."""
    lived = table.lived
    size = lived.homes.sample.size
    line = 12.0 * setup.calibrated.parameters["poverty_line_month"] * lived.price_level * size
    left = lived.consumption - health
    is_poor = lived.consumption < line
    recorder.put("poor", lived.year, table(size * is_poor))
    recorder.put("impoverished", lived.year, table(size * (~is_poor & (left < line))))
    gap = np.maximum(line - left, 0.0) - np.maximum(line - lived.consumption, 0.0)
    recorder.put("poverty_gap_added", lived.year, table(gap))


def _record_forgone(recorder: Recorder, setup: Setup, sums: YearSums, year: int) -> None:
    """Care that people went without: unmet, and not sought beyond the base year's share.

    Signed, (need, quintile): below zero where more people use care than in the base year.
    """
    potential, missed = sums["cell_potential"], sums["cell_missed"]
    forgone = np.zeros_like(potential)
    for need, fit in enumerate(setup.calibrated.fits):
        if fit.rules.scheme == HEALTH_SCHEME:
            usual = _missed_share(fit) * potential[need]
            forgone[need] = sums["unmet"][need] + missed[need] - usual
    care = np.array([one == HEALTH_SCHEME for one in setup.city.needs.scheme])[:, None]
    recorder.put("forgone", year, forgone)
    recorder.put("potential", year, potential * care)


def _missed_share(fit: NeedFit) -> Array:
    """Share of potential episodes without use in the base year, (quintile,)."""
    missed = (fit.episodes * fit.choice.outside_probability).sum((1, 2))
    return quotient(missed, fit.episodes.sum((1, 2)), undefined=0.0)


def _record_equity(recorder: Recorder, lived: Lived, of: tuple[Array, Array, Array]) -> None:
    """Concentration of payments and of hardship over people by consumption a head; curves."""
    people, health, learning = of
    order, size = lived.homes.order, lived.homes.sample.size
    mass = people[order] / people.sum()
    rank: Array = np.cumsum(mass) - 0.5 * mass
    is_above: Array = (health > LIMITS[0] * lived.consumption).astype(np.float64)
    per_head: dict[str, Array] = {
        "consumption": lived.consumption / size,
        "health": health / size,
        "learning": learning / size,
        "catastrophic": is_above,
    }
    index = {name: _index(amount[order], mass, rank) for name, amount in per_head.items()}
    concentration = np.array([index[name] for name in PAYMENTS])
    recorder.put("payment_concentration", lived.year, concentration)
    recorder.put("payment_progressivity", lived.year, concentration - index["consumption"])
    reached = np.cumsum(mass)
    at = np.arange(1, len(TENTHS) + 1) / len(TENTHS)
    curves = [_curve(per_head[name][order] * mass, reached, at) for name in CURVES]
    recorder.put("payment_curve", lived.year, np.stack(curves))


def _index(amount: Array, mass: Array, rank: Array) -> float:
    """Concentration index 2·cov(y, R)/ȳ of amounts in rank order, NaN where all are 0.

    The ranking by consumption is that of the sample for good, so no sorting; no two households of
    a drawn sample spend the same (ties: `equations.inequality.concentration_index`).
    """
    held = float(mass @ amount)
    return float(quotient(2.0 * (mass * rank) @ amount, held) - 1.0)


def _curve(held: Array, reached: Array, at: Array) -> Array:
    """Share of an amount that the poorest shares of people hold, (share,)."""
    total = float(held.sum())
    path = np.append(0.0, np.cumsum(held))
    return quotient(np.interp(at, np.append(0.0, reached), path), total)
