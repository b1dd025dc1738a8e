"""Targets of calibration, reported figures, and moments left untargeted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.base.errors import nearest
from pricing.city.rows.people import QUINTILES
from pricing.city.rows.policy import ALL, MomentRow, TargetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Targets by (target, need, nest), quintile by quintile."""

    rows: tuple[TargetRow, ...]
    tables: Mapping[tuple[str, str, str], Array]

    @classmethod
    def of(cls, rows: tuple[TargetRow, ...]) -> "Targets":
        """Targets as arrays on axis (quintile,); a row for all quintiles fills the axis."""
        tables: dict[tuple[str, str, str], Array] = {}
        for row in rows:
            key = row.target, row.need, row.nest
            line = tables.setdefault(key, np.full(QUINTILES, np.nan))
            if row.quintile == ALL:
                line[:] = row.value
            else:
                line[int(row.quintile) - 1] = row.value
        return cls(rows=rows, tables={key: frozen(line) for key, line in tables.items()})

    def has(self, name: str, need: str = ALL, nest: str = ALL) -> bool:
        """Whether the city states this target."""
        return (name, need, nest) in self.tables

    def by_quintile(self, name: str, need: str = ALL, nest: str = ALL) -> Array:
        """A target on axis (quintile,)."""
        found = self.tables.get((name, need, nest))
        if found is None:
            near = nearest(name, {key[0] for key in self.tables})
            raise KeyError(f"no target {name!r} for {need}, {nest}; nearest: {near}")
        return found

    def value(self, name: str, need: str = ALL, nest: str = ALL) -> float:
        """A target that is one number for all quintiles."""
        line = self.by_quintile(name, need, nest)
        if not (line == line[0]).all():
            raise KeyError(f"target {name!r} for {need}, {nest} differs by quintile")
        return float(line[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The range in which a result should lie that nothing aims at, with its source."""

    name: str
    low: float
    high: float
    unit_of_measure: str
    source: str
    status: str


def moments(rows: tuple[MomentRow, ...]) -> tuple[Moment, ...]:
    """Untargeted moments in file order."""
    return tuple(
        Moment(
            name=row.moment,
            low=row.low,
            high=row.high,
            unit_of_measure=row.unit_of_measure,
            source=row.source,
            status=row.status,
        )
        for row in rows
    )
