"""Money over time: present value, inflation, and the recursion of the national insurance fund.

Brealey, Myers & Allen, Principles of Corporate Finance (2020), ch. 2 and 5; Law on Health Insurance
art. 33–35 (the fund and its reserve).
"""

import numpy as np
from numpy.polynomial import Polynomial

from pricing.base.arrays import Array

END_OF_YEAR = 1.0
MID_YEAR = 0.5
BEGINNING_OF_YEAR = 0.0


def present_value(rate: float, flow: Array, first_time: float = BEGINNING_OF_YEAR) -> Array:
    """Value today of yearly flows along the first axis: Σ_t flow/(1 + rate)^(first_time + t).

    `first_time`, in years from today, is when the first one falls due: 0 makes this the net present
    value of an investment that starts now.
    """
    time = first_time + np.arange(flow.shape[0])
    return np.asarray(np.tensordot((1.0 + rate) ** -time, flow, axes=1))


def internal_rate_of_return(flow: Array) -> float:
    """Rate at which yearly flows (year,) are worth 0 today; NaN where none or several do."""
    if not flow.any():
        return float("nan")
    discount = Polynomial(np.trim_zeros(flow, "b")).roots()
    real = discount[np.abs(discount.imag) <= 1e-9 * np.abs(discount)].real
    positive = real[real > 0.0]
    return float(1.0 / positive[0] - 1.0) if positive.size == 1 else float("nan")


def real_rate(nominal_rate: float, inflation: float) -> float:
    """Exact real rate (Fisher 1930): (1 + nominal)/(1 + inflation) − 1."""
    return (1.0 + nominal_rate) / (1.0 + inflation) - 1.0


def real_rate_approximate(nominal_rate: float, inflation: float) -> float:
    """Real rate to first order: nominal − inflation."""
    return nominal_rate - inflation


def chain_index(inflation: Array, base: int = 0) -> Array:
    """Price index along the first axis with I_t = I_(t−1)·(1 + inflation_t), 1 at position `base`.

    Inflation of a year is over the year before, so the first one is not used.
    """
    index = np.ones_like(inflation)
    index[1:] = np.cumprod(1.0 + inflation[1:], axis=0)
    return rebase(index, base)


def rebase(index: Array, base: int) -> Array:
    """The same index along the first axis with 1 at position `base`."""
    rebased: Array = index / index[base]
    return rebased


def deflate(nominal: Array, index: Array, base: int) -> Array:
    """Amounts in prices of position `base`: nominal·index_base/index."""
    return nominal / rebase(index, base)


def inflate(real: Array, inflation: float, first_time: float = BEGINNING_OF_YEAR) -> Array:
    """Nominal flows from real yearly ones at a constant inflation: real·(1 + inflation)^time.

    Along the first axis; `first_time` in years from today as in `present_value`.
    """
    index = (1.0 + inflation) ** (first_time + np.arange(real.shape[0]))
    return real * index.reshape(-1, *[1] * (real.ndim - 1))


def growth(series: Array) -> Array:
    """Growth rate from each position to the next along the first axis, one shorter than it."""
    return series[1:] / series[:-1] - 1.0


def claims_national(base_claims: float, city_ratio: float, pass_through: float) -> float:
    """Claims on the national fund, VND: base·(1 + φ·(claims_city/claims_city_base − 1)).

    `city_ratio` is the city's claims over its claims in the base path; φ = `pass_through` is 1 for
    a national price rule, else the city's share of the members.
    """
    return base_claims * (1.0 + pass_through * (city_ratio - 1.0))


def fund_reserve(
    reserve: float, interest_rate: float, income: float, claims: float, administration: float
) -> float:
    """Reserve of the national fund at the period's end, VND; negative is a deficit.

    reserve·(1 + interest) + income − claims − administration; `income` is contributions of members
    and employers and the budget's premium subsidies.
    """
    return reserve * (1.0 + interest_rate) + income - claims - administration
