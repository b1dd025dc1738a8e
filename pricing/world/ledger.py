"""Double entry: a payment leaves one account and reaches another; every month is checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, IntArray
from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.world.accounts import PURPOSE, Accounts

TOLERANCE = 1e-9
# What the last bits of the balances themselves may add up to in months with hardly a posting.
ROUNDING = 4.0 * float(np.finfo(np.float64).eps)


@dataclass(slots=True)
class _Flow:
    """Money of one purpose from one group to another: views into the ledger's arrays."""

    payer_balance: Array
    payee_balance: Array
    paid: Array
    received: Array


@dataclass(frozen=True, slots=True)
class _Sides:
    """Where the payers' and payees' sides of every possible flow lie in one row of amounts.

    ``account`` (amount,) the account of each amount; ``sign`` -1 on the payers' side; ``start``
    (side,) first amount of each side, payers and payees of a flow one after the other.
    """

    account: IntArray
    sign: Array
    start: IntArray
    where: Mapping[tuple[str, str, str], tuple[slice, slice]]


def _sides(slices: Mapping[str, slice]) -> _Sides:
    where: dict[tuple[str, str, str], tuple[slice, slice]] = {}
    accounts: list[IntArray] = []
    starts = [0]
    for row in PURPOSE.values():
        for payer, payee in product(row.payers, row.payees):
            for group in (payer, payee):
                held = slices[group]
                accounts.append(np.arange(held.start, held.stop))
                starts.append(starts[-1] + accounts[-1].size)
            first, middle, last = starts[-3:]
            where[payer, payee, row.name] = (slice(first, middle), slice(middle, last))
    start = np.array(starts)
    sign = np.repeat(np.tile([-1.0, 1.0], len(where)), np.diff(start))
    return _Sides(np.concatenate(accounts), sign, start[:-1], where)


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
        self._sides = _sides(self._slices)
        self._month: Array = np.zeros(self._sides.account.size)
        self._year: Array = np.zeros(self._sides.account.size)
        self._years: dict[int, Array] = {}
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
        return float(self._side_sums()[::2].sum())

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
        sums = self._side_sums()
        slack = TOLERANCE * float(sums[::2].sum())
        slack += ROUNDING * float(np.abs(self._balances).sum())
        self._check_flows(sums, month, slack)
        signed = self._sides.sign * self._month
        moved = np.bincount(self._sides.account, weights=signed, minlength=self._opening.size)
        self._require("all accounts", month, self._balances.sum() - self._opening.sum(), slack)
        self._require_each("", month, self._balances - self._opening - moved, slack)
        below = np.minimum(0.0, self._balances + self._overdraft)
        self._require_each("overdraft of ", month, below, slack)
        self._opening = self._balances.copy()
        self._year += self._month
        self._month[...] = 0.0
        if month.number == 12:
            self._years[month.year] = self._year.copy()
            self._year[...] = 0.0

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
        paid, received = self._sides.where[payer, payee, purpose]
        flow = _Flow(
            payer_balance=self._balances[self._slices[payer]],
            payee_balance=self._balances[self._slices[payee]],
            paid=self._month[paid],
            received=self._month[received],
        )
        self._flows[payer, payee, purpose] = flow
        return flow

    def _side_sums(self) -> Array:
        """Sum of each side of each flow this month, VND, (side,)."""
        sums: Array = np.add.reduceat(self._month, self._sides.start)
        return sums

    def _check_flows(self, sums: Array, month: Month, slack: float) -> None:
        """What left is what arrived, flow by flow, and nothing was negative."""
        least = np.minimum.reduceat(self._month, self._sides.start).reshape(-1, 2).min(axis=1)
        gaps = np.stack([sums[::2] - sums[1::2], np.minimum(least, 0.0)])
        if (np.abs(gaps) <= slack).all():
            return
        for (payer, _, purpose), (gap, negative) in zip(self._sides.where, gaps.T, strict=True):
            self._require(purpose, month, gap, slack)
            self._require(f"{purpose} of {payer}", month, negative, slack)

    def _yearly(self, purpose: str, year: int, group: str, *, payer_side: bool) -> Array:
        where = self._slices[group]
        total = np.zeros(where.stop - where.start)
        amounts = self._years.get(year)
        for (payer, payee, name), sides in self._sides.where.items():
            if (
                amounts is not None
                and name == purpose
                and group == (payer if payer_side else payee)
            ):
                total += amounts[sides[0 if payer_side else 1]]
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
