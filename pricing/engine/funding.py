"""What the offers cost this month and what the budget adds: grants and capital."""

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.case_mix import case_mix
from pricing.engine.charges import Charges
from pricing.engine.lots import LotTerms, lot_cost
from pricing.engine.setup import Setup
from pricing.engine.staff_rules import staffed_cost
from pricing.engine.standing import CASH
from pricing.equations.cost import actual_labour
from pricing.world.flows import Supply
from pricing.world.levers import LeverValues
from pricing.world.state import State


def supply(
    setup: Setup,
    state: State,
    money: tuple[Charges, LeverValues, LotTerms | None],
    norm: Array,
    activity: Array,
) -> Supply:
    """Actual cost, recurrent grant and capital of every offer, VND this month.

    Labour is quasi-fixed around the plan, direct cost follows the activity, management and
    depreciation the plan. The grant covers, component by component, what prices leave of the norm
    at the plan of the stability period: a component that enters the price leaves the grant at
    once, as does what lots pay, so nothing is paid twice (Decree 60/2021 art. 12-15). Depreciation
    left out of prices is replaced by the capital budget in part, the rest ages the assets.
    """
    charges, levers, lots = money
    rules, parameters = setup.offers, setup.calibrated.parameters
    per_unit = norm[setup.city.offers.norm]
    own = per_unit * rules.cost_scale[:, None]
    own = staffed_cost(setup.staffing, state.staff, own, state.cpi)
    cost = np.empty_like(own)
    cost[:, 0] = actual_labour(
        own[:, 0],
        activity,
        state.plan,
        parameters["labour_quasi_fixed_share"],
        setup.chance.efficiency[setup.city.offers.unit],
    )
    cost[:, 1] = own[:, 1] * activity
    mix = case_mix(setup, activity)
    if mix is not None:
        cost[:, 1] *= mix
    cost[:, 2:] = own[:, 2:] * state.plan[:, None]
    earned = charges.earning + charges.order_earning
    gap = np.maximum(per_unit - earned, 0.0) * state.plan[:, None]
    owned = rules.is_public * (setup.city.units.owner[setup.city.offers.unit] >= 0)
    pay_index = levers.scalar("base_salary") / setup.calibrated.levers.scalar("base_salary")
    return Supply(
        cost=lot_cost(lots, cost),
        grant=gap[:, :CASH] * rules.granted[:, None],
        capital=gap[:, CASH] * owned * parameters["capital_replacement_share"],
        mandate=setup.units.mandate * pay_index,
        activity=activity,
    )
