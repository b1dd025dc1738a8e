"""Rows of the tables about units and what they offer."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pricing.city.columns import (
    Amount,
    Flag,
    OptionalAmount,
    OptionalText,
    Positive,
    Share,
    Text,
    id_of,
    one_of,
    whole,
)
from pricing.city.rows._row import Sourced
from pricing.city.rows.people import QUINTILES
from pricing.city.rows.services import OWNERSHIPS

BUDGET_LEVELS = ("central", "city", "commune")
TIERS = ("1", "2", "3a", "3b", "3c", "4")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Sourced):
    """A provider, or a group of like providers of one place (`n_firms` of them).

    `owner` is the budget level that owns and funds it; the unit `outside` has no place.
    """

    FILE: ClassVar[str] = "units.csv"
    KEY: ClassVar[tuple[str, ...]] = ("unit",)

    unit: Text
    name_vi: Text
    place: Annotated[str, id_of("place", blank="")]
    sector: Text
    unit_level: Annotated[str, one_of(*BUDGET_LEVELS)]
    ownership: Annotated[str, one_of(*OWNERSHIPS)]
    kind: Text
    owner: Annotated[str, one_of(*BUDGET_LEVELS, blank="")]
    autonomy_tier: Annotated[str, one_of(*TIERS, blank="")]
    beds: Amount
    posts_professional: Amount
    posts_other: Amount
    asset_value_vnd: Amount
    n_firms: Annotated[int, whole(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow(Sourced):
    """A unit's service, as a person chooses it.

    `volume_2025` counts all users: units of output of the year, or learners. `capacity_year` is
    on the same axis. `price_norm` names the norm whose regulated price the offer earns, else it
    asks `own_price_vnd`. `reach_km`: 0 own place only, blank everywhere. `tuition_vnd`: per unit of
    output; at non-public general schools the city's fee, up to which the budget supports pupils.
    """

    FILE: ClassVar[str] = "offers.csv"
    KEY: ClassVar[tuple[str, ...]] = ("unit", "service", "nest")

    unit: Annotated[str, id_of("unit")]
    service: Annotated[str, id_of("service")]
    norm: Annotated[str, id_of("norm")]
    nest: Text
    volume_2025: Positive
    volume_known: Flag
    outsider_share: Share
    capacity_year: Positive
    size: Positive
    price_norm: Annotated[str, id_of("norm", blank="")]
    own_price_vnd: OptionalAmount
    contracted: Flag
    urgent_share: Share
    reach_km: OptionalAmount
    tuition_vnd: OptionalAmount
    right_route_share: Share
    route_rule: OptionalText


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpRow(Sourced):
    """What a user of a quintile pays on top, by his wish, per unit of output; VND."""

    FILE: ClassVar[str] = "topups.csv"
    KEY: ClassVar[tuple[str, ...]] = ("need", "nest", "quintile")

    need: Annotated[str, id_of("need")]
    nest: Text
    quintile: Annotated[int, whole(1, QUINTILES)]
    value_vnd: Amount
