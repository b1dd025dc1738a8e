"""The month's volumes and payments of all offers, put together from episodes and learners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.cells import add_level, add_need, blank_cells
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock
from pricing.engine.episodes import NeedDemand, Served
from pricing.engine.setup import Setup
from pricing.engine.standing import MONTHS
from pricing.engine.vouchers import add_vouchers, learner_vouchers, no_vouchers
from pricing.equations.quotient import quotient
from pricing.world.flows import Cells, Payments
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
    vouchers: Array
    cells: Cells | None


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
        vouchers=no_vouchers(setup),
        cells=blank_cells(setup),
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
    add_need(tally.cells, need, served.cells, self_care)
    if served.voucher is not None:
        of_need = np.full(fit.rules.place_kind.size, need)
        add_vouchers(tally.vouchers, of_need, fit.rules.place_kind, served.voucher)


def add_learners(
    tally: Tally,
    setup: Setup,
    levels: tuple[Learners | None, ...],
    money: tuple[Clock, Charges, LeverValues],
) -> None:
    """Enter the learners of all levels: a pupil-month each while they are taught.

    The budget pays its support of the tuition and its part of a non-public fee, families the rest;
    insurance plays no part.
    """
    clock, charges, levers = money
    at = setup.learning
    present = [level for level in levels if level is not None]
    if not present:
        return
    enrolled = np.concatenate([_padded(level.enrolled, at.n_classes) for level in present], axis=1)
    total = enrolled.sum(2)
    outside = setup.offers.outsiders[at.offer]
    tally.activity[at.offer] = (
        (total.sum(0) + outside) * setup.offers.months_a_year[at.offer] / MONTHS
    )
    taught = at.teaching[clock.month.number - 1]
    if not taught.any():
        return
    rate = levers["support"][at.need, at.kind, :, : at.n_classes].transpose(1, 0, 2)
    exempt = (enrolled * rate).sum(2) * at.is_regulated
    charged, private = charges.charged[at.offer], charges.private_support[at.offer]
    support = (charged * exempt + private * total) * taught
    top_up = at.top_up * charges.factor[at.offer] * clock.cpi
    owed = charged - private + top_up
    relief = rate * (charged * at.is_regulated)[:, None]
    spent_by_voucher = learner_vouchers(setup, levers, enrolled, owed, relief)
    if spent_by_voucher is not None:
        spent_by_voucher *= taught[:, None]
        support = support + spent_by_voucher.sum(2)
        add_vouchers(tally.vouchers, at.need, at.kind, spent_by_voucher)
    volume = total * taught
    learning = volume * (at.charges * clock.cpi)
    household = volume * (charged + top_up) - support
    tally.volume[:, at.offer] = volume
    tally.household[:, at.offer] = household
    tally.support[:, at.offer] = support
    tally.outsiders[at.offer] = outside * taught
    tally.learning += learning.sum(1)
    spent = np.add.reduceat(household + learning, at.start, axis=1)
    _add_places(tally, setup, present, (spent, taught[at.start]))


def _padded(enrolled: Array, n_classes: int) -> Array:
    """Learners (quintile, offer, class) with empty classes up to ``n_classes``."""
    missing = n_classes - enrolled.shape[2]
    return np.pad(enrolled, ((0, 0), (0, 0), (0, missing))) if missing else enrolled


def _add_places(
    tally: Tally, setup: Setup, present: list[Learners], paid: tuple[Array, Array]
) -> None:
    """Enter where the learners live; ``paid`` (quintile, need) by families, taught (need,)."""
    spent, taught = paid
    at = setup.learning
    for number, level in enumerate(present):
        tally.place_volume[at.service[number]] += level.by_place.sum(0) * taught[number]
        by_place = level.place_share * spent[:, number, None]
        tally.place_household[at.sector[number]] += by_place.T
        add_level(tally.cells, int(at.needs[number]), level.by_place * taught[number], by_place)


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
        lot=charges.lot * (residents + tally.outsiders),
    )
