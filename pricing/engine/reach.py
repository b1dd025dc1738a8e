"""Whom programmes of support reach within a cell of the household sample.

The market charges a cell its mean: a programme that reaches half of it takes half of the relief off
everybody. The sample tells them apart: those reached pay what is left of the bill after the whole
relief, the others all of it, and the cell pays the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.engine.payers import by_offer
from pricing.engine.rules import NeedRules
from pricing.equations.quotient import quotient
from pricing.world.levers import LeverValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Who is reached in a year, (quintile, class).

    ``share`` of the people; their bill over the cell's mean, ``inside``, and that of the others,
    ``outside``.
    """

    share: Array
    inside: Array
    outside: Array

    def factor(self, cell: tuple[IntArray, IntArray], luck: Array) -> Array:
        """Bills over the cell's mean, (member,), by (quintile, class) and luck in [0, 1)."""
        found: Array = np.where(luck < self.share[cell], self.inside[cell], self.outside[cell])
        return found


def relief(
    rules: NeedRules, levers: LeverValues, volume: Array, budget: Array
) -> tuple[Array, Array]:
    """What budgets pay for a need's users, and that times the share reached, (quintile, class) VND.

    Parameters
    ----------
    volume : Array
        (quintile, offer, class) units of output delivered.
    budget : Array
        VND per unit of output, the same. Where no programme says whom it reaches, all are.
    """
    paid = volume * budget
    share = by_offer(rules, levers, "support_reach")
    reached: Array = (paid * np.where(share > 0.0, share, 1.0)).sum(1)
    return paid.sum(1), reached


def reach_of(household: Array, relieved: Array, reached: Array) -> Reach | None:
    """Who is reached, from what households and budgets paid, and the latter times the share.

    All (quintile, class) VND a year. With relief R to those reached and the bill P of the others,
    the cell's mean is P − share·R. None where everybody is.
    """
    if np.array_equal(relieved, reached):
        return None
    share = quotient(reached, relieved, undefined=1.0)
    whole = household + relieved
    whole_relief = quotient(relieved, share, undefined=0.0)
    part = np.maximum(1.0 - quotient(whole_relief, whole, undefined=0.0), 0.0)
    mean = share * part + 1.0 - share
    return Reach(
        share=share,
        inside=quotient(part, mean, undefined=1.0),
        outside=quotient(np.ones_like(mean), mean, undefined=1.0),
    )
