"""A run's results in memory: yearly quantities of every trial, and the axes they stand on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.results.labelled import Labelled

Arrays: TypeAlias = Mapping[str, Array]


class TrialKey(NamedTuple):
    """Where a trial stands in an experiment: scenario, future and replication."""

    scenario: str
    future: int
    replication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """The axes of all quantities: their ids, what each id belongs to, and which quantity has which.

    `ids["year"]` are the simulated years as text. `groups["service", "sector"]` gives, for each
    service, the position of its sector in `ids["sector"]`, or -1 if it belongs to none.
    """

    ids: Mapping[str, tuple[str, ...]]
    groups: Mapping[tuple[str, str], tuple[int, ...]]
    quantities: Mapping[str, tuple[str, ...]]

    def shape(self, quantity: str) -> tuple[int, ...]:
        """The length of each axis of a quantity."""
        return tuple(len(self.ids[axis]) for axis in self.quantities[quantity])


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The futures of an experiment by scrambling, its replications, and the years it reports."""

    scrambling: tuple[int, ...]
    replications: int
    first_year: int
    last_year: int

    @property
    def futures(self) -> int:
        """How many futures there are."""
        return len(self.scrambling)

    @property
    def years(self) -> tuple[int, ...]:
        """The reported years; warm-up years are not among them."""
        return tuple(range(self.first_year, self.last_year + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All finished trials of a run; scenarios in the study's order, the baseline if there is one.

    `arrays[scenario, quantity]` has the axes (future, replication, *axes of the quantity) and is
    NaN where a trial failed or is missing.
    """

    scenarios: tuple[str, ...]
    baseline: str | None
    axes: Axes
    span: Span
    arrays: Mapping[tuple[str, str], Array]
    finished: Mapping[str, BoolArray]

    def array(self, quantity: str, scenario: str) -> Array:
        """A quantity of a scenario on (future, replication, year or month, …), warm-up included."""
        return self.arrays[scenario, quantity]

    def labelled(self, quantity: str, scenario: str) -> Labelled:
        """A yearly quantity in the reported years, its other axes named."""
        first, *axes = self.axes.quantities[quantity]
        if first != "year":
            raise KeyError(f"{quantity} is not yearly, its axes are {first}, {axes}")
        values = self.reported(self.arrays[scenario, quantity])
        return Labelled(axes=tuple(axes), values=values)

    def reported(self, values: Array) -> Array:
        """The reported years of values on (future, replication, simulated year, …)."""
        simulated = self.axes.ids["year"]
        start = simulated.index(str(self.span.first_year))
        stop = simulated.index(str(self.span.last_year)) + 1
        return values[:, :, start:stop]

    def complete(self, *scenarios: str) -> IntArray:
        """The futures of which every replication finished in each of some scenarios."""
        done = [np.all(self.finished[scenario], axis=1) for scenario in scenarios]
        return np.flatnonzero(np.all(done, axis=0))
