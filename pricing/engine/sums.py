"""Sums over offers: by unit, by service, by place kind; index tables that hold for a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS
from pricing.engine.calibrate import Calibrated


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Where the offers belong.

    ``service_of_offer`` (offer, service) and ``public_service_kind`` (offer, service x place_kind)
    hold ones, so does ``kind_of_place`` (place_kind, place); ``list_weight`` (service, norm,
    place_kind) base-year volume behind each regulated price; ``nest_service`` the service each nest
    of each need delivers.
    """

    service_of_offer: Array
    public_service_kind: Array
    list_weight: Array
    kind_of_place: Array
    nest_service: tuple[tuple[int, ...], ...]
    unit_order: IntArray
    unit_start: IntArray
    unit_has_offer: BoolArray

    def by_unit(self, values: Array) -> Array:
        """Sum over the offers of each unit; last axis (offer,) becomes (unit,)."""
        total = np.zeros((*values.shape[:-1], self.unit_has_offer.size))
        total[..., self.unit_has_offer] = np.add.reduceat(
            values[..., self.unit_order], self.unit_start, axis=-1
        )
        return total


def sums(city: City, calibrated: Calibrated) -> Sums:
    """Index tables of a city."""
    order = np.argsort(city.offers.unit, kind="stable")
    sorted_unit = city.offers.unit[order]
    start = np.flatnonzero(np.r_[True, np.diff(sorted_unit) > 0])
    has_offer = np.zeros(len(city.units.id), dtype=np.bool_)
    has_offer[sorted_unit[start]] = True
    return Sums(
        service_of_offer=_one_hot(city.offers.service, len(city.services.id)),
        public_service_kind=_public_service_kind(city),
        list_weight=_list_weight(city),
        kind_of_place=_one_hot(city.places.kind, len(PLACE_KINDS)).T,
        nest_service=_nest_services(city, calibrated),
        unit_order=order,
        unit_start=start,
        unit_has_offer=has_offer,
    )


def _one_hot(index: IntArray, size: int) -> Array:
    """(row, size) with a 1 at each row's index; rows of index -1 are zero."""
    table = np.zeros((index.size, size))
    known = index >= 0
    table[np.flatnonzero(known), index[known]] = 1.0
    return table


def _public_service_kind(city: City) -> Array:
    """Public offers in the city by service and place kind, (offer, service x place_kind)."""
    offers, kinds = city.offers, len(PLACE_KINDS)
    public = city.units.is_public[offers.unit] & (offers.kind >= 0)
    cell = np.where(public, offers.service * kinds + offers.kind, -1)
    return _one_hot(cell, len(city.services.id) * kinds)


def _list_weight(city: City) -> Array:
    """Base-year volume behind each regulated price, (service, norm, place_kind)."""
    offers = city.offers
    weight = np.zeros((len(city.services.id), len(city.norms.id), len(PLACE_KINDS)))
    listed = (offers.price_norm >= 0) & (offers.kind >= 0) & city.units.is_public[offers.unit]
    np.add.at(
        weight,
        (offers.service[listed], offers.price_norm[listed], offers.kind[listed]),
        offers.volume[listed],
    )
    return weight


def _nest_services(city: City, calibrated: Calibrated) -> tuple[tuple[int, ...], ...]:
    """Service that each nest of each need delivers: that of its first offer."""
    found = []
    for fit in calibrated.fits:
        service = city.offers.service[fit.frame.offers]
        found.append(tuple(int(service[window.start]) for window in fit.frame.nests))
    return tuple(found)
