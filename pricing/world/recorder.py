"""Quantities of a trial: yearly arrays filled month by month, a few monthly series."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.city.city import City
from pricing.world.quantities import MONTHLY, YEARLY, Quantity, axis_ids


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial leaves behind.

    Parameters
    ----------
    series
        Yearly arrays by quantity, (year, …) on the quantity's axes.
    months
        Monthly arrays by quantity, (month,).
    """

    series: Mapping[str, Array]
    months: Mapping[str, Array]

    @property
    def nbytes(self) -> int:
        """Size of all arrays in bytes."""
        return sum(array.nbytes for part in (self.series, self.months) for array in part.values())


class Recorder:
    """Arrays of one trial, from the first simulated year on.

    Parameters
    ----------
    city
        Gives the lengths of the axes.
    years
        All simulated years in order, the warm-up included.
    """

    def __init__(self, city: City, years: range) -> None:
        ids = axis_ids(city)
        self._first_year = years[0]
        self._first_month = Month.of(years[0], 1)
        arrays = {quantity.name: _empty(quantity, ids, len(years)) for quantity in YEARLY}
        self._flows = {row.name: arrays[row.name] for row in YEARLY if row.is_flow}
        self._stocks = {row.name: arrays[row.name] for row in YEARLY if not row.is_flow}
        self._months = {row.name: np.zeros(12 * len(years)) for row in MONTHLY}

    def add(self, name: str, year: int, values: npt.ArrayLike) -> None:
        """Add a month's flow to its year; values on the quantity's axes."""
        self._flows[name][year - self._first_year, ...] += np.asarray(values, dtype=np.float64)

    def put(self, name: str, year: int, values: npt.ArrayLike) -> None:
        """Note a stock as it stands at the year's end; values on the quantity's axes."""
        self._stocks[name][year - self._first_year, ...] = values

    def month(self, name: str, month: Month, value: float) -> None:
        """Note the value of a month."""
        self._months[name][month - self._first_month] = value

    def outcome(self) -> Outcome:
        """Everything recorded so far, read-only."""
        series = {row.name: (self._flows | self._stocks)[row.name] for row in YEARLY}
        for array in (*series.values(), *self._months.values()):
            array.setflags(write=False)
        return Outcome(series, dict(self._months))


def _empty(quantity: Quantity, ids: Mapping[str, tuple[str, ...]], n_years: int) -> Array:
    return np.zeros((n_years, *(len(ids[axis]) for axis in quantity.axes)))
