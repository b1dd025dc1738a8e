"""What an indicator is, and how the dimensions of one are formed from the quantities it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from pricing.base.arrays import Array
from pricing.base.discover import discover
from pricing.base.errors import PricingError
from pricing.results.labelled import LEADING, Labelled
from pricing.results.result import Axes, Result

TOTAL = "all"
DIMENSION_ORDER = (
    "service", "lot", "need", "sector", "line", "budget_level", "education_level", "threshold",
    "place", "place_kind", "quintile", "component", "payer", "ownership", "payment_kind", "curve",
    "tenth", "member_class", "contributor", "profession", "price_cause",
)  # fmt: skip
DIRECTIONS = ("lower", "higher", "none")

_PACKAGE = "pricing.indicators"


@dataclass(frozen=True, slots=True)
class Quantities:
    """What was recorded of one scenario; called with a quantity's name."""

    result: Result
    scenario: str

    def __call__(self, name: str) -> Labelled:
        """A yearly quantity in the reported years."""
        return self.result.labelled(name, self.scenario)

    def outside(self, axis: str, group: str) -> Labelled:
        """One for the ids of an axis that belong to no member of a group, zero for the others."""
        index = np.array(self.result.axes.groups[axis, group])
        return Labelled(axes=(axis,), values=np.where(index < 0, 1.0, 0.0)[(np.newaxis,) * LEADING])

    def only(self, axis: str, *ids: str) -> Labelled:
        """One for some ids of an axis, zero for the others."""
        chosen = np.isin(self.result.axes.ids[axis], ids).astype(np.float64)
        return Labelled(axes=(axis,), values=chosen[(np.newaxis,) * LEADING])

    def event(self, name: str) -> Labelled:
        """What an event of lots came to in each reported year: a number of them, days or VND."""
        return self._events(name, self.result.array("lot_event", self.scenario))

    def event_so_far(self, name: str) -> Labelled:
        """What an event of lots came to up to the end of each reported year, warm-up included."""
        told = self.result.array("lot_event", self.scenario)
        return self._events(name, np.cumsum(told, axis=LEADING - 1))

    def so_far(self, name: str) -> Labelled:
        """A flow summed from the warm-up to the end of each reported year."""
        total = np.cumsum(self.result.array(name, self.scenario), axis=LEADING - 1)
        _, *axes = self.result.axes.quantities[name]
        return Labelled(axes=tuple(axes), values=self.result.reported(total))

    def ever(self, name: str) -> Labelled:
        """A quantity summed over all trials, scenarios and years of the run."""
        total: Array = np.array(0.0)
        for scenario in self.result.scenarios:
            total = total + np.nansum(self.result.array(name, scenario), axis=(0, 1, 2))
        _, *axes = self.result.axes.quantities[name]
        return Labelled(axes=tuple(axes), values=total[(np.newaxis,) * LEADING])

    def _events(self, name: str, values: Array) -> Labelled:
        at = self.result.axes.ids["lot_event"].index(name)
        return Labelled(axes=("lot",), values=self.result.reported(values[..., at]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Two sums whose ratio is the indicator: each is summed over the axes not asked for first.

    The indicator is defined only `where` the sum of a third is not zero, everywhere without one.
    """

    of: Labelled
    over: Labelled | None = None
    where: Labelled | None = None


Formula: TypeAlias = Callable[[Quantities], Ratio]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: how it is measured, in what, which way is better, by what it can be split."""

    name: str
    unit_of_measure: str
    better: str
    dimensions: tuple[str, ...]
    source: str
    formula: Formula

    def __post_init__(self) -> None:
        if self.better not in DIRECTIONS:
            raise ValueError(f"{self.name}: better {self.better!r} is not in {DIRECTIONS}")
        for dimension in self.dimensions:
            axes = axes_of(dimension)
            if sorted(axes, key=DIMENSION_ORDER.index) != list(axes):
                raise ValueError(f"{self.name}: the axes of {dimension!r} are out of order")


def indicator(
    unit_of_measure: str, *dimensions: str, better: str = "none", source: str
) -> Callable[[Formula], Indicator]:
    """Make the decorated formula an indicator of the same name.

    Parameters
    ----------
    unit_of_measure
        What the numbers are in, such as `VND` or `share`.
    dimensions
        `all`, or one or two axes joined by `*` in the order of `DIMENSION_ORDER`.
    better
        `lower`, `higher` or `none` where neither is good in itself.
    source
        Where the definition stands.
    """

    def made(formula: Formula) -> Indicator:
        return Indicator(
            name=formula.__name__,
            unit_of_measure=unit_of_measure,
            better=better,
            dimensions=dimensions,
            source=source,
            formula=formula,
        )

    return made


def indicators() -> dict[str, Indicator]:
    """Every indicator of the folder by name, in order of name."""
    found = discover(_PACKAGE, lambda item: item.name if isinstance(item, Indicator) else None)
    return {name: item for name, item in sorted(found.items()) if isinstance(item, Indicator)}


def measures() -> dict[str, tuple[str, ...]]:
    """The dimensions of every indicator by its name."""
    return {name: item.dimensions for name, item in indicators().items()}


def axes_of(dimension: str) -> tuple[str, ...]:
    """The axes of a dimension; none for the total."""
    return () if dimension == TOTAL else tuple(dimension.split("*"))


def keys_of(dimension: str, axes: Axes) -> tuple[str, ...]:
    """The keys of a dimension: the ids of its axes joined by `*`, the last axis running fastest."""
    return tuple("*".join(ids) for ids in product(*(axes.ids[name] for name in axes_of(dimension))))


def measured(
    result: Result, scenario: str, wanted: Mapping[str, Indicator]
) -> dict[tuple[str, str], Array]:
    """Values of indicators by name and dimension; (future, replication, year, key).

    A ratio without a denominator, such as the wait for a service that nobody used, is NaN.
    """
    values: dict[tuple[str, str], Array] = {}
    for name, item in wanted.items():
        ratio = item.formula(Quantities(result, scenario))
        for dimension in item.dimensions:
            values[name, dimension] = _value(ratio, dimension, result.axes)
    return values


def _value(ratio: Ratio, dimension: str, axes: Axes) -> Array:
    wanted = axes_of(dimension)
    numerator = _grouped(ratio.of, wanted, axes)
    missing = set(wanted) - set(numerator.axes)
    if missing:
        raise PricingError(f"{dimension}: {ratio.of.axes} cannot be split by {sorted(missing)}")
    values = numerator.values
    if ratio.over is not None:
        over = _spread(_grouped(ratio.over, wanted, axes), wanted, values, axes)
        undefined = np.full(over.shape, np.nan)
        values = np.divide(values, over, out=undefined, where=over != 0.0)
    if ratio.where is not None:
        known = _spread(_grouped(ratio.where, wanted, axes), wanted, values, axes)
        values = np.where(known != 0.0, values, np.nan)
    return _flat(values)


def _spread(labelled: Labelled, wanted: tuple[str, ...], like: Array, axes: Axes) -> Array:
    """A grouped array repeated over the wanted axes that it lacks."""
    sizes = [len(axes.ids[axis]) if axis in labelled.axes else 1 for axis in wanted]
    shape = (*labelled.values.shape[:LEADING], *sizes)
    return np.broadcast_to(labelled.values.reshape(shape), like.shape)


def _flat(values: Array) -> Array:
    return values.reshape(*values.shape[:LEADING], -1)


def _grouped(labelled: Labelled, wanted: tuple[str, ...], axes: Axes) -> Labelled:
    """The sum over all axes but those wanted, which are the array's own or groups of its own."""
    own = {axis: _source(labelled, axis, axes) for axis in wanted}
    sources = [fine for fine in own.values() if fine is not None]
    rest = tuple(axis for axis in labelled.axes if axis not in sources)
    summed = labelled.total(*rest) if rest else labelled
    present = tuple(axis for axis in wanted if own[axis] is not None)
    order = [LEADING + summed.axes.index(fine) for axis in present if (fine := own[axis])]
    values = np.transpose(summed.values, (*range(LEADING), *order))
    for position, axis in enumerate(present, start=LEADING):
        if own[axis] != axis:
            index = np.array(axes.groups[str(own[axis]), axis])
            values = _gathered(values, position, index, len(axes.ids[axis]))
    return Labelled(axes=present, values=values)


def _source(labelled: Labelled, axis: str, axes: Axes) -> str | None:
    if axis in labelled.axes:
        return axis
    return next((fine for fine in labelled.axes if (fine, axis) in axes.groups), None)


def _gathered(values: Array, position: int, index: Array, length: int) -> Array:
    """The sums over the members of each group along one axis."""
    groups = [
        np.sum(np.compress(index == group, values, axis=position), axis=position)
        for group in range(length)
    ]
    return np.stack(groups, axis=position)
