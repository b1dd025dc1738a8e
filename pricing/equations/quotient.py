"""A quotient that is undefined, not an error, where its denominator is zero."""

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array


def quotient(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, undefined: float = np.nan
) -> Array:
    """The quotient on the common axes; `undefined` where the denominator is 0."""
    top, bottom = np.broadcast_arrays(
        np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    )
    result = np.full(top.shape, undefined)
    np.divide(top, bottom, out=result, where=bottom != 0.0)
    return result
