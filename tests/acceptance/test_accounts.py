"""Money and people add up in every trial, and what is planted wrong stops it by name."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.errors import InvariantError
from pricing.engine import market
from pricing.engine.design import Plan, Trial, design
from pricing.engine.intake import intake
from pricing.engine.payments import payments
from pricing.engine.simulate import prepare, simulate
from pricing.world import ledger
from pricing.world.accounts import PURPOSE
from pricing.world.ledger import Ledger
from tests.acceptance.toy import run, shipped
from tests.builders import toy_city

NAMES = ("base", "full_cost_2030", "full_cost_slow", "full_cost_protected")
HORIZON = (2025, 2035)
TOLERANCE = 1e-9
DESIGN = design(
    Plan(scramblings=1, points=2, replications=1, seed=3), toy_city().parameters, {"any": {}}
)
YEAR = (2025, 2026)


@pytest.fixture(scope="module", params=range(2), ids="future {}".format)
def outcomes(request):
    """Every scenario to the end of the horizon in one random future: no invariant breaks."""
    city = toy_city()
    known = prepare(city, DESIGN.values(request.param, city.parameters, {}))
    at = Trial(
        scenario="any",
        scrambling=0,
        point=request.param,
        future=request.param,
        replication=0,
        seed=3,
    )
    return {
        name: simulate(city, shipped(name, HORIZON), known, replace(at, scenario=name)).series
        for name in NAMES
    }


def near(one, other, size):
    """Whether two arrays agree to the tolerance of what they are made of."""
    return bool(np.all(np.abs(one - other) <= TOLERANCE * np.abs(size) + 1e-12))


@pytest.mark.parametrize("name", NAMES)
def test_learners_are_conserved_in_each_need_and_year(outcomes, name):
    series = outcomes[name]
    size = series["opening"] + series["entrants"]
    enrolled = toy_city().needs.is_enrolment
    assert np.all(size[:, enrolled] > 0.0)
    assert np.all(size[:, ~enrolled] == 0.0)
    left = series["completed"] + series["dropped"]
    assert near(size - left, series["closing"], size)
    assert near(series["closing"][:-1], series["opening"][1:], size[1:])


@pytest.mark.parametrize("name", NAMES)
def test_what_payers_pay_is_what_users_pay_for(outcomes, name):
    """Household payments, outlay and claims of the books against volume, price and share."""
    series = outcomes[name]
    paid = series["payment"].sum((1, 2))
    assert np.all(series["out_of_pocket"].sum((1, 2, 3)) > paid[:, 0])
    assert near(series["claims"], paid[:, 1], paid[:, 1])
    public = ("per_pupil_payment", "tuition_replacement", "private_support", "user_support")
    assert np.all(series["outlay"].sum((1, 2, 3)) > paid[:, 2]), public
    funded = series["funding"].sum(-1)
    assert near(funded, series["norm_cost"], series["norm_cost"])


@pytest.mark.parametrize("name", NAMES)
def test_months_sum_to_years(outcomes, name):
    city, scenario = toy_city(), shipped(name, YEAR)
    outcome = run(scenario)
    months, series = outcome.months, outcome.series
    by_year = {key: values.reshape(-1, 12).sum(1) for key, values in months.items()}
    outlay = series["outlay"].sum((1, 2, 3))
    spent = series["out_of_pocket"].sum((1, 2, 3))
    assert near(by_year["outlay_month"], outlay, outlay)
    assert near(by_year["claims_month"], series["claims"], series["claims"])
    assert near(by_year["out_of_pocket_month"], spent, spent), city.name


# Owners of non-public units move money where they enter: tests/engine/test_entry_money.py.
OWNERS = {
    "equity",
    "land_rent",
    "profit_tax",
    "forgone_revenue",
    "interest_subsidy",
    "joint_venture_share",
}
# No roadmap buys lots: tests/engine/test_lots.py plants the same errors in theirs.
LOTS = {"lot_payment", "lot_return", "lot_administration"}
# The ceiling on own shares needs a household sample: tests/engine/test_households.py.
# Budgets owe units only under an envelope: tests/engine/test_envelope.py plants the errors there.
ELSEWHERE = {"ceiling_rebate", "budget_arrears", *LOTS, *OWNERS}
POSTED = [purpose for purpose in PURPOSE if purpose not in ELSEWHERE]


@pytest.mark.parametrize("factor", [0.0, 2.0], ids=["dropped", "doubled"])
@pytest.mark.parametrize("purpose", POSTED)
def test_a_dropped_or_doubled_posting_stops_the_trial(monkeypatch, purpose, factor):
    post = Ledger.post

    def wrong(self, payer, payee, what, amounts):
        post(self, payer, payee, what, np.asarray(amounts) * (factor if what == purpose else 1.0))

    monkeypatch.setattr(Ledger, "post", wrong)
    with pytest.raises(InvariantError, match=r"20\d\d-\d\d: off by"):
        run(shipped("full_cost_2030", (2025, 2027)))


def test_lost_learners_stop_the_trial(monkeypatch):
    def leaky(setup, state, month):
        found = intake(setup, state, month)
        if found.schooling is None:
            return found
        return replace(
            found, schooling=replace(found.schooling, closing=found.schooling.closing * 0.999)
        )

    monkeypatch.setattr("pricing.engine.market.intake", leaky)
    with pytest.raises(InvariantError, match=r"learners.* does not add up in 2025-09"):
        run(shipped("base", YEAR))


def test_a_vanished_share_of_a_payer_stops_the_trial(monkeypatch):
    def forgetful(tally, charges):
        paid = payments(tally, charges)
        return replace(paid, fund=paid.fund * 0.99)

    monkeypatch.setattr("pricing.engine.market.payments", forgetful)
    with pytest.raises(InvariantError, match=r"revenue of .* in 2025-01"):
        run(shipped("base", YEAR))


def test_patients_who_vanish_from_a_queue_stop_the_trial(monkeypatch):
    flows = market._flows

    def careless(*args):
        made = flows(*args)
        return replace(made, queue=replace(made.queue, closing=made.queue.closing * 0.9))

    monkeypatch.setattr(market, "_flows", careless)
    with pytest.raises(InvariantError, match="persons in queues"):
        run(shipped("base", YEAR))


def test_the_tolerance_is_one_in_a_thousand_million():
    assert ledger.TOLERANCE == TOLERANCE
