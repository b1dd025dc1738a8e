"""Two demand curves in closed form: constant elasticity and linear.

Marshallian surplus; changes are for a rise from `price_before` to `price_after`. Varian,
Microeconomic Analysis (1992), ch. 10.
"""

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.quotient import quotient


def isoelastic_quantity(
    base_quantity: Array | float, base_price: Array | float, elasticity: float, price: Array
) -> Array:
    """Quantity at a price: q₀·(p/p₀)^ε, for positive prices."""
    return base_quantity * (price / base_price) ** elasticity


def isoelastic_surplus_change(
    base_quantity: Array | float, base_price: Array | float, elasticity: float, price: Array
) -> Array:
    """Change of consumer surplus, money: −q₀p₀·[(p/p₀)^(1+ε) − 1]/(1 + ε).

    At ε = −1 its limit, −q₀p₀·ln(p/p₀).
    """
    log_ratio = np.log(price / base_price)
    power = 1.0 + elasticity
    area = log_ratio if power == 0.0 else np.expm1(power * log_ratio) / power
    return -base_quantity * base_price * area


def tangent_quantity(
    base_quantity: Array | float, base_price: Array | float, elasticity: float, price: Array
) -> Array:
    """Quantity on the tangent at the base point: q₀·(1 + ε·(p − p₀)/p₀)."""
    return base_quantity * (1.0 + elasticity * (price - base_price) / base_price)


def linear_quantity(intercept: float, slope: float, price: Array) -> Array:
    """Quantity at a price: max(0, intercept − slope·price), slope > 0."""
    return np.maximum(intercept - slope * price, 0.0)


def linear_surplus_change(
    intercept: float, slope: float, price_before: Array, price_after: Array
) -> Array:
    """Change of consumer surplus, money: (q₁² − q₀²)/(2·slope), 0 beyond the choke price."""
    before = linear_quantity(intercept, slope, price_before)
    after = linear_quantity(intercept, slope, price_after)
    return (after**2 - before**2) / (2.0 * slope)


def linear_elasticity(intercept: float, slope: float, price: Array) -> Array:
    """Point elasticity −slope·p/q; NaN where nothing is bought."""
    return quotient(-slope * price, linear_quantity(intercept, slope, price))


def choke_price(intercept: float, slope: float) -> float:
    """Price at which linear demand ends: intercept/slope."""
    return intercept / slope


def revenue(price: Array, quantity: Array) -> Array:
    """What buyers pay, money: price·quantity."""
    return price * quantity


def cost_gap(price: Array, quantity: Array, unit_cost: Array | float) -> Array:
    """Cost that buyers do not pay, money: (unit_cost − price)·quantity; a surplus is negative."""
    return (unit_cost - price) * quantity
