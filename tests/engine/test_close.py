"""The month's close: checks that stop a trial, the fund's reserve, what is published."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pricing.base.errors import InvariantError
from pricing.engine.close import Account, close, month_outlay, open_account
from pricing.world.flows import Flows
from pricing.world.recorder import Recorder
from tests.builders import toy_city
from tests.engine.small import (
    Step,
    calibrated,
    months,
    quiet_setup,
    quiet_year,
    still_levers,
    with_levers,
)

SETUP = quiet_setup()
PARAMETERS = calibrated().parameters


def account() -> Account:
    recorder = Recorder(SETUP.city, range(2025, 2028))
    return open_account(SETUP, recorder, quiet_year()[0].before, quiet_year()[0].flows)


def closed(steps: Sequence[Step]) -> Account:
    found = account()
    for step in steps:
        close(found, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
    return found


def with_flows(step: Step, **changes) -> Step:
    return replace(step, flows=replace(step.flows, **changes))


def test_before_the_first_month_the_base_year_is_published():
    found = account().published
    assert found.month.text == "2024-12"
    assert found.inflation == calibrated().levers.scalar("cpi_growth")
    claims = PARAMETERS["fund_claims_national_2025"]
    assert found.fund_reserve == PARAMETERS["fund_reserve_start_national"]
    assert found.fund_reserve_months == pytest.approx(12.0 * found.fund_reserve / claims)
    assert found.outlay_year == pytest.approx(12.0 * month_outlay(SETUP, quiet_year()[0].flows))
    primary = toy_city().needs.id.index("primary")
    learners = calibrated().entry[primary]
    assert learners is not None
    assert found.enrolment[primary] == pytest.approx(learners.stock.sum())
    assert found.enrolment[0] == 0.0


def test_each_month_is_published_when_it_is_closed():
    found = closed(quiet_year()[:3])
    assert found.published.month.text == "2025-03"
    outlay = found.recorder.outcome().months["outlay_month"][:3]
    assert found.published.outlay_year == pytest.approx(outlay.sum() * 4.0)
    assert found.published.inflation == pytest.approx(0.0, abs=1e-12)


def test_inflation_is_that_of_twelve_months():
    levers = with_levers(still_levers(), {"cpi_growth": 0.05})
    path = closed(months(SETUP, levers, 15)).recorder.outcome().months["inflation_month"][:15]
    np.testing.assert_allclose(path[1:], 0.05)
    assert path[0] == calibrated().levers.scalar("cpi_growth")


def test_the_reserve_earns_interest_takes_premiums_and_pays_claims():
    found = closed(quiet_year())
    start, rate = PARAMETERS["fund_reserve_start_national"], PARAMETERS["fund_interest"]
    premiums = PARAMETERS["fund_contributions_national_2025"]
    growth = 1.0 + PARAMETERS["contribution_growth_real"]
    premiums *= float(np.mean(growth ** (np.arange(12.0) / 12.0)))
    administration = PARAMETERS["fund_administration_share"] * premiums
    claims = PARAMETERS["fund_claims_national_2025"]
    wanted = start * (1.0 + rate) + premiums - claims - administration
    assert found.reserve == pytest.approx(wanted, rel=1e-9)
    assert found.recorder.outcome().series["fund_reserve"][0] == found.reserve
    months_left = 12.0 * found.reserve / found.national_claims
    assert found.published.fund_reserve_months == pytest.approx(months_left)


def test_dearer_lists_drain_the_national_reserve():
    dear = with_levers(still_levers(), {"included": 1.0, "price_decision": 365.0})

    def levers(month):
        return dear if month.year > 2025 else still_levers()

    usual = closed(months(SETUP, still_levers(), 24))
    found = closed(months(SETUP, levers, 24))
    assert found.national_claims > usual.national_claims
    assert found.reserve < usual.reserve


def test_a_payment_that_no_price_explains_stops_the_trial():
    step = quiet_year()[1]
    paid = step.flows.payments
    household = paid.household.copy()
    household[2, 8] += 1e6
    wrong = with_flows(step, payments=replace(paid, household=household))
    with pytest.raises(InvariantError, match=r"revenue of hospital_a.*2025-02") as caught:
        closed([quiet_year()[0], wrong])
    assert caught.value.amount == pytest.approx(1e6)


def test_persons_lost_from_a_queue_stop_the_trial():
    step = quiet_year()[0]
    queue = step.flows.queue
    wrong = with_flows(step, queue=replace(queue, served=queue.served + 1.0))
    with pytest.raises(InvariantError, match="persons in queues"):
        closed([wrong])


@pytest.mark.parametrize("name", ["entrants", "completed", "dropped", "closing"])
def test_learners_from_nowhere_stop_the_trial(name):
    steps = list(quiet_year()[:9])
    moves = steps[8].flows.schooling
    assert moves is not None
    changed = getattr(moves, name).copy()
    changed[toy_city().needs.id.index("primary"), 0] += 1.0
    steps[8] = with_flows(steps[8], schooling=replace(moves, **{name: changed}))
    with pytest.raises(InvariantError, match=r"learners.*2025-09"):
        closed(steps)


def test_learners_must_be_at_their_schools():
    steps = list(quiet_year()[:9])
    learners = list(steps[8].after.learners)
    primary = toy_city().needs.id.index("primary")
    found = learners[primary]
    assert found is not None
    learners[primary] = replace(found, stock=1.01 * found.stock, enrolled=1.01 * found.enrolled)
    steps[8] = replace(steps[8], after=replace(steps[8].after, learners=tuple(learners)))
    with pytest.raises(InvariantError, match="learners by offer"):
        closed(steps)


def test_receivables_that_do_not_add_up_stop_the_trial():
    found = account()
    first, second = quiet_year()[:2]
    close(found, SETUP, first.levers, (first.before, first.after), first.flows, first.month)
    found.books.refused = 0.5

    class Forgetful(list):  # type: ignore[type-arg]  # a list of arrays that loses a part of each
        def append(self, item):
            super().append(0.9 * item)

    found.books.claims.owed = Forgetful(found.books.claims.owed)
    with pytest.raises(InvariantError, match=r"receivables.*2025-02"):
        close(
            found, SETUP, second.levers, (second.before, second.after), second.flows, second.month
        )


def test_a_year_whose_outlay_the_ledger_does_not_know_stops_the_trial():
    found = account()
    for step in quiet_year()[:11]:
        close(found, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
    found.sums["grant"][:] *= 1.01
    last = quiet_year()[11]
    with pytest.raises(InvariantError, match=r"outlay recurrent_grant.*2025-12"):
        close(found, SETUP, last.levers, (last.before, last.after), last.flows, last.month)


def test_a_year_whose_users_paid_something_else_stops_the_trial():
    found = account()
    for step in quiet_year()[:11]:
        close(found, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
    found.sums["household"][3] += 1e9
    last = quiet_year()[11]
    with pytest.raises(InvariantError, match=r"household payments\[3\].*2025-12"):
        close(found, SETUP, last.levers, (last.before, last.after), last.flows, last.month)


def test_outlay_of_a_month_is_support_order_grant_capital_and_mandate():
    flows: Flows = quiet_year()[0].flows
    wanted = (
        flows.payments.support.sum()
        + flows.payments.order.sum()
        + flows.supply.grant.sum()
        + flows.supply.capital.sum()
        + flows.supply.mandate.sum()
    )
    assert month_outlay(SETUP, flows) == pytest.approx(wanted)
