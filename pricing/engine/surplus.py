"""What a month is worth to users in money, and what travel, crowding and waiting cost them.

The log-sum of the choice, over the marginal utility of money, moves with prices, cover, support and
charges alone: crowding and quality are taken out of it, distance stands still within a year and
what people travel at given prices is inside it. Potential episodes follow people, seasons, incomes
and chance, never policy, so the difference of two scenarios of one trial is the compensating
variation (Small & Rosen 1981; model section 13). The level counts from the base year's burden.

What crowding makes people travel further, and what they wait, is valued at resource cost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array
from pricing.city.rows.people import PLACE_KINDS
from pricing.engine.clock import Clock
from pricing.engine.episodes import NeedDemand
from pricing.engine.people import class_share
from pricing.engine.queues import DESK_DAYS_A_YEAR, VISIT_DAYS
from pricing.engine.setup import Setup
from pricing.engine.solve import HOURS_A_MONTH, travel_per_km
from pricing.equations.choice import (
    Choice,
    FixedPart,
    choose,
    expected_amounts,
    log_sums,
    log_sums_without,
)
from pricing.equations.welfare import burden_variation
from pricing.world.flows import Welfare

DAYS_A_YEAR = 365.0
MONTHS = 12
TRAVEL_MONTHS = {3: 6.0, 9: 6.0}  # months that stand for some, this one among them
OPEN_HOURS = 8.0 * DESK_DAYS_A_YEAR / DAYS_A_YEAR  # of a desk on a mean day of the calendar


def blank_welfare(setup: Setup) -> Welfare:
    """A month in which nobody sought anything."""
    needs, quintiles = len(setup.city.needs.id), setup.calibrated.income_month.size
    return Welfare(
        surplus=np.zeros((needs, len(PLACE_KINDS), quintiles)),
        travel_km=np.zeros((needs, quintiles)),
        travel_cost=np.zeros((needs, quintiles)),
        detour_cost=np.zeros((needs, quintiles)),
        waiting=np.zeros((needs, quintiles)),
        waiting_cost=np.zeros((needs, quintiles)),
    )


def add_episode_welfare(table: Welfare, setup: Setup, found: NeedDemand, now: Clock) -> None:
    """Enter one need's episodes: surplus by kind of place and quintile; in TRAVEL_MONTHS, travel.

    How far people travel changes little from month to month: one is taken for half a year.
    """
    choice, lift = found.choice, found.lift
    reached = log_sums_without(choice, lift) if lift.any() else log_sums(choice)
    gain = money_gain(setup, found.need, found.episodes, reached, now.income_month)
    rigid = setup.rigid[found.need]
    if rigid.any():
        uncrowded = without_lift(choice, lift)
        people = found.need, found.episodes
        gain += rigid_gain(setup, people, uncrowded, found.paid.household, now.income_month)
    table.surplus[found.need] = setup.sums.kind_of_place @ gain.T
    if now.month.number in TRAVEL_MONTHS:
        _add_travel(table, setup, found, now)


def money_gain(
    setup: Setup, need: int, people: Array, log_sum: Array, income_month: Array
) -> Array:
    """Gain over the base year's burden, (quintile, place) VND.

    (income/alpha) times the rise of the log-sum since the base year. Where alpha is 0 the log-sum
    knows no price, and this is 0.

    Parameters
    ----------
    people : Array
        (quintile, place, class) potential episodes or learners.
    log_sum : Array
        (quintile, place, class) without crowding.
    income_month : Array
        (quintile,) VND a head.
    """
    alpha = np.where(setup.rigid[need], np.inf, setup.calibrated.fits[need].demand.alpha)
    rise = np.einsum("qpc,qpc->qp", people, log_sum - setup.base_log_sum[need])
    gain: Array = (income_month / alpha)[:, None] * rise
    return gain


def rigid_gain(
    setup: Setup, people: tuple[int, Array], choice: Choice, paid: Array, income_month: Array
) -> Array:
    """Gain of the quintiles whose use no price moves: less the rise of what they pay for it.

    Rise over the base year's burden, (quintile, place) VND; 0 in the other quintiles.

    Parameters
    ----------
    people : tuple[int, Array]
        The need, and its potential episodes or learners (quintile, place, class).
    paid : Array
        User price, (quintile, offer, class) VND.
    """
    need, number = people
    rise = paid - setup.base_burden[need] * income_month[:, None, None]
    gain = burden_variation(number, expected_amounts(choice, rise).sum(0)).sum(2)
    return np.where(setup.rigid[need][:, None], gain, 0.0)


def without_lift(choice: Choice, lift: Array) -> Choice:
    """The choice at the same prices without ``lift`` (offer,), what moves utility besides money."""
    factor = choice.monthly.factor * np.exp(-lift / choice.nests.lambda_offer)[:, None]
    return choose(choice.fixed, replace(choice.monthly, factor=factor), choice.nests)


def _add_travel(table: Welfare, setup: Setup, found: NeedDemand, now: Clock) -> None:
    """Enter half a year's travel, and the part of it that crowding adds."""
    month = now.month.number
    months = TRAVEL_MONTHS[month] / setup.city.season[found.need, month - 1]
    km = months * _travelled(setup, found, found.choice)
    at_ease = months * _travelled(setup, found, without_lift(found.choice, found.lift))
    parameters = setup.calibrated.parameters
    per_km = travel_per_km(setup.city, found.need, parameters, now.income_month, now.cpi)
    table.travel_km[found.need] = km * setup.city.needs.trips[found.need]
    table.travel_cost[found.need] = km * per_km
    table.detour_cost[found.need] = (km - at_ease) * per_km


def learner_surplus(setup: Setup, need: int, choice: Choice, paid: Array, now: Clock) -> Array:
    """A school year's gain of a need's potential learners, (place_kind, quintile) VND.

    The people of the level's age who seek it are taken to face the prices of this year's intake in
    all grades; their number, scaled to the learners of the base year, does not follow policy.

    Parameters
    ----------
    choice : Choice
        Of the intake, at the prices ``paid`` by families, (quintile, offer, class).
    """
    seekers = _seekers(setup, need, now.year_number, now.month.year)
    gain = money_gain(setup, need, seekers, log_sums(choice), now.income_month)
    if setup.rigid[need].any():
        gain += rigid_gain(setup, (need, seekers), choice, paid, now.income_month)
    months = float(setup.city.needs.teaching_months[need])
    return (setup.sums.kind_of_place @ gain.T) * months


def _seekers(setup: Setup, need: int, number: int, year: int) -> Array:
    """Potential learners of a year, (quintile, place, class)."""
    fit, start = setup.calibrated.fits[need], setup.entry[need]
    assert start is not None
    first, now = (
        setup.people.at_risk[at, need].T[:, :, None] * class_share(setup.city, need, when)
        for at, when in ((0, setup.city.base_year), (number, year))
    )
    learners = start.stock.sum((0, 2, 3, 4))
    used = (first * (1.0 - fit.choice.outside_probability)).sum((1, 2))
    scale = np.divide(learners, used, out=np.zeros_like(used), where=used > 0.0)
    seekers: Array = now * scale[:, None, None]
    return seekers


@dataclass(frozen=True, slots=True, kw_only=True)
class Journeys:
    """Learners' travel in a school year, (quintile,): km one way, and its cost in VND."""

    km: Array
    cost: Array


def learner_travel(setup: Setup, need: int, stock: Array, now: Clock) -> Journeys:
    """Travel of one need's learners, a stock (grade, quintile, place, offer, class)."""
    distance = setup.calibrated.fits[need].frame.distance
    learners = stock.sum(0) @ np.ones(stock.shape[4])
    km = np.einsum("qpo,po->q", learners, distance) * setup.city.needs.teaching_months[need]
    parameters = setup.calibrated.parameters
    per_km = travel_per_km(setup.city, need, parameters, now.income_month, now.cpi)
    return Journeys(km=km * setup.city.needs.trips[need], cost=km * per_km)


def add_waiting(
    table: Welfare, setup: Setup, volume: Array, wait_days: Array, income_month: Array
) -> None:
    """Enter the days that residents wait: ``volume`` (quintile, offer), ``wait_days`` (offer,).

    In line for a visit people lose the hours a desk is open, at the value of travel time; on a list
    for a stay a day costs a small share of a day's income.
    """
    parameters = setup.calibrated.parameters
    in_line = parameters["time_value_share"] * OPEN_HOURS / HOURS_A_MONTH
    listed = parameters["waiting_value_share"] * MONTHS / DAYS_A_YEAR
    days = volume * wait_days
    for need, fit in enumerate(setup.calibrated.fits):
        window = fit.frame.offers
        if setup.city.needs.is_enrolment[need]:
            continue
        service = int(setup.city.offers.service[window][0])
        is_visit = setup.city.services.unit_of_output[service] in VISIT_DAYS
        waited = days[:, window].sum(1)
        table.waiting[need] = waited
        table.waiting_cost[need] = waited * income_month * (in_line if is_visit else listed)


def _travelled(setup: Setup, found: NeedDemand, choice: Choice) -> Array:
    """Km one way of all episodes at a choice, (quintile,)."""
    distance = setup.calibrated.fits[found.need].frame.distance
    at_distance = FixedPart(factor=choice.fixed.factor * distance, shift=choice.fixed.shift)
    expected = expected_amounts(replace(choice, fixed=at_distance), np.ones(())).sum(0)
    total: Array = np.einsum("qpc,qpc->q", found.episodes, expected)
    return total
