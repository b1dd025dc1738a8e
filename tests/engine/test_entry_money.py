"""Money of owners: it adds up, what is waived is a budget line, losses are counted by quarter."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.engine import market
from pricing.engine.base_year import base_levers
from pricing.engine.entry_money import OwnerBooks, OwnerMoney, cash_margin, post_owners
from pricing.engine.start import first_state
from pricing.engine.yearly import YearSums
from pricing.instruments.entry_incentive import EntryIncentive
from pricing.instruments.joint_venture import JointVenture
from pricing.scenario.scenario import AS_BEFORE
from pricing.world.accounts import LINES, Accounts
from pricing.world.investors import ENTRY_EVENTS
from pricing.world.ledger import Ledger
from pricing.world.recorder import Outcome
from tests.engine.owners import ALL_ON, knowing, market_of, outcome, scenario

CHEAP = {"hurdle_rate": 0.0, "licence_days": 1.0}


def ventures():
    """The full-cost scenario with joint ventures and interest subsidies."""
    found = scenario().instruments
    return {
        **found,
        "ventures": JointVenture(kind="joint_venture"),
        "loans": EntryIncentive(kind="entry_incentive", interest_subsidy={"2025": 0.02}),
    }


@cache
def entered() -> Outcome:
    """A trial in which most enter: money costs nothing and licences take a day."""
    return outcome(scenario(instruments=ventures()), knowing(**CHEAP))


def line(found: Outcome, name: str):
    return found.series["outlay"][:, :, LINES.index(name)].sum((1, 2))


def event(found: Outcome, name: str):
    return found.series["entry_event"][..., ENTRY_EVENTS.index(name)].sum((1, 2))


def test_at_a_hurdle_of_nothing_every_candidate_enters():
    assert event(entered(), "opened").sum() == 4
    assert event(entered(), "opened_places").sum() == 60 + 240 + 120 + 40


def test_what_is_waived_and_subsidised_is_a_line_of_the_budget():
    forgone, subsidy = line(entered(), "forgone_revenue"), line(entered(), "interest_subsidy")
    assert np.all(forgone > 0.0)
    assert subsidy[0] == 0.0
    assert subsidy[-1] > 0.0
    months = entered().months["outlay_month"].reshape(-1, 12).sum(1)
    assert np.allclose(months, entered().series["outlay"].sum((1, 2, 3)), rtol=1e-9)


def test_without_a_market_nothing_is_forgone():
    still = outcome(scenario(non_public=AS_BEFORE))
    assert not line(still, "forgone_revenue").any()
    assert not event(still, "review").any()


@pytest.mark.parametrize("factor", [0.0, 2.0], ids=["dropped", "doubled"])
@pytest.mark.parametrize(
    "purpose",
    [
        "equity",
        "land_rent",
        "profit_tax",
        "forgone_revenue",
        "interest_subsidy",
        "joint_venture_share",
    ],
)
def test_a_dropped_or_doubled_posting_stops_the_trial(monkeypatch, purpose, factor):
    post = Ledger.post

    def wrong(self, payer, payee, what, amounts):
        post(self, payer, payee, what, np.asarray(amounts) * (factor if what == purpose else 1.0))

    monkeypatch.setattr(Ledger, "post", wrong)
    with pytest.raises(InvariantError, match=r"20\d\d-\d\d: off by"):
        outcome(scenario(instruments=ventures()), knowing(**CHEAP))


def test_entrants_shift_no_draw_of_others():
    short = scenario(horizon=(2025, 2027))
    quiet = outcome(replace(short, non_public=replace(ALL_ON, entry=False)))
    none = outcome(short, knowing(hurdle_rate=9.0))
    for name, values in quiet.series.items():
        if name != "entry_event":
            assert np.array_equal(values, none.series[name], equal_nan=True), name
    assert np.array_equal(quiet.months["inflation_month"], entered().months["inflation_month"][:36])


def test_quarters_at_a_loss_are_counted_and_forgotten_after_a_gain():
    setup = market_of(ALL_ON)
    levers = base_levers(setup.city, setup.calibrated.parameters)
    state, flows = market.step(setup, levers, first_state(setup), Month.of(2025, 1))
    del state
    books = OwnerBooks.of(setup)
    margin = cash_margin(setup, flows)
    worst = int(np.argmin(margin))
    poor = replace(flows, supply=replace(flows.supply, cost=flows.supply.cost * 50.0))
    sums = YearSums()
    for number in range(1, 7):
        ledger = Ledger(_accounts(setup))
        post_owners(ledger, books, setup, (poor, levers, Month.of(2025, number)), sums)
    assert books.losses[worst] == 2
    for number in range(7, 10):
        ledger = Ledger(_accounts(setup))
        rich = replace(flows, supply=replace(flows.supply, cost=flows.supply.cost * 0.0))
        post_owners(ledger, books, setup, (rich, levers, Month.of(2025, number)), sums)
    assert not books.losses.any()


def _accounts(setup):
    return Accounts.of(setup.city)


def test_nothing_moves_without_books():
    setup = market_of(ALL_ON)
    levers = base_levers(setup.city, setup.calibrated.parameters)
    _, flows = market.step(setup, levers, first_state(setup), Month.of(2025, 1))
    ledger = Ledger(_accounts(setup))
    moved = post_owners(ledger, None, setup, (flows, levers, Month.of(2025, 1)), YearSums())
    assert isinstance(moved, OwnerMoney)
    assert moved.outlay == 0.0
    assert not moved.units.any()


def test_a_closed_school_sends_its_learners_on():
    """Nobody vanishes where every non-public unit is closed for its losses."""
    losing = outcome(calibrated=knowing(non_public_margin=-0.5, exit_patience_quarters=1.0))
    series = losing.series
    assert event(losing, "closed").sum() > 0
    size = series["opening"] + series["entrants"]
    left = series["completed"] + series["dropped"]
    assert np.allclose(size - left, series["closing"], rtol=1e-9)
    assert np.allclose(series["closing"][:-1], series["opening"][1:], rtol=1e-9)
    assert series["use_ownership"][-1, :, :, 1].sum() < series["use_ownership"][0, :, :, 1].sum()
