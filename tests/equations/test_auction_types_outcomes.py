"""Expected outcomes of tenders among types: simulated tenders, symmetric theory, identities."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pricing.base.draws import Draws
from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import known_number
from pricing.equations.auction_costs import Beta, LogNormal, Uniform
from pricing.equations.auction_outcomes import expected_outcome
from pricing.equations.auction_types import BidderType, types_equilibrium
from pricing.equations.auction_types_outcomes import first_price_outcome, second_price_outcome

TENDERS = 40_000
FEW = settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def uniform(lo, hi, count=1):
    return BidderType(costs=Uniform(lo=lo, hi=hi), count=count)


def log_normal(mean, cv, count):
    return BidderType(costs=LogNormal(mean=mean, cv=cv), count=count)


CASES = {
    "three log-normal types": (
        (log_normal(1.0, 0.3, 2), log_normal(1.2, 0.5, 1), log_normal(1.3, 0.2, 3)),
        1.3,
    ),
    "one surely cheaper": ((uniform(0.0, 1.0), uniform(0.3, 1.8)), 2.5),
    "low bids left to the strong": ((uniform(0.0, 1.0, 2), uniform(0.5, 1.0)), 1.0),
    "a sole bidder": ((uniform(0.0, 1.0), uniform(2.0, 3.0, 4)), 0.8),
}


def simulated(types, ceiling, number):
    """Costs and first-price bids of tenders, (tender, bidder); type of each bidder."""
    kinds = [kind for kind, row in enumerate(types) for _ in range(row.count)]
    draws = Draws(20_250_101, number).table("costs", (TENDERS, len(kinds)))
    solved = types_equilibrium(types, ceiling)
    costs = np.stack([types[k].costs.quantile(draws[:, i]) for i, k in enumerate(kinds)], axis=1)
    bids = np.stack([solved.bid(k, costs[:, i]) for i, k in enumerate(kinds)], axis=1)
    return np.array(kinds), costs, np.where(np.isnan(bids), np.inf, bids)


def agrees(values, expected):
    error = values.std() / np.sqrt(len(values))
    return abs(values.mean() - expected) <= 4.0 * error + 1e-6


def winners(order, kinds, award, count):
    won = kinds[order.argmin(axis=1)]
    return [((won == kind) & award).astype(float) for kind in range(count)]


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize(("types", "ceiling"), CASES.values(), ids=CASES)
def test_simulated_tenders_agree_at_first_price(types, ceiling, number):
    kinds, costs, bids = simulated(types, ceiling, number)
    outcome = first_price_outcome(types_equilibrium(types, ceiling))
    lowest = bids.min(axis=1)
    award = np.isfinite(lowest)
    paid = np.where(award, lowest, 0.0)
    cost = np.take_along_axis(costs, bids.argmin(axis=1)[:, np.newaxis], axis=1)[:, 0]
    assert agrees(paid, outcome.payment)
    assert agrees((~award).astype(float), outcome.failure_probability)
    assert outcome.price == pytest.approx(outcome.payment / (1.0 - outcome.failure_probability))
    for kind, won in enumerate(winners(bids, kinds, award, len(types))):
        assert agrees(won, outcome.wins[kind])
        assert agrees(won * np.where(award, paid - cost, 0.0), outcome.rents[kind])


@pytest.mark.parametrize(("types", "ceiling"), CASES.values(), ids=CASES)
def test_simulated_tenders_agree_at_second_price(types, ceiling):
    kinds, costs, _ = simulated(types, ceiling, 7)
    outcome = second_price_outcome(types, ceiling)
    ranked = np.sort(costs, axis=1)
    award = ranked[:, 0] <= ceiling
    paid = np.where(award, np.minimum(ranked[:, 1], ceiling), 0.0)
    assert agrees(paid, outcome.payment)
    assert agrees((~award).astype(float), outcome.failure_probability)
    for kind, won in enumerate(winners(costs, kinds, award, len(types))):
        assert agrees(won, outcome.wins[kind])
        assert agrees(won * (paid - ranked[:, 0]), outcome.rents[kind])


@pytest.mark.parametrize("ceiling", [0.6, 1.0, 1.4])
def test_equal_types_are_symmetric_bidders(ceiling):
    costs = Beta(a=2.0, b=3.0, lo=0.0, hi=1.0)
    types = (BidderType(costs=costs, count=1), BidderType(costs=costs, count=2))
    tender = Tender(costs=costs, bidders=known_number(3), ceiling=ceiling)
    expected = expected_outcome(tender)
    for outcome in (
        first_price_outcome(types_equilibrium(types, ceiling)),
        second_price_outcome(types, ceiling),
    ):
        assert outcome.payment == pytest.approx(expected.payment, abs=1e-6)
        assert outcome.failure_probability == pytest.approx(expected.failure_probability, abs=1e-9)
        assert outcome.wins[1] == pytest.approx(2.0 * outcome.wins[0], abs=1e-6)
        rent = expected.winner_rent * (1.0 - expected.failure_probability)
        assert outcome.rents.sum() == pytest.approx(rent, abs=1e-6)


@FEW
@given(st.floats(0.05, 0.5))
def test_first_price_is_cheaper_in_maskin_and_riley(z):
    types = (
        uniform(200.0 - 100.0 / (1.0 - z), 200.0),
        uniform(200.0 - 100.0 / (1.0 + z), 200.0),
    )
    first = first_price_outcome(types_equilibrium(types, 200.0))
    second = second_price_outcome(types, 200.0)
    assert first.price < second.price
    assert first.wins[1] == pytest.approx((1.0 - z) / 2.0, abs=1e-6)
    assert second.wins[1] == pytest.approx((1.0 - z) / (2.0 * (1.0 + z)), abs=1e-9)


@FEW
@given(st.floats(0.0, 0.5), st.floats(0.6, 1.3))
def test_chances_of_winning_and_failing_sum_to_one(lo, ceiling):
    types = (uniform(0.0, 1.0), uniform(lo, 1.2, 2))
    for outcome in (
        first_price_outcome(types_equilibrium(types, ceiling)),
        second_price_outcome(types, ceiling),
    ):
        assert outcome.wins.sum() + outcome.failure_probability == pytest.approx(1.0, abs=1e-6)
        assert (outcome.rents > 0.0).all()


def test_nobody_under_the_ceiling_is_a_failed_tender():
    types = (uniform(1.0, 2.0), uniform(1.5, 2.0))
    for outcome in (
        first_price_outcome(types_equilibrium(types, 0.5)),
        second_price_outcome(types, 0.5),
    ):
        assert outcome.failure_probability == 1.0
        assert outcome.payment == 0.0
        assert np.isnan(outcome.price)
        assert outcome.wins.tolist() == [0.0, 0.0]


def test_an_unchallenged_bidder_is_paid_the_lowest_cost_of_others():
    outcome = first_price_outcome(types_equilibrium((uniform(0.0, 1.0), uniform(3.0, 3.1)), 5.0))
    assert outcome.price == pytest.approx(3.0)
    assert outcome.wins.tolist() == [1.0, 0.0]
    assert outcome.rents == pytest.approx([2.5, 0.0])
