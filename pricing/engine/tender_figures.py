"""Figures of a tender: what an equation expects beside what was drawn, with its standard error."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.auction_rules import low_tenders
from pricing.scenario.tender import LowRule

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure of a tender: by the equilibrium, simulated, and the simulation's standard error.

    `expected` is NaN where no equation gives it; `simulated` and `error` where nothing was drawn.
    """

    measure: str
    expected: float
    simulated: float
    error: float

    @property
    def z(self) -> float:
        """Simulated less expected in standard errors; NaN where the simulation does not vary."""
        return (self.simulated - self.expected) / self.error if self.error > 0.0 else np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The tender with one number of bidders: its figures, and first-price prices as drawn."""

    number: int
    figures: tuple[Measured, ...]
    prices: Array

    def figure(self, measure: str) -> Measured:
        """The figure of a name."""
        return next(one for one in self.figures if one.measure == measure)

    def has(self, measure: str) -> bool:
        """Whether the file asked for a figure."""
        return any(one.measure == measure for one in self.figures)


def mean_of(measure: str, expected: float, sample: Array) -> Measured:
    """Mean of drawn values with its standard error."""
    many = len(sample) > 1
    return Measured(
        measure=measure,
        expected=expected,
        simulated=float(sample.mean()) if many else np.nan,
        error=_above_rounding(sample.std(ddof=1) / np.sqrt(len(sample)), sample)
        if many
        else np.nan,
    )


def saving_of(measure: str, price: Measured, ceiling: float) -> Measured:
    """Share of the ceiling that a mean price leaves."""
    return Measured(
        measure=measure,
        expected=1.0 - price.expected / ceiling,
        simulated=1.0 - price.simulated / ceiling,
        error=price.error / ceiling,
    )


def deviation_of(measure: str, expected: float, sample: Array) -> Measured:
    """Standard deviation of drawn values; its error from their fourth moment (delta method)."""
    many = len(sample) > 1
    deviation = _above_rounding(sample.std(ddof=1), sample) if many else np.nan
    fourth = float(np.mean((sample - sample.mean()) ** 4)) if many else np.nan
    spread = np.sqrt(max(fourth - deviation**4, 0.0) / max(len(sample), 1))
    return Measured(
        measure=measure,
        expected=expected,
        simulated=deviation,
        error=float(spread / (2.0 * deviation)) if deviation > 0.0 else np.nan,
    )


def share_of(measure: str, expected: float, holds: BoolArray) -> Measured:
    """Share of draws in which something holds; its error at the expected share, if there is one."""
    if len(holds) == 0:
        return Measured(measure=measure, expected=expected, simulated=np.nan, error=np.nan)
    share = float(holds.mean())
    at = share if np.isnan(expected) else expected
    error = float(np.sqrt(at * (1.0 - at) / len(holds)))
    return Measured(measure=measure, expected=expected, simulated=share, error=error)


def low_winners(bids: Array, winner: IntArray, rule: LowRule) -> Iterator[Measured]:
    """Awards that each of three usual rules would question, by the winner's bid.

    `bids` (tender, slot), NaN where there is none; `winner` the slot, −1 where the tender failed.
    """
    flags = low_tenders(bids, rule.ratio, rule.deviations)
    awarded = np.flatnonzero(winner >= 0)
    for name in ("below_mean", "below_others", "below_spread"):
        yield share_of(name, np.nan, getattr(flags, name)[awarded, winner[awarded]])


def _above_rounding(deviation: float, sample: Array) -> float:
    """A deviation, or 0 where it is only the rounding of equal numbers."""
    return float(deviation) if deviation > ROUNDING * np.abs(sample).max() else 0.0
