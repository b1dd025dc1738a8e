"""The month's close: postings, checks, what is recorded and what is published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.engine.books import (
    Books,
    open_books,
    post_costs,
    post_income,
)
from pricing.engine.cash import (
    Insurance,
    Spent,
    balances,
    cash_changes,
    check_cash,
    other_health,
)
from pricing.engine.claims import terms
from pricing.engine.condition import record_condition
from pricing.engine.entry_money import OwnerBooks, open_year, post_owners
from pricing.engine.envelope import budget_change, check_arrears, record_envelope
from pricing.engine.hardship import close_homes
from pricing.engine.homes import Homes
from pricing.engine.households import Lived, live, pay_back
from pricing.engine.insurance import check_fund, fund_year, post_insurance, record_fund
from pricing.engine.lot_money import LotMoney, post_lots
from pricing.engine.owner_record import record_owners
from pricing.engine.setup import Setup
from pricing.engine.staff_books import check_staff, record_staff
from pricing.engine.welfare import record_welfare
from pricing.engine.yearly import YearSums, record_schooling, record_year
from pricing.world.accounts import LINES
from pricing.world.flows import Flows
from pricing.world.ledger import TOLERANCE, check_stock
from pricing.world.levers import LeverValues
from pricing.world.published import ListFigures, LotFigures, Published
from pricing.world.recorder import Recorder
from pricing.world.state import State

MONTHS = 12


@dataclass(slots=True)
class Account:
    """What the close keeps from month to month in one trial."""

    books: Books
    recorder: Recorder
    published: Published
    reserve: float
    first_claims: float
    national_claims: float
    sums: YearSums
    insurance_year: list[Insurance] = field(default_factory=list)
    outlay: list[float] = field(default_factory=list)
    cpi: list[float] = field(default_factory=list)
    homes: Homes | None = None
    owners: OwnerBooks | None = None


def open_account(setup: Setup, recorder: Recorder, state: State, flows: Flows) -> Account:
    """The account before the first month; ``flows`` a month of base-year policy from ``state``."""
    parameters = setup.calibrated.parameters
    reserve = parameters["fund_reserve_start_national"]
    city = setup.city
    volume = np.zeros(len(city.services.id))
    np.add.at(volume, city.offers.service, setup.offers.plan * MONTHS)
    enrolment = np.array(
        [0.0 if start is None else float(start.stock.sum()) for start in setup.entry]
    )
    published = Published.base_year(
        inflation=setup.calibrated.levers.scalar("cpi_growth"),
        fund=(reserve, parameters["fund_claims_national_2025"]),
        outlay_year=MONTHS * month_outlay(setup, flows),
        use=(volume, enrolment),
        lists=list_figures(setup, state, flows),
        lots=LotFigures.none(len(city.lots.id)),
    )
    return Account(
        books=open_books(setup, flows),
        recorder=recorder,
        published=published,
        reserve=reserve,
        first_claims=0.0,
        national_claims=parameters["fund_claims_national_2025"],
        sums=YearSums(),
    )


def list_figures(setup: Setup, state: State, flows: Flows) -> ListFigures:
    """Prices, costs and users of a month as published."""
    efficiency = setup.chance.efficiency[setup.city.offers.unit]
    return ListFigures(
        norm=frozen(flows.norm),
        list_price=frozen(state.prices.component.sum(2)),
        offer_volume=frozen(state.users),
        cost_factor=frozen(setup.offers.cost_scale * efficiency),
    )


def month_outlay(setup: Setup, flows: Flows) -> float:
    """What the budgets of the city's units pay this month without insurance and lots, VND."""
    paid, supplied = flows.payments, flows.supply
    total = paid.support.sum() + paid.order.sum() + supplied.grant.sum()
    owed = float(total + supplied.capital.sum() + supplied.mandate.sum())
    return owed if flows.envelope is None else owed + float(budget_change(setup, flows).sum())


def close(
    account: Account,
    setup: Setup,
    levers: LeverValues,
    change: tuple[State, State],
    flows: Flows,
    month: Month,
) -> None:
    """Post the month, check every identity, record it, and publish its figures.

    Raises
    ------
    InvariantError
        Naming account or stock, month and amount, where an identity fails.
    """
    before, after = change
    books = account.books
    _check_revenue(setup, flows, month)
    opening, cash = (_owed(books), books.arrears.copy()), balances(books.ledger)
    on = terms(levers)
    settled = books.claims.due(on), books.outside_claims.due(on)
    post_income(books, setup, flows, on)
    lots = post_lots(books.ledger, books.advances, setup, flows, month)
    insurance = post_insurance(books.ledger, setup, levers, flows, month.index / MONTHS)
    _add(account.sums, setup, flows, after)
    lived = live(account.homes, setup, account.sums, month, levers.scalar("base_salary"))
    rebate = pay_back(lived, setup, books.ledger)
    insurance = replace(insurance, claims=insurance.claims + float(rebate.sum()))
    owners = post_owners(books.ledger, account.owners, setup, (flows, levers, month), account.sums)
    spent = post_costs(books, setup, flows)
    gross = books.ledger.gross()
    _check_stocks(setup, (before, after), flows, month, gross)
    changes = cash_changes(setup, flows, insurance, settled, (spent, lots))
    for group, moved in (
        ("household", rebate.sum(0)),
        ("fund", -rebate.sum()),
        ("units", owners.units),
        ("budget", -owners.budget),
    ):
        changes[group] = changes[group] + moved
    check_cash(books.ledger, cash, changes, month)
    _check_owed(setup, books, opening, (flows, spent), (month, gross))
    check_arrears(setup, books.ledger, (before, after), flows, month)
    books.ledger.close_month(month)
    outlay = month_outlay(setup, flows) + float(insurance.contribution[2])
    outlay += other_health(setup, flows) + lots.budget + owners.outlay
    _record_month(account, flows, (insurance, float(rebate.sum())), outlay, month)
    account.sums.add_lots(flows.lots, lots)
    record_schooling(account.recorder, flows, month.year)
    record_envelope(account.recorder, flows, month.year)
    record_staff(account.recorder, setup, after, flows, month.year)
    if month.number == MONTHS:
        floor_months = float(levers.last("fund_floor_months"))
        _close_year(account, setup, (after, floor_months), month, (lived, rebate))
    figures = replace(
        account.published,
        lists=list_figures(setup, after, flows),
        lots=_lot_figures(account.published.lots, flows, lots),
        vouchers=frozen(spent_so_far(account.published.vouchers, flows.vouchers, month)),
    )
    _publish(account, figures, month)


def _add(sums: YearSums, setup: Setup, flows: Flows, after: State) -> None:
    """Add the month's flows to the year's sums."""
    delivered = flows.volume.sum(0) + flows.outsiders
    norm_value = flows.norm[setup.city.offers.norm] * delivered[:, None]
    sums.add(flows, norm_value)
    shown = after.quality - after.envelope.hidden
    sums.add_condition(budget_change(setup, flows), shown, norm_value.sum(1))


def _check_revenue(setup: Setup, flows: Flows, month: Month) -> None:
    """Volume times price and top-up equals what household, fund and budget pay, offer by offer."""
    paid = flows.payments
    earned = (flows.volume * (flows.charged + flows.top_up)).sum(0)
    received = (paid.household + paid.fund + paid.support).sum(0)
    gap = received - earned
    worst = int(np.argmax(np.abs(gap)))
    if not abs(gap[worst]) <= TOLERANCE * float(np.abs(received).sum() + 1.0):
        unit = setup.city.units.id[setup.city.offers.unit[worst]]
        raise InvariantError(f"revenue of {unit}", month.text, float(gap[worst]))


def _owed(books: Books) -> Array:
    """What funds owe the units, (unit,) VND."""
    return books.claims.total() + books.outside_claims.total()


def _check_owed(
    setup: Setup,
    books: Books,
    opening: tuple[Array, Array],
    moved: tuple[Flows, Spent],
    when: tuple[Month, float],
) -> None:
    """Receivables and arrears: opening + booked - settled = closing."""
    flows, spent = moved
    month, gross = when
    paid = flows.payments
    booked = (1.0 - books.refused) * setup.sums.by_unit(paid.fund.sum(0) + paid.outside_fund)
    received = books.ledger.month_receipts("claims", "units")
    check_stock("receivables", opening[0], booked - received, _owed(books), month, gross)
    due = spent.due - spent.settled
    check_stock("arrears", opening[1], due, books.arrears, month, gross)


def _check_stocks(
    setup: Setup, change: tuple[State, State], flows: Flows, month: Month, gross: float
) -> None:
    """Persons in queues, learners by level and quintile, heads by profession."""
    check_staff(setup, change, flows, month)
    queue = flows.queue
    check_stock(
        "persons in queues",
        queue.opening,
        queue.arrived - queue.served - queue.lost,
        queue.closing,
        month,
        float(queue.arrived.sum() + queue.opening.sum()),
    )
    if flows.schooling is None:
        return
    moves = flows.schooling
    check_stock(
        "learners",
        moves.opening,
        moves.entrants - moves.completed - moves.dropped,
        moves.closing,
        month,
        float(moves.opening.sum() + moves.entrants.sum()),
    )
    for need, learners in enumerate(change[1].learners):
        if learners is not None and moves.closing[need].any():
            grades, quintiles = learners.stock.shape[:2]
            counted = learners.stock.reshape(grades, quintiles, -1).sum(2).sum(0)
            zero = np.zeros_like(counted)
            check_stock(
                "learners by offer", moves.closing[need], zero, counted, month, counted.sum()
            )


def _record_month(
    account: Account,
    flows: Flows,
    fund: tuple[Insurance, float],
    outlay: float,
    month: Month,
) -> None:
    """Headline series of the month; ``fund`` with the rebate of own shares in its claims."""
    paid, (insurance, rebate) = flows.payments, fund
    own = paid.household.sum() + paid.learning.sum() + flows.self_treatment.sum()
    recorder = account.recorder
    recorder.month("outlay_month", month, outlay)
    recorder.month("claims_month", month, insurance.claims)
    recorder.month("out_of_pocket_month", month, float(own) - rebate)
    account.cpi.append(flows.cpi)
    recorder.month("inflation_month", month, _inflation(account))
    account.insurance_year.append(insurance)
    account.outlay.append(outlay)


def _inflation(account: Account) -> float:
    """Rise of prices over twelve months; in the first year, at the yearly rate so far."""
    path = account.cpi
    if len(path) > MONTHS:
        return path[-1] / path[-1 - MONTHS] - 1.0
    if len(path) == 1:
        return account.published.inflation
    return float(path[-1] ** (MONTHS / (len(path) - 1))) - 1.0


def _close_year(
    account: Account,
    setup: Setup,
    closing: tuple[State, float],
    month: Month,
    homes: tuple[Lived | None, Array],
) -> None:
    """December: the fund's reserve, the year's quantities, the ledger against its outside sums."""
    recorder, year = account.recorder, month.year
    after, floor_months = closing
    insurance = account.insurance_year[-MONTHS:]
    settled = float(account.books.ledger.turnover("claims", year, "fund").sum())
    settled += float(homes[1].sum())
    if account.first_claims == 0.0:
        account.first_claims = settled
    contribution = sum(float(one.contribution.sum()) for one in insurance)
    city = settled / account.first_claims, contribution
    found = fund_year(setup, account.reserve, city, floor_months, month)
    check_fund(found, month)
    account.reserve, account.national_claims = found.reserve, found.claims
    record_fund(recorder, setup, found, insurance, year)
    subsidy = np.sum([one.subsidy for one in insurance], axis=0)
    record_year(recorder, setup, account.sums, after, (year, subsidy))
    record_condition(recorder, setup, account.sums, (after, account.books), year)
    record_welfare(recorder, setup, account.sums, year)
    if account.owners is not None:
        record_owners(recorder, setup, account.sums, account.owners, (after, year))
    close_homes(recorder, setup, account.sums, (account.books.ledger, *homes), month)
    _check_year(account, setup, month)
    if account.owners is not None:
        open_year(account.owners)
    account.published = replace(
        account.published,
        volume=frozen(account.sums["total"] @ setup.sums.service_of_offer),
        enrolment=frozen([0.0 if one is None else one.by_place.sum() for one in after.learners]),
    )
    account.sums = YearSums()


def _check_year(account: Account, setup: Setup, month: Month) -> None:
    """Outlay and household payments of the ledger against the sums kept outside it."""
    ledger, sums = account.books.ledger, account.sums
    outside = {
        "recurrent_grant": sums["grant"].sum() + sums["mandate"].sum(),
        "per_pupil_payment": sums["order"].sum(),
        "capital": sums["capital"].sum(),
        "lots": sums["lot_paid"].sum(),
        "lot_administration": sums["lot_administration"].sum(),
    }
    if account.owners is not None:
        forgone = account.owners.forgone.sum(0)
        outside |= {"forgone_revenue": forgone[0], "interest_subsidy": forgone[1]}
    for line, mask in account.books.line_offers.items():
        outside[line] = (sums["support"].sum(0) * mask).sum()
    changed = sums["budget_change"].sum((0, 2))
    paid = ledger.outlay(month.year)
    for line, amount in outside.items():
        total = np.asarray(float(paid.get(line, np.zeros(1)).sum()))
        change = np.asarray(-changed[LINES.index(line)])
        check_stock(f"outlay {line}", total, change, np.asarray(amount), month, abs(amount) + 1.0)
    household = ledger.turnover("user_payment", month.year, "household")
    check_stock(
        "household payments",
        household,
        np.zeros_like(household),
        sums["household"].sum(1),
        month,
        float(household.sum()) + 1.0,
    )


def _lot_figures(before: LotFigures, flows: Flows, money: LotMoney) -> LotFigures:
    """Lots since the start, this month included."""
    if flows.lots is None and not money.returned.any():
        return before
    moved = money.paid - money.returned
    if flows.lots is None:
        return replace(before, paid=frozen(before.paid + moved))
    return LotFigures(
        delivered=frozen(before.delivered + flows.lots.delivered),
        accepted=frozen(before.accepted + flows.lots.accepted),
        paid=frozen(before.paid + moved),
    )


def spent_so_far(before: Array, spent: Array, month: Month) -> Array:
    """What a flow comes to from January to a month, from what it came to a month before."""
    return spent.copy() if month.number == 1 else before + spent


def _publish(account: Account, figures: Published, month: Month) -> None:
    """The figures instruments will read next month, from those of offers, lots and vouchers."""
    months = min(len(account.outlay), MONTHS)
    account.published = replace(
        figures,
        month=month,
        inflation=_inflation(account),
        fund_reserve=account.reserve,
        fund_reserve_months=MONTHS * account.reserve / account.national_claims,
        outlay_year=sum(account.outlay[-MONTHS:]) * MONTHS / months,
    )
