"""A cost common to all bidders, which each estimates with error: the winner's curse.

Signals are C + U[−a, a], independent and unbiased; the lowest of n is not (Krishna, Auction Theory,
ch. 6; order statistics of the uniform). Numbers and half-widths broadcast; n ≥ 1.
"""

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array


def lowest_signal_bias(number: npt.ArrayLike, half_width: npt.ArrayLike) -> Array:
    """E[lowest signal] − C = −a·(n − 1)/(n + 1), unit of costs."""
    n, a = np.asarray(number, dtype=np.float64), np.asarray(half_width, dtype=np.float64)
    return np.asarray(-a * (n - 1.0) / (n + 1.0))


def lowest_signal_variance(number: npt.ArrayLike, half_width: npt.ArrayLike) -> Array:
    """Variance of the lowest signal, (2a)²·n/((n + 1)²·(n + 2)), unit of costs squared."""
    n, a = np.asarray(number, dtype=np.float64), np.asarray(half_width, dtype=np.float64)
    return np.asarray(4.0 * a**2 * n / ((n + 1.0) ** 2 * (n + 2.0)))


def naive_profit(number: npt.ArrayLike, half_width: npt.ArrayLike, markup: npt.ArrayLike) -> Array:
    """Winner's expected profit at first price where each bids signal + markup: markup + bias."""
    return np.asarray(markup, dtype=np.float64) + lowest_signal_bias(number, half_width)
