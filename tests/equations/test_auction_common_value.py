"""The winner's curse grows with the number of bidders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction_common_value import (
    lowest_signal_bias,
    lowest_signal_variance,
    naive_profit,
)

widths = st.floats(0.1, 100.0)


@given(widths)
def test_the_lowest_signal_errs_more_the_more_bidders_there_are(width):
    bias = lowest_signal_bias(np.arange(1, 30), width)
    assert bias[0] == 0.0
    assert np.all(np.diff(bias) < 0.0)
    assert np.all(bias > -width)


@given(st.integers(1, 30), widths)
def test_moments_are_those_of_the_order_statistic(number, width):
    u = (np.arange(100_000) + 0.5) / 100_000
    lowest = width * (1.0 - 2.0 * u ** (1.0 / number))  # the lowest lies 2a·(1 − u^(1/n)) above −a
    assert lowest_signal_bias(number, width) == pytest.approx(lowest.mean(), abs=1e-3 * width)
    variance = lowest_signal_variance(number, width)
    assert variance == pytest.approx(lowest.var(), abs=1e-3 * width**2)


@given(st.integers(2, 30), widths)
def test_a_markup_that_covers_the_error_of_one_loses_against_many(number, width):
    markup = -lowest_signal_bias(number, width)
    assert naive_profit(number, width, markup) == pytest.approx(0.0, abs=1e-12)
    assert naive_profit(number + 1, width, markup) < 0.0 < naive_profit(number - 1, width, markup)
