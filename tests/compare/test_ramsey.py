"""The benchmark: the same margin over marginal cost, one Ramsey number, never a loss to users."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.compare.ramsey import benchmarks
from pricing.engine.moments_base import base_year
from pricing.engine.moments_use import list_price_elasticity
from tests.acceptance.toy import result_of
from tests.builders import toy_city
from tests.engine.small import calibrated, outcome

CITY = toy_city()
HORIZON = (2025, 2035)
RESULT = result_of({name: outcome(name) for name in ("base", "full_cost_2030")}, HORIZON, "base")
FOUND = benchmarks(RESULT, CITY, calibrated())


@pytest.mark.parametrize("found", FOUND, ids=lambda one: one.scenario)
def test_it_costs_the_public_the_same_and_users_less(found):
    q = np.array([one.volume for one in found.services])
    u, c, e, best = (
        np.array([getattr(one, name) for one in found.services])
        for name in ("user_price", "marginal_cost", "elasticity", "second_best")
    )
    after = q * (best / u) ** e
    assert np.sum((best - c) * after) == pytest.approx(np.sum((u - c) * q), rel=1e-6)
    np.testing.assert_allclose((best - c) / best * -e, found.number, rtol=1e-6)
    assert found.gain > 0.0
    assert found.year == 2035
    for one in found.services:
        share = one.user_price / one.list_price
        assert one.second_best == pytest.approx(share * one.second_best_list)


def test_full_cost_raises_what_the_benchmark_starts_from():
    base, full = FOUND
    assert [one.service for one in base.services] == [one.service for one in full.services]
    pairs = list(zip(base.services, full.services, strict=True))
    assert sum(two.list_price > 1.01 * one.list_price for one, two in pairs) >= 3
    assert sum(two.user_price > 1.01 * one.user_price for one, two in pairs) >= 3
    assert all(one.elasticity < 0.0 for one in full.services)


def test_a_need_of_one_public_service_answers_as_its_moment_does():
    """Inpatient care: the public nest answers more than all use, which can go elsewhere."""
    [stay] = [one for one in FOUND[0].services if one.service == "inpatient_stay"]
    assert stay.elasticity < list_price_elasticity("inpatient")(base_year(CITY, calibrated())) < 0.0


def test_a_scenario_without_finished_trials_has_no_benchmark():
    lost = {**RESULT.finished, "base": np.zeros((1, 1), dtype=np.bool_)}
    found = benchmarks(replace(RESULT, finished=lost), CITY, calibrated())
    assert [one.scenario for one in found] == ["full_cost_2030"]
