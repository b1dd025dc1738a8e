"""The household sample as the city holds it: arrays of households and of their members."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.base.arrays import Array, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """A weighted sample of the city's households in the base year.

    (household,): `place` and `quintile` as positions, `weight` households that it stands for,
    `consumption_month` VND a head, `size` members, `start` position of the first one.
    (member,), household by household: `household`, `age`, `cover_rank` where the member stands in
    his place and quintile from the best cover (0) to none (1), `turn` a random order within it, by
    cover class. `origin` says where it comes from.
    """

    place: IntArray
    quintile: IntArray
    weight: Array
    consumption_month: Array
    size: Array
    start: IntArray
    household: IntArray
    age: IntArray
    cover_rank: Array
    turn: IntArray
    origin: Mapping[str, str | int]
