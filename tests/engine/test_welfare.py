"""The year's welfare figures agree with the flows of its months."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.welfare import social_weight
from pricing.scenario.load import load_scenario
from pricing.world.accounts import LINES
from pricing.world.flows import WELFARE
from pricing.world.parameters import Parameters
from tests.acceptance.toy import STUDY, run
from tests.builders import toy_city
from tests.engine.small import quiet_setup, quiet_year
from tests.engine.test_yearly import QUIET

SETUP = quiet_setup()


def test_units_keep_what_all_payers_give_less_what_they_spend():
    kept = 1.0 - SETUP.calibrated.parameters["refusal_share"]
    total = 0.0
    for step in quiet_year():
        paid, supplied = step.flows.payments, step.flows.supply
        fund = kept * (paid.fund.sum() + paid.outside_fund.sum())
        users = paid.household.sum() + paid.outside_household.sum()
        budget = paid.support.sum() + paid.order.sum() + paid.lot.sum()
        outside = paid.outside_support.sum() + paid.outside_order.sum()
        grants = supplied.grant.sum() + supplied.capital.sum()
        total += float(fund + users + budget + outside + grants - supplied.cost.sum())
    assert QUIET.series["unit_surplus"].sum() == pytest.approx(total, rel=1e-9)


def test_outsiders_pay_as_in_the_months():
    paid = [step.flows.payments for step in quiet_year()]
    kept = 1.0 - SETUP.calibrated.parameters["refusal_share"]
    total = QUIET.series["payment_outsiders"][0].sum(0)
    assert total[0] == pytest.approx(sum(one.outside_household.sum() for one in paid))
    assert total[1] == pytest.approx(kept * sum(one.outside_fund.sum() for one in paid))
    budget = sum(one.outside_support.sum() + one.outside_order.sum() for one in paid)
    assert total[2] == pytest.approx(budget)


def test_what_an_envelope_keeps_back_units_miss():
    city = toy_city()
    scenario = replace(load_scenario(STUDY / "short.toml", city), horizon=(2025, 2030))
    free = {name: one for name, one in scenario.instruments.items() if name != "cap"}
    short, usual = (run(one).series for one in (scenario, replace(scenario, instruments=free)))
    units = [name not in ("premium_subsidy", "other_health") for name in LINES]
    less = (short["outlay"] - usual["outlay"])[:, :, units].sum((1, 2, 3))
    missed = (short["unit_surplus"] - usual["unit_surplus"]).sum((1, 2))
    assert np.all(less[2:] < 0.0)
    np.testing.assert_allclose(missed, less, rtol=0.02)


@pytest.mark.parametrize("name", WELFARE)
def test_the_months_make_up_the_year(name):
    year = sum(getattr(step.flows.welfare, name) for step in quiet_year())
    np.testing.assert_allclose(QUIET.series[WELFARE[name]][0], year)


def test_weights_of_residents_average_one_and_fall_with_living_standard():
    people = SETUP.people.residents[0].sum(0)
    weight = social_weight(SETUP)
    assert np.average(weight, weights=people) == pytest.approx(1.0)
    assert np.all(np.diff(weight) < 0.0)
    values = {**SETUP.calibrated.parameters.values, "inequality_aversion": 0.0}
    flat = replace(SETUP.calibrated, parameters=Parameters(values))
    np.testing.assert_allclose(social_weight(replace(SETUP, calibrated=flat)), 1.0)
