"""What one need's choice looks like: its offers, nests, distances, reach; and its fitted demand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.city import City


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFrame:
    """Static shape of one need's choice.

    ``offers`` slice of the city's offers; ``nests`` slices within the need's offers;
    ``distance`` (place, offer) road km one way, 0 for offers elsewhere; ``reach`` (place, offer)
    0 or 1 in the base year, 0 for slots, ``open_reach`` were every slot open; ``own_place`` (place,
    offer) 1 where the offer stands in the place.
    """

    need: int
    name: str
    offers: slice
    nests: tuple[slice, ...]
    nest: IntArray
    distance: Array
    reach: Array
    open_reach: Array
    own_place: Array

    @property
    def stands(self) -> BoolArray:
        """Whether each offer is there in the base year, (offer,)."""
        return np.asarray(self.reach.any(0))

    @property
    def n_offers(self) -> int:
        """Number of offers of the need."""
        return int(self.offers.stop - self.offers.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Fitted demand of one need (model section 5).

    ``asc`` (quintile, nest); ``alpha`` (quintile,) per burden over monthly income;
    ``offer_constant`` (offer,) lambda ln(size) or what the known volume implies;
    ``distance_weight`` per km; ``need_rate`` (quintile,) potential episodes per person at risk and
    year, or entrants per candidate.
    """

    asc: Array
    alpha: Array
    offer_constant: Array
    distance_weight: float
    need_rate: Array
    nest_lambda: float


def fixed_utility(
    frame: NeedFrame, demand: Demand, money: tuple[Array, Array], opened: Array | None = None
) -> Array:
    """Utility that depends on the place, (quintile, place, offer); -inf is out of reach.

    lambda ln(size) or the inverted offer constant, travel at alpha, distance at its own weight.

    Parameters
    ----------
    money : Array, Array
        Travel cost per one-way km and monthly income, (quintile,), VND.
    opened : Array, optional
        (offer,) share of its full size at which each offer is open; the base year's if not given.
    """
    travel_per_km, income_month = money
    per_km = demand.alpha * travel_per_km / income_month + demand.distance_weight
    utility = demand.offer_constant - per_km[:, None, None] * frame.distance
    if opened is None:
        return np.where(frame.reach > 0, utility, -np.inf)
    size = demand.nest_lambda * np.log(np.where(opened > 0, opened, 1.0))
    within = (frame.open_reach > 0) & (opened > 0)
    return np.where(within, utility + size, -np.inf)


def need_frame(city: City, need: int, road_factor: float) -> NeedFrame:
    """Frame of one need; ``road_factor`` turns great-circle km into road km."""
    window = city.need_offers(need)
    offers = city.offers
    nest = offers.nest[window]
    place = offers.place[window]
    here = place >= 0
    n_places = len(city.places.id)
    distance = np.zeros((n_places, nest.size))
    distance[:, here] = city.distance[:, place[here]] * road_factor
    own = np.zeros_like(distance)
    own[place[here], np.flatnonzero(here)] = 1.0
    limit = offers.reach[window]
    within = np.isnan(limit) | ~here | (distance <= np.nan_to_num(limit, nan=np.inf))
    reach = np.where(within | (own > 0), 1.0, 0.0)
    stands = offers.volume[window] > 0
    return NeedFrame(
        need=need,
        name=city.needs.id[need],
        offers=window,
        nests=_nest_slices(nest, len(city.nests[need])),
        nest=nest,
        distance=distance,
        reach=reach * stands,
        open_reach=reach,
        own_place=own,
    )


def _nest_slices(nest: IntArray, n_nests: int) -> tuple[slice, ...]:
    """Contiguous windows of the nests; offers come sorted by nest."""
    edges = np.searchsorted(nest, np.arange(n_nests + 1))
    return tuple(slice(int(a), int(b)) for a, b in pairwise(edges))
