"""The City: everything that does not change during a run, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pricing.base.arrays import Array
from pricing.city.candidates import Candidates, Owners, Staff
from pricing.city.cover import Classes, Cover
from pricing.city.demography import Ages, Demography
from pricing.city.laws import Laws
from pricing.city.lots import Lots
from pricing.city.network import Offers, Units
from pricing.city.parameters import ParameterTable
from pricing.city.places import Income, People, Places
from pricing.city.population import Origin, Population, constant, projected
from pricing.city.rows.policy import ALL
from pricing.city.sample import Households
from pricing.city.services import Needs, Norms, Posts, Services
from pricing.city.tables import Tables
from pricing.city.targets import Moment, Targets


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city on the axes place, quintile, need, service, norm, unit, offer; all arrays read-only.

    Parameters
    ----------
    sectors
        Ids of the sectors the city has needs of, in the order of `needs.csv`.
    nests
        Need → names of its nests; `offers.nest` indexes them.
    season
        Use of a need in a calendar month over the mean month, (need, 12).
    distance
        Great-circle km between places, (place, place); on the diagonal the way within a place.
    tables
        The rows behind it all, with source and status.
    hashes
        File name → SHA-256.
    households
        The household sample, where a study asks for one.
    """

    name: str
    base_year: int
    folder: Path
    hashes: Mapping[str, str]
    sectors: tuple[str, ...]
    places: Places
    people: People
    ages: Ages
    demography: Demography
    income: Income
    needs: Needs
    services: Services
    posts: Posts
    norms: Norms
    units: Units
    offers: Offers
    nests: tuple[tuple[str, ...], ...]
    lots: Lots
    owners: Owners
    candidates: Candidates
    staff: Staff
    classes: Mapping[str, Classes]
    cover: Cover
    season: Array
    targets: Targets
    parameters: ParameterTable
    laws: Laws
    moments: tuple[Moment, ...]
    distance: Array
    origin: Origin
    tables: Tables
    households: Households | None = None

    def need_offers(self, need: int) -> slice:
        """The offers of a need: a slice of the offer axis."""
        low, high = np.searchsorted(self.offers.need, [need, need + 1]).tolist()
        return slice(low, high)

    def target(self, name: str, need: str = ALL, nest: str = ALL) -> Array:
        """A target of calibration, (quintile,); KeyError with the nearest name if there is none."""
        return self.targets.by_quintile(name, need, nest)

    def law(self, rule: str, day: float) -> float:
        """Value of a rule in force on a day (days since 1 January 2025)."""
        return self.laws.value(rule, day)

    def population(self, variant_weight: float, last_year: int) -> Population:
        """People from the base year to `last_year`; weight −1 low, 0 central, 1 high variant."""
        return projected(self.origin, variant_weight, last_year)

    def constant_population(self, last_year: int) -> Population:
        """The people of the base year for ever, with stationary cohorts of learners."""
        return constant(self.origin, last_year)
