"""Money for a service: price, order and grant; nothing is paid twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.base.arrays import Array
from pricing.engine.charges import Charges, charges
from pricing.engine.funding import supply
from pricing.engine.norms import decided_prices, norm_cost
from pricing.world.flows import Supply
from pricing.world.levers import LeverValues
from tests.builders import toy_city
from tests.engine.small import calibrated, first_state, quiet_setup, still_levers, with_levers

SETUP = quiet_setup()
STATE = first_state(SETUP)
PLAN = STATE.plan
CITY = toy_city()
NORM = norm_cost(calibrated().basis, still_levers(), 1.0, 0.0)
PER_UNIT = NORM[CITY.offers.norm]
LABOUR, DIRECT, MANAGEMENT, DEPRECIATION = range(4)
CASH = slice(0, 3)


def funded(
    changes: dict[str, object] | None = None, activity: Array | None = None
) -> tuple[Supply, Charges]:
    """Supply at the plan after a price decision under changed levers."""
    given_levers: dict[str, object] = {"price_decision": 1.0, **(changes or {})}
    levers: LeverValues = with_levers(still_levers(), given_levers)  # type: ignore[arg-type]  # numbers and arrays
    prices = decided_prices(STATE.prices, NORM, levers)
    priced = charges(calibrated().charge_rules, prices.component, levers, 1.0, 0.0)
    made = supply(
        SETUP, STATE, (priced, levers, None), NORM, PLAN if activity is None else activity
    )
    return made, priced


def included(**shares: float) -> Array:
    table = still_levers()["included"].copy()
    for name, share in shares.items():
        table[:, :, ("labour", "direct", "management", "depreciation").index(name)] = share
    return table


@pytest.mark.parametrize("component", ["labour", "management"])
@pytest.mark.parametrize("share", [0.4, 1.0])
def test_a_component_that_enters_the_price_leaves_the_grant_by_what_it_gains(component, share):
    number = ("labour", "direct", "management").index(component)
    before, was = funded({"included": included(**{component: 0.0})})
    after, now = funded({"included": included(**{component: share})})
    gain = now.earning + now.order_earning - was.earning - was.order_earning
    saved = before.grant - after.grant
    granted = SETUP.offers.granted > 0
    # where the price is charged in full the gain is the component's; tuition shifts the shares
    whole = granted & (SETUP.calibrated.charge_rules.is_regulated)
    whole &= ~SETUP.calibrated.charge_rules.has_tuition
    assert whole.sum() >= 7
    np.testing.assert_allclose(
        saved[whole, number], (gain[:, number] * PLAN)[whole], rtol=1e-9, atol=1e-3
    )
    np.testing.assert_allclose((gain[:, number])[whole], share * PER_UNIT[whole, number], rtol=1e-9)


def test_paying_per_pupil_instead_of_granting_is_neutral_at_constant_enrolment():
    grant, _ = funded({"per_pupil_share": 0.0})
    order, priced = funded({"per_pupil_share": 1.0})
    schools = (SETUP.offers.granted > 0) & SETUP.calibrated.charge_rules.has_tuition
    before = grant.grant.sum(1)[schools]
    after = (order.grant.sum(1) + priced.order * PLAN)[schools]
    np.testing.assert_allclose(after, before, rtol=1e-9)
    assert order.grant.sum() < 0.5 * grant.grant.sum()


@settings(max_examples=40)
@given(
    st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4).map(np.array),
    st.floats(0.0, 1.0),
    st.floats(0.0, 0.3),
    st.one_of(st.just(np.inf), st.floats(1e4, 1e7)),
)
def test_price_order_grant_and_what_is_left_are_the_norm_and_no_grant_is_negative(
    shares, per_pupil, accumulation, ceiling
):
    made, priced = funded(
        {
            "included": shares,
            "per_pupil_share": per_pupil,
            "accumulation_rate": accumulation,
            "price_ceiling": ceiling,
        }
    )
    norm = PER_UNIT * PLAN[:, None]
    by_price, by_order = (part * PLAN[:, None] for part in (priced.earning, priced.order_earning))
    granted = np.concatenate([made.grant, made.capital[:, None]], axis=1)
    unfunded = norm - by_price - by_order - granted
    slack = 1e-9 * norm
    assert np.all(granted >= 0.0)
    # money above norm is accumulation, which nobody grants on top of
    over = np.maximum(by_price + by_order - norm, 0.0)
    assert np.all(granted[over > slack] == 0.0)
    state_funded = SETUP.offers.granted > 0
    np.testing.assert_allclose(
        unfunded[state_funded][:, CASH], -over[state_funded][:, CASH], atol=slack.max()
    )
    assert np.all(unfunded >= -over - slack)


def test_the_capital_budget_replaces_a_part_of_what_prices_leave_of_depreciation():
    made, _ = funded()
    part = calibrated().parameters["capital_replacement_share"]
    owned = CITY.units.owner[CITY.offers.unit] >= 0
    np.testing.assert_allclose(
        made.capital[owned], (part * PER_UNIT[:, DEPRECIATION] * PLAN)[owned]
    )
    np.testing.assert_array_equal(made.capital[~owned], 0.0)
    full, _ = funded({"included": 1.0, "per_pupil_share": 1.0, "tuition": 0.0})
    np.testing.assert_allclose(full.capital, 0.0, atol=1e-3)


def test_staff_are_paid_whether_used_or_not_and_drugs_are_not():
    usual, _ = funded()
    idle, _ = funded(activity=np.zeros_like(PLAN))
    fixed = calibrated().parameters["labour_quasi_fixed_share"]
    np.testing.assert_allclose(idle.cost[:, LABOUR], fixed * usual.cost[:, LABOUR])
    np.testing.assert_array_equal(idle.cost[:, DIRECT], 0.0)
    np.testing.assert_array_equal(idle.cost[:, 2:], usual.cost[:, 2:])


def test_at_plan_an_efficient_public_unit_costs_its_norm():
    made, _ = funded()
    public = SETUP.offers.is_public > 0
    np.testing.assert_allclose(made.cost[public], (PER_UNIT * PLAN[:, None])[public])


def test_work_outside_priced_services_is_paid_by_the_pay_of_the_day():
    made, _ = funded({"base_salary": 1.2 * still_levers().scalar("base_salary")})
    np.testing.assert_allclose(made.mandate, 1.2 * SETUP.units.mandate)
