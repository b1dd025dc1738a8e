"""Solved choices at given money: shared by calibration, the month and the untargeted moments."""

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.engine.fit_targets import FitPrices
from pricing.engine.frames import Demand, NeedFrame, fixed_utility
from pricing.equations.choice import Choice, MonthlyPart, choose, fixed_part, monthly_part, nests_of
from pricing.world.parameters import Parameters

HOURS_A_MONTH = 176.0
BOTH_WAYS = 2.0


def travel_per_km(
    city: City, need: int, parameters: Parameters, income_month: Array, cpi: float
) -> Array:
    """Money and time of travel per one-way km and unit of output, (quintile,), VND.

    trips · (travel_cost + travel_time · hourly_income · time value) (model section 4).
    """
    hourly = income_month / HOURS_A_MONTH * parameters["time_value_share"]
    hours = BOTH_WAYS / parameters["travel_speed"]
    per_km: Array = city.needs.trips[need] * (parameters["travel_cost"] * cpi + hours * hourly)
    return per_km


def monthly_utility(
    frame: NeedFrame, demand: Demand, user_price: Array, income_month: Array, lift: Array | float
) -> Array:
    """V_monthly, (quintile, offer, class): constants, price at alpha, and ``lift`` (offer,).

    ``lift`` is quality_weight · (quality - quality0) - congestion.
    """
    sensitivity = (demand.alpha / income_month)[:, None, None]
    base = demand.asc[:, frame.nest] + lift
    return base[:, :, None] - sensitivity * user_price


def solve_choice(frame: NeedFrame, demand: Demand, prices: FitPrices) -> Choice:
    """The base year's choice of one need at congestion zero."""
    nests = nests_of(frame.nests, demand.nest_lambda)
    fixed = fixed_part(
        fixed_utility(frame, demand, (prices.travel_per_km, prices.income_month)), nests
    )
    return choose(fixed, monthly(frame, demand, prices, nests_lift=0.0), nests)


def monthly(
    frame: NeedFrame, demand: Demand, prices: FitPrices, nests_lift: Array | float
) -> MonthlyPart:
    """Monthly factor of a need at the money of ``prices`` and a lift of its offers."""
    nests = nests_of(frame.nests, demand.nest_lambda)
    outside = -demand.alpha * prices.self_care_cost / prices.income_month
    utility = monthly_utility(frame, demand, prices.user_price, prices.income_month, nests_lift)
    return monthly_part(utility, np.asarray(outside), nests)
