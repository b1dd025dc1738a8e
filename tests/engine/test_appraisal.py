"""What a case is worth: monotone in hurdle, incentives, unmet need; rivals take from it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.base.calendar import Month
from pricing.engine import market
from pricing.engine.appraisal import Appraiser, Latest, expected_users
from pricing.engine.base_year import base_levers
from pricing.engine.start import first_state
from pricing.equations.entry import Incentives, Project, Prospect, net_present_value
from pricing.scenario.scenario import NonPublicSpec
from pricing.world.investors import RAMP
from pricing.world.levers import LeverValues
from pricing.world.parameters import Parameters
from tests.engine.owners import market_of

SPEC = NonPublicSpec(prices="chosen", entry=True)


@pytest.fixture(scope="module")
def latest() -> Latest:
    setup = market_of(SPEC)
    levers = base_levers(setup.city, setup.calibrated.parameters)
    state = first_state(setup)
    for number in range(9):
        state, _ = market.step(setup, levers, state, Month(2025 * 12 + number))
    return Latest(state=state, levers=levers)


def worth(latest: Latest, candidate: int, committed=None, **parameters: float) -> float:
    setup = market_of(SPEC)
    values = {**setup.calibrated.parameters.values, **parameters}
    setup = replace(setup, calibrated=replace(setup.calibrated, parameters=Parameters(values)))
    none = np.zeros(len(setup.city.candidates.id), dtype=np.bool_)
    return Appraiser(setup, latest)(candidate, none if committed is None else committed).value


def with_levers(latest: Latest, **values: float) -> Latest:
    n = len(market_of(SPEC).city.candidates.id)
    moved = {name: np.full(n, value) for name, value in values.items()}
    levers = LeverValues({**latest.levers.values, **moved}, {**latest.levers.at_end, **moved})
    return Latest(state=latest.state, levers=levers)


@settings(max_examples=60, deadline=None)
@given(candidate=st.integers(0, 3), low=st.floats(0.02, 0.3), step=st.floats(0.0, 0.1))
def test_a_higher_hurdle_never_makes_a_case_better(latest, candidate, low, step):
    assert worth(latest, candidate, hurdle_rate=low + step) <= worth(
        latest, candidate, hurdle_rate=low
    )


@settings(max_examples=60, deadline=None)
@given(
    candidate=st.integers(0, 3),
    rent=st.floats(0.0, 1.0),
    more=st.floats(0.0, 1.0),
    subsidy=st.floats(0.0, 0.05),
    years=st.integers(0, 9),
)
def test_an_incentive_never_makes_a_case_worse(latest, candidate, rent, more, subsidy, years):
    bare = with_levers(latest, land_rent_exempt=rent, interest_subsidy=0.0, tax_half_years=0.0)
    given_more = with_levers(
        latest,
        land_rent_exempt=rent + (1.0 - rent) * more,
        interest_subsidy=subsidy,
        tax_half_years=float(years),
    )
    assert worth(given_more, candidate) >= worth(bare, candidate)


@settings(max_examples=40, deadline=None)
@given(candidate=st.integers(0, 3), more=st.floats(1.0, 3.0))
def test_more_unmet_need_never_makes_a_case_worse(latest, candidate, more):
    state = latest.state
    quotes = tuple(
        None
        if quote is None
        else replace(quote, market=replace(quote.market, episodes=quote.market.episodes * more))
        for quote in state.quotes
    )
    busier = Latest(state=replace(state, quotes=quotes), levers=latest.levers)
    assert worth(busier, candidate) >= worth(latest, candidate)


def test_committed_rivals_take_users_and_missing_staff_capacity(latest):
    city = market_of(SPEC).city
    school = city.candidates.id.index("new_hospital_b")
    venture = city.candidates.id.index("venture_a")
    committed = np.zeros(4, dtype=np.bool_)
    committed[venture] = True
    alone = worth(latest, school)
    assert worth(latest, school, committed) <= alone
    state = latest.state
    thin = tuple(
        None if quote is None else replace(quote, filled=np.full_like(quote.filled, 0.01))
        for quote in state.quotes
    )
    short = Latest(state=replace(state, quotes=thin), levers=latest.levers)
    assert worth(short, school) < alone
    setup = market_of(SPEC)
    verdict = Appraiser(setup, short)(school, committed)
    assert verdict.with_staff >= verdict.value
    assert verdict.without_rivals >= verdict.value


def test_before_the_first_round_nobody_can_appraise():
    setup = market_of(SPEC)
    levers = base_levers(setup.city, setup.calibrated.parameters)
    before = Latest(state=first_state(setup), levers=levers)
    assert worth(before, 0) == -np.inf


def test_expected_users_are_those_of_the_market_with_the_candidate_open(latest):
    setup = market_of(SPEC)
    offer = setup.city.candidates.offers[0][0]
    need = int(setup.city.offers.need[offer])
    quote, book = latest.state.quotes[need], setup.books[need]
    assert quote is not None
    assert book is not None
    at = int(np.flatnonzero(book.offer == offer)[0])
    size = quote.opened.copy()
    size[at] = 1.0
    half = size.copy()
    half[at] = 0.5
    users = expected_users(quote.market, size, at)
    assert 0.0 < expected_users(quote.market, half, at) < users


def test_a_learner_pays_every_teaching_month_of_the_grades_to_come(latest):
    setup = market_of(SPEC)
    city, parameters = setup.city, setup.calibrated.parameters
    school = city.candidates.id.index("new_school_a")
    [offer] = city.candidates.offers[school].tolist()
    need = int(city.offers.need[offer])
    quote, book, start = latest.state.quotes[need], setup.books[need], setup.entry[need]
    assert quote is not None
    assert book is not None
    assert start is not None
    at = int(np.flatnonzero(book.offer == offer)[0])
    size = quote.opened.copy()
    size[at] = 1.0
    entrants = min(expected_users(quote.market, size, at), quote.capacity[at])
    kept = start.stock.sum((1, 2, 3, 4)) / start.stock[0].sum()
    assert 1.0 < kept.sum() <= city.needs.grades[need]
    plan = city.tables.candidates[school]
    capital = plan.capital_place_vnd * latest.state.cpi
    project = Project(
        places=plan.places,
        capital_place=capital,
        depreciation_year=plan.places * capital / plan.life_years,
        construction_years=plan.construction_years,
        life_years=plan.life_years,
        fixed_cost_year=0.0,
        land_rent_year=plan.places * plan.land_rent_place_year_vnd * latest.state.cpi,
        debt_share=parameters["debt_share"],
        loan_years=round(parameters["loan_years"]),
        ramp=tuple(parameters[name] for name in RAMP),
    )
    learner_months = entrants * kept.sum() * city.needs.teaching_months[need]
    expected = Prospect(
        price=float(quote.price[at]), mc=float(quote.mc[at]), volume_year=float(learner_months)
    )
    levers = latest.levers
    incentives = Incentives(
        tax_rate=0.1,
        free_years=4,
        half_years=int(levers["tax_half_years"][school]),
        land_rent_exempt=float(levers["land_rent_exempt"][school]),
        interest_subsidy=0.0,
    )
    hurdle = (1.0 + parameters["hurdle_rate"]) / (1.0 + levers.scalar("cpi_growth")) - 1.0
    assert worth(latest, school) == pytest.approx(
        net_present_value(project, incentives, expected, hurdle)
    )


def test_a_verdict_is_remembered_while_its_basis_stands_and_not_longer(latest):
    setup = market_of(SPEC)
    now = Latest(state=latest.state, levers=latest.levers)
    appraise = Appraiser(setup, now)
    none = np.zeros(4, dtype=np.bool_)
    first = appraise(0, none)
    assert appraise(0, none) is first
    now.levers = with_levers(latest, interest_subsidy=0.05).levers
    assert appraise(0, none).value > first.value
