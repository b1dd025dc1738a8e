"""The two tables of a run: what every scenario comes to, and how it differs from the baseline."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.compare.paired import probability_lower, spread
from pricing.indicators._indicator import TOTAL, Indicator, keys_of, measured
from pricing.results.result import Result

SUMMARY_COLUMNS = (
    "mean", "p05", "p50", "p95", "estimate_low", "estimate_high", "n",
)  # fmt: skip
COMPARISON_COLUMNS = (
    "difference", "estimate_low", "estimate_high", "p05", "p95", "probability_lower", "n",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One indicator by one dimension in one scenario; each column has the axes (year, key).

    A cell is NaN in every column but `n` where the indicator is not defined in some trial, as the
    wait for a service that nobody used.
    """

    scenario: str
    indicator: str
    dimension: str
    unit_of_measure: str
    keys: tuple[str, ...]
    years: tuple[int, ...]
    columns: Mapping[str, Array]

    @property
    def address(self) -> tuple[str, str, str]:
        """Scenario, indicator and dimension."""
        return self.scenario, self.indicator, self.dimension


class Cell(NamedTuple):
    """Which number: scenario, indicator, dimension, and the key within the dimension."""

    scenario: str
    indicator: str
    dimension: str = TOTAL
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Both tables as blocks in the order of their files: scenario, indicator, dimension."""

    baseline: str | None
    summary: tuple[Block, ...]
    comparison: tuple[Block, ...]


def row(blocks: Iterable[Block], cell: Cell, year: int) -> dict[str, float] | None:
    """The numbers of one row by column, None if the table has no such row."""
    for block in blocks:
        if block.address == cell[:-1] and cell.key in block.keys:
            at = block.years.index(year), block.keys.index(cell.key)
            numbers = {name: float(values[at]) for name, values in block.columns.items()}
            return numbers if isfinite(next(iter(numbers.values()))) else None
    return None


def tables(result: Result, wanted: Mapping[str, Indicator]) -> Tables:
    """Summary of every scenario and its paired comparison with the baseline, itself included.

    A scenario is summarised over the futures in which all its replications finished, and compared
    over those in which the baseline's did too.
    """
    values = {name: measured(result, name, wanted) for name in result.scenarios}
    summary: list[Block] = []
    comparison: list[Block] = []
    for scenario in sorted(result.scenarios):
        for address in sorted(values[scenario]):
            here = values[scenario][address]
            frame = Frame(result, scenario, wanted[address[0]], address[1])
            summary += frame.blocks(here, result.complete(scenario), summarised)
            if result.baseline is not None:
                shared = result.complete(scenario, result.baseline)
                difference = here - values[result.baseline][address]
                comparison += frame.blocks(difference, shared, compared)
    return Tables(baseline=result.baseline, summary=tuple(summary), comparison=tuple(comparison))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a block says besides its numbers."""

    result: Result
    scenario: str
    indicator: Indicator
    dimension: str

    def blocks(
        self,
        values: Array,
        futures: IntArray,
        columns: Callable[[Array, IntArray], dict[str, Array]],
    ) -> list[Block]:
        """A block from values (future, replication, year, key); none without a complete future."""
        if futures.size == 0:
            return []
        kept = values[futures]
        scrambling = np.array(self.result.span.scrambling)[futures]
        numbers = columns(kept.reshape(*kept.shape[:2], -1), scrambling)
        numbers["n"] = np.full(kept[0, 0].size, float(kept.shape[0] * kept.shape[1]))
        block = Block(
            scenario=self.scenario,
            indicator=self.indicator.name,
            dimension=self.dimension,
            unit_of_measure=self.indicator.unit_of_measure,
            keys=keys_of(self.dimension, self.result.axes),
            years=self.result.span.years,
            columns={name: column.reshape(kept.shape[2:]) for name, column in numbers.items()},
        )
        return [block]


def summarised(values: Array, scrambling: IntArray) -> dict[str, Array]:
    """The columns of the summary but `n`, from values (future, replication, measure)."""
    found = spread(values, scrambling)
    return {
        "mean": found.mean,
        "p05": found.p05,
        "p50": found.p50,
        "p95": found.p95,
        "estimate_low": found.estimate_low,
        "estimate_high": found.estimate_high,
    }


def compared(difference: Array, scrambling: IntArray) -> dict[str, Array]:
    """The columns of the comparison but `n`, from differences (future, replication, measure)."""
    found = spread(difference, scrambling)
    return {
        "difference": found.mean,
        "estimate_low": found.estimate_low,
        "estimate_high": found.estimate_high,
        "p05": found.p05,
        "p95": found.p95,
        "probability_lower": probability_lower(difference),
    }
