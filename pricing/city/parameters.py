"""Parameters with their distributions: central values, and values at points of the unit cube."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.draws import Distribution
from pricing.city.rows.policy import ParameterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterTable:
    """Parameters on axis (parameter,), in file order."""

    names: tuple[str, ...]
    distribution: tuple[Distribution, ...]
    unit_of_measure: tuple[str, ...]
    source: tuple[str, ...]
    status: tuple[str, ...]

    @classmethod
    def of(cls, rows: tuple[ParameterRow, ...]) -> "ParameterTable":
        """The table in file order."""
        return cls(
            names=tuple(row.name for row in rows),
            distribution=tuple(
                Distribution(kind=row.distribution, low=row.low, mode=row.value, high=row.high)
                for row in rows
            ),
            unit_of_measure=tuple(row.unit_of_measure for row in rows),
            source=tuple(row.source for row in rows),
            status=tuple(row.status for row in rows),
        )

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Names of the parameters that can take more than one value: the columns of a design."""
        return tuple(
            name
            for name, distribution in zip(self.names, self.distribution, strict=True)
            if distribution.is_uncertain
        )

    def central(self) -> dict[str, float]:
        """Name → central value."""
        return {
            name: distribution.mode
            for name, distribution in zip(self.names, self.distribution, strict=True)
        }

    def at(self, u: Array) -> dict[str, float]:
        """Name → value at a point of the unit cube, one coordinate per uncertain parameter."""
        point = dict(zip(self.uncertain, np.asarray(u, dtype=np.float64), strict=True))
        return {
            name: float(distribution.inverse(point[name])) if name in point else distribution.mode
            for name, distribution in zip(self.names, self.distribution, strict=True)
        }
