"""The recorder: flows add up over a year, stocks stand at its end, and all of it is small."""

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.world.quantities import MONTHLY, YEARLY, axis_ids
from pricing.world.recorder import Outcome, Recorder
from tests.builders import toy_city

CITY = toy_city()
YEARS = range(2025, 2028)


def test_every_quantity_is_there_on_its_axes():
    outcome = Recorder(CITY, YEARS).outcome()
    ids = axis_ids(CITY)
    assert list(outcome.series) == [row.name for row in YEARLY]
    assert list(outcome.months) == [row.name for row in MONTHLY]
    for row in YEARLY:
        assert outcome.series[row.name].shape == (3, *(len(ids[axis]) for axis in row.axes))
    for row in MONTHLY:
        assert outcome.months[row.name].shape == (36,)


def test_flows_add_up_and_stocks_stand():
    recorder = Recorder(CITY, YEARS)
    shape = (len(CITY.services.id), 5)
    for month in range(3):
        recorder.add("volume", 2026, np.full(shape, month + 1.0))
        recorder.put("fund_reserve", 2027, 10.0 * month)
        recorder.add("claims", 2026, 2.0)
    recorder.month("claims_month", Month.of(2026, 3), 7.0)
    outcome = recorder.outcome()
    np.testing.assert_array_equal(outcome.series["volume"][1], 6.0)
    np.testing.assert_array_equal(outcome.series["volume"][[0, 2]], 0.0)
    np.testing.assert_array_equal(outcome.series["fund_reserve"], [0.0, 0.0, 20.0])
    np.testing.assert_array_equal(outcome.series["claims"], [0.0, 6.0, 0.0])
    assert np.flatnonzero(outcome.months["claims_month"]).tolist() == [14]


def test_a_stock_is_not_added_and_a_flow_not_put():
    recorder = Recorder(CITY, YEARS)
    with pytest.raises(KeyError):
        recorder.add("fund_reserve", 2026, 1.0)
    with pytest.raises(KeyError):
        recorder.put("claims", 2026, 1.0)


def test_values_stand_on_the_axes_of_the_quantity():
    with pytest.raises(ValueError, match="broadcast"):
        Recorder(CITY, YEARS).add("volume", 2026, np.ones((5, len(CITY.services.id))))


def test_the_outcome_is_read_only_and_knows_its_size():
    outcome = Recorder(CITY, YEARS).outcome()
    with pytest.raises(ValueError, match="read-only"):
        outcome.series["claims"][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        outcome.months["claims_month"][0] = 1.0
    assert Outcome({"a": np.zeros((2, 3))}, {"b": np.zeros(4)}).nbytes == 80


def test_a_trial_of_a_city_of_28_places_stays_below_half_a_megabyte():
    sizes = {name: len(ids) for name, ids in axis_ids(CITY).items()} | {"place": 28}
    yearly = sum(np.prod([sizes[axis] for axis in row.axes], initial=1) for row in YEARLY)
    assert 8 * (11 * yearly + 132 * len(MONTHLY)) < 500_000
