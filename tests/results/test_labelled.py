"""Labelled arrays combine by the names of their axes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.results.labelled import Labelled

NAMES = ("a", "b", "c")


def labelled(axes, seed=0, sizes=(2, 3, 4)):
    """Random values on some of the axes a, b, c."""
    shape = (1, 2, 3, *(sizes[NAMES.index(axis)] for axis in axes))
    return Labelled(axes=tuple(axes), values=np.random.default_rng(seed).random(shape))


def test_product_repeats_the_axis_one_side_lacks() -> None:
    price, weight = labelled("ab"), labelled("ba", 1)
    product = price * weight
    assert product.axes == ("a", "b")
    assert np.array_equal(product.values, price.values * np.swapaxes(weight.values, 3, 4))
    wider = labelled("a") * labelled("c", 1)
    assert wider.axes == ("a", "c")
    assert wider.values.shape == (1, 2, 3, 2, 4)


@given(st.permutations(NAMES), st.permutations(NAMES))
def test_sum_does_not_depend_on_the_order_of_axes(first, second) -> None:
    a, b = labelled(first), labelled(second, 1)
    forth, back = a + b, b + a
    order = [3 + back.axes.index(axis) for axis in forth.axes]
    assert np.array_equal(forth.values, np.transpose(back.values, (0, 1, 2, *order)))


def test_total_sums_some_axes_or_all() -> None:
    item = labelled("abc")
    assert item.total("b").axes == ("a", "c")
    assert np.allclose(item.total("a", "b", "c").values, item.total().values)
    assert np.array_equal(item.total("b").values, item.values.sum(axis=4))


def test_difference_with_a_total() -> None:
    item = labelled("a")
    assert np.array_equal((item - item).values, np.zeros((1, 2, 3, 2)))


def test_axes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Labelled(axes=("a",), values=np.zeros((1, 2, 3)))
