"""What welfare loses by subsidies, insurance, rationing and taxes; two-part tariffs.

Harberger (1964); Pauly (1968) on insurance; Oi (1971) on two-part tariffs; Browning (1976) on the
marginal cost of public funds.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array
from pricing.equations.demand import linear_quantity, linear_surplus_change


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPartTariff:
    """Price of use and fee of entry, money; `is_feasible` if everybody still joins."""

    price: float
    fee: float
    is_feasible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Insured:
    """Linear demand under insurance, by coinsurance: quantity, the fund's outlay, welfare loss."""

    quantity: Array
    outlay: Array
    loss: Array


def deadweight_loss(
    subsidy: npt.ArrayLike,
    quantity: npt.ArrayLike,
    surplus_gain: npt.ArrayLike,
    cost_of_funds: float = 1.0,
) -> Array:
    """What a subsidy a unit costs beyond what users gain: mcpf·subsidy·q₁ − ΔCS, money."""
    return np.asarray(cost_of_funds * np.multiply(subsidy, quantity) - np.asarray(surplus_gain))


def harberger_triangle(
    quantity: npt.ArrayLike, price: npt.ArrayLike, elasticity: float, subsidy: npt.ArrayLike
) -> Array:
    """Second-order loss of a small subsidy, ½·|ε|·(q/p)·s², money."""
    return np.asarray(0.5 * abs(elasticity) * np.divide(quantity, price) * np.square(subsidy))


def cost_of_public_funds(tax_rate: npt.ArrayLike, elasticity: npt.ArrayLike) -> Array:
    """Marginal cost of a unit of public money, 1/(1 − t/(1 − t)·η): η of the base for the net rate.

    Infinite at the top of the Laffer curve, NaN beyond.
    """
    rate = np.asarray(tax_rate, dtype=np.float64)
    left = 1.0 - rate / (1.0 - rate) * np.asarray(elasticity)
    with np.errstate(divide="ignore"):
        return np.where(left < 0.0, np.nan, 1.0 / left)


def two_part_tariff(
    intercept: npt.ArrayLike,
    slope: npt.ArrayLike,
    users: npt.ArrayLike,
    marginal_cost: float,
    fixed_cost: float,
) -> TwoPartTariff:
    """Lowest price of use at which a fee that keeps everybody covers the fixed cost.

    Groups of users with linear demands q = a − b·p, (group,). The fee is what each owes, at most
    the surplus of the group that gains least; where that does not do, use is priced above cost.
    """
    a, b, n = (np.atleast_1d(np.asarray(x, dtype=np.float64)) for x in (intercept, slope, users))
    least = int(np.argmin(_surplus(a, b, marginal_cost)))
    fee = fixed_cost / float(n.sum())
    if fee <= _surplus(a, b, marginal_cost)[least]:
        return TwoPartTariff(price=marginal_cost, fee=fee, is_feasible=True)
    # (p − c)·Σ n(a − bp) + N·(a_l − b_l·p)²/(2b_l) = F, in p
    low_a, low_b, number = a[least], b[least], n.sum()
    use = np.polynomial.Polynomial([(n * a).sum(), -(n * b).sum()])
    margin = np.polynomial.Polynomial([-marginal_cost, 1.0])
    left = np.polynomial.Polynomial([low_a, -low_b])
    raised = margin * use + number / (2.0 * low_b) * left * left - fixed_cost
    roots = raised.roots()
    real = np.sort(roots[np.abs(roots.imag) <= 1e-9 * np.abs(roots)].real)
    able = real[(real >= marginal_cost) & (real <= low_a / low_b)]
    if not able.size:
        return TwoPartTariff(price=marginal_cost, fee=fee, is_feasible=False)
    price = float(able[0])
    return TwoPartTariff(price=price, fee=float(_surplus(a, b, price)[least]), is_feasible=True)


def insured_demand(
    intercept: float, slope: float, price: float, coinsurance: npt.ArrayLike
) -> Insured:
    """Use of those who pay the share k of the price, q = a − b·k·P; loss b·((1 − k)·P)²/2."""
    share = np.asarray(coinsurance, dtype=np.float64)
    quantity = linear_quantity(intercept, slope, share * price)
    return Insured(
        quantity=quantity,
        outlay=(1.0 - share) * price * quantity,
        loss=slope * ((1.0 - share) * price) ** 2 / 2.0,
    )


def rationed_surplus(
    intercept: float, slope: float, price: float, capacity: float
) -> tuple[float, float]:
    """Consumer surplus where capacity falls short: those who value most served, or all alike."""
    wanted = float(linear_quantity(intercept, slope, np.asarray(price)))
    served = min(capacity, wanted)
    efficient = (intercept * served - served**2 / 2.0) / slope - price * served
    alike = served / wanted * wanted**2 / (2.0 * slope) if wanted > 0.0 else 0.0
    return float(efficient), float(alike)


def _surplus(intercept: Array, slope: Array, price: float) -> Array:
    """Surplus of a user of each group at a price, (group,)."""
    found = [
        -linear_surplus_change(a, b, np.asarray(price), np.asarray(a / b))
        for a, b in zip(intercept.tolist(), slope.tolist(), strict=True)
    ]
    return np.array(found)
