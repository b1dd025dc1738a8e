"""How far a public unit finances itself, and its autonomy tier (Decree 60/2021 arts. 9–10).

Rate s = A/B: A what the unit earns, B its autonomous recurrent spending. State money for an order
or a tender is earned; the same money as a grant or as an assigned task is not.
"""

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, IntArray
from pricing.equations.quotient import quotient

# Business surplus is after tax and after the cost of its lines.
STREAMS = (
    *("service", "retained_charges", "science", "other_lawful", "business_surplus"),
    *("order", "tender", "assignment", "grant"),
)
COUNTED = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])

TIERS = ("1", "2", "3a", "3b", "3c", "4")
# Lowest rate of tiers 2, 3a, 3b and 3c in percent; tier 1 is that of 2 and investment covered.
THRESHOLDS = (100.0, 70.0, 30.0, 10.0)
UNDEFINED = -1

# A decimal amount such as 0.29 is no binary number: it and its product lose this many last places.
_LAST_PLACES = 4.0


def self_financing_revenue(income: Array, counted: npt.ArrayLike = COUNTED) -> Array:
    """A: income that counts as earned, VND, (…,), from income (…, stream) in the order of STREAMS.

    `counted` (stream,) is 1 for what the decree counts; amendments may count otherwise.
    """
    earned: Array = income @ np.asarray(counted, dtype=np.float64)
    return earned


def self_financing_rate(revenue: npt.ArrayLike, spending: npt.ArrayLike) -> Array:
    """A/B as a fraction, on the common axes; NaN where nothing is spent."""
    return quotient(revenue, spending)


def autonomy_tier(
    revenue: npt.ArrayLike,
    spending: npt.ArrayLike,
    investment: npt.ArrayLike,
    depreciation: npt.ArrayLike,
    thresholds: tuple[float, ...] = THRESHOLDS,
) -> IntArray:
    """Index of the tier in TIERS, on the common axes; UNDEFINED where nothing is spent.

    Compares 100·A ≥ k·B, so that 69.999 % is not 70 %. `investment` is self-financed investment,
    which in tier 1 covers `depreciation`.
    """
    earned, spent = np.broadcast_arrays(
        np.asarray(revenue, dtype=np.float64), np.asarray(spending, dtype=np.float64)
    )
    reached = [_reaches(100.0 * earned, threshold * spent) for threshold in thresholds]
    covers = np.greater_equal(investment, depreciation)
    tier = 1 + len(thresholds) - np.sum(reached, axis=0) - (reached[0] & covers)
    return np.where(spent > 0.0, tier, UNDEFINED)


def _reaches(amount: Array, bound: Array) -> npt.NDArray[np.bool_]:
    return np.asarray(amount >= bound - _LAST_PLACES * np.spacing(bound))
