"""Abnormally low tenders: three usual rules, which disagree on the same bids by design.

Comparisons are strict: a bid exactly on the line is not flagged. Bids are (…, bidder) in one unit,
NaN where a bidder did not bid; results broadcast over the leading axes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, BoolArray
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class LowTenders:
    """Mean and sample deviation of the bids, (…,), and the bids each rule flags, (…, bidder).

    `below_mean`: under ratio·mean of all bids; `below_others`: under ratio·mean of the other bids;
    `below_spread`: under mean − k·sample standard deviation. A sole bid is never flagged.
    """

    mean: Array
    deviation: Array
    below_mean: BoolArray
    below_others: BoolArray
    below_spread: BoolArray


def low_tenders(bids: npt.ArrayLike, ratio: float, deviations: float) -> LowTenders:
    """Flags of the three rules; `ratio` ∈ (0, 1] of the mean, `deviations` k ≥ 0."""
    bid = np.asarray(bids, dtype=np.float64)
    made = ~np.isnan(bid)
    number = made.sum(axis=-1, keepdims=True)
    total = np.nansum(bid, axis=-1, keepdims=True)
    mean = quotient(total, number)
    squares = np.nansum((bid - mean) ** 2, axis=-1, keepdims=True)
    deviation = np.sqrt(quotient(squares, np.maximum(number - 1, 0)))
    return LowTenders(
        mean=mean[..., 0],
        deviation=deviation[..., 0],
        below_mean=bid < ratio * mean,
        below_others=bid < ratio * quotient(total - bid, number - 1),
        below_spread=bid < mean - deviations * deviation,
    )
