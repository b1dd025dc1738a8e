"""Inputs are held in arrays that nobody can write to."""

import numpy as np
import pytest

from pricing.base.arrays import frozen


def test_frozen_copies_and_cannot_be_written():
    values = np.array([1, 2, 3])
    array = frozen(values)
    values[0] = 9
    assert array.tolist() == [1.0, 2.0, 3.0]
    assert array.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 5.0
