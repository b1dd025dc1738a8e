"""Vouchers in the month: budgets pay what users owe, and what is published is what is paid."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.simulate import prepare
from pricing.engine.vouchers import add_vouchers, learner_vouchers
from pricing.scenario.load import load_scenario
from pricing.world.accounts import LINES
from tests.acceptance.toy import STUDY, central, run
from tests.builders import toy_city
from tests.engine.small import quiet_setup, still_levers, with_levers

CITY = toy_city()
HORIZON = (2025, 2028)
BUDGET = 2e9


def support(programmes, **changes):
    """What budgets pay for users each year under full cost and some programmes, (year,) VND."""
    scenario = replace(load_scenario(STUDY / "programmes.toml", CITY), horizon=HORIZON)
    kept = {
        name: one
        for name, one in scenario.instruments.items()
        if name in programmes or name not in ("vouchers", "copayments")
    }
    outcome = run(replace(scenario, instruments=kept), prepare(CITY, {**central(), **changes}))
    return outcome.series["outlay"][:, :, LINES.index("user_support")].sum((1, 2))


def test_vouchers_spend_their_budget_and_not_much_more():
    extra = support({"vouchers"}) - support(())
    assert not extra[:2].any()
    assert np.all(extra[2:] > 0.8 * BUDGET)
    assert np.all(extra[2:] < 1.05 * BUDGET)


def test_programmes_add_up_and_take_up_scales_the_outlay():
    none, fund = support(()), support({"copayments"})
    assert np.all((fund - none)[2:] > 0.0)
    both = support({"vouchers", "copayments"})
    assert np.all(both[2:] > fund[2:])
    free = {"means_test_exclusion_error": 0.0, "means_test_inclusion_error": 0.0}
    half = support({"vouchers"}, support_take_up=0.05, **free) - none
    full = support({"vouchers"}, support_take_up=0.1, **free) - none
    # less than twice: a voucher is worth at most the bill
    assert np.all(full[2:] < 2.0 * half[2:])
    assert np.all(full[2:] > 1.9 * half[2:])


def test_learners_pay_less_by_what_the_voucher_covers():
    setup = quiet_setup()
    at = setup.learning
    shape = (5, at.offer.size, at.n_classes)
    enrolled = np.ones(shape)
    owed, exempt = np.full(shape[:2], 100.0), np.zeros(shape)
    exempt[..., 0] = 70.0
    assert learner_vouchers(setup, still_levers(), enrolled, owed, exempt) is None
    levers = with_levers(still_levers(), {"voucher": 60.0})
    spent = learner_vouchers(setup, levers, enrolled, owed, exempt)
    assert spent is not None
    here = at.kind >= 0
    np.testing.assert_allclose(spent[:, here, 0], 30.0)
    np.testing.assert_allclose(spent[:, here, 1], 60.0)
    assert not spent[:, ~here].any()


def test_what_is_spent_falls_on_its_cell():
    table = np.zeros((2, 3, 5, 4))
    spent = np.ones((5, 3, 2))
    add_vouchers(table, np.array([1, 1, 0]), np.array([0, 0, 2]), spent)
    assert table[1, 0, 0, 1] == 2.0
    assert table[0, 2, 4, 0] == 1.0
    assert table.sum() == pytest.approx(spent.sum())
