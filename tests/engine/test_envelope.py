"""Budgets under envelopes: what is paid, owed, postponed, worn; no money disappears."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pricing.base.errors import InvariantError
from pricing.engine.envelope import under_envelope
from pricing.instruments._registry import instrument_kinds
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Scenario
from pricing.world.accounts import LINES
from pricing.world.ledger import Ledger
from pricing.world.recorder import Outcome
from tests.acceptance.toy import STUDY, closed_months, run, same, shipped
from tests.builders import toy_city

HORIZON = (2025, 2029)
CUT = {"2027": 0.1}
CAPITAL, GRANT = LINES.index("capital"), LINES.index("recurrent_grant")


def with_envelope(keys: Mapping[str, object], base: str = "base", last: int = 2029) -> Scenario:
    scenario = shipped(base, (2025, last))
    model = instrument_kinds()["envelope"].model_validate({"kind": "envelope", **keys})
    return replace(scenario, instruments={**scenario.instruments, "cap": model})


@cache
def usual() -> Outcome:
    return run(shipped("base", HORIZON))


@cache
def cut() -> Outcome:
    return run(with_envelope({"cut": CUT}))


@cache
def without(link: str) -> Outcome:
    return run(with_envelope({"cut": CUT, "links": {link: False}}))


def outlay(outcome: Outcome, line: int) -> float:
    """Outlay of the last year on a line by the levels that have an envelope, VND."""
    return float(outcome.series["outlay"][-1, :, line, 1:].sum())


def condition(outcome: Outcome, of: str, over: str) -> float:
    return float(outcome.series[of][-1].sum() / outcome.series[over][-1].sum())


def age(outcome: Outcome) -> float:
    return condition(outcome, "asset_age", "asset_value")


def quality(outcome: Outcome) -> float:
    return condition(outcome, "quality_value", "quality_weight")


def arrears(outcome: Outcome) -> float:
    return float(outcome.series["budget_arrears"][-1].sum())


def test_an_envelope_that_is_never_short_changes_only_what_it_records():
    wide = run(with_envelope({"amount": {"city": {"2027": 1e15}, "commune": {"2027": 1e15}}}))
    for name, values in usual().series.items():
        if name not in ("envelope_cap", "obligation"):
            np.testing.assert_allclose(wide.series[name], values, rtol=1e-12, err_msg=name)
    assert wide.series["envelope_cap"][-1] == pytest.approx([0.0, 1e15, 1e15])


def test_nothing_happens_before_its_first_day():
    for name, values in usual().series.items():
        np.testing.assert_array_equal(cut().series[name][:2], values[:2], err_msg=name)


def test_a_cut_spends_no_more_than_the_envelope_and_owes_the_rest():
    series = cut().series
    spent = series["outlay"][2:, :, :, 1:].sum((1, 2))
    assert np.all(spent <= series["envelope_cap"][2:, 1:] * (1.0 + 1e-9))
    assert np.all(series["obligation"][2:].sum(1)[:, 1:] > series["envelope_cap"][2:, 1:])
    owed = series["budget_arrears"].sum((1, 2))
    assert owed[1] == 0.0
    assert np.all(np.diff(owed[1:]) > 0.0)


def test_capital_goes_first_and_entitlements_last():
    assert outlay(cut(), CAPITAL) == pytest.approx(0.0, abs=1.0)
    assert 0.0 < outlay(cut(), GRANT) < outlay(usual(), GRANT)
    for line in ("tuition_replacement", "check_up", "premium_subsidy"):
        paid, whole = (outlay(one, LINES.index(line)) for one in (cut(), usual()))
        assert paid == pytest.approx(whole, rel=0.01), line


def test_in_proportion_every_line_is_cut_by_the_same_share():
    series = run(with_envelope({"cut": CUT, "rule": "proportional"})).series
    lines = [LINES.index(name) for name in ("capital", "recurrent_grant", "tuition_replacement")]
    paid = series["outlay"][2, :, lines, 1].sum(-1)
    share = paid / series["obligation"][2, lines, 1]
    np.testing.assert_allclose(share, share[0], rtol=0.02)
    assert share[0] < 0.95


def test_the_chain_runs_from_money_to_use():
    assert arrears(cut()) > 0.0
    assert cut().series["units_cash"][-1].sum() < usual().series["units_cash"][-1].sum()
    assert cut().series["unit_arrears"][-1].sum() > usual().series["unit_arrears"][-1].sum()
    assert age(cut()) > age(usual())
    assert quality(cut()) < quality(usual())
    assert cut().series["volume"][-1].sum() < usual().series["volume"][-1].sum()


def test_each_link_that_is_cut_stops_what_comes_behind_it():
    assert arrears(without("cash")) == 0.0
    assert age(without("cash")) == pytest.approx(age(cut()), rel=1e-4)
    assert age(without("assets")) == pytest.approx(age(usual()), rel=1e-4)
    assert arrears(without("assets")) == pytest.approx(arrears(cut()), rel=1e-3)
    assert quality(cut()) < min(quality(without("cash")), quality(without("assets")))
    assert quality(without("quality")) == pytest.approx(quality(usual()), rel=1e-6)
    assert quality(without("use")) == pytest.approx(quality(cut()), rel=1e-3)
    for link in ("quality", "use"):
        volume = without(link).series["volume"][-1]
        np.testing.assert_allclose(volume, usual().series["volume"][-1], rtol=1e-9)
        assert arrears(without(link)) > 0.0


def test_one_more_dong_goes_where_the_gradient_says():
    extra = 1e6
    keys = {"cut": CUT, "rule": "proportional"}
    more = run(with_envelope({**keys, "extra": {"2027": extra}})).series
    less = run(with_envelope(keys)).series
    gained = (more["outlay"] - less["outlay"])[2].sum(0)[:, 1] / extra
    marginal = less["envelope_marginal"][2, :, 1]
    assert marginal.sum() == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_allclose(gained, marginal, atol=0.02)


def test_savings_buy_premiums_and_prevention_and_return_the_rest():
    amount = {"amount": {"city": {"2027": 9e11}}, "levels": ["city"]}
    shares = {"envelope": 0.2, "premium": 0.5, "prevention": 0.3}
    plain = run(with_envelope(amount)).series
    given = run(with_envelope({**amount, "recycling": shares})).series
    gained = (given["outlay"] - plain["outlay"])[2].sum((0, 2))
    premium, other = (gained[LINES.index(name)] for name in ("premium_subsidy", "other_health"))
    assert premium > 0.0
    contributed = (given["contribution"] - plain["contribution"])[2]
    np.testing.assert_allclose(contributed, [-premium, 0.0, premium], rtol=1e-6)
    assert contributed[0] + plain["contribution"][2, 0] >= -1.0
    # households' contributions limit the premiums that can be bought, not the prevention
    saved = plain["envelope_cap"][2, 1] - plain["obligation"][2, :, 1].sum()
    assert other == pytest.approx(0.3 * saved, rel=0.01)
    assert premium <= 0.5 * saved * (1.0 + 1e-6)


def test_what_was_owed_is_paid_when_the_envelope_ends():
    short = run(with_envelope({"cut": CUT, "until": "2027-12-31"}, last=2028)).series
    owed = short["budget_arrears"].sum((1, 2))
    assert owed[2] > 0.0
    assert owed[3] == pytest.approx(0.0, abs=1.0)


def test_orders_per_pupil_can_be_cut_too():
    series = run(with_envelope({"cut": {"2027": 0.6}}, base="full_cost_2030")).series
    line = LINES.index("per_pupil_payment")
    assert series["outlay"][-1, :, line].sum() < 0.9 * series["obligation"][-1, line].sum()


@pytest.mark.parametrize("factor", [0.0, 2.0], ids=["dropped", "doubled"])
@pytest.mark.parametrize("purpose", ["budget_arrears", "recurrent_grant", "capital"])
def test_a_posting_lost_or_made_twice_stops_the_trial(monkeypatch, purpose, factor):
    post = Ledger.post

    def wrong(self, payer, payee, what, amounts):
        post(self, payer, payee, what, np.asarray(amounts) * (factor if what == purpose else 1.0))

    monkeypatch.setattr(Ledger, "post", wrong)
    with pytest.raises(InvariantError, match=r"20\d\d-\d\d: off by"):
        run(with_envelope({"cut": CUT, "until": "2027-12-31"}, last=2028))


def test_arrears_that_are_forgotten_stop_the_trial(monkeypatch):
    def forgetful(setup, levers, after, flows):
        found = under_envelope(setup, levers, after, flows)
        return replace(found, envelope=replace(found.envelope, owed=0.9 * found.envelope.owed))

    monkeypatch.setattr("pricing.engine.market.under_envelope", forgetful)
    with pytest.raises(InvariantError, match=r"budget arrears\[\d+\] does not add up in 2027-01"):
        run(with_envelope({"cut": {"2027": 0.4}}))


def test_every_months_envelope_divides_over_lines_and_savings(monkeypatch):
    with closed_months(monkeypatch) as seen:
        run(with_envelope({"cut": CUT}, last=2027))
    months = [(one, one.flows.envelope) for one in seen if one.flows.envelope is not None]
    assert len(months) == 12
    for one, found in months:
        before = one.before.envelope.saved * (one.month.number > 1)
        paid = (found.share * found.due).sum(0) + found.repaid.sum(1)
        spent = paid + found.premium + found.prevention + found.saved
        available = found.cap + before
        np.testing.assert_allclose(spent[1:], available[1:], rtol=1e-9)


def test_equal_scenarios_are_equal_and_a_larger_cut_owes_more():
    assert same(run(with_envelope({"cut": CUT})), cut())
    assert arrears(run(with_envelope({"cut": {"2027": 0.2}}))) > arrears(cut())


def test_lots_under_contract_are_paid_before_all_that_may_be_cut():
    scenario = replace(load_scenario(STUDY / "contracts.toml", toy_city()), horizon=(2025, 2027))
    model = instrument_kinds()["envelope"].model_validate({"kind": "envelope", "cut": CUT})
    plain = run(scenario)
    short = run(replace(scenario, instruments={**scenario.instruments, "cap": model}))
    lots = LINES.index("lots")
    assert short.series["obligation"][-1, lots].sum() > 0.0
    assert outlay(short, lots) == pytest.approx(outlay(plain, lots), rel=0.02)
    assert outlay(short, CAPITAL) < outlay(plain, CAPITAL)
