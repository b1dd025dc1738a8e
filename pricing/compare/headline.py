"""The headline: a handful of indicators in the last year, each scenario against the baseline."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.compare.paired import jeffreys_interval, pairing_gain
from pricing.compare.tables import Cell, Tables, row
from pricing.indicators._indicator import indicators, keys_of, measured
from pricing.results.result import Result

POOREST = "1"
HEADLINES = (
    ("net_public_cost", "all", ""),
    ("outlay", "all", ""),
    ("fund_net_position", "all", ""),
    ("out_of_pocket", "all", ""),
    ("out_of_pocket", "quintile", POOREST),
    ("cost_recovery", "all", ""),
    ("ceiling_binding", "all", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a scenario differs from the baseline, and how surely.

    `estimate_*` is the error of the mean, `p05` and `p95` the band over futures, `probability_*`
    the Jeffreys interval of `probability_lower`; `gain_*` are the variances of the unpaired over
    the paired difference, between futures and by chance within a future, None where not finite.
    """

    difference: float
    estimate_low: float | None
    estimate_high: float | None
    p05: float
    p95: float
    probability_lower: float
    probability_low: float
    probability_high: float
    gain_futures: float | None
    gain_chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One indicator of one scenario in the last year; the baseline has no difference."""

    scenario: str
    indicator: str
    dimension: str
    key: str
    year: int
    unit_of_measure: str
    n: int
    mean: float
    against_baseline: Difference | None


def headlines(result: Result, tables: Tables) -> tuple[Headline, ...]:
    """The headline of every scenario, by indicator and then in the study's order."""
    cells = [Cell(scenario, *which) for which in HEADLINES for scenario in result.scenarios]
    found = (_headline(result, tables, cell) for cell in cells)
    return tuple(one for one in found if one is not None)


def _headline(result: Result, tables: Tables, cell: Cell) -> Headline | None:
    year = result.span.last_year
    numbers = row(tables.summary, cell, year)
    if numbers is None:
        return None
    return Headline(
        scenario=cell.scenario,
        indicator=cell.indicator,
        dimension=cell.dimension,
        key=cell.key,
        year=year,
        unit_of_measure=indicators()[cell.indicator].unit_of_measure,
        n=int(numbers["n"]),
        mean=numbers["mean"],
        against_baseline=_difference(result, tables, cell),
    )


def _difference(result: Result, tables: Tables, cell: Cell) -> Difference | None:
    numbers = row(tables.comparison, cell, result.span.last_year)
    if numbers is None or result.baseline is None or cell.scenario == result.baseline:
        return None
    futures = result.complete(cell.scenario, result.baseline)
    own = _values(result, cell)[futures]
    other = _values(result, cell._replace(scenario=result.baseline))[futures]
    gain = pairing_gain(own, other)
    low, high = _probability_interval(np.mean(own - other, axis=1))
    return Difference(
        difference=numbers["difference"],
        estimate_low=finite(numbers["estimate_low"]),
        estimate_high=finite(numbers["estimate_high"]),
        p05=numbers["p05"],
        p95=numbers["p95"],
        probability_lower=numbers["probability_lower"],
        probability_low=low,
        probability_high=high,
        gain_futures=finite(gain.futures),
        gain_chance=finite(gain.chance),
    )


def _values(result: Result, cell: Cell) -> Array:
    """One indicator's cell in the last year; (future, replication)."""
    values = measured(result, cell.scenario, {cell.indicator: indicators()[cell.indicator]})
    position = keys_of(cell.dimension, result.axes).index(cell.key)
    return values[cell.indicator, cell.dimension][:, :, -1, position]


def _probability_interval(by_future: Array) -> tuple[float, float]:
    n = by_future.shape[0]
    below = float(np.sum(by_future < 0.0) + np.sum(by_future == 0.0) / 2.0)
    low, high = jeffreys_interval(below, n)
    # n futures can show no probability beyond n / (n + 1), at either end
    return max(low, 1.0 / (n + 1)), min(high, n / (n + 1))


def finite(value: float | Array) -> float | None:
    """The number, or None where there is none."""
    number = float(value)
    return number if np.isfinite(number) else None
