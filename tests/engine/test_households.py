"""A year of the sample: raked to what cells paid, capped at the ceiling, equal to the ledger."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.engine.households import attending, check_homes, live, pay_back, rake, within
from pricing.engine.simulate import simulate
from pricing.world.accounts import Accounts
from pricing.world.ledger import Ledger
from tests.builders import cell, toy_city
from tests.engine import small
from tests.engine.lived import SALARY, outcome, peopled, year

DECEMBER = Month.of(2025, 12)


def test_the_sample_is_lived_in_december_only():
    now = year()
    assert live(now.homes, now.setup, now.sums, Month.of(2025, 11), SALARY) is None
    assert live(None, now.setup, now.sums, DECEMBER, SALARY) is None


def test_households_add_up_to_every_cell_and_sector():
    now = year()
    lived = now.live()
    wanted = now.sums["place_household"].reshape(3, -1)
    np.testing.assert_allclose(lived.by_cell(lived.paid), wanted, rtol=1e-12)
    assert lived.paid.min() >= 0.0


def test_before_raking_most_cells_are_near():
    cells, near = within(year().live().factors)
    assert cells == 45
    assert near / cells >= 0.95


def test_insured_quintiles_pay_as_the_market_says_class_by_class():
    """Mean payments of members by class follow the market's, which the raking does not know."""
    now = year()
    lived = now.live()
    factors = lived.factors[now.setup.health_sector]
    assert np.nanstd(factors) < 0.06
    assert np.nanmean(factors) == pytest.approx(1.0, abs=0.02)


@given(st.integers(0, 3))
def test_raking_meets_any_totals(empty):
    homes = year().homes
    weight = homes.sample.weight
    raw = np.ones((2, weight.size)) * (homes.sample.cell % 5 != empty)
    totals = np.arange(1.0, 31.0).reshape(2, 3, 5)
    paid, factors = rake(homes, weight, raw, totals)
    np.testing.assert_allclose(homes.sample.by_cell(weight * paid), totals.reshape(2, -1))
    nobody = np.arange(15) % 5 == empty
    assert np.all(np.isnan(factors[:, nobody]))
    assert np.all(np.isfinite(factors[:, ~nobody]))
    assert within(factors)[0] == 30


def test_a_cell_that_pays_nothing_is_not_counted():
    homes = year().homes
    raw = np.ones((1, homes.sample.weight.size))
    paid, factors = rake(homes, homes.sample.weight, raw, np.zeros((1, 3, 5)))
    assert not paid.any()
    assert within(factors) == (0, 0)


def test_learners_are_met_to_the_last_one_and_each_learns_at_most_all_year():
    homes = year().homes
    need, pool = next(iter(homes.sample.pools.items()))
    mass = homes.sample.weight[pool.household]
    held: Array = np.bincount(pool.cell, mass, 15).astype(np.float64)
    for part in (0.0, 0.37, 1.0, 1.4):
        share = attending(pool, homes.sample.weight, part * held)
        assert share.min() >= 0.0
        assert share.max() <= 1.0
        met = np.bincount(pool.cell, mass * share, 15)
        np.testing.assert_allclose(met, np.minimum(part, 1.0) * held, atol=1e-6)
        partly = np.bincount(pool.cell, (share > 0.0) & (share < 1.0), 15)
        assert partly.max() <= 1
    assert need in homes.sample.pools


def test_a_lower_ceiling_pays_back_more_and_never_more_than_was_paid():
    now = year()
    health = now.setup.health_sector
    before = np.zeros(now.homes.sample.weight.size)
    for salary in (SALARY, SALARY / 20, SALARY / 200, 0.0):
        lived = now.live(salary)
        assert np.all(lived.rebate >= before - 1e-9)
        assert np.all(lived.rebate <= lived.paid[health] * (1.0 + 1e-12))
        before = lived.rebate
    assert before.sum() > 0.0


def test_only_members_of_five_years_are_capped():
    now = year()
    none = replace(now.homes, is_tenured=np.zeros_like(now.homes.is_tenured))
    lived = live(none, now.setup, now.sums, DECEMBER, 0.0)
    assert lived is not None
    assert not lived.rebate.any()


def test_the_uninsured_get_nothing_back():
    now = year()
    lived = now.live(0.0)
    uncovered = now.setup.calibrated.fits[0].rules.uncovered
    everybody = np.full(now.homes.is_tenured.size, uncovered)
    without = replace(now.homes, classes={2025: everybody})
    alone = live(without, now.setup, now.sums, DECEMBER, 0.0)
    assert alone is not None
    assert lived.rebate.sum() > 0.0
    assert not alone.rebate.any()


def test_the_ledger_takes_what_the_sample_is_paid_back_and_differences_are_found():
    now = year()
    lived = now.live(SALARY / 50)
    ledger = Ledger(Accounts.of(now.setup.city))
    rebate = pay_back(lived, now.setup, ledger)
    paid = lived.by_cell(lived.paid.sum(0)).reshape(3, 5).sum(0)
    ledger.post("household", "suppliers", "self_treatment", paid)
    ledger.close_month(DECEMBER)
    check_homes(lived, ledger, DECEMBER, rebate)
    assert ledger.receipts("ceiling_rebate", 2025, "household").sum() > 0.0
    with pytest.raises(InvariantError, match="ceiling rebate"):
        check_homes(lived, ledger, DECEMBER, rebate * (1.0 + 1e-6))
    wrong = replace(lived, paid=lived.paid * (1.0 + 1e-6))
    with pytest.raises(InvariantError, match="household sample"):
        check_homes(wrong, ledger, DECEMBER, rebate)
    assert not pay_back(None, now.setup, ledger).any()


def test_a_trial_with_the_sample_moves_nothing_but_the_rebate():
    """What the market does is the same to the last digit; claims rise by the rebate only."""
    short = replace(small.scenario("base"), horizon=(2025, 2028))
    plain = simulate(toy_city(), short, small.calibrated(), small.trial("base"))
    lived = outcome()
    rebate = lived.series["ceiling_rebate"].sum((1, 2))
    for name in ("volume", "payment", "outlay", "people", "funding", "revenue", "contribution"):
        np.testing.assert_array_equal(plain.series[name], lived.series[name])
    assert not plain.series["sampled_people"].any()
    np.testing.assert_allclose(lived.series["claims"] - plain.series["claims"], rebate, atol=1.0)
    gone = plain.series["out_of_pocket"] - lived.series["out_of_pocket"]
    np.testing.assert_allclose(gone.sum((1, 2, 3)), rebate, atol=1.0)


LOW = cell("laws.csv", "value", 0.02, rule="insurance_own_share_ceiling")


def low_trial():
    """A trial in which the ceiling is low, so that many are paid back."""
    city = replace(toy_city(LOW), households=peopled().households)
    short = replace(small.scenario("base"), horizon=(2025, 2026))
    return simulate(city, short, small.calibrated(LOW), small.trial("base"))


def test_a_low_ceiling_pays_back_in_sample_fund_and_months_alike():
    found = low_trial()
    series, months = found.series, found.months
    rebate = series["ceiling_rebate"].sum((1, 2))
    assert np.all(rebate > 0.0)
    claims = months["claims_month"].reshape(2, 12).sum(1)
    np.testing.assert_allclose(claims, series["claims"], rtol=1e-12)
    spent = months["out_of_pocket_month"].reshape(2, 12).sum(1)
    np.testing.assert_allclose(spent, series["out_of_pocket"].sum((1, 2, 3)), rtol=1e-9)


@pytest.mark.parametrize("factor", [0.0, 2.0], ids=["dropped", "doubled"])
def test_a_dropped_or_doubled_rebate_stops_the_trial(monkeypatch, factor):
    post = Ledger.post

    def wrong(self, payer, payee, what, amounts):
        moved = factor if what == "ceiling_rebate" else 1.0
        post(self, payer, payee, what, np.asarray(amounts) * moved)

    monkeypatch.setattr(Ledger, "post", wrong)
    with pytest.raises(InvariantError, match="2025-12"):
        low_trial()
