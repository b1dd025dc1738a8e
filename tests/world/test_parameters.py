"""Parameters are read by name."""

import pytest

from pricing.world.parameters import Parameters


def test_by_name():
    parameters = Parameters({"cpi_growth": 0.03})
    assert parameters["cpi_growth"] == 0.03
    with pytest.raises(KeyError):
        parameters["cpi_grwoth"]
