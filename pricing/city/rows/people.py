"""Rows of the tables about places and people."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pricing.city.columns import (
    Amount,
    Positive,
    Real,
    Share,
    Text,
    Year,
    id_of,
    number,
    one_of,
    whole,
)
from pricing.city.rows._row import Sourced

PLACE_KINDS = ("urban", "rural", "disadvantaged")
QUINTILES = 5
VARIANTS = ("low", "central", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Sourced):
    """A catchment area; `ward_share` is the part of its people who live in wards."""

    FILE: ClassVar[str] = "places.csv"
    KEY: ClassVar[tuple[str, ...]] = ("place",)

    place: Text
    name_vi: Text
    kind: Annotated[str, one_of(*PLACE_KINDS)]
    ward_share: Share
    latitude: Annotated[float, number(-90.0, 90.0)]
    longitude: Annotated[float, number(-180.0, 180.0)]
    registered_2025: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneRow(Sourced):
    """A commune or ward, given whole to one place."""

    FILE: ClassVar[str] = "communes.csv"
    KEY: ClassVar[tuple[str, ...]] = ("commune",)

    commune: Text
    name_vi: Text
    kind: Annotated[str, one_of("ward", "commune")]
    place: Annotated[str, id_of("place")]
    registered_2025: Amount
    area_km2: Positive
    latitude: Annotated[float, number(-90.0, 90.0)]
    longitude: Annotated[float, number(-180.0, 180.0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRow(Sourced):
    """Residents of a place and consumption quintile at the start of the base year."""

    FILE: ClassVar[str] = "people.csv"
    KEY: ClassVar[tuple[str, ...]] = ("place", "quintile")

    place: Annotated[str, id_of("place")]
    quintile: Annotated[int, whole(1, QUINTILES)]
    residents_2025: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow(Sourced):
    """Share of a place kind's residents in an age group at the start of the base year."""

    FILE: ClassVar[str] = "ages.csv"
    KEY: ClassVar[tuple[str, ...]] = ("place_kind", "age_group")

    place_kind: Annotated[str, one_of(*PLACE_KINDS)]
    age_group: Text
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class DemographyRow(Sourced):
    """A rate of the projection, or a birth cohort of the past, by variant and year.

    `age_group` is a group of `ages.csv`, `birth`, `history` (births before the base year) or
    `all` (births and residents of the reference projection, a check on the rates).
    """

    FILE: ClassVar[str] = "demography.csv"
    KEY: ClassVar[tuple[str, ...]] = ("variant", "year", "parameter", "age_group")

    variant: Annotated[str, one_of("all", *VARIANTS)]
    year: Year
    parameter: Annotated[
        str,
        one_of("births", "residents", "fertility", "survival", "net_migration", "female_share"),
    ]
    age_group: Text
    value: Real


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRow(Sourced):
    """Income and consumption a head and month of a quintile in places of one kind; VND."""

    FILE: ClassVar[str] = "income.csv"
    KEY: ClassVar[tuple[str, ...]] = ("place_kind", "quintile")

    place_kind: Annotated[str, one_of(*PLACE_KINDS)]
    quintile: Annotated[int, whole(1, QUINTILES)]
    income_month_2025: Positive
    consumption_month_2025: Positive
