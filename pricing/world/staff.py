"""Professionals of a city at the end of a month."""

from dataclasses import dataclass

from pricing.base.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffState:
    """Heads, posts and pay; sides of the market are public and non-public, in this order.

    ``heads`` and ``posts`` (side, profession); ``pay`` (side, sector) real, over the base year's;
    ``supplement`` (sector,) extra income of public staff over pay by law, ``base_supplement`` that
    of the base year; ``surplus`` and ``pay_bill`` (unit,) VND since January, of the public units
    that keep their surplus.
    """

    heads: Array
    posts: Array
    pay: Array
    supplement: Array
    base_supplement: Array
    surplus: Array
    pay_bill: Array
