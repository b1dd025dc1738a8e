"""Money measures of a change in what people can choose.

Small & Rosen (1981): without income effects the log-sum over the marginal utility of money is
consumer surplus, and its derivative for a price is minus the use of the offer.
"""

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array


def compensating_variation(
    log_sum_before: npt.ArrayLike,
    log_sum_after: npt.ArrayLike,
    alpha: npt.ArrayLike,
    income: npt.ArrayLike = 1.0,
) -> Array:
    """Gain per potential episode, VND, on the common axes: (income/alpha)·Δ log-sum; a loss is < 0.

    `alpha` > 0 is utility per burden over income, `income` in VND a month. With income 1, alpha is
    the marginal utility of money and the result consumer surplus in its unit; with alpha itself and
    income 1, the gain as a share of income.
    """
    change = np.subtract(log_sum_after, log_sum_before, dtype=np.float64)
    gain: Array = np.asarray(income) / np.asarray(alpha) * change
    return gain


def burden_variation(volume: Array, price_change: Array) -> Array:
    """Gain where alpha = 0 and price moves no use, VND, on the common axes: −volume·Δuser_price."""
    return -volume * price_change
