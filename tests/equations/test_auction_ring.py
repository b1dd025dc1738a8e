"""A ring costs the buyer: all of the competition, or what its members would have added."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import Bidders
from pricing.equations.auction_costs import Uniform
from pricing.equations.auction_outcomes import expected_outcome
from pricing.equations.auction_ring import Ring, ring_outcome
from tests.equations.auctions import DECLARED, tender, tenders

chances = st.floats(0.0, 1.0)


@given(tenders, chances)
def test_a_ring_of_all_is_paid_the_ceiling(subject, chance):
    honest = expected_outcome(subject)
    outcome = ring_outcome(subject, Ring(members=50, chance=chance))
    expected = chance * subject.ceiling + (1.0 - chance) * honest.price
    assert outcome.price == pytest.approx(expected, rel=1e-9)


@given(tenders, chances)
def test_a_ring_of_one_is_competition(subject, chance):
    outcome = ring_outcome(subject, Ring(members=1, chance=chance))
    honest = expected_outcome(subject)
    assert outcome.overcharge == pytest.approx(0.0, abs=1e-9 * subject.ceiling)
    assert outcome.price == pytest.approx(honest.price, rel=1e-9)
    assert outcome.payment == pytest.approx(honest.payment, rel=1e-9)


@given(tenders, st.integers(1, 8), st.floats(0.1, 1.0))
def test_more_members_and_likelier_rings_cost_more(subject, members, chance):
    small, large = (
        ring_outcome(subject, Ring(members=m, chance=chance)) for m in (members, members + 1)
    )
    rare = ring_outcome(subject, Ring(members=members, chance=0.5 * chance))
    assert large.price >= small.price - 1e-9
    assert small.overcharge == pytest.approx(2.0 * rare.overcharge, rel=1e-9, abs=1e-12)
    award = 1.0 - expected_outcome(subject).failure_probability
    assert small.payment == pytest.approx(small.price * award, rel=1e-9)


@pytest.mark.parametrize("name", DECLARED)
def test_the_price_is_the_second_lowest_of_ring_and_outsiders(name):
    subject, members, size = DECLARED[name], 2, 200_000
    draws = np.random.Generator(np.random.Philox(7)).random((size, 6))
    number = np.searchsorted(np.cumsum(subject.bidders.chances)[:-1], draws[:, 0], "right")
    costs = np.where(np.arange(5) < number[:, None], subject.costs.quantile(draws[:, 1:]), np.inf)
    parties = np.column_stack([costs[:, :members].min(axis=1), costs[:, members:]])
    lowest, second = np.sort(parties, axis=1)[:, :2].T
    price = np.minimum(second, subject.ceiling)[lowest <= subject.ceiling]
    outcome = ring_outcome(subject, Ring(members=members, chance=1.0))
    assert abs(price.mean() - outcome.price) < 4.0 * price.std() / np.sqrt(price.size) + 1e-9


def test_a_tender_without_bids_has_no_price():
    outcome = ring_outcome(tender(Uniform(lo=80, hi=120), 3, 70.0), Ring(members=2, chance=0.5))
    assert np.isnan([outcome.price, outcome.overcharge]).all()
    assert outcome.payment == 0.0


def test_a_ring_beyond_the_bidders_takes_in_all_there_are():
    law = Bidders(chances=(0.0, 0.5, 0.5))
    subject = Tender(costs=Uniform(lo=80, hi=120), bidders=law, ceiling=150.0)
    assert ring_outcome(subject, Ring(members=9, chance=1.0)).price == pytest.approx(150.0)


@pytest.mark.parametrize(("members", "chance"), [(0, 0.5), (2, -0.1), (2, 1.1), (2, np.nan)])
def test_what_is_no_ring_is_refused(members, chance):
    with pytest.raises(ValueError, match="ring"):
        Ring(members=members, chance=chance)
