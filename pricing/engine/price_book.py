"""What the prices of non-public offers rest on: owners, marginal costs and conduct of one future.

Costs are those at which the prices of the base year are an equilibrium, so they are part of the
calibration; slots of candidates take the mean of the standing offers of their need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.city import City
from pricing.engine.calibrate import Calibrated, NeedFit
from pricing.equations.choice import Choice
from pricing.equations.oligopoly import Costs, Owners, invert_costs
from pricing.equations.oligopoly_market import Market, market_of
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook:
    """Owners' side of one need; (offer,) are the offers that set a price of their own.

    ``moving`` positions among the need's offers, ``offer`` among the city's; ``mean_top_up`` VND at
    base-year prices, 0 where the whole price is the owner's; ``top_up_weight`` (quintile, offer)
    top-up over its mean, 1 for whole prices; ``contracted`` insurance pays a contract price;
    ``base_price`` VND, ``base_volume`` a year; ``costs`` of the base year.
    """

    moving: IntArray
    offer: IntArray
    contracted: BoolArray
    mean_top_up: Array
    top_up_weight: Array
    base_price: Array
    base_volume: Array
    owners: Owners
    costs: Costs


def price_books(city: City, calibrated: Calibrated) -> tuple[PriceBook | None, ...]:
    """A book for every need, None where no offer sets a price of its own."""
    return tuple(_book(city, calibrated, fit) for fit in calibrated.fits)


def _book(city: City, calibrated: Calibrated, fit: NeedFit) -> PriceBook | None:
    window = np.arange(city.offers.unit.size)[fit.frame.offers]
    unit = city.offers.unit[window]
    private = ~city.units.is_public[unit] & (city.offers.place[window] >= 0)
    regulated = fit.rules.is_regulated > 0
    mean = _mean_top_up(fit)
    moving = np.flatnonzero(private & (~regulated | (mean > 0)))
    if not moving.size:
        return None
    contracted = regulated[moving]
    top_up = np.where(contracted, mean[moving], 0.0)
    price = calibrated.charges.charged[window[moving]] + top_up
    ratio = quotient(fit.rules.top_up[:, moving], mean[moving], undefined=1.0)
    book = PriceBook(
        moving=moving,
        offer=window[moving],
        contracted=contracted,
        mean_top_up=top_up,
        top_up_weight=np.where(contracted, ratio, 1.0),
        base_price=price,
        base_volume=fit.volume.sum((0, 2))[moving],
        owners=Owners(
            owner=city.owners.owner[unit[moving]],
            n_firms=city.units.n_firms[unit[moving]].astype(np.float64),
            is_non_profit=city.owners.is_non_profit[unit[moving]],
        ),
        costs=_NO_COSTS,
    )
    market = market_at(book, fit, (fit.choice, fit.episodes), calibrated.income_month, price)
    costs = invert_costs(market, book.owners, calibrated.parameters["assumed_cost_share"])
    return replace(book, costs=_with_slots(costs, book))


_NO_COSTS = Costs(mc=np.zeros(0), conduct=np.zeros(0), cost_markup=np.zeros(0))


def _mean_top_up(fit: NeedFit) -> Array:
    """Top-up of the mean user of each offer's nest in the base year, VND, (offer,)."""
    mean = np.zeros(fit.frame.n_offers)
    by_quintile = fit.volume.sum(2)
    for nest in fit.frame.nests:
        users = by_quintile[:, nest].sum(1)
        total = float(users.sum())
        if total > 0.0:
            mean[nest] = users @ fit.rules.top_up[:, nest] / total
    return mean


def market_at(
    book: PriceBook, fit: NeedFit, solved: tuple[Choice, Array], income: Array, price: Array
) -> Market:
    """The need as its owners see it at ``price`` (offer,) VND.

    Parameters
    ----------
    solved : Choice, Array
        The choice at these prices, and the episodes of a year (quintile, place, class).
    income : Array
        Monthly income a head, (quintile,) VND.
    """
    choice, episodes = solved
    slope = (fit.demand.alpha / income)[:, None] * book.top_up_weight
    return market_of(choice, episodes, book.moving, slope[:, :, None], price)


def _with_slots(costs: Costs, book: PriceBook) -> Costs:
    """Costs with those of slots: the standing offers' mean cost share and conduct by volume."""
    weight = book.base_volume
    slot = weight <= 0.0
    if not slot.any() or slot.all():
        return costs
    share = float(np.average((costs.mc / book.base_price)[~slot], weights=weight[~slot]))
    conduct = float(np.average(costs.conduct[~slot], weights=weight[~slot]))
    priced_by_cost = np.isnan(costs.cost_markup[~slot])
    by_cost = float(np.average(~priced_by_cost, weights=weight[~slot])) > 0.5
    return Costs(
        mc=np.where(slot, share * book.base_price, costs.mc),
        conduct=np.where(slot, conduct, costs.conduct),
        cost_markup=np.where(slot, (1.0 / share - 1.0) if by_cost else np.nan, costs.cost_markup),
    )
