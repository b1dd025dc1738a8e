"""The market of one month: from levers and state to volumes, payments, costs and the next state.

One function of frozen values. The order is that of the model: prices, demand, queues, school
intakes, payments, costs, grants, and what carries over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.engine.asking import asked
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock, clock
from pricing.engine.envelope import envelope_flows, under_envelope
from pricing.engine.episodes import NeedDemand, Served, demand, serve_need
from pricing.engine.funding import supply
from pricing.engine.intake import Intake, Intakes, intake
from pricing.engine.lots import (
    LotTerms,
    Output,
    lot_charges,
    lot_flows,
    lot_quality,
    lot_terms,
    users_of,
)
from pricing.engine.norms import decided_prices, month_prices, norm_cost
from pricing.engine.openings import capacity_factor, with_openings, yearly_parts
from pricing.engine.payments import Tally, add_episodes, add_learners, blank, payments
from pricing.engine.queues import Service, serve
from pricing.engine.setup import Setup, offer_quality
from pricing.engine.staffing import with_staff
from pricing.engine.surplus import add_episode_welfare, add_waiting, blank_welfare
from pricing.equations.quotient import quotient
from pricing.world.flows import Flows, Pricing, Supply, Welfare
from pricing.world.levers import LeverValues
from pricing.world.state import State

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """The month's time and money, before anybody acts."""

    clock: Clock
    charges: Charges
    norm: Array
    levers: LeverValues
    lots: LotTerms | None
    pricing: Pricing | None


def step(setup: Setup, levers: LeverValues, state: State, month: Month) -> tuple[State, Flows]:
    """One month of the whole city.

    Parameters
    ----------
    setup : Setup
        Constants of the trial.
    levers : LeverValues
        The month's levers.
    state : State
        The city at the end of the month before.
    month : Month

    Returns
    -------
    State, Flows
        The city at the end of this month, and what happened in it.
    """
    opened, day = _open(setup, levers, state, month)
    wanted = demand(setup, opened, day.clock, day.charges, levers)
    service, factor, lost = _queue(setup, opened, day, wanted)
    entered = intake(
        setup,
        opened,
        Intakes(
            clock=day.clock,
            charges=day.charges,
            levers=levers,
            opened=opened.non_public.opened,
        ),
    )
    tally = _tally(setup, day, wanted, (factor, lost))
    _tally_learners(tally, setup, day, entered)
    made = supply(setup, opened, (day.charges, levers, day.lots), day.norm, tally.activity)
    worth = _welfare(setup, day, (wanted, entered), (tally, service))
    flows = _flows(setup, day, tally, worth, (made, service, entered))
    flows = replace(flows, envelope=envelope_flows(setup, opened, levers, flows, month))
    after = _close(setup, opened, (day, service, entered), (made, tally))
    after = under_envelope(setup, levers, after, flows)
    return with_staff(setup, after, flows, (levers, day.clock))


def _open(setup: Setup, levers: LeverValues, state: State, month: Month) -> tuple[State, _Day]:
    """Price level, incomes, norms, decisions of the month, and in January the yearly parts."""
    growth = 1.0 + levers.scalar("cpi_growth") + setup.chance.inflation[month.index // MONTHS]
    cpi = state.cpi if month.index == 0 else state.cpi * growth ** (1.0 / MONTHS)
    now = clock(month, cpi, setup.economy)
    norm = norm_cost(setup.calibrated.basis, levers, cpi, now.years)
    prices = decided_prices(state.prices, norm, levers)
    parts = month_prices(state.prices, prices, now.first_day, now.n_days)
    opened = replace(state, cpi=cpi, prices=prices)
    if month.number == 1:
        opened = _new_year(setup, opened, now)
    opened = with_openings(setup, opened, levers, now)
    opened, priced, pricing = asked(setup, opened, parts, levers, now)
    lots = lot_terms(setup.city, setup.offers, levers, state.users, month.number)
    if lots is not None:
        listed = setup.calibrated.charge_rules.is_regulated[:, None]
        priced = lot_charges(priced, lots, norm[setup.city.offers.norm] * listed)
    day = _Day(clock=now, charges=priced, norm=norm, levers=levers, lots=lots, pricing=pricing)
    return opened, day


def _new_year(setup: Setup, state: State, now: Clock) -> State:
    """Distances at this year's incomes; a new stability period plans on last year's volumes."""
    period = int(setup.calibrated.parameters["stability_period_years"])
    plan = state.plan
    # Decree 60/2021: schemes hold five years; the running one began in 2021, the next in 2026.
    if now.number > 0 and (now.month.year - 2021) % period == 0:
        plan = state.volume_year / MONTHS
    return replace(
        state,
        plan=plan,
        volume_year=np.zeros_like(state.volume_year),
        fixed_part=yearly_parts(setup, now, state.non_public.opened),
    )


def _queue(
    setup: Setup, state: State, day: _Day, wanted: list[NeedDemand]
) -> tuple[Service, Array, Array]:
    """Queues, and by offer what is delivered and lost per episode demanded."""
    arrivals = np.zeros(setup.offers.plan.size)
    for found in wanted:
        window = setup.calibrated.fits[found.need].frame.offers
        arrivals[window] = found.by_quintile.sum(0)
        arrivals[window] += _outsiders(setup, day, found.need)
    intensity = _intensity(setup, state, day)
    queued = setup.queues.offer
    growth = capacity_factor(setup, state, day.clock.capacity_growth)
    service = serve(setup.queues, state.queues, (arrivals * intensity)[queued], growth)
    factor, lost = np.ones_like(arrivals), np.zeros_like(arrivals)
    factor[queued] = service.served * intensity[queued]
    lost[queued] = service.lost
    return service, factor, lost


def _outsiders(setup: Setup, day: _Day, need: int) -> Array:
    """Episodes of users from outside the city this month, (offer of the need,)."""
    window = setup.calibrated.fits[need].frame.offers
    season = setup.city.season[need, day.clock.month.number - 1]
    shock = setup.chance.demand[day.clock.number, need]
    seen: Array = setup.offers.outsiders[window] * (season * shock)
    return seen


def _intensity(setup: Setup, state: State, day: _Day) -> Array:
    """Units of output per episode over the base year's, (offer,): 1 + omega (margin - margin0).

    Where the surplus stays with the unit, payment is per service and there is spare capacity
    (model section 5); omega may be 0.
    """
    variable = day.norm[setup.city.offers.norm, 1]
    margin = 1.0 - variable / np.maximum(day.charges.price, 1.0)
    spare = np.ones_like(margin)
    spare[setup.queues.offer] = (state.queues.congestion <= 0.0).astype(np.float64)
    omega = setup.calibrated.parameters["supply_response_omega"]
    moved: Array = 1.0 + omega * setup.offers.retains * spare * (margin - setup.offers.margin)
    return moved


def _tally(setup: Setup, day: _Day, wanted: list[NeedDemand], queued: tuple[Array, Array]) -> Tally:
    """Volumes and payments of the episode needs after the queues."""
    factor, lost = queued
    tally = blank(setup)
    for found in wanted:
        window = setup.calibrated.fits[found.need].frame.offers
        served: Served = serve_need(setup, found, factor[window], lost[window])
        outside = _outsiders(setup, day, found.need) * factor[window]
        add_episodes(tally, setup, found, served, outside, day.clock.cpi)
    return tally


def _tally_learners(tally: Tally, setup: Setup, day: _Day, entered: Intake) -> None:
    """Enter the learners of all levels; intakes also count who sought and found no seat."""
    add_learners(tally, setup, entered.learners, (day.clock, day.charges, day.levers))
    tally.demand += entered.demand
    tally.unmet += entered.unmet


def _welfare(
    setup: Setup,
    day: _Day,
    sought: tuple[list[NeedDemand], Intake],
    got: tuple[Tally, Service],
) -> Welfare:
    """What the month is worth to residents."""
    (wanted, entered), (tally, service) = sought, got
    table = blank_welfare(setup)
    table.surplus[:] = entered.surplus
    for need, journeys in entered.journeys.items():
        table.travel_km[need], table.travel_cost[need] = journeys.km, journeys.cost
    for found in wanted:
        add_episode_welfare(table, setup, found, day.clock)
    add_waiting(table, setup, tally.volume, _waits(setup, service), day.clock.income_month)
    return table


def _waits(setup: Setup, service: Service) -> Array:
    """Days of waiting at each offer, (offer,); 0 where nobody queues."""
    wait = np.zeros(setup.offers.plan.size)
    wait[setup.queues.offer] = service.wait_days
    return wait


def _flows(
    setup: Setup,
    day: _Day,
    tally: Tally,
    worth: Welfare,
    made: tuple[Supply, Service, Intake],
) -> Flows:
    """The market's account of the month."""
    supplied, service, entered = made
    return Flows(
        volume=tally.volume,
        outsiders=tally.outsiders,
        place_volume=tally.place_volume,
        place_household=tally.place_household,
        self_treatment=tally.self_treatment,
        demand=tally.demand,
        unmet=tally.unmet,
        wait_days=_waits(setup, service),
        norm=day.norm,
        charged=day.charges.charged,
        top_up=setup.top_up * day.charges.factor * day.clock.cpi,
        earning=day.charges.earning,
        order_earning=day.charges.order_earning,
        cpi=day.clock.cpi,
        vouchers=tally.vouchers,
        welfare=worth,
        payments=payments(tally, day.charges),
        supply=supplied,
        queue=service.persons,
        schooling=entered.schooling,
        lots=lot_flows(day.lots, day.levers, _output(setup, day, tally)),
        cells=tally.cells,
        pricing=day.pricing,
    )


def _output(setup: Setup, day: _Day, tally: Tally) -> Output:
    """What the offers made this month, for the lots that buy some of it."""
    offers = setup.city.offers
    usual = setup.offers.cost_scale * setup.chance.efficiency[offers.unit]
    return Output(
        volume=tally.volume.sum(0) + tally.outsiders,
        cost=day.norm[offers.norm].sum(1) * usual,
        taught=setup.offers.teaching[offers.need, day.clock.month.number - 1],
    )


def _close(
    setup: Setup,
    state: State,
    month: tuple[_Day, Service, Intake],
    made: tuple[Supply, Tally],
) -> State:
    """What the month leaves behind: queues, quality, assets, learners, volumes."""
    day, service, entered = month
    supplied, tally = made
    load = np.zeros(setup.offers.plan.size)
    load[setup.queues.offer] = service.load
    asset = state.asset + _investment(setup, day, supplied, tally)
    usual = setup.calibrated.parameters["quality_base"] if day.lots is not None else 0.0
    return replace(
        state,
        queues=service.after,
        quality=offer_quality(setup, load, asset, state.non_public.filled)
        + lot_quality(day.lots, usual, load.size),
        asset=asset,
        learners=entered.learners,
        volume_year=state.volume_year + tally.activity,
        users=users_of(setup.offers, tally.activity),
    )


def _investment(setup: Setup, day: _Day, supplied: Supply, tally: Tally) -> Array:
    """Real investment of the month beyond the base year's, over base-year assets, (unit,).

    Depreciation in the price goes to the development fund and is invested with the capital budget.
    """
    from_price = (day.charges.earning + day.charges.order_earning)[:, 3]
    volume = tally.volume.sum(0) + tally.outsiders
    invested = setup.sums.by_unit(supplied.capital + from_price * volume) / day.clock.cpi
    value = setup.city.units.asset_value
    change: Array = quotient(invested - setup.units.investment, value, undefined=0.0)
    return change * setup.units.is_public
