"""What the sample records: the same numbers as the equations of hardship and inequality give."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.engine.hardship import LIMITS, close_homes, record_households
from pricing.equations.hardship import catastrophic, poverty
from pricing.equations.inequality import concentration_curve, concentration_index, gini
from pricing.world.accounts import Accounts
from pricing.world.ledger import Ledger
from pricing.world.quantities import CURVES, PAYMENTS, THRESHOLDS
from pricing.world.recorder import Recorder
from tests.engine.lived import SALARY, outcome, year

NOW = year()
LIVED = NOW.live(SALARY / 50)
SIZE = LIVED.homes.sample.size
PEOPLE = LIVED.weight * SIZE
HEALTH = LIVED.paid[NOW.setup.health_sector] - LIVED.rebate
ROWS = Recorder(NOW.setup.city, range(2025, 2026))
record_households(ROWS, NOW.setup, NOW.sums, LIVED)
SERIES = {name: values[0] for name, values in ROWS.outcome().series.items()}


def share(name, over):
    return SERIES[name].sum((-2, -1)) / SERIES[over].sum((-2, -1))


@pytest.mark.parametrize("number", range(len(THRESHOLDS)))
def test_catastrophe_is_that_of_the_equation(number):
    means = LIVED.consumption - (LIVED.food if number == 2 else 0.0)
    mass = LIVED.weight if number == 2 else PEOPLE
    wanted = catastrophic(HEALTH, means, LIMITS[number], weights=mass)
    assert wanted.headcount > 0.0
    assert share("catastrophic", "exposed")[number] == pytest.approx(wanted.headcount)
    assert share("overshoot", "exposed")[number] == pytest.approx(wanted.overshoot)


def test_people_and_consumption_are_those_of_the_city():
    residents = NOW.setup.people.residents[0]
    assert SERIES["sampled_people"].sum() == pytest.approx(residents.sum())
    assert SERIES["sampled_people"].sum(0) == pytest.approx(residents.sum(0))
    mean = SERIES["household_spending"].sum() / residents.sum() / 12.0
    level = LIVED.price_level
    wanted = (residents * NOW.setup.city.income.consumption_month).sum() / residents.sum()
    assert mean == pytest.approx(wanted * level, rel=1e-9)


def test_poverty_is_that_of_the_equation():
    line = 12.0 * NOW.setup.calibrated.parameters["poverty_line_month"] * LIVED.price_level
    before = poverty(LIVED.consumption / SIZE, line, PEOPLE)
    after = poverty((LIVED.consumption - HEALTH) / SIZE, line, PEOPLE)
    assert share("poor", "sampled_people") == pytest.approx(before.headcount)
    pushed = after.headcount - before.headcount
    assert share("impoverished", "sampled_people") == pytest.approx(pushed)
    assert share("poverty_gap_added", "sampled_people") == pytest.approx(after.gap - before.gap)
    assert pushed > 0.0


def test_concentration_and_curves_are_those_of_the_equations():
    standard = LIVED.consumption / SIZE
    amounts = {
        "consumption": standard,
        "health": HEALTH / SIZE,
        "learning": (LIVED.paid.sum(0) - LIVED.rebate - HEALTH) / SIZE,
        "catastrophic": np.where(HEALTH - LIMITS[0] * LIVED.consumption > 0.0, 1.0, 0.0),
    }
    for number, name in enumerate(PAYMENTS):
        index = concentration_index(amounts[name], standard, PEOPLE)
        assert SERIES["payment_concentration"][number] == pytest.approx(index, abs=1e-6)
        kakwani = index - gini(standard, PEOPLE)
        assert SERIES["payment_progressivity"][number] == pytest.approx(kakwani, abs=1e-6)
    at = np.arange(1, 11) / 10.0
    for number, name in enumerate(CURVES):
        curve = concentration_curve(amounts[name], standard, at, PEOPLE)
        np.testing.assert_allclose(SERIES["payment_curve"][number], curve, atol=1e-6)


def test_payments_by_sector_add_up_to_the_accounts_less_the_rebate():
    paid = SERIES["household_paid"].sum((1, 2))
    wanted = NOW.sums["place_household"].sum((1, 2))
    wanted[NOW.setup.health_sector] -= SERIES["ceiling_rebate"].sum()
    np.testing.assert_allclose(paid, wanted, rtol=1e-12)
    assert SERIES["ceiling_rebate"].sum() > 0.0


def test_families_of_learners_pay_for_all_learning():
    learning = SERIES["household_paid"][1:].sum()
    assert SERIES["learner_paid"].sum() == pytest.approx(learning)
    assert SERIES["learner_spending"].sum() < SERIES["household_spending"].sum()


def test_nobody_forgoes_care_at_base_year_policy():
    care = SERIES["potential"].sum(1) > 0.0
    unmet = NOW.sums["unmet"][care]
    np.testing.assert_allclose(
        SERIES["forgone"][care], unmet, atol=0.02 * SERIES["potential"].max()
    )


def test_without_a_sample_nothing_is_held_or_recorded():
    recorder = Recorder(NOW.setup.city, range(2025, 2026))
    ledger = Ledger(Accounts.of(NOW.setup.city))
    none = np.zeros((3, 5))
    close_homes(recorder, NOW.setup, NOW.sums, (ledger, None, none), Month.of(2025, 12))
    assert not recorder.outcome().series["sampled_people"].any()


def test_a_dearer_own_share_brings_more_hardship():
    dearer = replace(LIVED, paid=LIVED.paid * 1.5)
    other = Recorder(NOW.setup.city, range(2025, 2026))
    record_households(other, NOW.setup, NOW.sums, dearer)
    more = other.outcome().series["catastrophic"][0].sum((1, 2))
    assert np.all(more > SERIES["catastrophic"].sum((1, 2)))


def test_every_year_of_a_trial_is_recorded():
    series = outcome().series
    for name in ("sampled_people", "catastrophic", "household_paid", "payment_curve"):
        assert np.all(series[name].reshape(4, -1).sum(1) > 0.0)
