"""Folding rules: what each does with base and opinions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.world.folding import RULES, OverlapError, fold, moved
from pricing.world.lever_table import LEVERS

NAN = np.nan


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("min", [1.0, 3.0, 5.0]),
        ("max", [5.0, 5.0, 5.0]),
        ("add", [6.0, 8.0, 5.0]),
        ("multiply", [5.0, 15.0, 5.0]),
        ("replace", [1.0, 3.0, 5.0]),
        ("conflict", [1.0, 3.0, 5.0]),
    ],
)
def test_one_opinion(rule, expected):
    value = fold(rule, np.full(3, 5.0), {"a": np.array([1.0, 3.0, NAN])})
    np.testing.assert_array_equal(value, expected)


@pytest.mark.parametrize(
    ("rule", "expected"), [("min", 2.0), ("max", 7.0), ("add", 14.0), ("multiply", 70.0)]
)
def test_two_opinions_fold(rule, expected):
    value = fold(rule, np.asarray(5.0), {"b": np.asarray(7.0), "a": np.asarray(2.0)})
    assert value == expected


def test_replace_takes_two_proposers_on_different_cells_only():
    one, other = np.array([1.0, NAN]), np.array([NAN, 2.0])
    np.testing.assert_array_equal(fold("replace", np.zeros(2), {"a": one, "b": other}), [1.0, 2.0])
    with pytest.raises(OverlapError):
        fold("replace", np.zeros(2), {"a": one, "b": one})
    with pytest.raises(OverlapError):
        fold("conflict", np.zeros(2), {"a": one, "b": other})


opinions = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.one_of(st.just(NAN), st.floats(-10, 10)), min_size=3, max_size=3).map(np.array),
    max_size=6,
)


@given(st.sampled_from(["min", "max", "add", "multiply"]), opinions)
def test_the_order_in_which_proposers_spoke_does_not_matter(rule, said):
    base = np.array([0.1, 0.2, 0.3])
    backwards = dict(reversed(said.items()))
    assert fold(rule, base, said).tobytes() == fold(rule, base, backwards).tobytes()


@given(opinions)
def test_bounds_bound(said):
    base = np.zeros(3)
    low, high = fold("min", base, said), fold("max", base, said)
    assert np.all(low <= base)
    assert np.all(base <= high)
    for opinion in said.values():
        assert np.all(~(opinion < low))
        assert np.all(~(opinion > high))


def test_moved_cells_of_a_bound_are_those_where_it_binds():
    base, opinion = np.array([1.0, 1.0, 1.0]), np.array([0.5, 2.0, NAN])
    value = fold("min", base, {"a": opinion})
    np.testing.assert_array_equal(moved("min", base, value, opinion), [True, False, False])
    np.testing.assert_array_equal(moved("add", base, value, opinion), [True, True, False])


def test_every_lever_folds_by_a_known_rule():
    assert {row.rule for row in LEVERS} <= set(RULES)
