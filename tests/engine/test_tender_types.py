"""Bidders of several types in the laboratory: who wins and who earns, beside the equilibrium."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.tender import laboratory
from pricing.equations.auction_types import BidderType
from tests.tenders import INCUMBENT, tender_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return tender_study(tmp_path_factory.mktemp("tender"), ("[default]", INCUMBENT))


@pytest.fixture(scope="module")
def found(study):
    return laboratory(study)


def test_simulation_lies_near_the_equilibrium(found):
    for case in found.cases:
        for one in case.figures:
            if np.isfinite(one.z):
                assert abs(one.z) < 4.0, (case.number, one)


@pytest.mark.parametrize("rule", ["first", "second"])
def test_somebody_wins_or_the_tender_fails(found, rule):
    for case in found.cases:
        wins = [case.figure(f"{rule}_wins_{name}") for name in found.study.types(case.number)]
        failure = case.figure("failure")
        assert sum(one.expected for one in wins) + failure.expected == pytest.approx(1.0, abs=1e-6)
        assert sum(one.simulated for one in wins) + failure.simulated == pytest.approx(1.0)


@pytest.mark.parametrize("rule", ["first", "second"])
def test_rents_of_the_types_are_the_winner_s(found, rule):
    for case in found.cases:
        earned = [case.figure(f"{rule}_rent_{name}") for name in found.study.types(case.number)]
        award = 1.0 - case.figure("failure").simulated
        rent = case.figure(f"{rule}_rent").simulated
        assert sum(one.simulated for one in earned) == pytest.approx(rent * award)


def test_an_incumbent_like_the_others_is_one_bidder_more(study):
    alike = replace(study, others={"incumbent": BidderType(costs=study.costs, count=1)})
    (types,) = laboratory(replace(alike, numbers=(2,))).cases
    (symmetric,) = laboratory(replace(study, others={}, numbers=(3,))).cases
    for measure in ("first_price", "second_price", "winning_cost", "failure", "single_bid"):
        expected = symmetric.figure(measure).expected
        assert types.figure(measure).expected == pytest.approx(expected, rel=1e-4), measure
    assert types.figure("first_wins_incumbent").expected == pytest.approx(
        (1.0 - symmetric.figure("failure").expected) / 3.0, rel=1e-4
    )


def test_the_incumbent_has_the_same_luck_whatever_the_number_of_the_others(study):
    alone = replace(study, numbers=(1, 4), ceiling=200.0)
    few, many = laboratory(alone).cases
    assert few.figure("second_wins_incumbent").simulated > 0.0
    assert (
        few.figure("second_wins_incumbent").simulated
        > many.figure("second_wins_incumbent").simulated
    )


def test_who_cannot_bid_does_not_and_the_sole_bidder_is_paid_the_ceiling(study):
    (case,) = laboratory(replace(study, numbers=(2,), ceiling=79.0)).cases
    assert case.figure("first_price").expected == pytest.approx(79.0)
    assert case.prices == pytest.approx(np.full(case.prices.shape, 79.0))
    assert case.figure("first_wins_usual").simulated == 0.0
    assert case.figure("failure").expected == pytest.approx(31.0 / 35.0)


def test_the_curve_holds_the_numbers_of_the_file_in_order(study):
    found = laboratory(replace(study, numbers=(4, 1)))
    assert found.curve.number.tolist() == [1, 4]
    assert found.curve.price[0] == found.cases[1].figure("first_price").expected
    assert found.curve.default is None


def test_what_the_file_leaves_out_is_not_told(study):
    (case,) = laboratory(replace(study, numbers=(2,), shock=None, low_rule=None)).cases
    assert not case.has("default")
    assert not case.has("below_mean")
