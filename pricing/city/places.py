"""Places, and the people who live there at the start of the base year."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray, frozen
from pricing.city.arrays import frozen_ints
from pricing.city.rows.people import (
    PLACE_KINDS,
    QUINTILES,
    CommuneRow,
    IncomeRow,
    PeopleRow,
    PlaceRow,
)

EARTH_RADIUS_KM = 6371.0
# The mean distance from a random point of a square to its middle is 0.3826 of its side.
WITHIN_PLACE = 0.38


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Catchment areas on axis (place,); `kind` indexes PLACE_KINDS, coordinates in degrees."""

    id: tuple[str, ...]
    name_vi: tuple[str, ...]
    kind: IntArray
    ward_share: Array
    latitude: Array
    longitude: Array
    registered: Array

    @classmethod
    def of(cls, rows: tuple[PlaceRow, ...]) -> "Places":
        """Places in file order."""
        return cls(
            id=tuple(row.place for row in rows),
            name_vi=tuple(row.name_vi for row in rows),
            kind=frozen_ints(PLACE_KINDS.index(row.kind) for row in rows),
            ward_share=frozen([row.ward_share for row in rows]),
            latitude=frozen([row.latitude for row in rows]),
            longitude=frozen([row.longitude for row in rows]),
            registered=frozen([row.registered_2025 for row in rows]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Residents at the start of the base year; (place, quintile)."""

    residents: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """Income and consumption a head and month in the base year; VND, (place, quintile)."""

    income_month: Array
    consumption_month: Array


def residents(places: Places, rows: Iterable[PeopleRow]) -> People:
    """Residents by place and quintile."""
    table = np.zeros((len(places.id), QUINTILES))
    index = {place: number for number, place in enumerate(places.id)}
    for row in rows:
        table[index[row.place], row.quintile - 1] = row.residents_2025
    return People(residents=frozen(table))


def incomes(places: Places, rows: Iterable[IncomeRow]) -> Income:
    """Income and consumption of a place: those of its kind and quintile."""
    income = np.full((len(PLACE_KINDS), QUINTILES), np.nan)
    consumption = income.copy()
    for row in rows:
        cell = PLACE_KINDS.index(row.place_kind), row.quintile - 1
        income[cell] = row.income_month_2025
        consumption[cell] = row.consumption_month_2025
    return Income(
        income_month=frozen(income[places.kind]), consumption_month=frozen(consumption[places.kind])
    )


def distances(places: Places, communes: Iterable[CommuneRow]) -> Array:
    """Great-circle distance between places' centres, km, (place, place); haversine formula.

    On the diagonal 0.38 × √area of the place's communes: the mean way to the middle of a square.
    Roads are longer; the parameter `road_factor` multiplies these distances later.
    """
    latitude, longitude = np.radians(places.latitude), np.radians(places.longitude)
    half_chord = (
        np.sin((latitude[:, None] - latitude) / 2.0) ** 2
        + np.cos(latitude[:, None])
        * np.cos(latitude)
        * np.sin((longitude[:, None] - longitude) / 2.0) ** 2
    )
    table = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half_chord))
    area = dict.fromkeys(places.id, 0.0)
    for row in communes:
        area[row.place] += row.area_km2
    np.fill_diagonal(table, WITHIN_PLACE * np.sqrt(list(area.values())))
    return frozen(table)
