"""The contract laboratory: equilibrium and simulation side by side."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.draws import Draws
from pricing.engine.tender import Laboratory, laboratory
from pricing.equations.auction_costs import Uniform
from pricing.equations.auction_default import Shock
from pricing.equations.auction_outcomes import expected_outcome, expected_outcome_announced
from pricing.scenario.tender import LowRule, TenderStudy
from tests.tenders import tender_study

TEXTBOOK = TenderStudy(
    name="textbook",
    title={"vi": "a", "en": "b"},
    costs=Uniform(lo=0.0, hi=1.0),
    ceiling=1.0,
    numbers=(2, 4),
    turnout=1.0,
    announced=False,
    others={},
    shock=None,
    low_rule=None,
    simulated=4_000,
    seed=3,
    content_hash="",
)


def expected(found: Laboratory, number: int, measure: str) -> float:
    (case,) = [case for case in found.cases if case.number == number]
    return case.figure(measure).expected


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return laboratory(tender_study(tmp_path_factory.mktemp("tender")))


@pytest.mark.parametrize("number", TEXTBOOK.numbers)
def test_the_equilibrium_is_the_textbook_s(number):
    told = laboratory(TEXTBOOK)
    assert expected(told, number, "first_price") == pytest.approx(2 / (number + 1))
    assert expected(told, number, "second_price") == pytest.approx(2 / (number + 1))
    assert expected(told, number, "winning_cost") == pytest.approx(1 / (number + 1))
    assert expected(told, number, "first_rent") == pytest.approx(1 / (number + 1))
    assert expected(told, number, "first_saving") == pytest.approx(1 - 2 / (number + 1))
    assert expected(told, number, "failure") == pytest.approx(0.0, abs=1e-12)


def test_simulation_lies_near_the_equilibrium(found):
    for case in found.cases:
        for one in case.figures:
            if np.isfinite(one.z):
                assert abs(one.z) < 4.0, (case.number, one)


def test_a_figure_that_never_varies_is_met_exactly(found):
    alone = found.cases[0]
    assert alone.number == 1
    for measure in ("first_price", "first_price_sd", "second_price", "second_price_sd"):
        one = alone.figure(measure)
        assert one.simulated == pytest.approx(one.expected, abs=1e-9)
        assert np.isnan(one.z)


def test_a_single_bidder_fails_as_often_as_his_cost_exceeds_the_ceiling(found):
    assert expected(found, 1, "failure") == pytest.approx(0.25)
    assert expected(found, 1, "single_bid") == pytest.approx(0.75)
    assert expected(found, 3, "single_bid") == pytest.approx(3 * 0.75 * 0.25**2)


def test_equal_seeds_give_equal_tenders_and_other_seeds_do_not():
    one, same, other = (laboratory(replace(TEXTBOOK, seed=seed)) for seed in (3, 3, 4))
    assert np.array_equal(one.cases[0].prices, same.cases[0].prices)
    assert not np.array_equal(one.cases[0].prices, other.cases[0].prices)


def test_bidders_have_the_same_luck_whatever_their_number():
    few, many = laboratory(TEXTBOOK).cases
    cost = Draws(TEXTBOOK.seed, 0).table("tender", (TEXTBOOK.simulated, 5))[:, 1:]
    for case in (few, many):
        lowest = cost[:, : case.number].min(axis=1)
        assert case.figure("winning_cost").simulated == pytest.approx(lowest.mean())


def test_standard_errors_are_those_of_the_sample():
    case = laboratory(TEXTBOOK).cases[0]
    price = case.figure("first_price")
    assert price.simulated == pytest.approx(case.prices.mean())
    assert price.error == pytest.approx(case.prices.std(ddof=1) / np.sqrt(len(case.prices)))
    spread = case.figure("first_price_sd")
    assert spread.simulated == pytest.approx(case.prices.std(ddof=1))
    samples = Draws(1, 0).table("resample", (400, len(case.prices)))
    chosen = case.prices[(samples * len(case.prices)).astype(int)]
    assert spread.error == pytest.approx(chosen.std(axis=1).std(), rel=0.15)


def test_what_the_file_leaves_out_is_not_told(found):
    bare = laboratory(TEXTBOOK)
    assert not bare.cases[0].has("default")
    assert not bare.cases[0].has("below_mean")
    assert bare.curve.default is None
    assert found.cases[0].has("option_default")


def test_without_a_bond_nobody_counts_on_losing_it(tmp_path):
    told = laboratory(tender_study(tmp_path, ("bond       = 3", "bond = 0")))
    assert told.cases[1].has("default")
    assert not told.cases[1].has("option_default")


def test_a_bond_that_is_dear_keeps_winners_to_their_word(tmp_path):
    told = laboratory(tender_study(tmp_path, ("bond       = 3", "bond = 60")))
    for measure in ("default", "option_default"):
        assert told.cases[1].figure(measure).simulated == 0.0
        assert expected(told, 3, measure) < 1e-9


def test_counting_on_walking_away_lowers_bids_and_raises_defaults(found):
    case = found.cases[1]
    assert case.figure("option_price").simulated < case.figure("first_price").simulated
    assert expected(found, 3, "option_default") > expected(found, 3, "default")


def test_abnormally_low_winners_are_those_of_the_bids():
    study = replace(TEXTBOOK, numbers=(2,), low_rule=LowRule(ratio=0.9, deviations=0.5))
    (case,) = laboratory(study).cases
    cost = Draws(study.seed, 0).table("tender", (study.simulated, 3))[:, 1:]
    bid = (1.0 + cost) / 2.0
    low, high = bid.min(axis=1), bid.max(axis=1)
    assert case.figure("below_others").simulated == (low < 0.9 * high).mean()
    assert case.figure("below_mean").simulated == (low < 0.9 * (low + high) / 2.0).mean()
    # The lower of two lies 0.71 sample deviations below their mean, whatever they are.
    assert case.figure("below_spread").simulated == 1.0
    assert np.isnan(case.figure("below_mean").expected)


@pytest.mark.parametrize("announced", [False, True])
def test_bidders_who_may_stay_away(announced):
    study = replace(
        TEXTBOOK,
        turnout=0.6,
        announced=announced,
        shock=Shock(deviation=0.1, bond=0.02),
        low_rule=LowRule(ratio=0.85, deviations=1.0),
    )
    wanted = expected_outcome_announced if announced else expected_outcome
    for case in laboratory(study).cases:
        outcome = wanted(study.tender(case.number))
        assert case.figure("first_price").expected == outcome.price
        assert case.figure("first_price_sd").expected == outcome.deviation_first_price
        assert case.figure("failure").expected == pytest.approx(0.4**case.number)
        assert case.has("option_default") is not announced
        for one in case.figures:
            assert not abs(one.z) > 4.0, one


def test_a_tender_that_nobody_meets_has_no_price():
    study = replace(TEXTBOOK, ceiling=1e-5, simulated=100, shock=Shock(deviation=1.0, bond=0.5))
    for case in laboratory(study).cases:
        assert case.figure("failure").simulated == 1.0
        assert np.isnan(case.figure("first_price").simulated)
        assert case.figure("first_payment").simulated == 0.0
        assert np.isnan(case.figure("default").simulated)


def test_the_curve_goes_through_the_cases(found):
    at = {int(number): place for place, number in enumerate(found.curve.number)}
    for case in found.cases:
        place = at[case.number]
        assert found.curve.price[place] == case.figure("first_price").expected
        assert found.curve.cost[place] == case.figure("winning_cost").expected
        assert found.curve.failure[place] == case.figure("failure").expected
        assert found.curve.default is not None
        assert found.curve.default[place] == case.figure("default").expected


@given(
    number=st.integers(1, 12),
    ceiling=st.floats(0.01, 3.0),
    turnout=st.floats(0.05, 1.0),
    announced=st.booleans(),
    bond=st.floats(0.0, 2.0),
)
def test_any_tender_has_figures_that_make_sense(number, ceiling, turnout, announced, bond):
    study = replace(
        TEXTBOOK,
        numbers=(number,),
        ceiling=ceiling,
        turnout=turnout,
        announced=announced,
        shock=Shock(deviation=0.1, bond=bond),
        simulated=100,
    )
    (case,) = laboratory(study).cases
    rounding = 1.0 + 1e-12
    assert 0.0 <= case.figure("failure").expected <= rounding
    for rule in ("first", "second"):
        price = case.figure(f"{rule}_price").expected
        assert case.figure("winning_cost").expected <= price * rounding <= ceiling * rounding**2
        assert case.figure(f"{rule}_payment").expected <= price * rounding
    assert 0.0 <= case.figure("default").expected <= rounding
    drawn = case.figure("first_price").simulated
    assert np.isnan(drawn) or drawn <= ceiling * rounding
