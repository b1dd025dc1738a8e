"""One trial: frozen values in, small arrays out. The seam for processes, caching and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import simpy

from pricing.base.calendar import Month, start_day
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.engine import calibrate, market
from pricing.engine.appraisal import Appraiser, Latest
from pricing.engine.base_year import first_levers
from pricing.engine.calibrate import Calibrated
from pricing.engine.chance import chance
from pricing.engine.close import Account, close, open_account
from pricing.engine.design import Trial
from pricing.engine.entry_money import OwnerBooks
from pricing.engine.envelope import with_unpaid_bills
from pricing.engine.homes import open_homes
from pricing.engine.people import economy, population
from pricing.engine.setup import Setup, build
from pricing.engine.start import first_state
from pricing.instruments._desk import PRICE_APPRAISAL, Surroundings
from pricing.instruments._seat import seat
from pricing.scenario.scenario import OfficeSpec, Scenario
from pricing.world.chronicle import Chronicle
from pricing.world.investors import LICENSING, Around, EntryLog, Pipeline, begin
from pricing.world.levers import Levers
from pricing.world.offices import Office
from pricing.world.parameters import Parameters
from pricing.world.recorder import Outcome, Recorder
from pricing.world.state import State


def prepare(city: City, values: Mapping[str, float]) -> Calibrated:
    """What all trials of one future share: the city calibrated to its parameter values."""
    return calibrate.prepare(city, values)


def simulate(city: City, scenario: Scenario, calibrated: Calibrated, trial: Trial) -> Outcome:
    """Run one scenario under one future and one chance.

    Parameters
    ----------
    city : City
    scenario : Scenario
    calibrated : Calibrated
        From ``prepare`` at the future's parameter values.
    trial : Trial
        Addresses of its chance.

    Returns
    -------
    Outcome
        Yearly quantities and monthly headline series, the warm-up year included.

    Raises
    ------
    InvariantError
        Where an account or a stock does not add up; names it, the month and the amount.
    """
    draws = Draws(trial.seed, trial.chance)
    calibrated = _in_economy(calibrated, scenario)
    setup = _setup(city, scenario, calibrated, draws)
    first, last = scenario.horizon
    recorder = Recorder(city, range(first, last + 1))
    state = first_state(setup)
    levers = first_levers(city, calibrated.parameters)
    opening = market.step(setup, calibrated.levers, state, Month.of(first, 1))[1]
    account = open_account(setup, recorder, state, opening)
    account.homes = open_homes(setup, draws)
    account.owners = OwnerBooks.of(setup) if setup.books else None
    chronicle, log = Chronicle(), EntryLog()
    latest = Latest(state=state, levers=calibrated.levers)
    env = _world(setup, scenario, levers, (account, chronicle, latest, log), draws)
    for ordinal in range(Month.of(first, 1).ordinal, Month.of(last, 12).ordinal + 1):
        month = Month(ordinal)
        env.run(until=start_day(month + 1))
        state = _month(setup, levers, state, account, month)
        latest.state, latest.levers = state, levers.month(month)
    _record_entries(recorder, city, log, scenario.horizon)
    _record_events(recorder, city, chronicle, scenario.horizon)
    return recorder.outcome()


def _month(setup: Setup, levers: Levers, state: State, account: Account, month: Month) -> State:
    """Market and close of one month."""
    values = levers.month(month)
    after, flows = market.step(setup, values, state, month)
    close(account, setup, values, (state, after), flows, month)
    return with_unpaid_bills(setup, after, flows, account.books.arrears)


def _setup(city: City, scenario: Scenario, calibrated: Calibrated, draws: Draws) -> Setup:
    """Constants of the trial: people, chance and economy of the scenario."""
    first, last = scenario.horizon
    parameters = calibrated.parameters
    people = population(city, parameters, scenario.people, last)
    shocks = chance(city, parameters, draws, last - first + 1, scenario.economy.shocks)
    grown = economy(city, calibrated.income_month, parameters, parameters["income_real_growth"])
    return build(city, calibrated, people, shocks, grown, scenario.non_public)


def _in_economy(calibrated: Calibrated, scenario: Scenario) -> Calibrated:
    """The calibration with the growth that the scenario's economy sets instead of the future's."""
    wanted = {
        "income_real_growth": scenario.economy.real_growth,
        "cpi_growth": scenario.economy.cpi_growth,
    }
    set_here = {name: value for name, value in wanted.items() if value is not None}
    values = {**calibrated.parameters.values, **set_here}
    return replace(calibrated, parameters=Parameters(values))


def _record_events(
    recorder: Recorder, city: City, chronicle: Chronicle, horizon: tuple[int, int]
) -> None:
    """What instruments told of lots, by year."""
    first, last = horizon
    told = chronicle.by_year(first, last, len(city.lots.id))
    for number, values in enumerate(told):
        recorder.add("lot_event", first + number, values)


def _world(
    setup: Setup,
    scenario: Scenario,
    levers: Levers,
    figures: tuple[Account, Chronicle, Latest, EntryLog],
    draws: Draws,
) -> simpy.Environment:
    """The processes of the trial: offices, and every instrument at its desk."""
    account, chronicle, latest, log = figures
    env = simpy.Environment()
    parameters = setup.calibrated.parameters
    last = scenario.horizon[1]
    offices = {
        name: Office(env, spec.officers, _days(name, spec, parameters["appraisal_days"]))
        for name, spec in scenario.offices.items()
    }
    around = Surroundings(
        env=env,
        city=setup.city,
        levers=levers,
        published=lambda: account.published,
        parameters=parameters,
        draws=draws,
        offices=offices,
        chronicle=chronicle,
        last_day=start_day(Month.of(last + 1, 1)) - 1,
    )
    seat(scenario.instruments, around)
    if scenario.non_public.entry:
        begin(_investors(setup, around, account, latest, log))
    return env


def _investors(
    setup: Setup, around: Surroundings, account: Account, latest: Latest, log: EntryLog
) -> Around:
    """What the investors of the trial see."""
    owners = account.owners
    assert owners is not None
    return Around(
        env=around.env,
        city=setup.city,
        levers=around.levers,
        parameters=around.parameters,
        draws=around.draws,
        appraise=Appraiser(setup, latest),
        losses=lambda: owners.losses,
        licensing=around.offices.get(LICENSING),
        pipeline=Pipeline.empty(len(setup.city.candidates.id)),
        log=log,
        last_day=around.last_day,
    )


def _record_entries(
    recorder: Recorder, city: City, log: EntryLog, horizon: tuple[int, int]
) -> None:
    """What investors did, by year, sector and place."""
    first, last = horizon
    sectors, places = len(city.sectors), len(city.places.id)
    group = city.units.sector * places + np.maximum(city.units.place, 0)
    told = log.by_year(first, last, group, sectors * places)
    for number, values in enumerate(told):
        shaped = values.reshape(sectors, places, -1)
        recorder.add("entry_event", first + number, shaped)


def _days(name: str, spec: OfficeSpec, appraisal_days: float) -> int:
    """Days a request takes; the appraisal of prices follows its parameter unless the file says."""
    if spec.days is not None:
        return spec.days
    return max(1, round(appraisal_days)) if name == PRICE_APPRAISAL else 1
