"""Rows of the tables about non-public provision: owners, candidates and what they would offer."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pricing.city.columns import (
    Amount,
    Count,
    FirstMonth,
    Flag,
    OptionalAmount,
    OptionalText,
    Positive,
    Share,
    Text,
    id_of,
    number,
    whole,
)
from pricing.city.rows._row import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow(Sourced):
    """Who owns a non-public unit, where that is not an owner of its own who works for profit.

    Units of one `chain` set their prices together.
    """

    FILE: ClassVar[str] = "owners.csv"
    KEY: ClassVar[tuple[str, ...]] = ("unit",)
    OPTIONAL: ClassVar[bool] = True

    unit: Annotated[str, id_of("unit")]
    chain: OptionalText
    non_profit: Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow(Sourced):
    """A non-public unit that may be built.

    `places`: beds, seats or trainee places, of which `classes` (schools) the law wants a minimum;
    `host`: the public unit inside which it would work (a joint venture). `posts_place`: staff posts
    a place; `land_rent_place_year_vnd` before any exemption; it looks at its case from
    `first_review` on.
    """

    FILE: ClassVar[str] = "candidates.csv"
    KEY: ClassVar[tuple[str, ...]] = ("candidate",)
    OPTIONAL: ClassVar[bool] = True

    candidate: Text
    name_vi: Text
    place: Annotated[str, id_of("place")]
    sector: Text
    kind: Text
    host: Annotated[str, id_of("unit", blank="")]
    chain: OptionalText
    non_profit: Flag
    places: Positive
    classes: Count
    posts_place: Amount
    capital_place_vnd: Positive
    land_rent_place_year_vnd: Amount
    construction_years: Annotated[int, whole(0, 10)]
    life_years: Annotated[int, whole(1, 60)]
    first_review: FirstMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateOfferRow(Sourced):
    """A service that a candidate would offer; columns as in `OfferRow`, without a past."""

    FILE: ClassVar[str] = "candidate_offers.csv"
    KEY: ClassVar[tuple[str, ...]] = ("candidate", "service", "nest")
    OPTIONAL: ClassVar[bool] = True

    candidate: Annotated[str, id_of("candidate")]
    service: Annotated[str, id_of("service")]
    norm: Annotated[str, id_of("norm")]
    nest: Text
    capacity_year: Positive
    size: Positive
    price_norm: Annotated[str, id_of("norm", blank="")]
    own_price_vnd: OptionalAmount
    contracted: Flag
    urgent_share: Share
    reach_km: OptionalAmount
    tuition_vnd: OptionalAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow(Sourced):
    """A profession: who works where in the base year, who joins, who leaves.

    Heads; rates a year. `vacancy_share` of the public posts is unfilled; `quit_rate` of the public
    staff goes to non-public units each year, with `quit_elasticity` to the relative pay there;
    `work_share` is the profession's part of the work in its sector.
    """

    FILE: ClassVar[str] = "staff.csv"
    KEY: ClassVar[tuple[str, ...]] = ("profession",)
    OPTIONAL: ClassVar[bool] = True

    profession: Text
    sector: Text
    public_2025: Positive
    non_public_2025: Amount
    vacancy_share: Annotated[float, number(0.0, 0.99)]
    graduates_year: Amount
    stay_rate: Share
    retirement_rate: Share
    out_migration_rate: Share
    quit_rate: Share
    quit_elasticity: Amount
    pay_ratio: Positive
    work_share: Share
