"""Non-public units that may be built: slots at the end of the unit axis, closed until they open.

A slot is an ordinary unit with ordinary offers of no base-year volume, so that an opening shifts
no array and no draw of any other unit.
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray, frozen
from pricing.city.arrays import frozen_flags, frozen_ints, positions
from pricing.city.network import Network, Offers
from pricing.city.rows.candidates import CandidateOfferRow, CandidateRow, OwnerRow, StaffRow
from pricing.city.rows.network import OfferRow, UnitRow

OWNERSHIP = "non_public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Candidates on axis (candidate,), in file order; none where a city has no candidates.csv.

    Parameters
    ----------
    unit
        Index of the slot among the units.
    host
        Index of the public unit inside which it would work, −1 for none.
    places, classes, posts_place
        Beds, seats or trainee places; classes of a school; staff posts a place.
    capital_place, land_rent_place_year
        VND a place at base-year prices.
    first_review
        First month, counted from January 2025.
    offers
        Indices of the offers of each candidate.
    """

    id: tuple[str, ...]
    unit: IntArray
    place: IntArray
    sector: IntArray
    host: IntArray
    places: Array
    classes: IntArray
    posts_place: Array
    capital_place: Array
    land_rent_place_year: Array
    construction_years: IntArray
    life_years: IntArray
    first_review: IntArray
    offers: tuple[IntArray, ...]

    @classmethod
    def of(
        cls,
        rows: tuple[CandidateRow, ...],
        network: Network,
        offers: Offers,
        sectors: tuple[str, ...],
    ) -> "Candidates":
        """Candidates in file order."""
        unit = positions((row.candidate for row in rows), network.units.id)
        return cls(
            id=tuple(row.candidate for row in rows),
            unit=unit,
            place=positions((row.place for row in rows), network.places.id),
            sector=positions((row.sector for row in rows), sectors),
            host=positions((row.host for row in rows), network.units.id),
            places=frozen([row.places for row in rows]),
            classes=frozen_ints(row.classes for row in rows),
            posts_place=frozen([row.posts_place for row in rows]),
            capital_place=frozen([row.capital_place_vnd for row in rows]),
            land_rent_place_year=frozen([row.land_rent_place_year_vnd for row in rows]),
            construction_years=frozen_ints(row.construction_years for row in rows),
            life_years=frozen_ints(row.life_years for row in rows),
            first_review=frozen_ints(row.first_review for row in rows),
            offers=tuple(frozen_ints(np.flatnonzero(offers.unit == u)) for u in unit),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Who sets the prices of the units, (unit,): number of the owner, and whether it is non-profit.

    Units of one chain have one number; every other unit has its own.
    """

    owner: IntArray
    is_non_profit: BoolArray

    @classmethod
    def of(
        cls,
        units: tuple[str, ...],
        rows: tuple[OwnerRow, ...],
        candidates: tuple[CandidateRow, ...],
    ) -> "Owners":
        """Owners of the units in their order."""
        chain = {row.unit: row.chain for row in rows} | {
            row.candidate: row.chain for row in candidates
        }
        charity = {row.unit: row.non_profit for row in rows} | {
            row.candidate: row.non_profit for row in candidates
        }
        numbers: dict[str, int] = {}
        owner = [
            numbers.setdefault(f"chain {chain[unit]}" if chain.get(unit) else unit, len(numbers))
            for unit in units
        ]
        return cls(
            owner=frozen_ints(owner),
            is_non_profit=frozen_flags(charity.get(unit, False) for unit in units),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Professions on axis (profession,); heads and yearly rates as in `StaffRow`."""

    id: tuple[str, ...]
    sector: IntArray
    public: Array
    non_public: Array
    vacancy_share: Array
    graduates_year: Array
    stay_rate: Array
    retirement_rate: Array
    out_migration_rate: Array
    quit_rate: Array
    quit_elasticity: Array
    pay_ratio: Array
    work_share: Array

    @classmethod
    def of(cls, rows: tuple[StaffRow, ...], sectors: tuple[str, ...]) -> "Staff":
        """Professions in file order."""
        return cls(
            id=tuple(row.profession for row in rows),
            sector=positions((row.sector for row in rows), sectors),
            public=frozen([row.public_2025 for row in rows]),
            non_public=frozen([row.non_public_2025 for row in rows]),
            vacancy_share=frozen([row.vacancy_share for row in rows]),
            graduates_year=frozen([row.graduates_year for row in rows]),
            stay_rate=frozen([row.stay_rate for row in rows]),
            retirement_rate=frozen([row.retirement_rate for row in rows]),
            out_migration_rate=frozen([row.out_migration_rate for row in rows]),
            quit_rate=frozen([row.quit_rate for row in rows]),
            quit_elasticity=frozen([row.quit_elasticity for row in rows]),
            pay_ratio=frozen([row.pay_ratio for row in rows]),
            work_share=frozen([row.work_share for row in rows]),
        )


def slot_units(rows: tuple[CandidateRow, ...]) -> tuple[UnitRow, ...]:
    """The units that candidates would be; in the base year they have neither beds nor assets."""
    return tuple(
        UnitRow(
            line=row.line,
            source=row.source,
            status=row.status,
            unit=row.candidate,
            name_vi=row.name_vi,
            place=row.place,
            sector=row.sector,
            unit_level="city",
            ownership=OWNERSHIP,
            kind=row.kind,
            owner="",
            autonomy_tier="",
            beds=0.0,
            posts_professional=0.0,
            posts_other=0.0,
            asset_value_vnd=0.0,
            n_firms=1,
        )
        for row in rows
    )


def is_slot_offer(offers: Offers, candidates: Candidates) -> BoolArray:
    """Whether each offer is one of a candidate, (offer,)."""
    return np.isin(offers.unit, candidates.unit)


def slot_offers(rows: tuple[CandidateOfferRow, ...]) -> tuple[OfferRow, ...]:
    """The offers that candidates would make: no volume in the base year, users on the right way."""
    return tuple(
        OfferRow(
            line=row.line,
            source=row.source,
            status=row.status,
            unit=row.candidate,
            service=row.service,
            norm=row.norm,
            nest=row.nest,
            volume_2025=0.0,
            volume_known=False,
            outsider_share=0.0,
            capacity_year=row.capacity_year,
            size=row.size,
            price_norm=row.price_norm,
            own_price_vnd=row.own_price_vnd,
            contracted=row.contracted,
            urgent_share=row.urgent_share,
            reach_km=row.reach_km,
            tuition_vnd=row.tuition_vnd,
            right_route_share=1.0,
            route_rule="",
        )
        for row in rows
    )
