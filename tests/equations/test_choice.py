"""Nested logit: laws of shares, no overflow, and the factored form equal to the plain one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.choice import (
    choose,
    expected_amounts,
    fixed_part,
    inclusive_values,
    log_sums,
    log_sums_without,
    monthly_part,
    nested_logit,
    nests_of,
    offer_shares,
    price_utility,
    used_episodes,
    volumes,
)

QUINTILES, PLACES, CLASSES = 3, 4, 2
SLICES = (slice(0, 3), slice(3, 4), slice(4, 9))
OFFERS = 9

seeds = st.integers(0, 2**32 - 1)
lambdas = st.lists(st.floats(0.2, 1.0), min_size=3, max_size=3)
scales = st.sampled_from([0.1, 1.0, 5.0, 10.0])


def problem(seed, lambda_nest, scale):
    """A random need: utilities of its parts and its nests; a tenth of the pairs out of reach."""
    rng = np.random.default_rng(seed)
    fixed = rng.normal(0.0, scale, (QUINTILES, PLACES, OFFERS))
    fixed[rng.random(fixed.shape) < 0.1] = -np.inf
    monthly = rng.normal(0.0, scale, (QUINTILES, OFFERS, CLASSES))
    outside = rng.normal(0.0, scale, QUINTILES)
    return fixed, monthly, outside, nests_of(SLICES, lambda_nest), rng


def factored(fixed, monthly, outside, nests):
    return choose(fixed_part(fixed, nests), monthly_part(monthly, outside, nests), nests)


def plain(fixed, monthly, outside, nests):
    """The need written out: outside and offers on the last axis of (quintile, place, class)."""
    pairs = (fixed[..., None] + monthly[:, None]).transpose(0, 1, 3, 2)
    none = np.broadcast_to(outside[:, None, None, None], (*pairs.shape[:3], 1))
    nest = np.concatenate([[0], np.repeat([1, 2, 3], [s.stop - s.start for s in SLICES])])
    return nested_logit(
        np.concatenate([none, pairs], axis=-1), nest, np.concatenate([[1.0], nests.lambda_nest])
    )


@given(seeds, lambdas, scales)
def test_factored_form_equals_the_plain_one(seed, lambda_nest, scale):
    fixed, monthly, outside, nests, _ = problem(seed, lambda_nest, scale)
    short = factored(fixed, monthly, outside, nests)
    long = plain(fixed, monthly, outside, nests)
    shares = long.probability.transpose(0, 1, 3, 2)
    np.testing.assert_allclose(offer_shares(short), shares[:, :, 1:], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(short.outside_probability, shares[:, :, 0], rtol=1e-10, atol=1e-12)
    nest_probability = long.nest_probability[..., 1:].transpose(3, 0, 1, 2)
    np.testing.assert_allclose(short.nest_probability, nest_probability, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(log_sums(short), long.log_sum, rtol=1e-12, atol=1e-12)
    reachable = short.nest_sum > 1e-290
    values = long.inclusive_value[..., 1:].transpose(3, 0, 1, 2)
    np.testing.assert_allclose(
        inclusive_values(short)[reachable], values[reachable], rtol=1e-11, atol=1e-11
    )


@given(seeds, lambdas)
def test_volumes_and_amounts_are_the_shares_summed(seed, lambda_nest):
    fixed, monthly, outside, nests, rng = problem(seed, lambda_nest, 1.0)
    choice = factored(fixed, monthly, outside, nests)
    episodes = rng.uniform(0.0, 1000.0, (QUINTILES, PLACES, CLASSES))
    amount = rng.uniform(0.0, 9.0, (QUINTILES, OFFERS, CLASSES))
    used = offer_shares(choice) * episodes[:, :, None]
    np.testing.assert_allclose(volumes(choice, episodes), used.sum(axis=1), rtol=1e-12)
    np.testing.assert_allclose(used_episodes(choice, episodes), used.sum(axis=2), rtol=1e-11)
    by_nest = np.stack([(offer_shares(choice) * amount[:, None])[:, :, s].sum(2) for s in SLICES])
    np.testing.assert_allclose(expected_amounts(choice, amount), by_nest, rtol=1e-11)


@given(seeds, lambdas, scales)
def test_a_lift_can_be_taken_off_without_choosing_anew(seed, lambda_nest, scale):
    fixed, monthly, outside, nests, rng = problem(seed, lambda_nest, scale)
    lift = rng.normal(0.0, 1.0, OFFERS)
    lifted = factored(fixed, monthly + lift[:, None], outside, nests)
    np.testing.assert_allclose(
        log_sums_without(lifted, lift),
        log_sums(factored(fixed, monthly, outside, nests)),
        rtol=1e-9,
        atol=1e-9,
    )


@given(seeds, lambdas)
def test_nobody_uses_what_is_out_of_reach(seed, lambda_nest):
    fixed, monthly, outside, nests, _ = problem(seed, lambda_nest, 1.0)
    fixed[:, 1] = -np.inf
    choice = factored(fixed, monthly, outside, nests)
    assert (offer_shares(choice)[np.isneginf(fixed)] == 0.0).all()
    assert (choice.outside_probability[:, 1] == 1.0).all()
    assert (used_episodes(choice, np.ones((QUINTILES, PLACES, CLASSES)))[:, 1] == 0.0).all()


def test_a_quintile_without_any_reachable_offer_stays_outside():
    nests = nests_of(SLICES, 0.5)
    fixed = np.full((1, PLACES, OFFERS), -np.inf)
    choice = factored(fixed, np.zeros((1, OFFERS, CLASSES)), np.zeros(1), nests)
    assert (choice.outside_probability == 1.0).all()
    assert (volumes(choice, np.ones((1, PLACES, CLASSES))) == 0.0).all()


@given(seeds, lambdas, st.sampled_from([-3000.0, 3000.0]))
def test_factored_form_survives_any_level_of_utility(seed, lambda_nest, level):
    fixed, monthly, outside, nests, _ = problem(seed, lambda_nest, 1.0)
    moved = factored(fixed, monthly + level, outside + level, nests)
    original = factored(fixed, monthly, outside, nests)
    np.testing.assert_allclose(offer_shares(moved), offer_shares(original), rtol=1e-8)
    np.testing.assert_allclose(log_sums(moved), log_sums(original) + level, rtol=1e-11)


@given(seeds, lambdas, scales)
def test_plain_shares_sum_to_one_and_ignore_a_common_constant(seed, lambda_nest, scale):
    utility = np.random.default_rng(seed).normal(0.0, scale, (2, 6))
    nest = [0, 1, 1, 2, 2, 2]
    solved = nested_logit(utility, nest, lambda_nest)
    moved = nested_logit(utility + 5000.0, nest, lambda_nest)
    np.testing.assert_allclose(solved.probability.sum(axis=-1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(solved.nest_probability.sum(axis=-1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(moved.probability, solved.probability, rtol=1e-7, atol=1e-300)
    np.testing.assert_allclose(moved.log_sum, solved.log_sum + 5000.0, rtol=1e-12)


@given(seeds)
def test_with_lambda_one_it_is_the_multinomial_logit(seed):
    utility = np.random.default_rng(seed).normal(size=5)
    expected = np.exp(utility) / np.exp(utility).sum()
    nested = nested_logit(utility, [0, 1, 1, 1, 0], 1.0)
    np.testing.assert_allclose(nested.probability, expected, rtol=1e-12)


def test_a_nest_out_of_reach_has_no_share():
    solved = nested_logit([0.0, -np.inf, -np.inf, 0.0], [0, 1, 1, 2], [1.0, 0.5, 0.5])
    assert solved.probability.tolist() == [0.5, 0.0, 0.0, 0.5]


@given(seeds, st.floats(1.0, 1e6))
def test_use_falls_weakly_in_the_own_price(seed, rise):
    fixed, monthly, outside, nests, rng = problem(seed, 0.6, 1.0)
    alpha = rng.uniform(0.0, 20.0, QUINTILES)[:, None, None]
    price = rng.uniform(0.0, 1e6, (QUINTILES, OFFERS, CLASSES))
    dearer = price.copy()
    dearer[:, 4] += rise
    episodes = np.ones((QUINTILES, PLACES, CLASSES))
    before, after = (
        volumes(factored(fixed, price_utility(monthly, alpha, p, 3e6), outside, nests), episodes)
        for p in (price, dearer)
    )
    assert (after[:, 4] <= before[:, 4] * (1.0 + 1e-12)).all()
    others = np.arange(OFFERS) != 4
    assert (after[:, others] >= before[:, others] * (1.0 - 1e-12)).all()


def test_price_utility_measures_burden_against_income():
    assert price_utility(1.0, 2.0, 100.0, 400.0) == pytest.approx(0.5)
    assert price_utility(1.0, 0.02, 100.0) == pytest.approx(-1.0)


def test_nests_take_one_lambda_or_one_each():
    assert nests_of(SLICES, 0.5).lambda_offer.tolist() == [0.5] * OFFERS
    assert nests_of(SLICES, [0.2, 0.4, 0.6]).lambda_offer.tolist() == [0.2] * 3 + [0.4] + [0.6] * 5
