"""Who holds money in a trial, and for what it may change hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.city.rows.people import QUINTILES

HOUSEHOLDS = ("household", "household_outside")
FUNDS = ("fund", "fund_outside")
BUDGETS = ("budget", "budget_outside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of accounts: households by quintile, budgets by level, units, or a single account.

    `overdraft` is how far each account may fall below zero, VND: incomes of households, employers,
    budgets, funds and suppliers of capital come from outside the model, so theirs is without limit.
    """

    name: str
    size: int
    overdraft: float


@dataclass(frozen=True, slots=True)
class Accounts:
    """All accounts of a trial in one row, with the slice of each group."""

    groups: tuple[Group, ...]

    @classmethod
    def of(cls, city: City) -> "Accounts":
        """Accounts of a city: quintiles, funds, budget levels, all units, their counterparts."""
        free = np.inf
        return cls(
            (
                Group(name="household", size=QUINTILES, overdraft=free),
                Group(name="household_outside", size=1, overdraft=free),
                Group(name="employers", size=1, overdraft=free),
                Group(name="fund", size=1, overdraft=free),
                Group(name="fund_outside", size=1, overdraft=free),
                Group(name="budget", size=len(BUDGET_LEVELS), overdraft=free),
                Group(name="budget_outside", size=1, overdraft=free),
                Group(name="units", size=len(city.units.id), overdraft=0.0),
                Group(name="staff", size=1, overdraft=0.0),
                Group(name="suppliers", size=1, overdraft=0.0),
                Group(name="investors", size=1, overdraft=free),
            )
        )

    @property
    def size(self) -> int:
        """Number of accounts."""
        return sum(group.size for group in self.groups)

    @property
    def slices(self) -> dict[str, slice]:
        """Where each group lies in the row of accounts."""
        found, start = {}, 0
        for group in self.groups:
            found[group.name] = slice(start, start + group.size)
            start += group.size
        return found

    @property
    def overdraft(self) -> Array:
        """How far each account may fall below zero, VND, (account,)."""
        return np.repeat(
            [group.overdraft for group in self.groups], [group.size for group in self.groups]
        )

    def text(self, account: int) -> str:
        """Name of one account, such as `units[12]`."""
        for name, where in self.slices.items():
            if where.start <= account < where.stop:
                return f"{name}[{account - where.start}]"
        raise IndexError(f"there is no account {account}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why money changes hands: groups that may pay and receive, and the budget line if any."""

    name: str
    payers: tuple[str, ...]
    payees: tuple[str, ...]
    meaning: str
    line: str = ""


PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        name="user_payment",
        payers=HOUSEHOLDS,
        payees=("units",),
        meaning="own share of listed prices, top-up and tuition that users pay to units",
    ),
    Purpose(
        name="learning_charges",
        payers=HOUSEHOLDS,
        payees=("suppliers",),
        meaning="families' other spending on learning",
    ),
    Purpose(
        name="self_treatment",
        payers=HOUSEHOLDS,
        payees=("suppliers",),
        meaning="drugs and care without a visit",
    ),
    Purpose(
        name="contribution",
        payers=("household", "employers"),
        payees=("fund",),
        meaning="contributions to health insurance of households and employers",
    ),
    Purpose(
        name="premium_subsidy",
        payers=("budget",),
        payees=("fund",),
        line="premium_subsidy",
        meaning="contributions to health insurance that budgets pay",
    ),
    Purpose(
        name="claims",
        payers=FUNDS,
        payees=("units",),
        meaning="insured care: advances and settlement",
    ),
    Purpose(
        name="ceiling_rebate",
        payers=("fund",),
        payees=("household",),
        meaning="own shares beyond the yearly ceiling, paid back",
    ),
    Purpose(
        name="administration",
        payers=("fund",),
        payees=("staff",),
        meaning="administration of the insurance fund",
    ),
    Purpose(
        name="user_support",
        payers=BUDGETS,
        payees=("units",),
        line="user_support",
        meaning="own shares and tuition that the budget pays for exempt and reduced users",
    ),
    Purpose(
        name="tuition_replacement",
        payers=BUDGETS,
        payees=("units",),
        line="tuition_replacement",
        meaning="tuition of fee-free learners in public schools",
    ),
    Purpose(
        name="private_support",
        payers=BUDGETS,
        payees=("units",),
        line="private_support",
        meaning="support of learners in non-public schools",
    ),
    Purpose(
        name="per_pupil_payment",
        payers=BUDGETS,
        payees=("units",),
        line="per_pupil_payment",
        meaning="order part of the price of a pupil-month",
    ),
    Purpose(
        name="check_up",
        payers=BUDGETS,
        payees=("units",),
        line="check_up",
        meaning="check-ups free of charge",
    ),
    Purpose(
        name="recurrent_grant",
        payers=BUDGETS,
        payees=("units",),
        line="recurrent_grant",
        meaning="recurrent grants to units",
    ),
    Purpose(
        name="budget_arrears",
        payers=("budget",),
        payees=("units",),
        line="recurrent_grant",
        meaning="what a budget under an envelope owed the units from earlier months",
    ),
    Purpose(
        name="capital",
        payers=BUDGETS,
        payees=("units",),
        line="capital",
        meaning="capital budget that replaces assets of units",
    ),
    Purpose(
        name="other_health",
        payers=("budget",),
        payees=("staff", "suppliers"),
        line="other_health",
        meaning="prevention, programmes and administration of health",
    ),
    Purpose(
        name="lot_payment",
        payers=("budget",),
        payees=("units",),
        line="lots",
        meaning="accepted output of lots, and advances for assigned tasks",
    ),
    Purpose(
        name="lot_return",
        payers=("units",),
        payees=("budget",),
        meaning="unspent advances for assigned tasks, returned",
    ),
    Purpose(
        name="lot_administration",
        payers=("budget",),
        payees=("staff",),
        line="lot_administration",
        meaning="procurement and inspection of lots",
    ),
    Purpose(name="pay", payers=("units",), payees=("staff",), meaning="pay with contributions"),
    Purpose(
        name="purchases",
        payers=("units",),
        payees=("suppliers",),
        meaning="drugs, supplies, services and overhead",
    ),
    Purpose(
        name="assets",
        payers=("units",),
        payees=("suppliers",),
        meaning="buildings and equipment bought",
    ),
    Purpose(
        name="equity",
        payers=("investors",),
        payees=("units",),
        meaning="money owners put in, opening cash and losses carried",
    ),
    Purpose(
        name="land_rent",
        payers=("units",),
        payees=("budget",),
        meaning="land rent of socialised projects, before what is exempt",
    ),
    Purpose(
        name="profit_tax",
        payers=("units",),
        payees=("budget",),
        meaning="tax on the profit of non-public units at the standard rate",
    ),
    Purpose(
        name="forgone_revenue",
        payers=("budget",),
        payees=("units",),
        line="forgone_revenue",
        meaning="land rent and profit tax that socialised providers need not pay",
    ),
    Purpose(
        name="interest_subsidy",
        payers=("budget",),
        payees=("units",),
        line="interest_subsidy",
        meaning="interest on loans of socialised projects that the budget pays",
    ),
    Purpose(
        name="joint_venture_share",
        payers=("units",),
        payees=("units",),
        meaning="public units' part of the profit of joint ventures inside them",
    ),
    Purpose(name="profit", payers=("units",), payees=("investors",), meaning="profit taken out"),
)

PURPOSE: Mapping[str, Purpose] = MappingProxyType({purpose.name: purpose for purpose in PURPOSES})
LINES: tuple[str, ...] = (
    "recurrent_grant",
    "per_pupil_payment",
    "tuition_replacement",
    "private_support",
    "user_support",
    "premium_subsidy",
    "check_up",
    "capital",
    "other_health",
    "lots",
    "lot_administration",
    "forgone_revenue",
    "interest_subsidy",
)
