"""Scenarios that share their futures and their chance differ by policy, not by luck."""

import pytest

from tests.statistical.pairing import paired, sized


@pytest.mark.slow
def test_pairing_cuts_the_variance_of_a_difference_twentyfold():
    found = paired(256)
    assert found.gain_futures is not None
    assert found.gain_futures >= 20.0
    assert found.gain_chance is not None
    assert found.gain_chance >= 20.0
    assert found.estimate_low is not None
    assert found.estimate_high is not None
    assert found.estimate_low * found.estimate_high > 0.0, "the policy moves nothing"


def test_both_scenarios_meet_so_many_trials():
    study = sized(64)
    assert study.scramblings * study.points * study.replications == 64
    assert [one.name for one in study.scenarios] == ["base", "full_cost_2030"]
    assert study.last_year == 2035
