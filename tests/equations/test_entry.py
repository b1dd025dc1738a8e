"""Value of a project: monotone in hurdle, incentives and unmet need; prospect; exit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.entry import (
    Incentives,
    Project,
    Prospect,
    forgone_support,
    forgone_tax,
    leaves,
    loan_balance,
    negative_run,
    net_present_value,
    operating_flows,
    project_flows,
    prospect,
    tax_rates,
)
from pricing.equations.finance import present_value
from pricing.equations.oligopoly import Costs, Limits, Owners, equilibrium
from pricing.equations.oligopoly_market import Market, resized

PROJECT = Project(
    places=100.0,
    capital_place=5e9,
    depreciation_year=25e9,
    construction_years=2,
    life_years=20,
    fixed_cost_year=20e9,
    land_rent_year=3e9,
    debt_share=0.5,
    loan_years=10,
    ramp=(0.4, 0.7, 0.9),
)
TODAY = Incentives(
    tax_rate=0.1, free_years=4, half_years=5, land_rent_exempt=0.5, interest_subsidy=0.02
)
EXPECTED = Prospect(price=5e6, mc=2e6, volume_year=40_000.0)


def value(project=PROJECT, incentives=TODAY, expected=EXPECTED, hurdle=0.16):
    return net_present_value(project, incentives, expected, hurdle)


projects = st.builds(
    replace,
    st.just(PROJECT),
    construction_years=st.integers(0, 4),
    life_years=st.integers(1, 30),
    fixed_cost_year=st.floats(0.0, 150e9),
    ramp=st.lists(st.floats(0.0, 1.0), max_size=5).map(tuple),
)
rates = st.floats(0.0, 0.5)


@given(project=projects, hurdle=rates, rise=st.floats(1e-4, 0.3))
def test_value_falls_with_the_hurdle(project, hurdle, rise):
    low, high = value(project, hurdle=hurdle), value(project, hurdle=hurdle + rise)
    assert high <= low
    if project.construction_years:
        assert high < low


@given(project=projects, hurdle=rates, volume=st.floats(0.0, 1e5), more=st.floats(0.0, 1e5))
def test_value_never_falls_with_users(project, hurdle, volume, more):
    values = [
        value(project, expected=replace(EXPECTED, volume_year=users), hurdle=hurdle)
        for users in (volume, volume + more)
    ]
    assert values[0] <= values[1]


STRONGER = (
    {"tax_rate": 0.05},
    {"free_years": 6},
    {"half_years": 9},
    {"land_rent_exempt": 1.0},
    {"interest_subsidy": 0.04},
)


@pytest.mark.parametrize("change", STRONGER, ids=lambda change: next(iter(change)))
@given(project=projects, hurdle=rates)
def test_value_never_falls_with_an_incentive(change, project, hurdle):
    assert value(project, hurdle=hurdle) <= value(
        project, incentives=replace(TODAY, **change), hurdle=hurdle
    )


@pytest.mark.parametrize("change", STRONGER, ids=lambda change: next(iter(change)))
def test_each_incentive_is_worth_something_to_a_profitable_project(change):
    assert value(incentives=replace(TODAY, **change)) > value()


def test_without_losses_the_value_is_the_present_value_of_the_flows_at_the_opening():
    flows = project_flows(PROJECT, TODAY, EXPECTED)
    assert flows[:3].tolist() == [-250e9, -250e9, 0.0]
    assert flows.size == 23
    assert value() == pytest.approx(present_value(0.16, flows, -2.0), rel=1e-12)


def test_start_up_losses_are_set_aside_at_the_opening():
    slow = replace(PROJECT, ramp=(0.0,), construction_years=0)
    flows = operating_flows(slow, TODAY, EXPECTED)
    assert flows[0] < 0.0
    expected = flows[0] + present_value(0.16, flows[1:], 2.0) - 500e9
    assert value(slow) == pytest.approx(float(expected), rel=1e-12)


def test_users_below_cost_are_not_sought():
    dear = replace(EXPECTED, mc=6e6)
    assert value(expected=dear) == value(expected=replace(dear, volume_year=0.0))


def test_tax_holiday():
    assert tax_rates(TODAY, 11).tolist() == [0.0] * 4 + [0.05] * 5 + [0.1] * 2
    # FACTS: about 6.8 % of level profit over 20 years with 4 + 5, 5.8 % with 4 + 9.
    assert tax_rates(TODAY, 20).mean() == pytest.approx(0.0675)
    assert tax_rates(replace(TODAY, half_years=9), 20).mean() == pytest.approx(0.0575)


def test_what_the_state_forgoes():
    assert loan_balance(PROJECT)[[0, 1, 10]].tolist() == [250e9, 225e9, 0.0]
    assert forgone_support(PROJECT, TODAY)[:2] == pytest.approx([1.5e9 + 5e9, 1.5e9 + 4.5e9])
    profit = np.full(11, 100.0)
    profit[1] = -50.0
    forgone = forgone_tax(profit, 0.2, TODAY)
    assert forgone == pytest.approx([20.0, 0.0, 20.0, 20.0] + [15.0] * 5 + [10.0] * 2)


def slots():
    """Two offers that stand, and two slots; a year's episodes."""
    weight = np.exp(np.array([[0.0, 0.3, 0.1, -0.2], [0.4, 0.0, 0.1, 0.2]]))
    market = Market(
        weight=weight,
        slope=np.array([[2e-6], [1e-6]]) * np.ones(4),
        reference=np.full(4, 1e6),
        rest=np.ones((2, 1)),
        outside=np.ones(2),
        episodes=np.array([3e4, 5e4]),
        nest=np.zeros(4, dtype=np.int64),
        lambda_nest=np.array([0.6]),
    )
    owners = Owners(
        owner=np.arange(4), n_firms=np.ones(4), is_non_profit=np.zeros(4, dtype=np.bool_)
    )
    costs = Costs(mc=np.full(4, 6e5), conduct=np.ones(4), cost_markup=np.full(4, np.nan))
    limits = Limits(lower=np.zeros(4), upper=np.full(4, 1.8e6), capacity=np.full(4, 2e4))
    return market, owners, costs, limits


def test_the_prospect_is_the_equilibrium_with_the_pipeline_open():
    market, owners, costs, limits = slots()
    size = np.array([1.0, 1.0, 1.0, 0.0])
    found = prospect(market, owners, costs, limits, size, 2)
    solved = equilibrium(resized(market, size), owners, costs, limits)
    assert found.price == solved.price[2]
    assert found.volume_year == min(solved.demand[2], 2e4)
    crowded = prospect(market, owners, costs, limits, np.ones(4), 2)
    assert crowded.price < found.price
    assert crowded.volume_year < found.volume_year


@given(factors=st.lists(st.integers(2, 60), min_size=2, max_size=5, unique=True))
def test_a_candidate_expects_no_less_from_a_larger_unmet_need(factors):
    market, owners, costs, limits = slots()
    values = [
        value(
            replace(PROJECT, capital_place=1e8),
            expected=prospect(
                replace(market, episodes=market.episodes * factor / 20.0),
                owners,
                costs,
                limits,
                np.array([1.0, 1.0, 1.0, 0.0]),
                2,
            ),
        )
        for factor in sorted(factors)
    ]
    assert (np.diff(values) >= -1e-9 * np.abs(values[1:])).all()


def test_a_unit_leaves_after_sustained_negative_cash():
    run = np.zeros(3, dtype=np.int64)
    for cash in ([-1.0, -1.0, 5.0], [-1.0, 2.0, 5.0], [-1.0, -1.0, 5.0]):
        run = negative_run(run, cash)
    assert run.tolist() == [3, 1, 0]
    assert leaves(run, 3).tolist() == [True, False, False]
    assert leaves(run, np.array([4, 1, 1])).tolist() == [False, True, False]
