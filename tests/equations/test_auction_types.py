"""Tenders among types: nobody gains by another bid, known solutions are met, odd cases decided."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pricing.equations.auction import Tender, first_price_bid
from pricing.equations.auction_bidders import known_number
from pricing.equations.auction_costs import Beta, LogNormal, Power, Uniform
from pricing.equations.auction_types import (
    BidderType,
    NoEquilibriumError,
    TypesEquilibrium,
    best_reply_gain,
    types_equilibrium,
)

GAIN = 1e-4
# An equilibrium takes a third of a second; shrinking a failure would take minutes.
FEW = settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def uniform(lo, hi, count=1):
    return BidderType(costs=Uniform(lo=lo, hi=hi), count=count)


def beta(a, b, count=1):
    return BidderType(costs=Beta(a=a, b=b, lo=0.0, hi=1.0), count=count)


def log_normal(mean, cv, count=1):
    return BidderType(costs=LogNormal(mean=mean, cv=cv), count=count)


def solve(*types, ceiling):
    return types_equilibrium(types, ceiling)


counts = st.integers(1, 4)
log_normals = st.builds(log_normal, st.floats(0.8, 1.3), st.floats(0.1, 0.6), counts)
betas = st.builds(beta, st.floats(0.6, 5.0), st.floats(0.6, 5.0), counts)
powers = st.builds(
    lambda draws, count: BidderType(costs=Power(draws=draws, lo=0.0, hi=1.0), count=count),
    st.floats(0.5, 6.0),
    counts,
)
uniforms = st.builds(
    lambda lo, width, count: uniform(lo, lo + width, count),
    st.floats(0.0, 1.0),
    st.floats(0.1, 1.0),
    counts,
)
ANY_TYPE = log_normals | betas | powers | uniforms


@FEW
@given(st.lists(ANY_TYPE, min_size=2, max_size=3), st.floats(0.6, 2.0))
def test_nobody_gains_by_another_bid(types, ceiling):
    assert best_reply_gain(types_equilibrium(tuple(types), ceiling)) < GAIN


HARD = {
    "weak types with hardly any low cost": ((beta(5.0, 0.3, 2), beta(2.0, 3.0, 2)), 1.0),
    "densities without bound": ((beta(0.5, 0.5), beta(2.0, 3.0, 3)), 0.8),
    "three log-normal types": (
        (log_normal(1.0, 0.3, 2), log_normal(1.2, 0.5), log_normal(1.3, 0.2, 3)),
        1.3,
    ),
    "a ceiling far above costs": ((log_normal(1.0, 0.3, 2), log_normal(1.2, 0.1, 3)), 5.0),
    "narrow and far apart": ((log_normal(1.0, 0.05), log_normal(1.5, 0.05)), 2.0),
    "low bids left to the strong": ((uniform(0.0, 1.0, 2), uniform(0.5, 1.0)), 1.0),
    "few bids of many weak": ((uniform(0.0, 1.0, 4), uniform(0.8, 1.0, 4)), 1.0),
    "one surely cheaper": ((uniform(0.0, 1.0), uniform(0.3, 1.8)), 2.5),
    "one surely cheaper, ceiling binds": ((uniform(0.0, 1.0), uniform(0.9, 4.0, 2)), 1.05),
    "two surely cheaper": ((uniform(0.0, 1.0, 2), uniform(0.9, 4.0)), 1.3),
    "lowest costs beyond the digits of Beta's inverse": (
        (beta(1.03, 0.79, 4), log_normal(1.22, 0.36)),
        0.87,
    ),
    "a type that begins to bid within a long step": (
        (
            log_normal(0.9968626066838677, 0.1685949777786391),
            uniform(0.5736433320658848, 0.792077526840606, 3),
            beta(3.04877372707269, 2.462000774786421, 3),
        ),
        1.8844744826190314,
    ),
    "two types that end together": ((uniform(0.4, 0.62, 2), uniform(0.5, 1.12, 4)), 0.94),
    "whole amounts in VND": ((log_normal(1e6, 0.3, 3), log_normal(0.9e6, 0.3, 5)), 1.3e6),
}


@pytest.mark.parametrize(("types", "ceiling"), HARD.values(), ids=HARD)
def test_hard_cases_are_solved_too(types, ceiling):
    solved = types_equilibrium(types, ceiling)
    assert solved.active == tuple(range(len(types)))
    assert best_reply_gain(solved) < GAIN
    for kind, row in enumerate(types):
        costs = np.linspace(row.costs.lo, min(solved.top, row.costs.hi), 50)
        bids = solved.bid(kind, costs)
        assert (np.diff(bids) >= -1e-9 * ceiling).all()
        assert (bids >= costs - 1e-9 * ceiling).all()


def test_bids_from_which_somebody_would_depart_are_refused(monkeypatch):
    """Six steps are too rough for these costs, and the caller is told."""
    monkeypatch.setattr("pricing.equations.auction_types._STEPS", (6,))
    with pytest.raises(NoEquilibriumError, match="another bid gains") as caught:
        solve(beta(0.5, 0.5), uniform(0.4, 0.9, 3), ceiling=0.81)
    assert caught.value.gain > 9e-5


def test_a_wrong_equilibrium_is_seen():
    """The gain is no formality: bids of other costs than the bidders' own leave much to gain."""
    solved = solve(uniform(0.0, 1.0), uniform(0.0, 1.0), ceiling=1.0)
    path = solved.path
    wrong = TypesEquilibrium(
        types=(uniform(0.0, 1.0), BidderType(costs=Power(draws=4.0, lo=0.0, hi=1.0), count=1)),
        ceiling=1.0,
        top=solved.top,
        active=solved.active,
        path=path,
        unchallenged=-1,
    )
    assert best_reply_gain(wrong) > 10 * GAIN


@pytest.mark.parametrize("costs", [Uniform(lo=1.0, hi=2.0), Beta(a=2.0, b=3.0, lo=1.0, hi=2.0)])
@pytest.mark.parametrize("ceiling", [1.6, 2.0])
@pytest.mark.parametrize("split", [(3,), (1, 2), (1, 1, 1)])
def test_equal_types_bid_as_symmetric_bidders_do(costs, ceiling, split):
    types = tuple(BidderType(costs=costs, count=count) for count in split)
    symmetric = Tender(costs=costs, bidders=known_number(3), ceiling=ceiling)
    # Higher costs hardly ever win; their bids run straight to the top.
    at = costs.quantile(np.linspace(0.0, 0.99, 30) * costs.cdf(ceiling))
    for kind in range(len(types)):
        found = types_equilibrium(types, ceiling).bid(kind, at)
        np.testing.assert_allclose(found, first_price_bid(symmetric, at), atol=3e-6)


@FEW
@given(st.floats(0.05, 0.5))
def test_maskin_and_riley_in_closed_form(z):
    solved = solve(
        uniform(200.0 - 100.0 / (1.0 - z), 200.0),
        uniform(200.0 - 100.0 / (1.0 + z), 200.0),
        ceiling=200.0,
    )
    bids = np.linspace(150.0, 199.0, 40)
    b = (200.0 - bids) / 100.0
    for kind, sign in enumerate((-1.0, 1.0)):
        cost = 200.0 - 200.0 * b / (1.0 + sign * z * 4.0 * b**2)
        np.testing.assert_allclose(solved.cost_bidding(kind, bids), cost, atol=2e-4)
    assert solved.lowest_bid == pytest.approx(150.0, abs=1e-4)


def test_bids_and_costs_are_each_others_inverse():
    types, ceiling = HARD["three log-normal types"]
    solved = types_equilibrium(types, ceiling)
    for kind in range(3):
        costs = np.linspace(0.5, 1.299, 40)
        np.testing.assert_allclose(
            solved.cost_bidding(kind, solved.bid(kind, costs)), costs, atol=1e-6
        )


def test_scale_changes_nothing_but_the_unit():
    small = solve(uniform(0.0, 1.0), uniform(0.3, 1.0), ceiling=1.0)
    large = solve(uniform(0.0, 2e9), uniform(0.6e9, 2e9), ceiling=2e9)
    costs = np.linspace(0.3, 1.0, 20)
    np.testing.assert_allclose(large.bid(1, 2e9 * costs), 2e9 * small.bid(1, costs), rtol=1e-9)


@pytest.mark.parametrize("weak", [1.2, 3.0])
def test_one_who_is_surely_cheaper_bids_the_lowest_cost_of_others(weak):
    """(b − 1)·(1 − F) falls from the weak bidder's lowest cost on, so the strong bids that."""
    solved = solve(uniform(0.0, 1.0), uniform(weak, weak + 0.1), ceiling=5.0)
    assert solved.unchallenged == 0
    assert solved.bid(0, [0.0, 0.7]).tolist() == pytest.approx([weak, weak])
    assert solved.bid(1, [weak + 0.05]).tolist() == pytest.approx([weak + 0.05])
    assert solved.cost_bidding(0, [weak - 0.1]).tolist() == [0.0]
    assert best_reply_gain(solved) < GAIN


def test_one_who_is_surely_cheaper_bids_up_to_what_suits_his_highest_cost():
    """(b − 1)·(1.8 − b) is largest at 1.4."""
    solved = solve(uniform(0.0, 1.0), uniform(0.3, 1.8), ceiling=2.5)
    assert solved.top == pytest.approx(1.4, abs=1e-6)
    assert solved.bid(1, [1.5]).tolist() == [1.5]


def test_a_ceiling_may_cut_that_off():
    assert solve(uniform(0.0, 1.0), uniform(0.3, 1.8), ceiling=1.2).top == 1.2
    assert solve(uniform(0.0, 1.0), uniform(1.2, 4.0), ceiling=1.1).unchallenged == 0


def test_two_who_are_surely_cheaper_leave_nothing_to_the_third():
    solved = solve(uniform(0.0, 1.0, 2), uniform(1.0, 2.0, 2), ceiling=1.5)
    assert solved.active == (0,)
    assert solved.top == 1.0
    assert solved.bid(1, [1.2]).tolist() == [1.2]
    assert solved.win_chance(1, [1.0, 0.1]).tolist() == pytest.approx([0.0, 1.0])
    assert best_reply_gain(solved) < GAIN


def test_a_sole_bidder_bids_the_ceiling():
    solved = solve(uniform(0.0, 1.0), uniform(2.0, 3.0, 4), ceiling=1.5)
    assert solved.bid(0, [0.2, 1.0]).tolist() == [1.5, 1.5]
    assert np.isnan(solved.bid(1, [2.5])).all()
    assert solved.lowest_bid == 1.5
    assert best_reply_gain(solved) == 0.0


def test_a_ceiling_below_every_cost_draws_no_bid():
    solved = solve(uniform(1.0, 2.0), uniform(1.5, 2.0), ceiling=0.5)
    assert np.isnan(solved.top)
    assert np.isnan(solved.bid(0, [1.2])).all()
    assert best_reply_gain(solved) == 0.0


def test_costs_above_the_ceiling_do_not_bid():
    solved = solve(uniform(0.0, 1.0), uniform(0.0, 2.0), ceiling=0.8)
    bids = solved.bid(1, [0.5, 0.8, 0.9])
    assert np.isnan(bids).tolist() == [False, False, True]
    assert bids[1] == 0.8


def test_a_type_with_hardly_a_cost_below_the_top_bids_its_cost():
    solved = solve(uniform(0.04, 0.25, 3), log_normal(1.17, 0.12, 2), ceiling=0.8)
    assert solved.active == (0,)
    assert solved.bid(1, [0.3]).tolist() == [0.3]
    assert best_reply_gain(solved) < GAIN


def test_equilibria_are_cached():
    types = (uniform(0.0, 1.0), uniform(0.0, 0.9))
    assert types_equilibrium(types, 1.0) is types_equilibrium(tuple(types), 1.0)


def test_a_type_without_bidders_is_refused():
    with pytest.raises(ValueError, match="0 bidders of a type"):
        uniform(0.0, 1.0, 0)
