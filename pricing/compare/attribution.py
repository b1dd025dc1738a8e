"""Attribution: a difference between two scenarios as the sum of steps along a chain between them.

Every step is the paired difference of a scenario from the one before it in the chain, over the
futures in which the whole chain finished, so that steps sum to the total. What a step shows depends
on the links switched on before it: another order may split the same total otherwise.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.compare.headline import finite
from pricing.compare.tables import COMPARISON_COLUMNS, Block, Frame, compared, summarised
from pricing.indicators._indicator import Indicator, measured
from pricing.results.result import Result
from pricing.scenario.attribution import Chain

TOTAL_STEP = "total"
STEP_COLUMNS = (*COMPARISON_COLUMNS[:-1], "from_mean", "to_mean", COMPARISON_COLUMNS[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A step by its number from 1, or the total: from a scenario to the one of the block.

    The block has the columns of the comparison, and both scenarios' means in the same futures.
    """

    step: str
    start: str
    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One indicator along a chain: a part a step in their order, and the total last."""

    chain: Chain
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One part of one key in the last year; an interval that is not known is None."""

    chain: str
    step: str
    start: str
    end: str
    indicator: str
    dimension: str
    key: str
    year: int
    unit_of_measure: str
    n: int
    from_mean: float
    to_mean: float
    difference: float
    estimate_low: float | None
    estimate_high: float | None
    p05: float
    p95: float
    probability_lower: float


def attributions(
    result: Result, chains: Iterable[Chain], wanted: Mapping[str, Indicator]
) -> tuple[Attribution, ...]:
    """Each indicator of each chain, in the order of the study.

    A chain of which no future finished in all its scenarios has none.
    """
    return tuple(
        _attribution(result, chain, wanted[name])
        for chain in chains
        if result.complete(*chain.scenarios).size
        for name in chain.indicators
    )


def last_year(found: Iterable[Attribution]) -> tuple[StepRow, ...]:
    """The rows of the last year, by chain, indicator, key and step; undefined keys left out."""
    return tuple(
        _row(one.chain, part, at)
        for one in found
        for at in range(len(one.parts[0].block.keys))
        if np.isfinite(one.parts[0].block.columns["difference"][-1, at])
        for part in one.parts
    )


def _attribution(result: Result, chain: Chain, item: Indicator) -> Attribution:
    own = {item.name: replace(item, dimensions=(chain.dimension,))}
    address = item.name, chain.dimension
    values = np.stack([measured(result, name, own)[address] for name in chain.scenarios])
    # a trial in which some scenario of the chain has no number has no steps that sum to a total
    values = np.where(np.isnan(values).any(axis=0), np.nan, values)
    shared = result.complete(*chain.scenarios)

    def block(
        at: int, numbers: Array, columns: Callable[[Array, IntArray], dict[str, Array]]
    ) -> Block:
        [one] = Frame(result, chain.scenarios[at], item, chain.dimension).blocks(
            numbers, shared, columns
        )
        return one

    levels = [block(at, value, summarised).columns["mean"] for at, value in enumerate(values)]

    def part(step: str, first: int, last: int) -> Part:
        moved = block(last, values[last] - values[first], compared)
        means = {"from_mean": levels[first], "to_mean": levels[last]}
        moved = replace(moved, columns={**moved.columns, **means})
        return Part(step=step, start=chain.scenarios[first], block=moved)

    last = len(chain.scenarios) - 1
    steps = (part(str(end), start, end) for start, end in pairwise(range(last + 1)))
    return Attribution(chain=chain, parts=(*steps, part(TOTAL_STEP, 0, last)))


def _row(chain: Chain, part: Part, at: int) -> StepRow:
    block = part.block
    numbers = {name: float(column[-1, at]) for name, column in block.columns.items()}
    return StepRow(
        chain=chain.name,
        step=part.step,
        start=part.start,
        end=block.scenario,
        indicator=block.indicator,
        dimension=block.dimension,
        key=block.keys[at],
        year=block.years[-1],
        unit_of_measure=block.unit_of_measure,
        n=int(numbers["n"]),
        from_mean=numbers["from_mean"],
        to_mean=numbers["to_mean"],
        difference=numbers["difference"],
        estimate_low=finite(numbers["estimate_low"]),
        estimate_high=finite(numbers["estimate_high"]),
        p05=numbers["p05"],
        p95=numbers["p95"],
        probability_lower=numbers["probability_lower"],
    )
