"""Inequality: bounds, what changes nothing, transfers, identities, samples of known laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.inequality import (
    atkinson,
    bounded_indices,
    concentration,
    concentration_curve,
    concentration_index,
    dominates,
    extended_index,
    fractional_rank,
    gini,
    group_rank,
    lognormal_concentration,
    mean_log_deviation,
    quantile_shares,
    redistribution,
    theil,
)

amounts = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=30)
people = st.lists(
    st.tuples(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.floats(0.1, 10.0)),
    min_size=2,
    max_size=30,
)


@given(people)
def test_ranks_average_one_half_and_do_not_fall_with_the_standard(drawn):
    _, standard, weight = np.array(drawn).T
    rank = fractional_rank(standard, weight)
    assert np.average(rank, weights=weight) == pytest.approx(0.5)
    order = np.argsort(standard)
    assert np.all(np.diff(rank[order]) >= -1e-12)
    assert 0.0 < rank.min() <= rank.max() < 1.0


@given(people)
def test_an_index_lies_within_one_and_knows_no_unit_of_money_or_weights(drawn):
    y, standard, weight = np.array(drawn).T
    found = concentration_index(y, standard, weight)
    assert -1.0 <= found <= 1.0
    assert concentration_index(1e3 * y, standard, 7.0 * weight) == pytest.approx(found, abs=1e-12)
    assert concentration_index(y, 8.0 * standard, weight) == pytest.approx(found, abs=1e-12)
    assert abs(found) <= gini(y, weight) + 1e-9


@given(people)
def test_turned_round_the_index_changes_sign(drawn):
    y, standard, weight = np.array(drawn).T
    assert concentration_index(y, -standard, weight) == pytest.approx(
        -concentration_index(y, standard, weight), abs=1e-9
    )


@given(amounts, st.floats(0.0, 1.0))
def test_what_the_richest_gives_the_poorest_lowers_every_measure(drawn, share):
    y = np.sort(np.array(drawn))
    given_away = share * (y[-1] - y[0]) / 2.0
    after = y.copy()
    after[0], after[-1] = y[0] + given_away, y[-1] - given_away
    for measure in (gini, theil, mean_log_deviation, lambda x: atkinson(x, 0.5)):
        assert measure(after) <= measure(y) + 1e-9


@given(st.floats(0.1, 1e6), st.integers(2, 20))
def test_equal_amounts_are_not_unequal(amount, number):
    y = np.full(number, amount)
    for measure in (gini, theil, mean_log_deviation, lambda x: atkinson(x, 2.0)):
        assert measure(y) == pytest.approx(0.0, abs=1e-9)


def test_one_who_has_all_leaves_the_index_its_largest_value():
    assert gini([0.0, 0.0, 0.0, 1.0]) == pytest.approx(0.75)
    assert atkinson([0.0, 1.0], 1.0) == 1.0
    assert atkinson([0.0, 1.0], 2.0) == 1.0
    assert mean_log_deviation([0.0, 1.0]) == np.inf
    assert theil([0.0, 1.0]) == pytest.approx(np.log(2.0))


def test_ranks_of_groups_are_those_of_their_people():
    people = np.array([[2.0, 3.0, 5.0], [1.0, 1.0, 2.0]])
    found = group_rank(people)
    for row, ranks in zip(people.astype(int), found, strict=True):
        everybody = fractional_rank(np.repeat([0.0, 1.0, 2.0], row))
        np.testing.assert_allclose(ranks, everybody[np.cumsum(row) - 1])


def test_where_there_is_nothing_there_is_no_index():
    assert np.isnan(concentration_index([0.0, 0.0], [1.0, 2.0]))
    assert np.isnan(concentration_curve([0.0, 0.0], [1.0, 2.0], [0.5])).all()


@given(people)
def test_redistribution_splits_into_progressivity_and_reranking(drawn):
    paid, resources, weight = np.array(drawn).T
    paid = np.minimum(paid, 0.5 * resources)
    found = redistribution(resources, paid, weight)
    assert found.reynolds_smolensky == pytest.approx(
        found.share / (1.0 - found.share) * found.kakwani, abs=1e-9
    )
    assert found.redistributive_effect == pytest.approx(
        found.reynolds_smolensky - found.reranking, abs=1e-12
    )
    assert found.reranking >= -1e-9
    even = redistribution(resources, 0.3 * resources, weight)
    assert even.kakwani == pytest.approx(0.0, abs=1e-9)


@given(people)
def test_the_curve_runs_from_nothing_to_all_and_halves_the_index(drawn):
    y, standard, weight = np.array(drawn).T
    at = np.linspace(0.0, 1.0, 4001)
    curve = concentration_curve(y, standard, at, weight)
    assert (curve[0], curve[-1]) == pytest.approx((0.0, 1.0))
    assert np.all(np.diff(curve) >= -1e-12)
    area = np.trapezoid(curve, at)
    assert 1.0 - 2.0 * area == pytest.approx(concentration_index(y, standard, weight), abs=2e-3)
    assert quantile_shares(y, standard, 5, weight).sum() == pytest.approx(1.0)


def test_a_lorenz_curve_is_dominated_by_equality():
    at = np.linspace(0.0, 1.0, 11)
    y = np.arange(1.0, 20.0)
    lorenz = concentration_curve(y, y, at)
    assert dominates(at, lorenz)
    assert not dominates(lorenz, at)
    assert not dominates(lorenz, lorenz)


def test_a_large_sample_of_a_log_normal_has_its_index_within_its_errors():
    x = np.exp(0.5 * np.random.default_rng(20261125).standard_normal(20_000))
    for elasticity in (0.5, 1.5):
        found = concentration(x**elasticity, x)
        known = float(lognormal_concentration(0.5, elasticity))
        assert abs(found.index - known) < 4.0 * found.se
        assert 0.0 < found.se < 0.02
        assert found.se_regression > 0.0


@given(st.lists(st.floats(0.01, 1e3), min_size=3, max_size=20, unique=True))
def test_more_aversion_to_inequality_weighs_the_poor_more(drawn):
    y = np.array(drawn)
    found = [extended_index(y, y, aversion) for aversion in (1.5, 2.0, 3.0, 5.0)]
    assert np.all(np.diff(found) >= -1e-9)
    assert found[1] == pytest.approx(gini(y))


def test_indices_of_a_bounded_variable_mirror_each_other_for_what_is_missing():
    y, standard = np.array([1.0, 0.0, 1.0, 1.0, 0.0]), np.arange(5)
    health = bounded_indices(concentration_index(y, standard), y.mean())
    illness = bounded_indices(concentration_index(1.0 - y, standard), 1.0 - y.mean())
    assert health == pytest.approx([-one for one in illness])
