"""Free entry in closed form: what an entry process must tend to in the textbook markets.

Mankiw & Whinston (1986) for Cournot; Salop (1979) for the circle.
"""

import math
from dataclasses import dataclass

# A firm that exactly breaks even enters; rounding must not turn it away.
_EVEN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class CournotEntry:
    """Cournot with free entry: firms, their profit, that with one firm more, price, quantity."""

    n_firms: int
    profit: float
    profit_with_one_more: float
    price: float
    quantity: float


def cournot_entry(intercept: float, slope: float, mc: float, fixed_cost: float) -> CournotEntry:
    """Free entry where inverse demand is intercept − slope·quantity and fixed_cost > 0.

    A firm among n earns (intercept − mc)²/(slope·(n + 1)²) − fixed_cost.
    """
    room = max(intercept - mc, 0.0)
    n_firms = max(math.floor(room / math.sqrt(slope * fixed_cost) - 1.0 + _EVEN), 0)

    def profit(n: int) -> float:
        return room**2 / (slope * (n + 1) ** 2) - fixed_cost

    quantity = n_firms * room / (slope * (n_firms + 1))
    return CournotEntry(
        n_firms=n_firms,
        profit=profit(n_firms) if n_firms else 0.0,
        profit_with_one_more=profit(n_firms + 1),
        price=intercept - slope * quantity,
        quantity=quantity,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SalopEntry:
    """Salop's circle with free entry: real and whole number of firms, and the planner's number.

    `price` and `profit` are at the whole number; with no firm they are NaN.
    """

    n_real: float
    n_firms: int
    price: float
    profit: float
    n_planner: float


def salop_entry(users: float, transport: float, fixed_cost: float, mc: float) -> SalopEntry:
    """Free entry of single-product firms, `users` on a circle of length 1, one unit each.

    Price mc + transport/n; zero profit at n = √(transport·users/fixed_cost), twice the number that
    minimises fixed and transport costs.
    """
    n_real = math.sqrt(transport * users / fixed_cost)
    n_firms = math.floor(n_real * (1.0 + _EVEN))
    return SalopEntry(
        n_real=n_real,
        n_firms=n_firms,
        price=mc + transport / n_firms if n_firms else math.nan,
        profit=transport * users / n_firms**2 - fixed_cost if n_firms else math.nan,
        n_planner=0.5 * n_real,
    )
