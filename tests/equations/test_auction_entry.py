"""Entry at a preparation cost: who enters breaks even; dearer preparation keeps bidders away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import binomial_number
from pricing.equations.auction_costs import Beta, LogNormal, Uniform
from pricing.equations.auction_entry import Entry, mixed_entry, threshold_entry
from pricing.equations.auction_outcomes import expected_outcome

distributions = st.sampled_from(
    [
        Uniform(lo=80.0, hi=120.0),
        Beta(a=2.0, b=0.7, lo=80.0, hi=120.0),
        LogNormal(mean=100.0, cv=0.2),
    ]
)
potentials = st.integers(1, 12)
preparations = st.floats(0.0, 15.0)
ceilings = st.floats(85.0, 140.0)
entries = st.builds(
    Entry, costs=distributions, potential=potentials, preparation=preparations, ceiling=ceilings
)


def dearer(entry, factor):
    return Entry(
        costs=entry.costs,
        potential=entry.potential,
        preparation=factor * entry.preparation,
        ceiling=entry.ceiling,
    )


@given(entries)
def test_mixed_entry_is_a_tender_with_a_random_number(entry):
    """What is paid is what a tender with a binomial number of bidders pays."""
    found = mixed_entry(entry)
    bidders = binomial_number(entry.potential, found.probability)
    expected = expected_outcome(Tender(costs=entry.costs, bidders=bidders, ceiling=entry.ceiling))
    assert found.payment == pytest.approx(expected.payment, rel=1e-6, abs=1e-6)
    assert found.failure_probability == pytest.approx(expected.failure_probability, abs=1e-9)
    np.testing.assert_allclose(found.price, expected.price, rtol=1e-6)


@given(entries)
def test_who_enters_just_breaks_even(entry):
    found = mixed_entry(entry)
    if 0.0 < found.probability < 1.0:
        bidders = binomial_number(entry.potential, found.probability)
        tender = Tender(costs=entry.costs, bidders=bidders, ceiling=entry.ceiling)
        outcome = expected_outcome(tender)
        rents = outcome.winner_rent * (1.0 - outcome.failure_probability)
        assert rents == pytest.approx(found.preparation, rel=1e-5, abs=1e-6)


@given(entries, st.floats(1.0, 5.0))
def test_dearer_preparation_keeps_bidders_away(entry, factor):
    for model in (mixed_entry, threshold_entry):
        before, after = model(entry), model(dearer(entry, factor))
        assert after.entrants <= before.entrants + 1e-9
        assert after.failure_probability >= before.failure_probability - 1e-9


@given(entries)
def test_the_threshold_bidder_breaks_even_when_alone(entry):
    found = threshold_entry(entry)
    alone = entry.costs.survival(found.threshold) ** (entry.potential - 1)
    gain = (entry.ceiling - found.threshold) * alone - entry.preparation
    if entry.costs.lo < found.threshold < entry.top:
        assert abs(gain) < 1e-6
    assert found.entrants == pytest.approx(
        entry.potential * float(entry.costs.cdf(found.threshold))
    )


def test_the_two_ends():
    free = Entry(costs=Uniform(lo=0.0, hi=1.0), potential=3, preparation=0.0, ceiling=1.5)
    assert mixed_entry(free).probability == 1.0
    assert threshold_entry(free).threshold == 1.0
    ruinous = Entry(costs=Uniform(lo=0.5, hi=1.0), potential=3, preparation=2.0, ceiling=1.5)
    assert mixed_entry(ruinous).probability == 0.0
    assert np.isnan(mixed_entry(ruinous).price)
    assert threshold_entry(ruinous).entrants == 0.0
    hopeless = Entry(costs=Uniform(lo=0.5, hi=1.0), potential=3, preparation=0.0, ceiling=0.4)
    assert mixed_entry(hopeless).failure_probability == 1.0
    assert mixed_entry(hopeless).payment == 0.0
    assert threshold_entry(hopeless).failure_probability == 1.0


def test_a_sole_potential_bidder_enters_if_the_ceiling_pays():
    alone = Entry(costs=Uniform(lo=0.0, hi=1.0), potential=1, preparation=0.4, ceiling=0.9)
    assert threshold_entry(alone).threshold == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"potential": 0}, "0 potential bidders"), ({"preparation": -1.0}, "cannot be negative")],
)
def test_impossible_entry_is_refused(change, message):
    fields = {"potential": 2, "preparation": 0.1, "ceiling": 1.0} | change
    with pytest.raises(ValueError, match=message):
        Entry(costs=Uniform(lo=0.0, hi=1.0), **fields)
