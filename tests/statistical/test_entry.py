"""Entry over 200 random futures: NPV exactly monotone, total entry nearly so, and why not."""

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.base.draws import Draws
from pricing.base.errors import PricingError
from pricing.engine import market
from pricing.engine.appraisal import Appraiser, Latest
from pricing.engine.base_year import base_levers
from pricing.engine.chance import chance
from pricing.engine.design import Plan, Trial, design
from pricing.engine.people import economy, population
from pricing.engine.setup import build
from pricing.engine.simulate import prepare, simulate
from pricing.engine.start import first_state
from pricing.instruments.entry_incentive import EntryIncentive
from pricing.world.investors import ENTRY_EVENTS
from pricing.world.levers import LeverValues
from pricing.world.parameters import Parameters
from tests.acceptance.toy import tell
from tests.builders import socialised_city
from tests.engine.owners import ALL_ON, scenario

pytestmark = pytest.mark.slow

FUTURES = 200
PLAN = Plan(scramblings=25, points=16, replications=1, seed=11)
HORIZON = (2025, 2031)
LEAST = 0.95


def futures():
    """The first 200 random futures to which the toy city fits; hurdle rates between 4 and 20 %."""
    city = socialised_city()
    drawn = design(PLAN, city.parameters, {"any": {}})
    found = 0
    for future in range(PLAN.scramblings * PLAN.points):
        values = dict(drawn.values(future, city.parameters, {}))
        values["hurdle_rate"] = 0.04 + 0.16 * (future % 25) / 24.0
        known = None
        with suppress(PricingError):  # a future whose targets the toy city cannot meet
            known = prepare(city, values)
        if known is not None:
            found += 1
            yield future, known
        if found == FUTURES:
            return
    raise AssertionError(f"only {found} futures fit")


def knowing(known, **values: float):
    return replace(known, parameters=Parameters({**known.parameters.values, **values}))


def told(known, future: int, **changes):
    """Events of investors in a trial."""
    at = Trial(scenario="any", scrambling=0, point=0, future=future, replication=0, seed=11)
    found = simulate(socialised_city(), scenario(horizon=HORIZON, **changes), known, at)
    total = found.series["entry_event"].sum((0, 1, 2))
    return dict(zip(ENTRY_EVENTS, total.tolist(), strict=True))


def test_total_entry_rises_with_incentives_and_falls_with_the_hurdle():
    subsidised = {
        **scenario().instruments,
        "loans": EntryIncentive(kind="entry_incentive", interest_subsidy={"2025": 0.03}),
    }
    worse, unexplained = [], []
    entered = np.zeros(3)
    for future, known in futures():
        base = told(known, future)
        lower = told(knowing(known, hurdle_rate=known.parameters["hurdle_rate"] - 0.03), future)
        paid = told(known, future, instruments=subsidised)
        entered += [base["committed"], lower["committed"], paid["committed"]]
        for name, more in (("hurdle", lower), ("subsidy", paid)):
            if more["committed"] < base["committed"]:
                worse.append((future, name))
                if not more["declined_rivals"] + more["declined_staff"]:
                    unexplained.append((future, name))
    tell(f"commitments: {entered.tolist()}; exceptions {worse}")
    assert len(worse) <= (1.0 - LEAST) * 2 * FUTURES
    assert unexplained == []
    assert entered[1] > entered[0]
    assert entered[2] >= entered[0]


def test_the_value_of_a_case_is_exactly_monotone():
    city = socialised_city()
    for future, known in futures():
        people = population(city, known.parameters, "central", 2026)
        shocks = chance(city, known.parameters, _draws(future), 2, has_shocks=True)
        grown = economy(
            city, known.income_month, known.parameters, known.parameters["income_real_growth"]
        )
        setup = build(city, known, people, shocks, grown, ALL_ON)
        levers = base_levers(city, known.parameters)
        state = first_state(setup)
        for number in range(9):
            state, _ = market.step(setup, levers, state, Month(2025 * 12 + number))
        latest = Latest(state=state, levers=levers)
        busier = Latest(state=_busier(state, 1.2), levers=levers)
        helped = Latest(state=state, levers=_helped(levers))
        dear = replace(setup, calibrated=knowing(known, hurdle_rate=0.25))
        none = np.zeros(len(city.candidates.id), dtype=np.bool_)
        for candidate in range(none.size):
            value = Appraiser(setup, latest)(candidate, none).value
            assert Appraiser(setup, busier)(candidate, none).value >= value, future
            assert Appraiser(setup, helped)(candidate, none).value >= value, future
            assert Appraiser(dear, latest)(candidate, none).value <= value, future


def _draws(future: int) -> Draws:
    return Draws(11, future)


def _busier(state, times: float):
    return replace(
        state,
        quotes=tuple(
            None
            if quote is None
            else replace(
                quote, market=replace(quote.market, episodes=quote.market.episodes * times)
            )
            for quote in state.quotes
        ),
    )


def _helped(levers: LeverValues) -> LeverValues:
    n = levers["interest_subsidy"].size
    more = {"interest_subsidy": np.full(n, 0.03), "land_rent_exempt": np.ones(n)}
    return LeverValues({**levers.values, **more}, {**levers.at_end, **more})
