"""Rows of the table about lots: what the budget buys, where, from whom and on which terms."""

from dataclasses import dataclass
from math import nan
from typing import Annotated, ClassVar

from pricing.city.columns import FirstMonth, Positive, Share, Text, id_of, number, one_of, whole
from pricing.city.rows._row import Sourced

SCHEMES = ("task_assignment", "ordering", "bidding")


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRow(Sourced):
    """A lot: a volume of one service for one place, bought for some months.

    `scheme` and `unit` are how and from whom it is bought where no scenario says otherwise; the
    price of `norm` is the norm price. `user_share`: part of the charge that the user still pays.
    """

    FILE: ClassVar[str] = "lots.csv"
    KEY: ClassVar[tuple[str, ...]] = ("lot",)
    OPTIONAL: ClassVar[bool] = True

    lot: Text
    service: Annotated[str, id_of("service")]
    place: Annotated[str, id_of("place")]
    norm: Annotated[str, id_of("norm")]
    scheme: Annotated[str, one_of(*SCHEMES)]
    unit: Annotated[str, id_of("unit")]
    volume_year: Positive
    months: Annotated[int, whole(1, 120)]
    quality_floor: Share
    ceiling_vnd: Annotated[float, number(above=0.0, blank=nan)]
    user_share: Share
    first_month: FirstMonth
