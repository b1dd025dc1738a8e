"""Prices that raise a required margin at the least loss of welfare (Ramsey 1927; Boiteux 1956).

With independent demands the margin rates are (p − c)/p = k/|ε|, k the Ramsey number: λ/(1 + λ)
where the marginal cost of public funds is 1 + λ. With weights of people (Feldstein 1972) service i
has the characteristic R_i and (p − c)/p = (1 − R_i/(1 + λ))/|ε|. Arrays are (service,).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from pricing.base.arrays import Array
from pricing.equations.demand import isoelastic_quantity, linear_quantity

_NEAR = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class RamseyPrices:
    """Second-best prices, (service,): `price` and `quantity`; `number` is k, or the cut t."""

    number: float
    price: Array
    quantity: Array

    def margin_rates(self, marginal_cost: npt.ArrayLike) -> Array:
        """Lerner indices (p − c)/p, (service,)."""
        return np.asarray((self.price - np.asarray(marginal_cost)) / self.price)

    def margin(self, marginal_cost: npt.ArrayLike) -> float:
        """Revenue above marginal cost, money."""
        return float(np.sum((self.price - np.asarray(marginal_cost)) * self.quantity))


def second_best_prices(
    marginal_cost: npt.ArrayLike,
    elasticity: npt.ArrayLike,
    cost_of_funds: float,
    characteristic: npt.ArrayLike = 1.0,
) -> Array:
    """Prices where public money costs `cost_of_funds` = 1 + λ ≥ 1 a unit, (service,).

    Parameters
    ----------
    characteristic
        Mean social weight of a service's users, 1 on average: the poorer they are, the higher it
        is, and the lower the price, below cost if it exceeds the cost of funds.

    Raises
    ------
    ValueError
        If a margin rate would reach 1: demand too rigid for a price to exist.
    """
    cost, eps = np.asarray(marginal_cost, dtype=np.float64), np.abs(np.asarray(elasticity))
    rate = (1.0 - np.asarray(characteristic) / cost_of_funds) / eps
    if np.any(rate >= 1.0):
        raise ValueError("demand is too rigid: at every price a higher one would be better")
    return np.asarray(cost / (1.0 - rate))


def isoelastic_ramsey(
    scale: npt.ArrayLike,
    elasticity: npt.ArrayLike,
    marginal_cost: npt.ArrayLike,
    required_margin: float,
) -> RamseyPrices:
    """Prices for demands q = scale·p^ε, ε < 0, whose margins sum to the required one.

    A required margin below 0 is a subsidy: prices below marginal cost, k < 0.

    Raises
    ------
    ValueError
        If no prices bring so much.
    """
    size, cost = (np.asarray(one, dtype=np.float64) for one in (scale, marginal_cost))
    eps = np.asarray(elasticity, dtype=np.float64)

    def at(number: float) -> RamseyPrices:
        price = cost / (1.0 - number / np.abs(eps))
        quantity = size * np.array(
            [isoelastic_quantity(1.0, 1.0, e, p) for e, p in zip(eps, price, strict=True)]
        )
        return RamseyPrices(number=number, price=price, quantity=quantity)

    most = min(1.0, float(np.abs(eps).min())) * (1.0 - _NEAR)
    if at(most).margin(cost) < required_margin:
        raise ValueError(f"no prices bring a margin of {required_margin:g}")
    least = 0.0 if required_margin >= 0.0 else -1.0
    while at(least).margin(cost) > required_margin:
        least *= 2.0
    return at(brentq(lambda k: at(k).margin(cost) - required_margin, least, most, xtol=1e-15))


def linear_ramsey(
    intercept: npt.ArrayLike,
    slope: npt.ArrayLike,
    marginal_cost: npt.ArrayLike,
    required_margin: float,
) -> RamseyPrices:
    """Prices for demands q = a − b·p: every quantity is cut by the same part t.

    p = c + t·(a/b − c), and t·(1 − t)·Σ b·(a/b − c)² is the required margin.

    Raises
    ------
    ValueError
        If no prices bring so much: at most a quarter of Σ b·(a/b − c)², the monopoly's.
    """
    a, b, cost = (np.asarray(one, dtype=np.float64) for one in (intercept, slope, marginal_cost))
    room = a / b - cost
    share = required_margin / float(np.sum(b * room**2))
    if share > 0.25:
        raise ValueError(f"no prices bring a margin of {required_margin:g}")
    cut = 2.0 * share / (1.0 + float(np.sqrt(1.0 - 4.0 * share)))
    price = cost + cut * room
    quantity = np.array(
        [linear_quantity(*one) for one in zip(a.tolist(), b.tolist(), price, strict=True)]
    )
    return RamseyPrices(number=cut, price=price, quantity=quantity)
