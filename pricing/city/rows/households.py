"""Rows of a household survey that a study may bring along."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pricing.base.errors import phrase
from pricing.city.columns import Positive, Text, id_of, several, whole
from pricing.city.rows._row import Row
from pricing.city.rows.people import QUINTILES

OLDEST = 120
MOST_MEMBERS = 30

_AGES = several(whole(0, OLDEST).read, MOST_MEMBERS, phrase("city.ages", OLDEST, MOST_MEMBERS))
_COVER = several(str, MOST_MEMBERS, phrase("city.covers", MOST_MEMBERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRow(Row):
    """A household of a survey; `weight` households it stands for.

    `consumption_month` VND a head and month at prices of the base year; `ages` in years and
    `cover`, the class of health insurance, have an entry for each member in the same order.
    """

    FILE: ClassVar[str] = "survey.csv"
    KEY: ClassVar[tuple[str, ...]] = ("household",)
    OPTIONAL: ClassVar[bool] = True

    household: Text
    place: Annotated[str, id_of("place")]
    quintile: Annotated[int, whole(1, QUINTILES)]
    weight: Positive
    consumption_month: Positive
    ages: Annotated[tuple[int, ...], _AGES]
    cover: Annotated[tuple[str, ...], _COVER]
