"""Congestion: the shadow price, in units of utility, that keeps demand within capacity."""

import numpy as np

from pricing.base.arrays import Array

# A load a million times off its capacity tells no more than one.
_FURTHEST = 1e6
_TINY = 1e-200


def congestion_update(
    congestion: Array, load: Array, capacity: Array, step: float, lambda_nest: Array | float
) -> Array:
    """Next month's congestion, (offer,): max(0, congestion + step·λ·ln(load/capacity)).

    The dual ascent of a logit with capacity constraints (de Palma, Picard & Waddell 2007): it rises
    while load (demand + backlog) exceeds capacity, falls below it, and stays 0 where capacity never
    binds. Capacity 0 counts as overloaded by any load; capacity inf never binds.
    """
    ratio = np.clip(load / np.maximum(capacity, _TINY), 1.0 / _FURTHEST, _FURTHEST)
    return np.maximum(congestion + step * lambda_nest * np.log(ratio), 0.0)
