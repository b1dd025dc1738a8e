"""Lots: volumes of a service that the budget buys for a place, and the offers that may serve them.

Lots change nothing by themselves; they act where an instrument awards them.
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray, frozen
from pricing.city.arrays import frozen_ints, positions
from pricing.city.network import Network, Offers
from pricing.city.rows.lots import LotRow
from pricing.city.services import Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """What the budget may buy, on axis (lot,), in file order; none where a city has no lots.csv.

    Parameters
    ----------
    norm
        Index of the norm whose price is the norm price.
    scheme
        Word of SCHEMES: how the lot is bought by default.
    unit, offer
        Index of the supplier by default, and of its offer of the service.
    volume_year
        Units of output a year.
    volume_month
        Units of output in a month of service: of twelve, or of the teaching months of learners.
    months
        Length of the contract, calendar months.
    ceiling
        VND per unit of output; NaN is the norm price at full cost.
    user_share
        Share of the charge that the user still pays; 0 is free.
    first_month
        First month of service, counted from January 2025.
    candidates
        Offers that may serve each lot, as indices in ascending order: those of the service whose
        unit stands in the place or reaches it by road, by the central road factor.
    """

    id: tuple[str, ...]
    service: IntArray
    place: IntArray
    norm: IntArray
    scheme: tuple[str, ...]
    unit: IntArray
    offer: IntArray
    volume_year: Array
    volume_month: Array
    months: IntArray
    quality_floor: Array
    ceiling: Array
    user_share: Array
    first_month: IntArray
    candidates: tuple[IntArray, ...]

    @classmethod
    def of(
        cls, rows: tuple[LotRow, ...], network: Network, offers: Offers, road_km: Array
    ) -> "Lots":
        """Lots in file order; `road_km` (place, place)."""
        service = positions((row.service for row in rows), network.services.id)
        place = positions((row.place for row in rows), network.places.id)
        unit = positions((row.unit for row in rows), network.units.id)
        volume = frozen([row.volume_year for row in rows])
        reached = reach(offers, road_km)
        return cls(
            id=tuple(row.lot for row in rows),
            service=service,
            place=place,
            norm=positions((row.norm for row in rows), network.norms.id),
            scheme=tuple(row.scheme for row in rows),
            unit=unit,
            offer=frozen_ints(
                np.flatnonzero((offers.service == s) & (offers.unit == u))[0]
                for s, u in zip(service.tolist(), unit.tolist(), strict=True)
            ),
            volume_year=volume,
            volume_month=frozen(volume / service_months(network)[service]),
            months=frozen_ints(row.months for row in rows),
            quality_floor=frozen([row.quality_floor for row in rows]),
            ceiling=frozen([row.ceiling_vnd for row in rows]),
            user_share=frozen([row.user_share for row in rows]),
            first_month=frozen_ints(row.first_month for row in rows),
            candidates=tuple(
                frozen_ints(np.flatnonzero((offers.service == s) & reached[p]))
                for s, p in zip(service.tolist(), place.tolist(), strict=True)
            ),
        )

    def beyond_ceiling(self, cost: Array) -> tuple[str, ...]:
        """Lots whose ceiling no candidate's cost meets: a tender of them fails.

        Parameters
        ----------
        cost
            Cost of a unit of output at each offer, (offer,), VND.
        """
        return tuple(
            lot
            for lot, ceiling, offers in zip(
                self.id, self.ceiling.tolist(), self.candidates, strict=True
            )
            if cost[offers].min() > ceiling
        )


def reach(offers: Offers, road_km: Array) -> BoolArray:
    """Whether people of a place can use an offer, (place, offer); `road_km` (place, place).

    An offer serves its own place and those within its reach; what lies outside the city, none, and
    so does what has no volume in the base year.
    """
    here = (offers.place >= 0) & (offers.volume > 0)
    limit = np.where(np.isnan(offers.reach), np.inf, offers.reach)
    near = road_km[:, offers.place] <= limit
    own = offers.place == np.arange(len(road_km))[:, None]
    served: BoolArray = here & (near | own)
    return served


def capacity(offers: Offers, needs: Needs) -> Array:
    """Units of output an offer can make in a year, (offer,): pupil-months where it has seats."""
    months = np.where(needs.is_enrolment, needs.teaching_months, 1)
    return frozen(offers.capacity * months[offers.need])


def service_months(network: Network) -> IntArray:
    """Months of a year in which a service is given, (service,)."""
    needs = network.needs
    months = np.where(needs.is_enrolment, needs.teaching_months, 12)
    return frozen_ints(months[network.services.need])
