"""The sums over numbers of bidders against counting by the binomial distribution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pricing.equations.auction_bidders import Bidders, binomial_number, known_number
from tests.equations.auctions import bidders

chances = st.floats(0.0, 1.0)


def counted(law, below, event):
    return sum(c * event(stats.binom(n, below)) for n, c in enumerate(law.chances))


@given(bidders, chances)
def test_orders_of_the_lowest_costs_are_counted(law, below):
    above = 1.0 - below
    at = (np.array(below), np.array(above))
    assert law.none_below(above) == pytest.approx(counted(law, below, lambda b: b.cdf(0)))
    assert law.some_below(*at) == pytest.approx(counted(law, below, lambda b: b.sf(0)), abs=1e-12)
    assert law.two_below(*at) == pytest.approx(counted(law, below, lambda b: b.sf(1)), abs=1e-12)
    alone = sum(n * c * above ** (n - 1) for n, c in enumerate(law.chances) if n)
    assert law.unrivalled(at[1]) == pytest.approx(alone, abs=1e-12)


@given(bidders)
def test_a_rare_cost_keeps_its_digits(law):
    rare = np.array(1e-20)
    assert law.some_below(rare, 1.0 - rare) == pytest.approx(law.mean * 1e-20, rel=1e-12)


def test_numbers_have_their_means():
    assert (known_number(4).mean, known_number(4).most, known_number(4).sole) == (4.0, 4, 0.0)
    assert (known_number(0).mean, known_number(0).sole) == (0.0, 0.0)
    assert known_number(1).sole == 1.0
    entering = binomial_number(6, 0.3)
    assert entering.mean == pytest.approx(1.8)
    assert entering.most == 6
    assert entering.sole == pytest.approx(6 * 0.3 * 0.7**5)


@pytest.mark.parametrize("wrong", [(), (0.5, 0.4), (-0.1, 1.1)])
def test_what_are_no_chances_is_refused(wrong):
    with pytest.raises(ValueError, match="sum to 1"):
        Bidders(chances=wrong)


def test_a_negative_number_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        known_number(-1)
