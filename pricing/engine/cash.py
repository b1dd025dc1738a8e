"""What a month does to cash, recomputed beside the ledger (model section 12).

Every posting touches a household, a fund, a budget or a unit, so one that is lost or made twice
leaves one of these balances off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.lot_money import LotMoney
from pricing.engine.setup import Setup
from pricing.engine.standing import CITY_LEVEL, MONTHS
from pricing.world.flows import Flows
from pricing.world.ledger import Ledger, check_stock

GROUPS = ("household", "fund", "budget", "units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance:
    """The city's insured in one month, VND.

    ``contribution`` (contributor,); ``subsidy`` (budget_level,) the budgets' part of it; claims and
    administration of the fund.
    """

    contribution: Array
    subsidy: Array
    claims: float
    administration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What units spent in a month, (unit,) VND; ``due`` bills that fell due beyond the pay met."""

    due: Array
    pay: Array
    settled: Array
    assets: Array
    profit: Array

    @property
    def total(self) -> Array:
        """All that left the units' cash."""
        return self.pay + self.settled + self.assets + self.profit


def other_health(setup: Setup, flows: Flows) -> float:
    """Other public health spending of the month, VND."""
    yearly = setup.calibrated.parameters["public_health_spending_other"]
    return yearly / MONTHS * flows.cpi


def balances(ledger: Ledger) -> dict[str, Array]:
    """Balances of the groups whose cash is checked, VND."""
    return {group: ledger.balance(group) for group in GROUPS}


def check_cash(
    ledger: Ledger, opening: dict[str, Array], changes: dict[str, Array], month: Month
) -> None:
    """Opening balance and the month's changes give the closing balance, account by account."""
    gross = ledger.gross()
    for group in GROUPS:
        closing = ledger.balance(group)
        check_stock(group, opening[group], changes[group], closing, month, gross)


def cash_changes(
    setup: Setup,
    flows: Flows,
    insurance: Insurance,
    settled: tuple[Array, Array],
    moved: tuple[Spent, LotMoney],
) -> dict[str, Array]:
    """What the month's flows make of each account, VND, by group.

    Parameters
    ----------
    settled : Array, Array
        (unit,) claims that fell due this month, of the city's fund and of other payers.
    moved : Spent, LotMoney
        What the units spent, and what lots moved.
    """
    spent, lots = moved
    paid, supplied, contribution = flows.payments, flows.supply, insurance.contribution
    owned = paid.order + supplied.grant.sum(1) + supplied.capital
    outside = paid.outside_household + paid.outside_support + paid.outside_order
    income = owned + outside + (paid.household + paid.support).sum(0)
    levels = len(BUDGET_LEVELS)
    budget: Array = np.zeros(levels)
    budget += np.bincount(setup.offers.budget, owned, levels)
    budget += np.bincount(setup.units.budget, supplied.mandate, levels)
    budget[CITY_LEVEL] += paid.support.sum() + other_health(setup, flows) + lots.budget
    budget = budget + insurance.subsidy
    household = paid.household.sum(1) + paid.learning + flows.self_treatment
    household = household + contribution[0] * setup.premiums.household_share
    claims = settled[0].sum() + insurance.administration
    units = setup.sums.by_unit(income) + supplied.mandate + settled[0] + settled[1] - spent.total
    units = units + lots.units
    if flows.envelope is not None:
        budget = budget + flows.envelope.prevention - flows.envelope.short_of.sum(1)
        units = units - flows.envelope.short_of.sum(0)
    return {
        "household": -household,
        "fund": np.array([contribution.sum() - claims]),
        "budget": -budget,
        "units": units,
    }
