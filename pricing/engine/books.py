"""The month's postings: from flows to the ledger, with cash, receivables and arrears."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pricing.base.arrays import Array
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.cash import Spent
from pricing.engine.claims import Claims, Terms
from pricing.engine.lot_money import Advances
from pricing.engine.setup import Setup
from pricing.engine.standing import CITY_LEVEL
from pricing.world.accounts import LINES, Accounts
from pricing.world.flows import Flows
from pricing.world.ledger import Ledger

OPENING_MONTHS = 3.0  # cash of a unit at the start, months of its cash cost (assumed)
DAYS_A_MONTH = 30.4
SUPPORT_LINES = ("user_support", "tuition_replacement", "private_support", "check_up")


@dataclass(slots=True)
class Books:
    """Ledger and the stocks of money beside it, of one trial.

    ``claims`` what the fund owes the units for residents, ``outside_claims`` for others;
    ``arrears`` (unit,) bills not paid for want of cash; ``advances`` for assigned tasks; ``lag``
    months from delivery to settlement.
    """

    ledger: Ledger
    claims: Claims
    outside_claims: Claims
    arrears: Array
    lag: int
    refused: float
    advances: Advances
    line_offers: dict[str, Array] = field(default_factory=dict)


def open_books(setup: Setup, first: Flows) -> Books:
    """Books at the start: cash for some months of cost, receivables as if 2024 had been like 2025.

    Parameters
    ----------
    first : Flows
        A month of base-year policy, from which opening cash and receivables are taken.
    """
    parameters = setup.calibrated.parameters
    lag = max(1, round(parameters["settlement_lag"] / DAYS_A_MONTH))
    cash = OPENING_MONTHS * setup.sums.by_unit(first.supply.cost[:, :3].sum(1))
    refused = parameters["refusal_share"]
    owed = (1.0 - refused) * setup.sums.by_unit(first.payments.fund.sum(0))
    outside = (1.0 - refused) * setup.sums.by_unit(first.payments.outside_fund)
    lines = np.array(setup.offers.support_line)
    return Books(
        ledger=Ledger(Accounts.of(setup.city), {"units": cash}),
        claims=Claims.steady(owed, lag),
        outside_claims=Claims.steady(outside, lag),
        arrears=np.zeros_like(cash),
        lag=lag,
        refused=refused,
        advances=Advances.none(len(setup.city.lots.id)),
        line_offers={line: (lines == line).astype(np.float64) for line in SUPPORT_LINES},
    )


def post_income(books: Books, setup: Setup, flows: Flows, on: Terms) -> None:
    """Users, budgets and the fund pay the units; what the fund owes is booked when delivered.

    Under an envelope budgets pay each line to the share that it leaves, and of old arrears what it
    lets them.
    """
    ledger, paid, supplied = books.ledger, flows.payments, flows.supply
    by_unit = _income_by_unit(books, setup, flows)
    ledger.post("household", "units", "user_payment", by_unit["household"])
    ledger.post("household_outside", "units", "user_payment", by_unit["outside_household"][0])
    ledger.post("household", "suppliers", "learning_charges", paid.learning)
    ledger.post("household", "suppliers", "self_treatment", flows.self_treatment)
    levels = len(BUDGET_LEVELS)
    for line, support, outside in zip(
        SUPPORT_LINES, by_unit["support"], by_unit["outside_support"], strict=True
    ):
        share = paid_share(flows, line)
        ledger.post("budget", "units", line, share * _at_level(levels, CITY_LEVEL, support))
        ledger.post("budget_outside", "units", line, outside)
    owner = setup.units.budget == np.arange(levels)[:, None]
    grant = by_unit["grant"][0] + supplied.mandate
    owed = {"per_pupil_payment": by_unit["order"], "recurrent_grant": grant}
    for line, amounts in {**owed, "capital": by_unit["capital"]}.items():
        ledger.post("budget", "units", line, paid_share(flows, line) * (owner * amounts))
    if flows.envelope is not None:
        ledger.post("budget", "units", "budget_arrears", flows.envelope.repaid)
    ledger.post("budget_outside", "units", "per_pupil_payment", by_unit["outside_order"][0])
    _settle(books, "fund", (books.claims, on), by_unit["fund"][0])
    _settle(books, "fund_outside", (books.outside_claims, on), by_unit["outside_fund"][0])


def _income_by_unit(books: Books, setup: Setup, flows: Flows) -> dict[str, Array]:
    """What each payer owes each unit this month, by name: (row, unit) VND, summed in one pass."""
    paid, supplied = flows.payments, flows.supply
    lines = np.stack([books.line_offers[line] for line in SUPPORT_LINES])
    rows = {
        "household": paid.household,
        "outside_household": paid.outside_household[None],
        "support": lines * paid.support.sum(0),
        "outside_support": lines * paid.outside_support,
        "order": paid.order[None],
        "grant": supplied.grant.sum(1)[None],
        "capital": supplied.capital[None],
        "outside_order": paid.outside_order[None],
        "fund": paid.fund.sum(0)[None],
        "outside_fund": paid.outside_fund[None],
    }
    by_unit = setup.sums.by_unit(np.concatenate(list(rows.values())))
    ends = np.cumsum([values.shape[0] for values in rows.values()])
    return dict(zip(rows, np.split(by_unit, ends[:-1]), strict=True))


def _settle(books: Books, fund: str, owing: tuple[Claims, Terms], delivered: Array) -> None:
    """Pay what is due of the claims of ``lag`` months ago, and book this month's after refusals."""
    claims, on = owing
    books.ledger.post(fund, "units", "claims", claims.due(on))
    claims.pass_month(on, (1.0 - books.refused) * delivered)


def paid_share(flows: Flows, line: str) -> Array:
    """Share of a line that each level pays this month, (budget_level, 1): all without envelope."""
    if flows.envelope is None:
        return np.ones((len(BUDGET_LEVELS), 1))
    share: Array = flows.envelope.share[LINES.index(line)][:, None]
    return share


def _at_level(levels: int, level: int, amounts: Array) -> Array:
    """Amounts to units (unit,) as paid by one budget level, (budget_level, unit)."""
    table = np.zeros((levels, amounts.size))
    table[level] = amounts
    return table


def post_costs(books: Books, setup: Setup, flows: Flows) -> Spent:
    """Units pay staff first, then suppliers and investment, as far as cash reaches."""
    ledger = books.ledger
    cost = flows.supply.cost
    pay = setup.sums.by_unit(cost[:, 0]) + flows.supply.mandate
    paid = np.minimum(pay, ledger.available("units"))
    ledger.post("units", "staff", "pay", paid)
    due = setup.sums.by_unit(cost[:, 1] + cost[:, 2]) + (pay - paid)
    bills = books.arrears + due
    settled = np.minimum(bills, ledger.available("units"))
    ledger.post("units", "suppliers", "purchases", settled)
    books.arrears = bills - settled
    fund = flows.supply.capital + (flows.earning + flows.order_earning)[:, 3] * (
        flows.volume.sum(0) + flows.outsiders
    )
    wanted = setup.sums.by_unit(fund)
    if flows.envelope is not None:
        wanted = np.maximum(wanted - flows.envelope.postponed.sum(0), 0.0)
    assets = np.minimum(wanted, ledger.available("units"))
    ledger.post("units", "suppliers", "assets", assets)
    profit = _profits(books, setup)
    return Spent(due=due, pay=paid, settled=settled, assets=assets, profit=profit)


def _profits(books: Books, setup: Setup) -> Array:
    """Owners of non-public units take out cash beyond the opening buffer; (unit,) VND."""
    ledger = books.ledger
    spare = np.maximum(ledger.available("units") - setup.units.buffer, 0.0)
    profit: Array = spare * (1.0 - setup.units.is_public)
    ledger.post("units", "investors", "profit", profit)
    return profit
