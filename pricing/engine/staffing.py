"""Professionals month by month: pay of both sides, moves between posts, and what is left filled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.clock import Clock
from pricing.engine.setup import Setup
from pricing.engine.staff_rules import (
    StaffRules,
    cost_index,
    filled,
    grade_index,
    posts_at,
    relative_pay,
)
from pricing.engine.standing import CASH
from pricing.equations.quotient import quotient
from pricing.equations.staffing import StaffMoves, staff_moves
from pricing.world.flows import Flows
from pricing.world.levers import LeverValues
from pricing.world.staff import StaffState
from pricing.world.state import State

JANUARY = 1
FIRST_YEAR = 12  # month index of the first January that looks back on a year
LARGEST_SUPPLEMENT = 2.0  # grade payrolls a year: the limit of Decree 60/2021 for groups 2 and 3


def with_staff(
    setup: Setup, after: State, flows: Flows, when: tuple[LeverValues, Clock]
) -> tuple[State, Flows]:
    """The month's end with staff moved and posts filled; unchanged where staff stand still."""
    rules, staff = setup.staffing, after.staff
    if rules is None or staff is None:
        return after, flows
    levers, now = when
    paid = with_supplement(setup, rules, staff, now)
    paid = replace(paid, pay=pay_of(setup, rules, paid, levers, now))
    moved, moves = staff_month(rules, paid, after.non_public.opened)
    surplus, pay_bill = retained(setup, rules, flows)
    moved = replace(moved, surplus=moved.surplus + surplus, pay_bill=moved.pay_bill + pay_bill)
    non_public = replace(
        after.non_public, filled=filled(rules, moved), cost_index=cost_index(rules, moved)
    )
    return replace(after, staff=moved, non_public=non_public), replace(flows, staff=moves)


def staff_month(
    rules: StaffRules, staff: StaffState, opened: Array
) -> tuple[StaffState, StaffMoves]:
    """Heads after a month at the pay of ``staff``, when units are open as ``opened`` (unit,)."""
    posts = posts_at(rules, opened)
    moves = staff_moves(staff.heads, posts, rules.rates, relative_pay(rules, staff))
    return replace(staff, heads=moves.closing, posts=posts), moves


def pay_of(
    setup: Setup, rules: StaffRules, staff: StaffState, levers: LeverValues, now: Clock
) -> Array:
    """Real pay over the base year's, (side, sector).

    Public: base salary and allowances over prices, times (1 + supplement) over that of the base
    year. Non-public: residents' real income and public pay, the latter with weight ``linkage``.
    """
    legal = grade_index(rules, levers) / now.cpi
    extra = (1.0 + staff.supplement) / (1.0 + staff.base_supplement)
    public = legal * extra
    seen = public if rules.sees_supplement else legal
    income = now.income_month.mean() / setup.economy.income_month.mean() / now.cpi
    return np.stack([public, (1.0 - rules.linkage) * income + rules.linkage * seen])


def with_supplement(setup: Setup, rules: StaffRules, staff: StaffState, now: Clock) -> StaffState:
    """In January, extra income from the surplus that public units kept in the year before.

    Decree 60/2021 (extra income, thu nhập tăng thêm): a share of the surplus over the pay bill of
    the units that keep it. The base year's is taken from its own surplus.
    """
    if now.month.number != JANUARY or now.number < FIRST_YEAR:
        return staff
    table = np.zeros((2, staff.supplement.size))
    sector = setup.city.units.sector
    np.add.at(table[0], sector, np.maximum(staff.surplus, 0.0))
    np.add.at(table[1], sector, staff.pay_bill)
    extra = rules.supplement_share * quotient(table[0], table[1], undefined=0.0)
    supplement = np.clip(extra, 0.0, LARGEST_SUPPLEMENT)
    none = np.zeros_like(staff.surplus)
    return replace(
        staff,
        supplement=supplement,
        base_supplement=supplement if now.number == FIRST_YEAR else staff.base_supplement,
        surplus=none,
        pay_bill=none,
    )


def retained(setup: Setup, rules: StaffRules, flows: Flows) -> tuple[Array, Array]:
    """Surplus and pay bill of the units that keep their surplus, (unit,) VND this month.

    What payers and budgets give beyond cash cost; depreciation in prices is not theirs to pay out.
    """
    accepted = 1.0 - setup.calibrated.parameters["refusal_share"]
    paid, supplied = flows.payments, flows.supply
    residents = (paid.household + accepted * paid.fund + paid.support).sum(0)
    outside = paid.outside_household + paid.outside_support + paid.outside_order
    earned = residents + outside + accepted * paid.outside_fund + paid.order + paid.lot
    volume = flows.volume.sum(0) + flows.outsiders
    kept = (flows.earning + flows.order_earning)[:, CASH] * volume
    left = earned + supplied.grant.sum(1) - kept - supplied.cost[:, :CASH].sum(1)
    surplus = setup.sums.by_unit(left) * rules.retaining
    pay_bill = (setup.sums.by_unit(supplied.cost[:, 0]) + supplied.mandate) * rules.retaining
    return surplus, pay_bill
