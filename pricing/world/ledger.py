"""Double entry: a payment leaves one account and reaches another; every month is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.world.accounts import PURPOSE, Accounts

TOLERANCE = 1e-9
# What the last bits of the balances themselves may add up to in months with hardly a posting.
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)


@dataclass(slots=True)
class _Flow:
    """Money of one purpose from one group to another; the balances are views into the ledger's."""

    payer_balance: Array
    payee_balance: Array
    paid: Array
    received: Array
    paid_year: Array
    received_year: Array
    years: dict[int, tuple[Array, Array]] = field(default_factory=dict)

    def close_month(self) -> None:
        """Carry the month into the year."""
        self.paid_year += self.paid
        self.received_year += self.received
        self.paid[...] = 0.0
        self.received[...] = 0.0

    def close_year(self, year: int) -> None:
        """Keep the year's sums and begin another."""
        self.years[year] = (self.paid_year.copy(), self.received_year.copy())
        self.paid_year[...] = 0.0
        self.received_year[...] = 0.0


class Ledger:
    """Accounts, postings and their checks; VND.

    Parameters
    ----------
    accounts
        Groups of accounts and their overdrafts.
    opening
        Opening balances by group; zero where not named.
    """

    def __init__(self, accounts: Accounts, opening: Mapping[str, Array] | None = None) -> None:
        self.accounts = accounts
        self._slices = accounts.slices
        self._overdraft = accounts.overdraft
        self._balances: Array = np.zeros(accounts.size)
        for group, amounts in (opening or {}).items():
            self._balances[self._slices[group]] = amounts
        self._opening: Array = self._balances.copy()
        self._flows: dict[tuple[str, str, str], _Flow] = {}

    def post(self, payer: str, payee: str, purpose: str, amounts: npt.ArrayLike) -> None:
        """Move money from one group of accounts to another.

        Parameters
        ----------
        payer, payee
            Names of groups.
        purpose
            A row of the purposes, which says who may pay whom.
        amounts
            VND, not negative: on the axis of the group that has several accounts, a number if
            neither has, (payer, payee) if both have.
        """
        flow = self._flows.get((payer, payee, purpose))
        if flow is None:
            flow = self._open(payer, payee, purpose)
        given = np.asarray(amounts, dtype=np.float64)
        n_payers, n_payees = flow.paid.size, flow.received.size
        if given.shape == (n_payers, n_payees):
            paid, received = given.sum(axis=1), given.sum(axis=0)
        elif n_payees == 1 and given.size == n_payers:
            paid, received = given, given.sum()
        elif n_payers == 1 and given.size == n_payees:
            paid, received = given.sum(), given
        else:
            raise ValueError(
                f"{purpose} from {payer} to {payee}: amounts of shape {given.shape}, "
                f"not {n_payers} payers by {n_payees} payees"
            )
        flow.payer_balance -= paid
        flow.payee_balance += received
        flow.paid += paid
        flow.received += received

    def balance(self, group: str) -> Array:
        """Balances of a group now, VND, (account,)."""
        return self._balances[self._slices[group]].copy()

    def available(self, group: str) -> Array:
        """What a group can pay without passing its overdraft, VND, (account,); never negative."""
        where = self._slices[group]
        room: Array = np.maximum(0.0, self._balances[where] + self._overdraft[where])
        return room

    def gross(self) -> float:
        """Sum of all payments of the month that is open, VND."""
        return float(sum(np.abs(flow.paid).sum() for flow in self._flows.values()))

    def month_receipts(self, purpose: str, payee: str) -> Array:
        """What a group of payees has received for a purpose in the open month, VND, (payee,)."""
        where = self._slices[payee]
        total = np.zeros(where.stop - where.start)
        for (_, group, name), flow in self._flows.items():
            if name == purpose and group == payee:
                total += flow.received
        return total

    def close_month(self, month: Month) -> None:
        """Check the month, then open the next one; December closes the year as well.

        Raises
        ------
        InvariantError
            If a payment was negative, what left and what arrived differ, an account is not its
            opening balance plus receipts less payments, or it is below its overdraft.
        """
        slack = TOLERANCE * self.gross() + ROUNDING * float(np.abs(self._balances).sum())
        expected = self._expected(month, slack)
        self._require("all accounts", month, self._balances.sum() - self._opening.sum(), slack)
        self._require_each("", month, self._balances - expected, slack)
        below = np.minimum(0.0, self._balances + self._overdraft)
        self._require_each("overdraft of ", month, below, slack)
        self._opening = self._balances.copy()
        for flow in self._flows.values():
            flow.close_month()
            if month.number == 12:
                flow.close_year(month.year)

    def turnover(self, purpose: str, year: int, payer: str) -> Array:
        """What a group of payers paid for a purpose in a closed year, VND, (payer,)."""
        return self._yearly(purpose, year, payer, payer_side=True)

    def receipts(self, purpose: str, year: int, payee: str) -> Array:
        """What a group of payees received for a purpose in a closed year, VND, (payee,)."""
        return self._yearly(purpose, year, payee, payer_side=False)

    def outlay(self, year: int) -> dict[str, Array]:
        """What the budgets paid in a closed year, by line; VND, (budget_level,)."""
        lines: dict[str, Array] = {}
        for purpose in PURPOSE.values():
            if purpose.line and "budget" in purpose.payers:
                paid = self.turnover(purpose.name, year, "budget")
                lines[purpose.line] = lines.get(purpose.line, 0.0) + paid
        return lines

    def _open(self, payer: str, payee: str, purpose: str) -> _Flow:
        row = PURPOSE[purpose]
        if payer not in row.payers or payee not in row.payees:
            raise ValueError(f"{purpose} is not paid by {payer} to {payee}")
        payers, payees = self._slices[payer], self._slices[payee]
        n_payers, n_payees = payers.stop - payers.start, payees.stop - payees.start
        flow = _Flow(
            payer_balance=self._balances[payers],
            payee_balance=self._balances[payees],
            paid=np.zeros(n_payers),
            received=np.zeros(n_payees),
            paid_year=np.zeros(n_payers),
            received_year=np.zeros(n_payees),
        )
        self._flows[payer, payee, purpose] = flow
        return flow

    def _expected(self, month: Month, slack: float) -> Array:
        """Closing balances from the opening ones and the flows, VND, (account,)."""
        expected = self._opening.copy()
        for (payer, payee, purpose), flow in self._flows.items():
            self._require(purpose, month, flow.paid.sum() - flow.received.sum(), slack)
            least = min(flow.paid.min(), flow.received.min(), 0.0)
            self._require(f"{purpose} of {payer}", month, least, slack)
            expected[self._slices[payer]] -= flow.paid
            expected[self._slices[payee]] += flow.received
        return expected

    def _yearly(self, purpose: str, year: int, group: str, *, payer_side: bool) -> Array:
        where = self._slices[group]
        total = np.zeros(where.stop - where.start)
        for (payer, payee, name), flow in self._flows.items():
            if name == purpose and group == (payer if payer_side else payee) and year in flow.years:
                total += flow.years[year][0 if payer_side else 1]
        return total

    def _require(self, name: str, month: Month, gap: float, slack: float) -> None:
        if not abs(gap) <= slack:
            raise InvariantError(name, month.text, float(gap))

    def _require_each(self, prefix: str, month: Month, gap: Array, slack: float) -> None:
        worst = int(np.argmax(np.abs(gap)))
        if not abs(gap[worst]) <= slack:
            raise InvariantError(prefix + self.accounts.text(worst), month.text, float(gap[worst]))


def check_stock(
    name: str, opening: Array, flows: Array, closing: Array, month: Month, gross: float
) -> None:
    """Check that a stock is its opening plus its flows; all three on the same axes.

    Parameters
    ----------
    flows
        Net change of each element of the stock.
    gross
        Size against which the tolerance of 1e-9 is taken: the month's gross flow, or the stock.

    Raises
    ------
    InvariantError
        Naming stock, element, month and the largest gap.
    """
    gap = np.ravel(np.asarray(opening) + flows - closing)
    worst = int(np.argmax(np.abs(gap)))
    if not abs(gap[worst]) <= TOLERANCE * gross:
        label = name if gap.size == 1 else f"{name}[{worst}]"
        raise InvariantError(label, month.text, float(gap[worst]))
