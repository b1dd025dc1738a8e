"""A zero denominator gives the undefined value, without a warning."""

import numpy as np

from pricing.equations.quotient import quotient


def test_zero_denominator_is_undefined():
    result = quotient([1.0, 2.0, 0.0], [2.0, 0.0, 0.0])
    assert result[0] == 0.5
    assert np.isnan(result[1:]).all()


def test_undefined_value_can_be_chosen_and_axes_broadcast():
    result = quotient(np.ones((2, 1)), np.array([0.0, 4.0]), undefined=-1.0)
    assert result.tolist() == [[-1.0, 0.25], [-1.0, 0.25]]
