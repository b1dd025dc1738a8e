"""The household sample in one trial: what does not change from year to year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.city.households import benefit_order, class_at, health_shares
from pricing.city.sample import Households
from pricing.city.spread import FRAILTY, TENURE
from pricing.engine.illness import frailty, shifted, shifts
from pricing.engine.setup import Setup

EQUIVALENCE = 0.56  # Xu et al. 2003, Lancet 362: equivalent size is members to this power
MIDDLE = 0.05  # and subsistence the food of the tenth of households around the median


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """The sample of one trial.

    ``frailty`` (member,) of mean 1; ``illness`` (year, dimension, cell) shifts; ``is_tenured`` 1
    for members of five years of insurance; ``luck`` (member,) in [0, 1), one for a household, by
    which programmes reach it or not; ``food`` (household,) VND a month that is no capacity to
    pay, at base-year prices; ``order`` (household,) from the lowest consumption a head; ``classes``
    cover of the members by the first year it holds.
    """

    sample: Households
    frailty: Array
    illness: Array
    is_tenured: Array
    luck: Array
    food: Array
    order: IntArray
    classes: Mapping[int, IntArray]


def open_homes(setup: Setup, draws: Draws) -> Homes | None:
    """The sample of a trial from the city's, or None where it has none."""
    city, sample = setup.city, setup.city.households
    if sample is None:
        return None
    parameters = setup.calibrated.parameters
    n_cells = sample.first.size
    first = shifts(draws, "household_frailty", 1, (1, n_cells))[0, 0]
    years, dimensions = len(setup.people.years), 2 * len(sample.illness)
    is_tenured = sample.points[TENURE] < parameters["ceiling_member_share"]
    return Homes(
        sample=sample,
        frailty=frailty(shifted(sample, FRAILTY, first), parameters["household_frailty_shape"]),
        illness=shifts(draws, "household_illness", years, (dimensions, n_cells)),
        is_tenured=is_tenured.astype(np.float64),
        luck=draws.table("household_reach", (sample.size.size,))[sample.household],
        food=_food(sample, parameters["food_share"], parameters["food_elasticity"]),
        order=np.argsort(sample.consumption_month, kind="stable"),
        classes=_classes(city, sample),
    )


def class_of(homes: Homes, year: int) -> IntArray:
    """Cover class of each member in a year, (member,)."""
    return homes.classes[max(first for first in homes.classes if first <= year)]


def weights(homes: Homes, residents: Array) -> Array:
    """Households that each stands for when the cells hold these people, (household,)."""
    sample = homes.sample
    growth = residents.ravel() / sample.by_cell(sample.weight * sample.size)
    found: Array = sample.weight * growth[sample.cell]
    return found


def _food(sample: Households, share: float, elasticity: float) -> Array:
    """Food, or subsistence where that is less, VND a household and month (Xu et al. 2003).

    Food a head is `share` of consumption in the middle household and follows consumption with an
    elasticity below 1 (Engel).
    """
    order = np.argsort(sample.consumption_month, kind="stable")
    mass = np.cumsum((sample.weight * sample.size)[order])
    below = np.empty(order.size)
    below[order] = mass / mass[-1]
    away = np.abs(below - 0.5)
    middle = away <= max(MIDDLE, float(away.min()))
    median = float(np.average(sample.consumption_month[middle], weights=sample.weight[middle]))
    relative = sample.consumption_month / median
    food = share * median * relative**elasticity * sample.size
    equivalent = sample.size**EQUIVALENCE
    level = float(np.average((food / equivalent)[middle], weights=sample.weight[middle]))
    subsistence: Array = np.minimum(food, level * equivalent)
    return subsistence


def _classes(city: City, sample: Households) -> dict[int, IntArray]:
    """Cover class of the members from each year in which the table of cover changes."""
    order, kind = benefit_order(city), city.places.kind[sample.place][sample.household]
    quintile = sample.quintile[sample.household]
    found: dict[int, IntArray] = {}
    last: Array | None = None
    for year in _years_of_cover(city):
        table = health_shares(city, year)
        if last is None or not np.array_equal(table, last):
            found[year] = class_at(sample.cover_rank, table[kind, quintile], order)
        last = table
    return found


def _years_of_cover(city: City) -> list[int]:
    """The base year, and the years in which cover changes after it."""
    periods = {first for table in city.cover.tables.values() for first, _ in table}
    return [city.base_year, *sorted(year for year in periods if year > city.base_year)]
