"""Cover: which share of a quintile is in which class, and what a class is entitled to."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, frozen
from pricing.city.arrays import frozen_flags
from pricing.city.rows.people import PLACE_KINDS, QUINTILES
from pricing.city.rows.policy import ALL, ClassRow, CoverRow

HEALTH_SCHEME = "health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Classes of one cover scheme, on axis (class,).

    `rate`: benefit of the insured, or share of tuition the budget takes over; `rate_rule` the law
    that sets it (blank: none); `uninsured`: the class without cover.
    """

    id: tuple[str, ...]
    rate: Array
    rate_rule: tuple[str, ...]
    uninsured: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Shares of people by class; reads as `share(need, year)`."""

    needs: tuple[str, ...]
    scheme: tuple[str, ...]
    tables: Mapping[tuple[str, str], tuple[tuple[int, Array], ...]]

    def share(self, need: int, year: int) -> Array:
        """Share of each quintile in each class, (place kind, quintile, class), sums to 1."""
        scheme = self.scheme[need]
        periods = self.tables.get((scheme, self.needs[need])) or self.tables[scheme, ALL]
        last = next((share for start, share in reversed(periods) if start <= year), None)
        return periods[0][1] if last is None else last


def classes(rows: tuple[ClassRow, ...]) -> dict[str, Classes]:
    """Scheme → its classes in file order."""
    schemes = dict.fromkeys(row.scheme for row in rows)
    return {
        scheme: Classes(
            id=tuple(row.class_ for row in rows if row.scheme == scheme),
            rate=frozen([row.rate for row in rows if row.scheme == scheme]),
            rate_rule=tuple(row.rate_rule for row in rows if row.scheme == scheme),
            uninsured=frozen_flags(row.uninsured for row in rows if row.scheme == scheme),
        )
        for scheme in schemes
    }


def cover(
    rows: tuple[CoverRow, ...],
    classes_of: Mapping[str, Classes],
    needs: tuple[str, ...],
    scheme: tuple[str, ...],
) -> Cover:
    """Shares by scheme and need, one table for each year in which they change."""
    tables: dict[tuple[str, str], dict[int, Array]] = {}
    for row in rows:
        ids = classes_of[row.scheme].id
        periods = tables.setdefault((row.scheme, row.need), {})
        table = periods.setdefault(row.from_, np.zeros((len(PLACE_KINDS), QUINTILES, len(ids))))
        cell = PLACE_KINDS.index(row.place_kind), row.quintile - 1, ids.index(row.class_)
        table[cell] = row.share
    return Cover(
        needs=needs,
        scheme=scheme,
        tables={
            key: tuple((start, frozen(periods[start])) for start in sorted(periods))
            for key, periods in tables.items()
        },
    )
