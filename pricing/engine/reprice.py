"""Owners of non-public offers set their prices: once a year, schools before their intake.

Episodes are priced in January at the month's money and last month's crowding; schools in the month
of their intake, for those who enter. Between two rounds a price follows the price level as before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array
from pricing.base.errors import InvariantError
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock
from pricing.engine.episodes import lift_of, outside_utility
from pricing.engine.frames import fixed_utility
from pricing.engine.payers import split
from pricing.engine.price_book import PriceBook, market_at
from pricing.engine.setup import Setup
from pricing.engine.solve import monthly_utility, travel_per_km
from pricing.equations.choice import Choice, choose, fixed_part, monthly_part
from pricing.equations.oligopoly import Equilibrium, Limits, equilibrium, price_limits
from pricing.equations.oligopoly_market import Market, resized
from pricing.equations.quotient import quotient
from pricing.world.flows import Pricing
from pricing.world.levers import LeverValues
from pricing.world.state import Quote, State

MONTHS = 12
JANUARY = 1
LARGEST_RESIDUAL = 1e-8
LOWEST, HIGHEST = 0.8, 1.5  # of the base price in real terms: beyond it a price needs a cause
CONTRACT_PRICE, CAPACITY, COST, DEMAND = range(4)  # positions in CAUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What prices are set on: the month, its charges and its levers."""

    clock: Clock
    charges: Charges
    levers: LeverValues


def reprice(setup: Setup, state: State, money: Money) -> tuple[State, Pricing | None]:
    """The city after this month's round of prices, and what came of it; None if nobody prices.

    Raises
    ------
    InvariantError
        If a price misses its owner's condition by more than 1e-8 of it.
    """
    due = [need for need in range(len(setup.books)) if _is_due(setup, need, money.clock)]
    if not due:
        return state, None
    factor = np.array(state.non_public.factor)
    found = Pricing.none(factor.size)
    quotes = list(state.quotes)
    for need in due:
        book = setup.books[need]
        assert book is not None
        quote = _quote(setup, state, (need, book), money)
        if setup.non_public.prices == "chosen":
            solved, quote = _solved(setup, (need, book), quote, money)
            _note(found, book, solved, quote, money.clock)
            factor[book.offer] = _factor(setup, book, quote.price, money)
        quotes[need] = quote
    moved = replace(state.non_public, factor=factor)
    return replace(state, non_public=moved, quotes=tuple(quotes)), found


def _is_due(setup: Setup, need: int, clock: Clock) -> bool:
    if setup.books[need] is None:
        return False
    enrolled = setup.city.needs.is_enrolment[need]
    month = setup.city.needs.intake_month[need] if enrolled else JANUARY
    return bool(clock.month.number == month)


def _quote(setup: Setup, state: State, sought: tuple[int, PriceBook], money: Money) -> Quote:
    """The market as it stands before the round, with every slot at its full size."""
    need, book = sought
    clock, fit = money.clock, setup.calibrated.fits[need]
    charged = money.charges.charged[book.offer]
    asked = book.mean_top_up * money.charges.factor[book.offer] * clock.cpi
    price = charged + np.where(book.contracted, asked, 0.0)
    choice, episodes = _choice(setup, state, need, money)
    opened = state.non_public.opened[setup.city.offers.unit[book.offer]]
    market = market_at(book, fit, (choice, episodes), clock.income_month, price)
    mc = book.costs.mc * clock.cpi * _cost_growth(setup, state, book, clock)
    return Quote(
        market=market,
        opened=opened,
        price=price,
        floor=np.where(book.contracted, charged, 0.0),
        mc=mc,
        capacity=_capacity(setup, need, book),
        filled=state.non_public.filled[book.offer],
        cpi=clock.cpi,
    )


def _cost_growth(setup: Setup, state: State, book: PriceBook, clock: Clock) -> Array:
    """Real marginal cost over the base year's: with pay where staff move, else along the drift."""
    if setup.staffing is not None:
        return state.non_public.cost_index[book.offer]
    drift = (1.0 + setup.calibrated.charge_rules.drift) ** clock.years
    return np.full(book.offer.size, drift)


def _choice(setup: Setup, state: State, need: int, money: Money) -> tuple[Choice, Array]:
    """Choice of a year's users were all slots open, and their potential episodes.

    The outside option and the offers that stand weigh as they do; slots are columns beside them.
    """
    fit, clock, nests = setup.calibrated.fits[need], money.clock, setup.nests[need]
    paid = split(fit.rules, money.charges, money.levers, clock.cpi)
    travel = travel_per_km(
        setup.city, need, setup.calibrated.parameters, clock.income_month, clock.cpi
    )
    every = np.ones(fit.frame.n_offers)
    fixed = fixed_part(
        fixed_utility(fit.frame, fit.demand, (travel, clock.income_month), every), nests
    )
    potential = setup.potential[clock.year_number][need]
    if potential is None:
        start = setup.entry[need]
        assert start is not None
        lift, outside = np.zeros(every.size), np.zeros(clock.income_month.size)
        episodes = fit.episodes * start.scale
    else:
        lift = lift_of(setup, state)[fit.frame.offers]
        outside = outside_utility(setup, need, clock)
        episodes = potential * MONTHS * clock.need_growth[need][:, None, None]
    utility = monthly_utility(fit.frame, fit.demand, paid.household, clock.income_month, lift)
    return choose(fixed, monthly_part(utility, outside, nests), nests), episodes


def _capacity(setup: Setup, need: int, book: PriceBook) -> Array:
    """What each offer can serve of the residents in a year at full size and staff, (offer,).

    Never less than what it serves in the base year; of seats, those that one grade leaves free.
    """
    offers, fit = setup.city.offers, setup.calibrated.fits[need]
    base = fit.volume.sum((0, 2))[book.moving]
    outside = (offers.volume * offers.outsider_share)[book.offer]
    seats = setup.city.needs.is_enrolment[need]
    start = setup.entry[need]
    if seats:
        assert start is not None
        grades = start.stock.shape[0]
        places = (offers.capacity[book.offer] - outside) / grades
        learners: Array = np.maximum(places, base * start.scale)
        return learners
    capacity = np.zeros(offers.unit.size)
    capacity[setup.queues.offer] = setup.queues.capacity * MONTHS
    served: Array = np.maximum(capacity[book.offer] - outside, base)
    return served


def _solved(
    setup: Setup, sought: tuple[int, PriceBook], quote: Quote, money: Money
) -> tuple[Equilibrium, Quote]:
    """The round's prices; closed slots quote what they would ask beside those that stand."""
    need, book = sought
    change = setup.calibrated.parameters["price_change_limit"]
    ceiling = np.full(quote.price.size, np.inf)
    lower, upper = price_limits(quote.price, quote.mc, quote.floor, ceiling, change)
    costs = replace(book.costs, mc=quote.mc)
    limits = Limits(
        lower=lower,
        upper=upper,
        capacity=quote.capacity * quote.filled * np.where(quote.opened > 0, quote.opened, 1.0),
    )
    found = equilibrium(resized(quote.market, quote.opened), book.owners, costs, limits)
    _check(setup, need, book, found, money.clock)
    market = _moved(quote.market, found.price)
    return found, replace(quote, market=market, price=found.price)


def _moved(market: Market, price: Array) -> Market:
    """The same market with other reference prices."""
    lambdas = market.lambda_nest[market.nest]
    weight = market.weight * np.exp(-market.slope * (price - market.reference) / lambdas)
    return replace(market, weight=weight, reference=price)


def _check(setup: Setup, need: int, book: PriceBook, found: Equilibrium, clock: Clock) -> None:
    worst = int(np.argmax(found.residual))
    if not found.residual[worst] <= LARGEST_RESIDUAL:
        unit = setup.city.units.id[setup.city.offers.unit[book.offer[worst]]]
        name = f"price of {unit}, {setup.city.needs.id[need]}"
        raise InvariantError(name, clock.month.text, float(found.residual[worst]))


def _factor(setup: Setup, book: PriceBook, price: Array, money: Money) -> Array:
    """Prices over the path of the base year's, on the top-up where insurance pays, (offer,)."""
    clock = money.clock
    rules = setup.calibrated.charge_rules
    top_up = (price - money.charges.charged[book.offer]) / np.maximum(
        book.mean_top_up * clock.cpi, 1e-9
    )
    own = rules.own_price[book.offer] * clock.cpi * (1.0 + rules.drift) ** clock.years
    return np.where(book.contracted, np.maximum(top_up, 0.0), quotient(price, own, undefined=1.0))


def _note(found: Pricing, book: PriceBook, solved: Equilibrium, quote: Quote, clock: Clock) -> None:
    """Enter a round of one need: residuals, bounds, real prices and the causes of large moves."""
    at, is_open = book.offer, quote.opened > 0.0
    found.is_priced[at] = is_open
    found.residual[at] = solved.residual * is_open
    found.is_bound[at] = solved.is_bound & is_open
    found.is_full[at] = solved.is_full & is_open
    real = solved.price / clock.cpi / book.base_price
    found.real[at] = real * is_open
    outside = is_open & ((real < LOWEST) | (real > HIGHEST))
    parts = _causes(book, solved, quote, clock)
    found.cause[at[outside]] = np.argmax(np.abs(parts), axis=0)[outside]


def _causes(book: PriceBook, solved: Equilibrium, quote: Quote, clock: Clock) -> Array:
    """What moved each real price, in shares of its base, (cause, offer): they add up to the move.

    The contract price where it is the floor that binds; scarcity; marginal cost; and the rest, what
    users are ready to pay at their incomes and with their other choices.
    """
    real = solved.price / clock.cpi / book.base_price - 1.0
    held = (solved.price <= quote.floor * (1.0 + 1e-9)) & book.contracted
    contract = np.where(held, real, 0.0)
    scarcity = np.where(held, 0.0, solved.scarcity / clock.cpi / book.base_price)
    cost = np.where(held, 0.0, (quote.mc / clock.cpi - book.costs.mc) / book.base_price)
    return np.stack([contract, scarcity, cost, real - contract - scarcity - cost])
