"""Chance: addressed, neutral when switched off, and centred where it is not."""

import numpy as np
import pytest

from pricing.base.draws import Draws
from pricing.engine.chance import Chance, chance
from pricing.world.parameters import Parameters
from tests.builders import toy_city

CENTRAL = toy_city().parameters.central()
SPREAD = 0.3


def drawn(seed: int = 1, years: int = 11, shocks: bool = True, **changes: float) -> Chance:
    parameters = Parameters({**CENTRAL, **changes})
    return chance(toy_city(), parameters, Draws(seed, 0), years, shocks)


def test_one_address_one_chance():
    one, other, third = drawn(1), drawn(1), drawn(2)
    for name in ("inflation", "demand", "efficiency"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        assert np.all(getattr(one, name) != getattr(third, name))


def test_a_longer_horizon_has_the_same_beginning():
    short, long = drawn(years=5), drawn(years=11)
    np.testing.assert_array_equal(long.inflation[:5], short.inflation)
    np.testing.assert_array_equal(long.demand[:60], short.demand)
    np.testing.assert_array_equal(long.efficiency, short.efficiency)


def test_without_shocks_nothing_moves():
    found = drawn(shocks=False)
    np.testing.assert_array_equal(found.inflation, 0.0)
    np.testing.assert_array_equal(found.demand, 1.0)
    np.testing.assert_array_equal(found.efficiency, 1.0)
    assert found.demand.shape == drawn().demand.shape


@pytest.fixture(scope="module")
def many() -> Chance:
    return drawn(years=3_000, demand_shock_sd=SPREAD)


def test_shocks_to_demand_have_mean_one_and_the_stated_spread(many):
    # wide shocks, of which a median of one would have the mean 1.046
    assert many.demand.mean() == pytest.approx(1.0, abs=0.01)
    logs = np.log(many.demand)
    np.testing.assert_allclose(logs.std(axis=0), SPREAD, rtol=0.05)


def test_shocks_fade_at_the_stated_rate(many):
    logs = np.log(many.demand) - np.log(many.demand).mean(axis=0)
    kept = (logs[1:] * logs[:-1]).mean(axis=0) / (logs**2).mean(axis=0)
    np.testing.assert_allclose(kept, CENTRAL["demand_shock_ar1"], atol=0.03)


def test_shocks_to_prices_are_centred(many):
    assert many.inflation.mean() == pytest.approx(0.0, abs=0.002)
    assert many.inflation.std() == pytest.approx(CENTRAL["cpi_shock_sd"], rel=0.1)


def test_a_wider_parameter_spreads_the_same_draws():
    narrow, wide = drawn(efficiency_sd=0.1), drawn(efficiency_sd=0.2)
    np.testing.assert_allclose(np.log(wide.efficiency), 2.0 * np.log(narrow.efficiency))
    np.testing.assert_allclose(
        drawn(cpi_shock_sd=0.02).inflation, 2.0 * drawn(cpi_shock_sd=0.01).inflation
    )
    assert np.all(drawn(efficiency_sd=0.0).efficiency == 1.0)
