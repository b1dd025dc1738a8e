"""What insurance pays of a bill, the ceiling on a member's own share, and the premium that holds.

Law on Health Insurance (25/2008, amended 46/2014, 51/2024) art. 22: small bills in full, the
benefit rate of the rest, nothing of his own beyond six reference levels for a member of five years.
"""

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array


def insurer_part(
    bill: npt.ArrayLike, benefit: npt.ArrayLike, reference: float, small_share: float
) -> Array:
    """What the fund pays of bills, VND, on the common axes.

    All of a bill under `small_share` of the `reference` level, just as much is not under; the
    benefit rate of any other.
    """
    amount = np.asarray(bill, dtype=np.float64)
    # 0.15 × 2.34 and 0.351 are one amount, whatever their last binary digit
    limit = small_share * reference
    is_small = (amount < limit) & ~np.isclose(amount, limit, rtol=1e-12, atol=0.0)
    return np.where(is_small, amount, amount * np.asarray(benefit))


def capped_own_shares(bills: npt.ArrayLike, own_share: float, ceiling: float) -> Array:
    """What a member pays of the bills of a year in turn, VND, (bill,): no more than the ceiling."""
    before_ceiling = np.cumsum(own_share * np.asarray(bills, dtype=np.float64))
    return np.diff(np.minimum(before_ceiling, ceiling), prepend=0.0)


def break_even_premium(claims: float, members: float, administration_share: float) -> float:
    """Premium a member at which the fund breaks even, claims/(members·(1 − administration))."""
    return claims / (members * (1.0 - administration_share))


def expected_claims(
    members: float, use: npt.ArrayLike, cost: npt.ArrayLike, coverage: float
) -> float:
    """Claims of members by their use a head and its cost, over services: coverage·n·Σ use·cost."""
    return float(coverage * members * np.sum(np.multiply(use, cost)))
