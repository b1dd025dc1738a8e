"""The cheapest option that keeps an indicator at its value in the baseline.

Who is best on some futures is best there partly by luck, so an option is chosen on the first half
of the scramblings and told by the other half, which had no say in the choice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.errors import Problems, nearest
from pricing.compare.paired import half_width
from pricing.compare.tables import Cell
from pricing.indicators._indicator import Indicator, indicators, keys_of, measured
from pricing.results.result import Axes, Result
from pricing.scenario.schema import SelectionSection
from pricing.scenario.study import Study

HALVES = 2
LEAST = 2  # scramblings a half needs, for an interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean difference from the baseline and its 95 % interval over scramblings."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: `gap` is how far it misses the value to keep, at most 0 where it is kept.

    `*_seen` are means over the half of the scramblings that chooses, the others over the fresh one.
    `per_avoided` is the cost of avoiding one unit of what the study counts, compared with its
    reference scenario; None for that scenario, without one, and where nothing is avoided.
    """

    scenario: str
    gap_seen: float
    cost_seen: float
    gap: Estimate
    cost: Estimate
    avoided: Estimate | None = None
    per_avoided: Estimate | None = None

    @property
    def keeps(self) -> bool:
        """Whether it keeps the value where the choice is made."""
        return self.gap_seen <= 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was chosen, why, and how it does on fresh futures; options in the study's order."""

    cell: Cell
    cost: str
    year: int
    unit_of_measure: str
    cost_unit: str
    reference: str
    options: tuple[Option, ...]
    chosen: Option

    @property
    def is_kept(self) -> bool:
        """Whether any option keeps the value; else the one with the smallest gap is chosen."""
        return self.chosen.keeps

    @property
    def is_confirmed(self) -> bool:
        """Whether fresh futures keep it too, the whole interval of the gap included."""
        return self.chosen.gap.high <= 0.0


def check_selection(study: Study, axes: Axes) -> None:
    """See that what a study selects by can be measured, before anything is run.

    Raises
    ------
    InputError
        Naming the key, what was read and what is nearest to it.
    """
    section, problems = study.selection, Problems()
    if section is None:
        return
    _check_measures(section, axes, problems)
    names = [one.name for one in study.scenarios if one.name != study.baseline]
    told = [("options", name) for name in section.options]
    if section.reference is not None:
        told.append(("reference", section.reference))
    for key, name in told:
        if name not in names:
            _note(problems, f"selection.{key}", name, names)
    years = [str(year) for year in range(study.first_year + 1, study.last_year + 1)]
    if section.year is not None and str(section.year) not in years:
        _note(problems, "selection.year", str(section.year), years)
    if study.scramblings < HALVES * LEAST:
        _note(problems, "scramblings", str(study.scramblings), [f"≥ {HALVES * LEAST}"])
    problems.raise_if_any()


def _check_measures(section: SelectionSection, axes: Axes, problems: Problems) -> None:
    known = indicators()
    for name in ("indicator", "cost", "avoided"):
        read = getattr(section, name)
        if read is not None and read not in known:
            _note(problems, f"selection.{name}", read, known)
    if section.indicator in known:
        _check_cell(section, known[section.indicator], axes, problems)


def _check_cell(
    section: SelectionSection, found: Indicator, axes: Axes, problems: Problems
) -> None:
    if found.better == "none":
        directed = [name for name, one in indicators().items() if one.better != "none"]
        _note(problems, "selection.indicator", section.indicator, directed)
    if section.dimension not in found.dimensions:
        _note(problems, "selection.dimension", section.dimension, found.dimensions)
    elif section.key not in (keys := keys_of(section.dimension, axes)):
        _note(problems, "selection.key", section.key, keys)


def _note(problems: Problems, key: str, read: str, allowed: Iterable[str]) -> None:
    words = tuple(allowed)
    problems.add(
        file="",
        line=None,
        key=f"study.{key}",
        read=read,
        allowed=", ".join(words),
        nearest=nearest(read, words),
    )


def selection(result: Result, section: SelectionSection) -> Selection | None:
    """The choice of a study; None where there is nothing to choose from.

    That is without options, with too few scramblings for two halves, or where the indicator is not
    defined, as hardship is without a household sample.
    """
    assert result.baseline is not None
    wanted = indicators()
    futures = result.complete(*result.scenarios)
    groups = np.array(result.span.scrambling)[futures]
    names = np.unique(groups)
    candidates = _candidates(result, section)
    if names.size < HALVES * LEAST or not candidates:
        return None
    halves = np.array_split(names, HALVES)
    year = section.year or result.span.last_year
    cell = Cell(result.baseline, section.indicator, section.dimension, section.key)
    seen, fresh = halves
    look = _Look(result=result, section=section, year=year, futures=futures, groups=groups)
    options = [look.option(scenario, seen, fresh) for scenario in candidates]
    if not all(isfinite(one.gap_seen + one.cost_seen) for one in options):
        return None
    return Selection(
        cell=cell,
        cost=section.cost,
        year=year,
        unit_of_measure=wanted[section.indicator].unit_of_measure,
        cost_unit=wanted[section.cost].unit_of_measure,
        reference=section.reference or "",
        options=tuple(options),
        chosen=_chosen(options),
    )


def _candidates(result: Result, section: SelectionSection) -> list[str]:
    """The options the study names, else all its scenarios but the baseline."""
    named = section.options or result.scenarios
    return [name for name in result.scenarios if name in named and name != result.baseline]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What a study looks at: its measures in one year, in futures that belong to scramblings."""

    result: Result
    section: SelectionSection
    year: int
    futures: IntArray
    groups: IntArray

    def option(self, scenario: str, seen: IntArray, fresh: IntArray) -> Option:
        """An option by two halves of the scramblings."""
        section = self.section
        sign = 1.0 if indicators()[section.indicator].better == "lower" else -1.0
        gap = sign * self._difference(self._cell(section.indicator), scenario)
        cost = self._difference(Cell("", section.cost), scenario)
        avoided = per_avoided = None
        if section.reference and section.avoided and scenario != section.reference:
            reference = section.reference
            more = self._difference(Cell("", section.cost), scenario, reference)
            fewer = -self._difference(self._cell(section.avoided), scenario, reference)
            counted, spent = self._means(fewer, fresh), self._means(more, fresh)
            avoided, per_avoided = _estimate(counted), _rate(spent, counted)
        return Option(
            scenario=scenario,
            gap_seen=float(self._means(gap, seen).mean()),
            cost_seen=float(self._means(cost, seen).mean()),
            gap=_estimate(self._means(gap, fresh)),
            cost=_estimate(self._means(cost, fresh)),
            avoided=avoided,
            per_avoided=per_avoided,
        )

    def _cell(self, indicator: str) -> Cell:
        return Cell("", indicator, self.section.dimension, self.section.key)

    def _difference(self, cell: Cell, scenario: str, other: str | None = None) -> Array:
        """What a scenario has over another, the baseline if not named, in a cell; (future,)."""
        result, item = self.result, indicators()[cell.indicator]
        wanted = {cell.indicator: replace(item, dimensions=(cell.dimension,))}
        position = keys_of(cell.dimension, result.axes).index(cell.key)
        at = result.span.years.index(self.year)
        own, base = (
            measured(result, name, wanted)[cell.indicator, cell.dimension][:, :, at, position]
            for name in (scenario, other or str(result.baseline))
        )
        difference: Array = (own - base).mean(axis=1)[self.futures]
        return difference

    def _means(self, values: Array, half: IntArray) -> Array:
        """Means over the futures of each scrambling."""
        return np.array([values[self.groups == name].mean() for name in half])


def _rate(spent: Array, counted: Array) -> Estimate | None:
    """Ratio of means with its interval by the delta method; None where nothing is counted."""
    if not counted.mean() > 0.0:
        return None
    rate = float(spent.mean() / counted.mean())
    half = float(half_width((spent - rate * counted) / counted.mean()))
    return Estimate(mean=rate, low=rate - half, high=rate + half)


def _estimate(means: Array) -> Estimate:
    middle, half = float(means.mean()), float(half_width(means))
    return Estimate(mean=middle, low=middle - half, high=middle + half)


def _chosen(options: list[Option]) -> Option:
    """The cheapest of those that keep the value; the one that misses it least if none does."""
    able = [one for one in options if one.keeps]
    if able:
        return min(able, key=lambda one: one.cost_seen)
    return min(options, key=lambda one: one.gap_seen)
