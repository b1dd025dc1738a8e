"""Money of non-public owners: construction, land rent, profit tax, and what budgets forgo.

What the state waives is booked as if paid and given back, so that the line `forgone_revenue` holds
it while cash moves by what is due: land rent of socialised projects, tax under the standard rate
(Decrees 69/2008, 59/2014). Owners put in what their unit lacks for rent and tax.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.calendar import Month
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.setup import Setup
from pricing.engine.standing import CASH, CITY_LEVEL, MONTHS
from pricing.engine.yearly import YearSums, offer_revenue
from pricing.world.flows import Flows, Pricing
from pricing.world.ledger import Ledger
from pricing.world.levers import LeverValues

STANDARD_TAX, SOCIALISED_TAX = "profit_tax.standard", "profit_tax.socialised"
FREE_YEARS = "profit_tax_holiday.free_years"
QUARTER = 3


@dataclass(slots=True)
class OwnerBooks:
    """What owners remember of a trial.

    ``months_open`` (candidate,) since the opening; ``quarter`` (unit,) VND earned less cash cost
    since the quarter began; ``losses`` (unit,) quarters in a row that lost cash; ``forgone``
    (sector, 2) VND of the year: revenue forgone, interest subsidies; ``pricing`` the year's rounds.
    """

    months_open: IntArray
    quarter: Array
    losses: IntArray
    forgone: Array
    pricing: Pricing

    @classmethod
    def of(cls, setup: Setup) -> OwnerBooks:
        """Books before the first month."""
        n_units = len(setup.city.units.id)
        return cls(
            months_open=np.zeros(len(setup.city.candidates.id), dtype=np.int64),
            quarter=np.zeros(n_units),
            losses=np.zeros(n_units, dtype=np.int64),
            forgone=np.zeros((len(setup.city.sectors), 2)),
            pricing=Pricing.none(setup.city.offers.unit.size),
        )


@dataclass(slots=True, kw_only=True)
class OwnerMoney:
    """What owners' affairs move in a month, VND, counted beside the ledger.

    ``outlay`` revenue forgone and interest subsidies of the city's budget; ``budget`` what leaves
    it net of rent and tax, (budget_level,); ``units`` (unit,) net gain of the units' cash.
    """

    outlay: float
    budget: Array
    units: Array

    @classmethod
    def none(cls, n_units: int) -> OwnerMoney:
        """Nothing has moved yet."""
        return cls(outlay=0.0, budget=np.zeros(len(BUDGET_LEVELS)), units=np.zeros(n_units))

    def give(self, ledger: Ledger, purpose: str, amounts: Array) -> None:
        """The city's budget gives to units, (unit,) VND."""
        table = np.zeros((len(BUDGET_LEVELS), amounts.size))
        table[CITY_LEVEL] = amounts
        ledger.post("budget", "units", purpose, table)
        self.outlay += float(amounts.sum())
        self.budget[CITY_LEVEL] += amounts.sum()
        self.units += amounts

    def take(self, ledger: Ledger, purpose: str, amounts: Array) -> None:
        """Units pay the city's budget, (unit,) VND; owners put in what a unit lacks."""
        self.invest(ledger, np.maximum(amounts - ledger.available("units"), 0.0))
        table = np.zeros((amounts.size, len(BUDGET_LEVELS)))
        table[:, CITY_LEVEL] = amounts
        ledger.post("units", "budget", purpose, table)
        self.budget[CITY_LEVEL] -= amounts.sum()
        self.units -= amounts

    def invest(self, ledger: Ledger, amounts: Array) -> None:
        """Owners put money into units, (unit,) VND."""
        ledger.post("investors", "units", "equity", amounts)
        self.units += amounts

    def buy(self, ledger: Ledger, amounts: Array) -> None:
        """Units buy buildings and equipment, (unit,) VND."""
        ledger.post("units", "suppliers", "assets", amounts)
        self.units -= amounts

    def share(self, ledger: Ledger, table: Array) -> None:
        """Units pay units, (payer, payee) VND."""
        ledger.post("units", "units", "joint_venture_share", table)
        self.units += table.sum(0) - table.sum(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """What the postings of a month read and count."""

    ledger: Ledger
    books: OwnerBooks
    setup: Setup
    levers: LeverValues
    cpi: float
    sums: YearSums
    moved: OwnerMoney


def post_owners(
    ledger: Ledger,
    books: OwnerBooks | None,
    setup: Setup,
    month_of: tuple[Flows, LeverValues, Month],
    sums: YearSums,
) -> OwnerMoney:
    """Post the month of non-public owners; nothing where the scenario has no such market."""
    if books is None:
        return OwnerMoney.none(len(setup.city.units.id))
    flows, levers, month = month_of
    _watch(books, setup, flows, month)
    if flows.pricing is not None:
        _merge(books.pricing, flows.pricing)
    at = _Month(
        ledger=ledger,
        books=books,
        setup=setup,
        levers=levers,
        cpi=flows.cpi,
        sums=sums,
        moved=OwnerMoney.none(len(setup.city.units.id)),
    )
    if setup.city.candidates.unit.size:
        _build(at)
        _rent(at)
    if month.number == MONTHS:
        _tax(at)
    return at.moved


def open_year(books: OwnerBooks) -> None:
    """Begin another year of revenue forgone and of rounds of prices."""
    books.forgone = np.zeros_like(books.forgone)
    books.pricing = Pricing.none(books.pricing.real.size)


def cash_margin(setup: Setup, flows: Flows) -> Array:
    """What units earned in the month less their cash cost, whenever it is paid, (unit,) VND."""
    paid = flows.payments
    accepted = 1.0 - setup.calibrated.parameters["refusal_share"]
    outside = paid.outside_household + paid.outside_support + paid.outside_order
    earned = (paid.household + paid.support + accepted * paid.fund).sum(0) + paid.order + paid.lot
    earned = earned + outside + accepted * paid.outside_fund
    cash: Array = setup.sums.by_unit(earned - flows.supply.cost[:, :CASH].sum(1))
    return cash


def _watch(books: OwnerBooks, setup: Setup, flows: Flows, month: Month) -> None:
    """Age of the projects that are open, and quarters in a row at a loss."""
    books.quarter = books.quarter + cash_margin(setup, flows)
    if month.number % QUARTER == 0:
        books.losses = np.where(books.quarter < 0.0, books.losses + 1, 0)
        books.quarter = np.zeros_like(books.quarter)


def _merge(year: Pricing, month: Pricing) -> None:
    """Enter a month's round of prices into those of the year."""
    at = month.is_priced
    for part in fields(Pricing):
        getattr(year, part.name)[at] = getattr(month, part.name)[at]


def _build(at: _Month) -> None:
    """Owners pay for construction month by month, at the month's prices."""
    candidates = at.setup.city.candidates
    building = at.levers["under_construction"]
    if not building.any():
        return
    spent = np.zeros(building.size)
    months = np.maximum(candidates.construction_years, 1) * MONTHS
    capital = candidates.places * candidates.capital_place * at.cpi / months
    spent[candidates.unit] = capital * building[candidates.unit]
    at.moved.invest(at.ledger, spent)
    at.moved.buy(at.ledger, spent)


def _rent(at: _Month) -> None:
    """Land rent, its exempt part, and interest subsidies of the projects that are open."""
    city, books = at.setup.city, at.books
    candidates = city.candidates
    is_open = at.levers.last("open_share")[candidates.unit] > 0.0
    books.months_open = books.months_open + is_open
    rent = candidates.places * candidates.land_rent_place_year * at.cpi / MONTHS * is_open
    exempt = rent * at.levers["land_rent_exempt"]
    subsidy = _interest(at) * is_open
    n_sectors = len(city.sectors)
    books.forgone[:, 0] += np.bincount(candidates.sector, exempt, n_sectors)
    books.forgone[:, 1] += np.bincount(candidates.sector, subsidy, n_sectors)
    for post, purpose, amounts in (
        (at.moved.give, "interest_subsidy", subsidy),
        (at.moved.give, "forgone_revenue", exempt),
        (at.moved.take, "land_rent", rent),
    ):
        by_unit = np.zeros(len(city.units.id))
        by_unit[candidates.unit] = amounts
        post(at.ledger, purpose, by_unit)


def _interest(at: _Month) -> Array:
    """Interest of the month that the budget pays, on loans repaid evenly, (candidate,) VND."""
    candidates, parameters = at.setup.city.candidates, at.setup.calibrated.parameters
    left = 1.0 - at.books.months_open / MONTHS / max(parameters["loan_years"], 1.0)
    loan = candidates.places * candidates.capital_place * at.cpi * parameters["debt_share"]
    owed: Array = at.levers["interest_subsidy"] / MONTHS * loan * np.maximum(left, 0.0)
    return owed


def _tax(at: _Month) -> None:
    """Tax on the year's profit at the standard rate, the preference given back, venture shares."""
    city, books = at.setup.city, at.books
    private = ~city.units.is_public & (city.units.place >= 0)
    earned = at.setup.sums.by_unit(offer_revenue(at.setup, at.sums) - at.sums["cost"].sum(1))
    profit = np.maximum(earned, 0.0) * private
    standard = city.laws.value(STANDARD_TAX, 0)
    rate = np.full(profit.size, city.laws.value(SOCIALISED_TAX, 0))
    years = (books.months_open - 1) // MONTHS
    free = city.laws.value(FREE_YEARS, 0)
    half = free + at.levers["tax_half_years"]
    rate[city.candidates.unit] *= np.where(years < free, 0.0, np.where(years < half, 0.5, 1.0))
    forgone = (standard - rate) * profit
    books.forgone[:, 0] += np.bincount(city.units.sector, forgone, len(city.sectors))
    at.moved.give(at.ledger, "forgone_revenue", forgone)
    at.moved.take(at.ledger, "profit_tax", standard * profit)
    _share(at, profit - rate * profit)


def _share(at: _Month, profit: Array) -> None:
    """Public units' part of the profit of the joint ventures inside them."""
    candidates = at.setup.city.candidates
    inside = candidates.host >= 0
    if not inside.any():
        return
    table = np.zeros((profit.size, profit.size))
    part = at.setup.calibrated.parameters["joint_venture_host_share"]
    unit = candidates.unit[inside]
    due = np.minimum(profit[unit] * part, at.ledger.available("units")[unit])
    table[unit, candidates.host[inside]] = due
    at.moved.share(at.ledger, table)
