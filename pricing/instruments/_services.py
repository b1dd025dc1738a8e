"""Which norms and services an instrument speaks of."""

import numpy as np

from pricing.base.arrays import BoolArray
from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS


def regulated_services(
    city: City, sector: str | None, services: tuple[str, ...]
) -> tuple[str, ...]:
    """Services with list prices: those named, or all of a sector, or all; in the city's order."""
    regulated = {city.services.id[s] for s in city.norms.service[_regulated(city)]}
    return tuple(
        service
        for service, place in zip(city.services.id, city.services.sector, strict=True)
        if service in regulated
        and (not services or service in services)
        and (sector is None or city.sectors[place] == sector)
    )


def norm_rows(city: City, services: tuple[str, ...]) -> BoolArray:
    """Norms that set list prices of some services, (norm,)."""
    wanted = [city.services.id.index(service) for service in services]
    return np.asarray(_regulated(city) & np.isin(city.norms.service, wanted))


def norm_cells(city: City, services: tuple[str, ...]) -> BoolArray:
    """Norms that set list prices of some services, at every kind of place, (norm, place_kind)."""
    return np.repeat(norm_rows(city, services)[:, None], len(PLACE_KINDS), axis=1)


def sector_of(city: City, service: str) -> str:
    """Sector of a service."""
    return city.sectors[int(city.services.sector[city.services.id.index(service)])]


def _regulated(city: City) -> BoolArray:
    """Norms at whose list price some offer earns, (norm,)."""
    return np.isin(np.arange(len(city.norms.id)), city.offers.price_norm)
