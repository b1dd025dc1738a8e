"""A random number has an address; nothing else moves it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pricing.base.draws import Distribution, Draws

SIZES = st.integers(1, 80)
UNIFORMS = np.linspace(0.0005, 0.9995, 1000)


@given(SIZES, SIZES, SIZES, SIZES)
def test_a_smaller_table_is_the_corner_of_a_larger(rows, slots, more_rows, more_slots):
    draws = Draws(seed=7, replication=1)
    small = draws.table("bid", (rows, slots))
    large = draws.table("bid", (rows + more_rows, slots + more_slots))
    np.testing.assert_array_equal(small, large[:rows, :slots])


def test_further_axes_are_slots():
    draws = Draws(seed=7, replication=1)
    flat = draws.table("use", (5, 12))
    np.testing.assert_array_equal(draws.table("use", (5, 3, 4)), flat.reshape(5, 3, 4))
    np.testing.assert_array_equal(draws.table("use", (5,)), flat[:, 0])
    assert draws.table("use", (5, 0)).shape == (5, 0)


def test_seed_replication_and_purpose_each_change_the_table():
    tables = [
        Draws(seed, replication).table(purpose, (4, 4)).tobytes()
        for seed, replication, purpose in [(1, 1, "a"), (2, 1, "a"), (1, 2, "a"), (1, 1, "b")]
    ]
    assert len(set(tables)) == 4
    assert Draws(1, 1).table("a", (4, 4)).tobytes() == tables[0]


def test_addresses_do_not_run_into_each_other():
    one, other = Draws(1, 11).table("a", (3,)), Draws(11, 1).table("a", (3,))
    assert not np.array_equal(one, other)


def test_uniforms_are_uniform_and_independent_across_blocks():
    table = Draws(seed=3, replication=0).table("shock", (500, 64))
    assert 0.0 < table.min() < table.max() < 1.0
    assert stats.kstest(table.ravel(), "uniform").pvalue > 0.001
    correlation = np.corrcoef(table.T) - np.eye(64)
    assert np.abs(correlation).max() < 5.0 / np.sqrt(500)


def test_normals_are_the_inversion_of_the_same_uniforms():
    draws = Draws(seed=3, replication=0)
    normal = draws.normal("shock", (50, 3))
    np.testing.assert_allclose(stats.norm.cdf(normal), draws.table("shock", (50, 3)), rtol=1e-12)


@pytest.mark.parametrize(
    ("distribution", "mean", "variance"),
    [
        (Distribution(kind="fixed", low=1.0, mode=2.0, high=4.0), 2.0, 0.0),
        (Distribution(kind="uniform", low=1.0, mode=2.0, high=4.0), 2.5, 9.0 / 12.0),
        (Distribution(kind="triangular", low=1.0, mode=2.0, high=4.0), 7.0 / 3.0, 7.0 / 18.0),
        (Distribution(kind="discrete", low=1.0, mode=2.0, high=3.0), 2.0, 0.5),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_moments_of_the_inverse(distribution, mean, variance):
    values = distribution.inverse(UNIFORMS)
    assert values.mean() == pytest.approx(mean, abs=2e-3)
    assert values.var() == pytest.approx(variance, abs=4e-3)


def test_triangular_agrees_with_the_reference():
    distribution = Distribution(kind="triangular", low=1.0, mode=2.0, high=4.0)
    reference = stats.triang(c=1.0 / 3.0, loc=1.0, scale=3.0).ppf(UNIFORMS)
    np.testing.assert_allclose(distribution.inverse(UNIFORMS), reference, rtol=1e-12)


def test_discrete_weights_fall_linearly_from_the_mode():
    values = Distribution(kind="discrete", low=0.0, mode=0.0, high=2.0).inverse(UNIFORMS)
    shares = [np.mean(values == value) for value in (0.0, 1.0, 2.0)]
    np.testing.assert_allclose(shares, [3 / 6, 2 / 6, 1 / 6], atol=2e-3)


@st.composite
def distributions(draw):
    kind = draw(st.sampled_from(("fixed", "uniform", "triangular", "discrete")))
    low, mode, high = sorted(draw(st.lists(st.integers(-9, 9), min_size=3, max_size=3)))
    return Distribution(kind=kind, low=float(low), mode=float(mode), high=float(high))


@given(distributions())
def test_inverse_rises_within_its_range(distribution):
    values = distribution.inverse(UNIFORMS)
    slack = 1e-12
    assert values.min() >= distribution.low - slack
    assert values.max() <= distribution.high + slack
    assert np.all(np.diff(values) >= -slack)
    assert distribution.is_uncertain == (values.max() > values.min())
    assert distribution.inverse(np.array(0.5)).shape == ()


@pytest.mark.parametrize(
    ("kind", "low", "mode", "high"),
    [
        ("normal", 0.0, 1.0, 2.0),
        ("uniform", 2.0, 1.0, 3.0),
        ("triangular", 0.0, 4.0, 3.0),
        ("uniform", 0.0, 1.0, float("inf")),
        ("fixed", float("nan"), 1.0, 2.0),
        ("discrete", 0.0, 0.5, 2.0),
    ],
)
def test_what_is_no_distribution_is_refused(kind, low, mode, high):
    with pytest.raises(ValueError, match=r"distribution|mode"):
        Distribution(kind=kind, low=low, mode=mode, high=high)
