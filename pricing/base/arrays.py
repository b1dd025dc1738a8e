"""The array types of this package, and the frozen form in which inputs hold them."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]


def frozen(values: npt.ArrayLike) -> Array:
    """A read-only copy of values as floats, on the same axes."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
