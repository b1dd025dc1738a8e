"""The month's volumes and payments of all offers, put together from episodes and learners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock
from pricing.engine.episodes import NeedDemand, Served
from pricing.engine.payers import split
from pricing.engine.setup import Setup
from pricing.engine.standing import MONTHS
from pricing.equations.quotient import quotient
from pricing.world.flows import Payments
from pricing.world.levers import LeverValues
from pricing.world.state import Learners


@dataclass(slots=True)
class Tally:
    """Sums of the month that the needs fill one after another; axes as in ``Flows``."""

    volume: Array
    household: Array
    fund: Array
    support: Array
    outsiders: Array
    learning: Array
    place_volume: Array
    place_household: Array
    self_treatment: Array
    demand: Array
    unmet: Array
    activity: Array


def blank(setup: Setup) -> Tally:
    """A tally of zeros for the city."""
    city = setup.city
    quintiles, offers = setup.calibrated.income_month.size, city.offers.unit.size
    needs, places = len(city.needs.id), len(city.places.id)
    by_offer = (quintiles, offers)
    return Tally(
        volume=np.zeros(by_offer),
        household=np.zeros(by_offer),
        fund=np.zeros(by_offer),
        support=np.zeros(by_offer),
        outsiders=np.zeros(offers),
        learning=np.zeros(quintiles),
        place_volume=np.zeros((len(city.services.id), places)),
        place_household=np.zeros((len(city.sectors), places, quintiles)),
        self_treatment=np.zeros(quintiles),
        demand=np.zeros((needs, quintiles)),
        unmet=np.zeros((needs, quintiles)),
        activity=np.zeros(offers),
    )


def add_episodes(
    tally: Tally, setup: Setup, found: NeedDemand, served: Served, outsiders: Array, cpi: float
) -> None:
    """Enter one need's episodes; ``outsiders`` (offer of the need,) units delivered to them."""
    need, fit = found.need, setup.calibrated.fits[found.need]
    window = fit.frame.offers
    tally.volume[:, window] = served.volume
    learning = served.volume * (fit.rules.charges * cpi)
    tally.household[:, window] = served.household - learning
    tally.learning += learning.sum(1)
    tally.fund[:, window] = served.fund
    tally.support[:, window] = served.support
    tally.outsiders[window] = outsiders
    tally.activity[window] = served.volume.sum(0) + outsiders
    for nest, service in enumerate(setup.sums.nest_service[need]):
        tally.place_volume[service] += served.place_volume[nest]
    self_care = setup.calibrated.parameters["self_care_cost"] * cpi * fit.rules.has_self_care
    spent = served.self_treated * self_care
    tally.self_treatment += spent.sum(1)
    sector = setup.city.needs.sector[need]
    tally.place_household[sector] += (served.place_household + spent).T
    tally.demand[need], tally.unmet[need] = served.demand, served.unmet


def add_learners(
    tally: Tally,
    setup: Setup,
    level: tuple[int, Learners],
    money: tuple[Clock, Charges, LeverValues],
) -> None:
    """Enter one need's learners: a pupil-month each while they are taught."""
    need, learners = level
    clock, charges, levers = money
    fit = setup.calibrated.fits[need]
    window = fit.frame.offers
    rules = setup.offers
    enrolled = learners.enrolled.sum(2)
    outside = rules.outsiders[window]
    tally.activity[window] = (enrolled.sum(0) + outside) * rules.months_a_year[window] / MONTHS
    if not rules.teaching[need, clock.month.number - 1]:
        return
    paid = split(fit.rules, charges, levers, clock.cpi)
    learning = enrolled * (fit.rules.charges * clock.cpi)
    household = (learners.enrolled * paid.household).sum(2)
    tally.volume[:, window] = enrolled
    tally.household[:, window] = household - learning
    tally.support[:, window] = (learners.enrolled * paid.budget).sum(2)
    tally.outsiders[window] = outside
    tally.learning += learning.sum(1)
    service = setup.sums.nest_service[need][0]
    tally.place_volume[service] += learners.by_place.sum(0)
    share = quotient(learners.by_place, learners.by_place.sum(1)[:, None], undefined=0.0)
    sector = setup.city.needs.sector[need]
    tally.place_household[sector] += (share * household.sum(1)[:, None]).T


def payments(tally: Tally, charges: Charges) -> Payments:
    """Payments of the month; outsiders pay, and are paid for, like the offer's mean resident."""
    residents = tally.volume.sum(0)
    ratio = quotient(tally.outsiders, residents, undefined=0.0)
    unknown = (residents <= 0.0) * tally.outsiders * charges.charged
    return Payments(
        household=tally.household,
        fund=tally.fund,
        support=tally.support,
        order=charges.order * residents,
        outside_household=tally.household.sum(0) * ratio + unknown,
        outside_fund=tally.fund.sum(0) * ratio,
        outside_support=tally.support.sum(0) * ratio,
        outside_order=charges.order * tally.outsiders,
        learning=tally.learning,
    )
