"""Analytic elasticities equal finite differences; conventions for observed ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations import elasticity
from pricing.equations.choice import (
    choose,
    fixed_part,
    monthly_part,
    nested_logit,
    nests_of,
    price_utility,
    used_episodes,
)

seeds = st.integers(0, 2**32 - 1)
STEP = 1e-5
NEST = [0, 1, 1, 2, 2]


@given(seeds, st.floats(0.3, 1.0), st.floats(0.3, 1.0))
def test_share_elasticities_are_the_derivatives(seed, lambda_first, lambda_second):
    rng = np.random.default_rng(seed)
    constant, price = rng.normal(size=5), rng.uniform(1.0, 50.0, 5)
    lambdas = [1.0, lambda_first, lambda_second]

    def log_shares(prices):
        utility = price_utility(constant, 0.04, prices)
        return np.log(nested_logit(utility, NEST, lambdas).probability)

    solved = nested_logit(price_utility(constant, 0.04, price), NEST, lambdas)
    analytic = elasticity.share_elasticities(solved, 0.04, price)
    for k in range(5):
        up, down = price.copy(), price.copy()
        up[k] *= np.exp(STEP)
        down[k] *= np.exp(-STEP)
        numeric = (log_shares(up) - log_shares(down)) / (2.0 * STEP)
        np.testing.assert_allclose(analytic[:, k], numeric, rtol=1e-6, atol=1e-8)


def test_multinomial_own_elasticity_is_the_textbook_one():
    solved = nested_logit([0.0, 1.0], [0, 1], 1.0)
    table = elasticity.share_elasticities(solved, 0.1, np.array([0.0, 5.0]))
    assert table[1, 1] == pytest.approx(-0.5 * solved.probability[0])


QUINTILES, PLACES, OFFERS, CLASSES = 2, 3, 7, 2
SLICES = (slice(0, 3), slice(3, 7))


class Need:
    """A random need whose price can be moved nest by nest."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.nests = nests_of(SLICES, rng.uniform(0.3, 1.0, 2))
        self.fixed = fixed_part(rng.normal(size=(QUINTILES, PLACES, OFFERS)), self.nests)
        self.constant = rng.normal(size=(QUINTILES, OFFERS, CLASSES))
        self.price = rng.uniform(0.0, 2.0, (QUINTILES, OFFERS, CLASSES))
        self.alpha = rng.uniform(0.1, 2.0, QUINTILES)
        self.episodes = rng.uniform(1.0, 9.0, (QUINTILES, PLACES, CLASSES))

    def choice(self, factor):
        """Solved with the prices multiplied by a factor, (offer,)."""
        price = self.price * factor[:, None]
        utility = price_utility(self.constant, self.alpha[:, None, None], price)
        return choose(
            self.fixed, monthly_part(utility, np.zeros(QUINTILES), self.nests), self.nests
        )

    def moved(self, window, measure):
        """d ln(measure)/d ln(price of the window) by central difference."""
        sides = []
        for step in (STEP, -STEP):
            factor = np.ones(OFFERS)
            factor[window] = np.exp(step)
            sides.append(np.log(measure(self.choice(factor))))
        return (sides[0] - sides[1]) / (2.0 * STEP)


@given(seeds)
def test_use_elasticity_is_the_derivative(seed):
    need = Need(seed)
    analytic = elasticity.use_elasticity(
        need.choice(np.ones(OFFERS)), need.episodes, need.price, need.alpha
    )
    numeric = need.moved(slice(None), lambda c: used_episodes(c, need.episodes).sum(1))
    np.testing.assert_allclose(analytic, numeric, rtol=1e-6, atol=1e-9)
    assert (analytic <= 0.0).all()


@given(seeds)
def test_nest_elasticities_are_the_derivatives(seed):
    need = Need(seed)
    analytic = elasticity.nest_elasticities(
        need.choice(np.ones(OFFERS)), need.episodes, need.price, need.alpha
    )
    for h, window in enumerate(SLICES):
        numeric = need.moved(window, lambda c: (c.nest_probability * need.episodes).sum(2))
        np.testing.assert_allclose(analytic[:, h], numeric, rtol=1e-6, atol=1e-9)


@given(seeds)
def test_without_price_sensitivity_no_price_moves_use(seed):
    need = Need(seed)
    need.alpha[:] = 0.0
    choice = need.choice(np.ones(OFFERS))
    assert (elasticity.use_response(choice, need.price, need.alpha) == 0.0).all()


def test_a_class_that_uses_nothing_has_no_elasticity():
    nests = nests_of((slice(0, 1),), 1.0)
    fixed = fixed_part(np.full((1, 1, 1), -np.inf), nests)
    choice = choose(fixed, monthly_part(np.zeros((1, 1, 1)), np.zeros(1), nests), nests)
    result = elasticity.use_elasticity(choice, np.ones((1, 1, 1)), np.ones((1, 1, 1)), np.ones(1))
    assert np.isnan(result).all()


def test_diversion_sums_to_what_is_lost():
    before, after = np.array([0.2, 0.5, 0.3]), np.array([0.3, 0.3, 0.4])
    ratios = elasticity.diversion_ratios(before, after, 1)
    np.testing.assert_allclose(ratios, [0.5, -1.0, 0.5], rtol=1e-14)


def observed(*points):
    values = [np.array(point) for point in points]
    return (
        elasticity.arc_elasticity(*values).item(),
        elasticity.elasticity_from_first(*values).item(),
        elasticity.log_elasticity(*values).item(),
    )


@given(st.floats(1.0, 1e4), st.floats(0.5, 100.0), st.floats(-2.0, 2.0))
def test_conventions_agree_for_a_small_change(quantity, price, epsilon):
    after = quantity * np.exp(epsilon * 1e-4)
    arc, first, log = observed(quantity, after, price, price * np.exp(1e-4))
    assert log == pytest.approx(epsilon, abs=1e-9)
    assert arc == pytest.approx(epsilon, abs=1e-6)
    assert first == pytest.approx(epsilon, abs=1e-3)


def test_from_free_care_only_the_arc_is_defined():
    arc, first, log = observed(777.0, 534.0, 0.0, 0.95)
    assert arc == pytest.approx((534.0 - 777.0) / (534.0 + 777.0))
    assert np.isnan(first)
    assert np.isnan(log)


def test_an_unmoved_price_defines_no_elasticity():
    assert np.isnan(observed(100.0, 90.0, 5.0, 5.0)).all()
