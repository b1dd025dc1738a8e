"""The household sample as the city holds it: arrays of households and of their members."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Members who may seek one need of learning, in the order in which they are taken.

    (pool member,) `member` position, `household`, `cell`; `start` (cell,) first pool member.
    """

    member: IntArray
    household: IntArray
    cell: IntArray
    start: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """A weighted sample of the city's households in the base year, ordered by place and quintile.

    (household,): `place` and `quintile` as positions, `cell` place × quintile, `weight` households
    that it stands for, `consumption_month` VND a head, `size` members, `start` its first member.
    (member,), household by household: `household`, `member_cell`, `age`, `cover_rank` where the
    member stands in his place and quintile from the best cover (0) to none (1).
    `first` (cell,) first household of each. `points` (dimension, member) spread evenly over [0, 1)
    within each cell: frailty, years of membership, then two of each need of health, as `illness`
    (need,) numbers them. `pools` by need of learning. `origin` says where the sample comes from.
    """

    place: IntArray
    quintile: IntArray
    cell: IntArray
    weight: Array
    consumption_month: Array
    size: Array
    start: IntArray
    household: IntArray
    member_cell: IntArray
    age: IntArray
    cover_rank: Array
    first: IntArray
    points: Array
    illness: tuple[int, ...]
    pools: Mapping[int, Pool]
    origin: Mapping[str, str | int]

    def by_cell(self, amount: Array) -> Array:
        """Sums of an amount (…, household) over the households of each cell, (…, cell)."""
        total: Array = np.add.reduceat(amount, self.first, axis=-1)
        return total
