"""Choices at given money, and the money and time of the way."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.fit_targets import FitPrices
from pricing.engine.solve import monthly, monthly_utility, solve_choice, travel_per_km
from pricing.equations.choice import choose, nests_of, volumes
from pricing.world.parameters import Parameters
from tests.builders import toy_city
from tests.engine.small import calibrated

CENTRAL = toy_city().parameters.central()
INCOME = np.array([2e6, 3e6, 4e6, 6e6, 9e6])


def travel(name: str, cpi: float = 1.0, **changes: float):
    city = toy_city()
    parameters = Parameters({**CENTRAL, **changes})
    return travel_per_km(city, city.needs.id.index(name), parameters, INCOME, cpi)


def test_a_kilometre_costs_money_and_time():
    found = travel("inpatient", travel_cost=3_000.0, travel_speed=40.0, time_value_share=0.5)
    hourly = INCOME / 176.0
    # a stay is two trips; a kilometre one way is driven there and back
    np.testing.assert_allclose(found, 2.0 * (3_000.0 + 2.0 / 40.0 * 0.5 * hourly))


def test_prices_move_fares_and_incomes_move_time():
    low, high = travel("ambulatory"), travel("ambulatory", cpi=2.0)
    np.testing.assert_allclose(high - low, CENTRAL["travel_cost"])


def test_a_pupil_month_is_many_trips():
    np.testing.assert_allclose(travel("primary"), 18.0 * travel("ambulatory"))


def prices(user_price) -> FitPrices:
    return FitPrices(
        user_price=user_price,
        price=np.ones(user_price.shape[1]),
        uncovered_class=3,
        travel_per_km=np.full(5, 5_000.0),
        income_month=INCOME,
        self_care_cost=80_000.0,
    )


@pytest.fixture(scope="module")
def fit():
    return calibrated().fits[0]


def test_utility_falls_in_price_by_alpha_over_income(fit):
    price = np.full((5, fit.frame.n_offers, 4), 1e5)
    one = monthly_utility(fit.frame, fit.demand, price, INCOME, 0.0)
    two = monthly_utility(fit.frame, fit.demand, price + 1e4, INCOME, 0.0)
    slope = (fit.demand.alpha / INCOME * 1e4)[:, None, None]
    np.testing.assert_allclose(one - two, np.broadcast_to(slope, one.shape), rtol=1e-6)


def test_a_dearer_self_treatment_brings_people_to_the_doctor(fit):
    price = np.full((5, fit.frame.n_offers, 4), 1e5)
    cheap = solve_choice(fit.frame, fit.demand, prices(price))
    dear = solve_choice(fit.frame, fit.demand, replace(prices(price), self_care_cost=200_000.0))
    assert np.all(dear.outside_probability < cheap.outside_probability)


def test_a_lift_moves_people_to_the_lifted_offer(fit):
    price = np.full((5, fit.frame.n_offers, 4), 1e5)
    flat = solve_choice(fit.frame, fit.demand, prices(price))
    lift = np.zeros(fit.frame.n_offers)
    lift[3] = 0.5
    nests = nests_of(fit.frame.nests, fit.demand.nest_lambda)
    moved = choose(flat.fixed, monthly(fit.frame, fit.demand, prices(price), lift), nests)
    change = volumes(moved, fit.episodes) - volumes(flat, fit.episodes)
    assert np.all(change[:, 3] > 0.0)
    others = np.delete(change, 3, axis=1)
    assert np.all(others <= 0.0)
    assert moved.outside_probability.sum() < flat.outside_probability.sum()
