"""The design of an experiment: scrambled Sobol futures, replications of chance, and its trials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.base.draws import Distribution
from pricing.city.parameters import ParameterTable
from pricing.results.result import TrialKey

CHANCES_PER_FUTURE = 1 << 20
"""Room for replications in the numbering of chance, so that more of them move no other future's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an experiment samples: scramblings × points futures, replications of each, one seed."""

    scramblings: int
    points: int
    replications: int
    seed: int

    def __post_init__(self) -> None:
        if min(self.scramblings, self.points, self.replications) < 1:
            raise ValueError("scramblings, points and replications must be at least 1")
        if self.points & (self.points - 1):
            raise ValueError(f"points must be a power of two for Sobol points; read {self.points}")

    @property
    def futures(self) -> int:
        """How many futures there are."""
        return self.scramblings * self.points

    @property
    def scrambling(self) -> tuple[int, ...]:
        """The scrambling of each future."""
        return tuple(future // self.points for future in range(self.futures))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One scenario in one future under one chance; `future` counts across scramblings."""

    scenario: str
    scrambling: int
    point: int
    future: int
    replication: int
    seed: int

    @property
    def key(self) -> TrialKey:
        """Where the trial stands in the store."""
        return TrialKey(self.scenario, self.future, self.replication)

    @property
    def chance(self) -> int:
        """The number that addresses the trial's draws: the same in every scenario."""
        return self.future * CHANCES_PER_FUTURE + self.replication


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """An experiment's trials, and the point of each future in the cube of uncertain parameters.

    `columns` names the parameters; `points` are uniforms (future, column).
    """

    plan: Plan
    columns: tuple[str, ...]
    trials: tuple[Trial, ...]
    points: Array

    def values(
        self, future: int, table: ParameterTable, changes: Mapping[str, Distribution]
    ) -> dict[str, float]:
        """Every parameter in a future, by inversion; `changes` are a scenario's own distributions.

        Scenarios share the future's point, so a changed distribution moves its parameter only.
        """
        point = dict(zip(self.columns, self.points[future], strict=True))
        return {
            name: float(law.inverse(point[name])) if law.is_uncertain else law.mode
            for name, law in _distributions(table, changes).items()
        }


def design(
    plan: Plan, table: ParameterTable, scenarios: Mapping[str, Mapping[str, Distribution]]
) -> Design:
    """All trials of some scenarios, given with their own distributions of parameters.

    Every scenario meets the same futures and the same chance.
    """
    columns = sobol_columns(table, list(scenarios.values()))
    points = [_points(plan, scrambling, len(columns)) for scrambling in range(plan.scramblings)]
    trials = tuple(
        Trial(
            scenario=scenario,
            scrambling=future // plan.points,
            point=future % plan.points,
            future=future,
            replication=replication,
            seed=plan.seed,
        )
        for future in range(plan.futures)
        for scenario in scenarios
        for replication in range(plan.replications)
    )
    return Design(plan=plan, columns=columns, trials=trials, points=frozen(np.concatenate(points)))


def sobol_columns(
    table: ParameterTable, changes: Sequence[Mapping[str, Distribution]]
) -> tuple[str, ...]:
    """The parameters that are uncertain in the city or in some scenario, in the table's order."""
    sides = [_distributions(table, one) for one in ({}, *changes)]
    return tuple(name for name in table.names if any(side[name].is_uncertain for side in sides))


def _distributions(
    table: ParameterTable, changes: Mapping[str, Distribution]
) -> dict[str, Distribution]:
    return {**dict(zip(table.names, table.distribution, strict=True)), **changes}


def _points(plan: Plan, scrambling: int, dimensions: int) -> Array:
    if dimensions == 0:
        return np.zeros((plan.points, 0))
    from scipy.stats import qmc  # half a second that no worker needs

    rng = np.random.default_rng([plan.seed, scrambling])
    sobol = qmc.Sobol(dimensions, scramble=True, rng=rng)
    points: Array = sobol.random_base2(plan.points.bit_length() - 1)
    return points
