"""Expected outcomes: what auction theory says of every tender, and closed forms."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations import auction_outcomes
from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import Bidders, known_number
from pricing.equations.auction_costs import Beta, Uniform
from pricing.equations.auction_outcomes import (
    buyer_surplus,
    expected_outcome,
    expected_outcome_announced,
    winner_mean,
)
from tests.equations.auctions import (
    betas,
    bidders,
    ceilings,
    distributions,
    log_concave,
    tender,
    tenders,
)

UNIT = Uniform(lo=0.0, hi=1.0)


@given(tenders)
def test_revenue_is_equivalent(subject):
    second = expected_outcome(subject).price
    assert winner_mean(subject, lambda cost, bid: bid) == pytest.approx(second, rel=1e-5)


@given(tenders)
def test_the_winners_cost_is_the_lowest(subject):
    expected = expected_outcome(subject)
    mean = winner_mean(subject, lambda cost, bid: cost)
    assert mean == pytest.approx(expected.winning_cost, rel=1e-5)


@given(tenders)
def test_the_parts_of_an_outcome_agree(subject):
    outcome = expected_outcome(subject)
    award = 1.0 - outcome.failure_probability
    assert outcome.payment == pytest.approx(outcome.price * award, rel=1e-9)
    assert outcome.winner_rent == pytest.approx(outcome.price - outcome.winning_cost, rel=1e-9)
    assert outcome.saving_rate == pytest.approx(1.0 - outcome.price / subject.ceiling, abs=1e-12)
    assert subject.costs.lo <= outcome.winning_cost <= outcome.price
    assert outcome.price <= subject.ceiling * (1.0 + 1e-12)
    assert outcome.variance_first_price <= outcome.variance_second_price + 1e-9
    assert outcome.deviation_first_price**2 == pytest.approx(outcome.variance_first_price)
    assert outcome.deviation_second_price**2 == pytest.approx(outcome.variance_second_price)


@given(distributions, ceilings, st.integers(1, 12))
def test_another_bidder_lowers_price_and_failures(costs, ceiling, number):
    fewer, more = (expected_outcome(tender(costs, n, ceiling)) for n in (number, number + 1))
    assert more.price < fewer.price
    assert more.failure_probability <= fewer.failure_probability
    assert more.winning_cost < fewer.winning_cost


@given(log_concave, ceilings, st.integers(1, 12))
def test_another_bidder_lowers_the_rent_where_costs_are_log_concave(costs, ceiling, number):
    fewer, more = (expected_outcome(tender(costs, n, ceiling)) for n in (number, number + 1))
    assert more.winner_rent < fewer.winner_rent


def test_another_bidder_can_raise_the_rent_where_they_are_not():
    costs = Beta(a=5.0, b=0.3, lo=80.0, hi=120.0)
    rents = [expected_outcome(tender(costs, n, 120.0)).winner_rent for n in (1, 2, 4, 8)]
    assert rents == sorted(rents)
    assert rents[3] > 1.5 * rents[0]


@given(tenders, st.floats(0.1, 30.0))
def test_a_higher_ceiling_fails_less_often(subject, rise):
    higher = replace(subject, ceiling=subject.ceiling + rise)
    low, high = (expected_outcome(t).failure_probability for t in (subject, higher))
    assert high <= low


@given(betas, bidders, ceilings, st.floats(0.01, 100.0))
def test_money_may_be_counted_in_any_unit(costs, law, ceiling, scale):
    subject = Tender(costs=costs, bidders=law, ceiling=ceiling)
    wide = replace(costs, lo=costs.lo * scale, hi=costs.hi * scale)
    scaled = expected_outcome(replace(subject, costs=wide, ceiling=ceiling * scale))
    outcome = expected_outcome(subject)
    assert scaled.price == pytest.approx(scale * outcome.price, rel=1e-9)
    assert scaled.saving_rate == pytest.approx(outcome.saving_rate, abs=1e-9)
    deviation = scale * outcome.deviation_second_price
    assert scaled.deviation_second_price == pytest.approx(deviation, rel=1e-6, abs=1e-6 * scale)


@pytest.mark.parametrize("number", [1, 2, 5, 40])
@pytest.mark.parametrize("ceiling", [0.01, 0.4, 1.0])
def test_uniform_costs_have_a_closed_form(number, ceiling):
    outcome = expected_outcome(tender(UNIT, number, ceiling))
    above = 1.0 - ceiling
    paid = 2.0 * (1.0 - above**number * (1.0 + number * ceiling)) / (number + 1.0)
    if number > 1:
        assert outcome.payment == pytest.approx(paid, rel=1e-9)
    else:
        assert outcome.payment == pytest.approx(ceiling**2, rel=1e-12)
    assert outcome.failure_probability == pytest.approx(above**number, abs=1e-15)


def test_a_ceiling_above_all_costs_pays_only_who_bids_alone():
    costs = Uniform(lo=80.0, hi=120.0)
    assert expected_outcome(tender(costs, 3, 500.0)).price == pytest.approx(100.0)
    assert expected_outcome(tender(costs, 1, 500.0)).price == pytest.approx(500.0)
    mixed = Tender(costs=costs, bidders=Bidders(chances=(0.0, 0.5, 0.0, 0.5)), ceiling=500.0)
    outcome = expected_outcome(mixed)
    assert outcome.price == pytest.approx(300.0)
    # within: variance of the second lowest of three (80); between: two prices 400 apart
    assert outcome.variance_second_price == pytest.approx(0.5 * 80.0 + 200.0**2)


@given(tenders)
def test_announcing_the_number_spreads_first_prices_only(subject):
    unknown, announced = expected_outcome(subject), expected_outcome_announced(subject)
    spread = announced.variance_first_price
    assert replace(announced, variance_first_price=unknown.variance_first_price) == unknown
    assert spread >= unknown.variance_first_price - 1e-5
    assert spread <= unknown.variance_second_price + 1e-5


def test_announcing_a_known_number_changes_nothing():
    subject = tender(UNIT, 3, 0.7)
    assert expected_outcome_announced(subject).variance_first_price == pytest.approx(
        expected_outcome(subject).variance_first_price, rel=1e-9
    )


@pytest.mark.parametrize("number", [0, 3])
def test_a_tender_that_must_fail_is_an_outcome(number):
    subject = tender(Uniform(lo=80.0, hi=120.0), number, 110.0 if number == 0 else 70.0)
    for outcome in (expected_outcome(subject), expected_outcome_announced(subject)):
        assert (outcome.failure_probability, outcome.payment) == (1.0, 0.0)
        assert np.isnan([outcome.price, outcome.winner_rent, outcome.deviation_first_price]).all()
    assert np.isnan(winner_mean(subject, lambda cost, bid: bid))
    assert buyer_surplus(expected_outcome(subject), 200.0) == 0.0


def test_the_buyer_keeps_value_less_payment():
    outcome = expected_outcome(tender(UNIT, 2, 0.5))
    assert buyer_surplus(outcome, 2.0) == pytest.approx(2.0 * 0.75 - outcome.payment)


def test_outcomes_are_cached():
    subject = tender(UNIT, 7, 0.77)
    assert auction_outcomes.expected_outcome(subject) is expected_outcome(
        Tender(costs=Uniform(lo=0, hi=1), bidders=known_number(7), ceiling=0.77)
    )
