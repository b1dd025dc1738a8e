"""Read-only arrays of whole numbers and of claims, beside the floats of base."""

from collections.abc import Iterable

import numpy as np

from pricing.base.arrays import BoolArray, IntArray


def frozen_ints(values: Iterable[int]) -> IntArray:
    """A read-only array of whole numbers, one axis."""
    array = np.array(list(values), dtype=np.int64)
    array.setflags(write=False)
    return array


def frozen_flags(values: Iterable[bool]) -> BoolArray:
    """A read-only array of claims, one axis."""
    array = np.array(list(values), dtype=np.bool_)
    array.setflags(write=False)
    return array


def positions(ids: Iterable[str], among: tuple[str, ...]) -> IntArray:
    """Index of each id among others, −1 for the empty one; one axis, read-only."""
    index = {name: number for number, name in enumerate(among)}
    return frozen_ints(index[name] if name else -1 for name in ids)
