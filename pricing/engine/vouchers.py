"""What vouchers paid this month, by need, kind of place, quintile and cover class."""

from __future__ import annotations

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.engine.setup import Setup
from pricing.world.lever_table import LEVER
from pricing.world.levers import LeverValues


def no_vouchers(setup: Setup) -> Array:
    """Nothing paid, on the axes of the lever (need, place_kind, quintile, class)."""
    return np.zeros(LEVER["voucher"].shape(setup.city))


def add_vouchers(table: Array, need: IntArray, kind: IntArray, spent: Array) -> None:
    """Add ``spent`` (quintile, offer, class) to the cells of ``need`` and ``kind`` (offer,).

    Nothing is spent at offers outside the city, which are of no kind.
    """
    classes = spent.shape[2]
    np.add.at(table[..., :classes], (need, kind), spent.transpose(1, 0, 2))


def learner_vouchers(
    setup: Setup, levers: LeverValues, enrolled: Array, owed: Array, exempt: Array
) -> Array | None:
    """What vouchers pay for a month of learners, (quintile, learning offer, class) VND.

    Parameters
    ----------
    enrolled : Array
        (quintile, learning offer, class) learners.
    owed : Array
        (quintile, learning offer) what a full payer owes the school a month, before exemption.
    exempt : Array
        (quintile, learning offer, class) what the law and support take off that, VND.
    """
    at = setup.learning
    table = levers["voucher"]
    if not table[at.needs].any():
        return None
    amount = table[at.need, at.kind, :, : at.n_classes].transpose(1, 0, 2)
    here = (at.kind >= 0).astype(np.float64)[:, None]
    left = np.maximum(owed[:, :, None] - exempt, 0.0)
    spent: Array = enrolled * np.minimum(amount * here, left)
    return spent
