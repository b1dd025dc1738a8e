"""Money of lots: payments and advances from the city's budget, and what comes back unspent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.setup import Setup
from pricing.engine.standing import CITY_LEVEL, MONTHS
from pricing.equations.quotient import quotient
from pricing.world.flows import Flows
from pricing.world.ledger import TOLERANCE, Ledger


@dataclass(slots=True)
class Advances:
    """Advances for assigned tasks that are not spent yet, (lot,): VND, and the offer they went to.

    Below zero what a task has cost beyond its advances since January, which later months may make
    good and the unit bears at the year's end. What a unit cannot return for want of cash stands
    here until it can.
    """

    unspent: Array
    offer: IntArray

    @classmethod
    def none(cls, n_lots: int) -> Advances:
        """No advance to any lot."""
        return cls(unspent=np.zeros(n_lots), offer=np.full(n_lots, -1))


@dataclass(frozen=True, slots=True, kw_only=True)
class LotMoney:
    """What the lots of a month moved, VND.

    ``paid`` (lot,) payments and advances; ``returned`` (lot,); ``administration`` (lot,);
    ``assigned`` (offer,) advances less returns; ``units`` (unit,) net gain of the units' cash.
    """

    paid: Array
    returned: Array
    administration: Array
    assigned: Array
    units: Array

    @property
    def budget(self) -> float:
        """What the city's budget paid, less what came back, VND."""
        return float(self.paid.sum() + self.administration.sum() - self.returned.sum())


def post_lots(
    ledger: Ledger, advances: Advances, setup: Setup, flows: Flows, month: Month
) -> LotMoney:
    """Pay for lots, and take back in December or at its end what an assignment left unspent.

    State Budget Law 83/2015 art. 64: what is unspent at the year's end is cancelled or returned.

    Raises
    ------
    InvariantError
        If what is paid by lot is not what the offers receive.
    """
    n_lots, n_units = advances.unspent.size, len(setup.city.units.id)
    zero = np.zeros(n_lots)
    lots = flows.lots
    if lots is None and not advances.unspent.any():
        nothing = np.zeros(flows.payments.lot.size)
        return LotMoney(
            paid=zero,
            returned=zero,
            administration=zero,
            assigned=nothing,
            units=np.zeros(n_units),
        )
    paid, advanced, spent, assigned, administration = (
        (zero, zero, zero, zero, zero)
        if lots is None
        else (lots.paid, lots.advanced, lots.spent, lots.is_assigned, lots.administration)
    )
    _check_paid(setup, flows, paid, month)
    if lots is not None:
        advances.offer = np.where(assigned > 0, lots.offer, advances.offer)
    by_offer = np.zeros(flows.payments.lot.size)
    given = advanced > 0
    np.add.at(by_offer, advances.offer[given], advanced[given])
    income = setup.sums.by_unit(flows.payments.lot + by_offer)
    _post_payments(ledger, income, float(administration.sum()))
    is_settled = (month.number == MONTHS) | (assigned == 0)
    balance = advances.unspent + advanced - spent
    advances.unspent = np.where(is_settled, np.maximum(balance, 0.0), balance)
    due = advances.unspent * is_settled
    returned = _post_returns(ledger, setup, advances, due)
    back = returned > 0
    np.add.at(by_offer, advances.offer[back], -returned[back])
    return LotMoney(
        paid=paid + advanced,
        returned=returned,
        administration=administration,
        assigned=by_offer,
        units=setup.sums.by_unit(flows.payments.lot + by_offer),
    )


def _check_paid(setup: Setup, flows: Flows, paid: Array, month: Month) -> None:
    """What the lots pay is what their offers receive for output under them."""
    received = float(flows.payments.lot.sum())
    gap = received - float(paid.sum())
    if not abs(gap) <= TOLERANCE * (received + 1.0):
        raise InvariantError("lots", month.text, gap)


def _post_payments(ledger: Ledger, income: Array, administration: float) -> None:
    levels = len(BUDGET_LEVELS)
    table = np.zeros((levels, income.size))
    table[CITY_LEVEL] = income
    ledger.post("budget", "units", "lot_payment", table)
    level = np.zeros(levels)
    level[CITY_LEVEL] = administration
    ledger.post("budget", "staff", "lot_administration", level)


def _post_returns(ledger: Ledger, setup: Setup, advances: Advances, due: Array) -> Array:
    """Return what is due as far as the units' cash reaches, (lot,) VND."""
    owing = due > 0
    if not owing.any():
        return np.zeros(due.size)
    unit = setup.city.offers.unit[advances.offer[owing]]
    owed = np.bincount(unit, due[owing], len(setup.city.units.id))
    share = quotient(np.minimum(owed, ledger.available("units")), owed, undefined=0.0)
    returned = np.zeros(due.size)
    returned[owing] = due[owing] * share[unit]
    advances.unspent = advances.unspent - returned
    table = np.zeros((owed.size, len(BUDGET_LEVELS)))
    table[:, CITY_LEVEL] = owed * share
    ledger.post("units", "budget", "lot_return", table)
    return returned
