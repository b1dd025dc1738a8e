"""Cash recomputed beside the ledger: a posting lost or made twice is found in its month."""

from functools import cache

import numpy as np
import pytest

from pricing.base.errors import InvariantError
from pricing.engine.cash import Spent, other_health
from pricing.engine.close import close, open_account
from pricing.world.ledger import Ledger
from pricing.world.recorder import Recorder
from tests.engine.small import (
    FIRST,
    Step,
    months,
    quiet_setup,
    quiet_year,
    still_levers,
    with_levers,
)

SETUP = quiet_setup()
# Flows of a month in which each of these moves money; the others move none in the toy city.
POSTINGS = (
    ("household", "units", "user_payment"),
    ("household_outside", "units", "user_payment"),
    ("household", "suppliers", "learning_charges"),
    ("household", "suppliers", "self_treatment"),
    ("household", "fund", "contribution"),
    ("employers", "fund", "contribution"),
    ("budget", "fund", "premium_subsidy"),
    ("fund", "units", "claims"),
    ("fund_outside", "units", "claims"),
    ("fund", "staff", "administration"),
    ("budget", "units", "user_support"),
    ("budget", "units", "tuition_replacement"),
    ("budget", "units", "private_support"),
    ("budget", "units", "check_up"),
    ("budget", "units", "per_pupil_payment"),
    ("budget", "units", "recurrent_grant"),
    ("budget", "units", "capital"),
    ("budget_outside", "units", "user_support"),
    ("budget_outside", "units", "per_pupil_payment"),
    ("budget", "suppliers", "other_health"),
    ("units", "staff", "pay"),
    ("units", "suppliers", "purchases"),
    ("units", "suppliers", "assets"),
    ("units", "investors", "profit"),
)
NAMED = {
    "household": "household",
    "employers": "fund",
    "fund": "fund",
    "budget": "budget",
    "household_outside": "units",
    "fund_outside": "units",
    "budget_outside": "units",
    "units": "units",
}


class Faulty(Ledger):
    """A ledger that loses, or makes twice, every posting of one kind."""

    posting: tuple[str, str, str] = ("", "", "")
    times = 1
    moved = 0.0

    def post(self, payer, payee, purpose, amounts):
        count = self.times if (payer, payee, purpose) == self.posting else 1
        if count != 1:
            self.moved += float(np.sum(amounts))
        for _ in range(count):
            super().post(payer, payee, purpose, amounts)


@cache
def busy_month() -> Step:
    """January with something for every payer: orders, free check-ups, some tuition everywhere."""
    changes = {"per_pupil_share": 0.5, "check_up_support": 0.5, "tuition": 1e5}
    return months(SETUP, with_levers(still_levers(), changes), 1)[0]


def closed(ledger_of=None) -> Ledger:
    """The busy month, closed on a ledger."""
    step = busy_month()
    account = open_account(SETUP, Recorder(SETUP.city, range(2025, 2026)), step.before, step.flows)
    if ledger_of is not None:
        account.books.ledger = ledger_of(account.books.ledger)
    close(account, SETUP, step.levers, (step.before, step.after), step.flows, FIRST)
    return account.books.ledger


def faulty(posting: tuple[str, str, str], times: int):
    def made(sound: Ledger) -> Faulty:
        ledger = Faulty(sound.accounts, {"units": sound.balance("units")})
        ledger.posting, ledger.times = posting, times
        return ledger

    return made


def test_a_sound_month_closes():
    assert closed().balance("staff")[0] > 0.0
    assert closed(faulty(("nobody", "nobody", "nothing"), 2)).balance("staff")[0] > 0.0


@pytest.mark.parametrize("times", [0, 2], ids=["dropped", "doubled"])
@pytest.mark.parametrize("posting", POSTINGS, ids=["-".join(posting) for posting in POSTINGS])
def test_a_posting_lost_or_made_twice_stops_the_trial(posting, times):
    ledgers: list[Faulty] = []

    def made(sound: Ledger) -> Faulty:
        ledgers.append(faulty(posting, times)(sound))
        return ledgers[-1]

    with pytest.raises(InvariantError) as caught:
        closed(made)
    (ledger,) = ledgers
    assert ledger.moved > 0.0
    message = str(caught.value)
    assert NAMED[posting[0]] in message or posting[1] in message
    assert "2025-01" in message
    assert 0.0 < abs(caught.value.amount) <= ledger.moved * (1.0 + 1e-9)


def test_cash_of_units_is_never_negative_and_adds_up_over_a_year():
    recorder = Recorder(SETUP.city, range(2025, 2026))
    account = open_account(SETUP, recorder, quiet_year()[0].before, quiet_year()[0].flows)
    opening = account.books.ledger.balance("units").sum()
    for step in quiet_year():
        close(account, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
        assert np.all(account.books.ledger.balance("units") >= 0.0)
    ledger = account.books.ledger
    received = sum(
        ledger.receipts(purpose, 2025, "units").sum()
        for purpose in (
            "user_payment",
            "claims",
            "user_support",
            "tuition_replacement",
            "private_support",
            "per_pupil_payment",
            "check_up",
            "recurrent_grant",
            "capital",
        )
    )
    spent = sum(
        ledger.turnover(purpose, 2025, "units").sum()
        for purpose in ("pay", "purchases", "assets", "profit")
    )
    assert ledger.balance("units").sum() == pytest.approx(opening + received - spent, rel=1e-9)


def test_what_units_spend_is_pay_bills_assets_and_profit():
    one = np.ones(2)
    spent = Spent(due=9.0 * one, pay=one, settled=2.0 * one, assets=4.0 * one, profit=8.0 * one)
    np.testing.assert_array_equal(spent.total, 15.0)


def test_other_health_spending_follows_prices():
    flows = quiet_year()[0].flows
    yearly = SETUP.calibrated.parameters["public_health_spending_other"]
    assert other_health(SETUP, flows) == pytest.approx(yearly / 12.0)
