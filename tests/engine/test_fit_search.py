"""The slow way of the fit: where all targets at once do not settle, distance by distance."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine import fit_search
from pricing.engine.fit import fit_need
from tests.engine.test_fit import NAN, cold, model_volume, need


@pytest.fixture
def slowly(monkeypatch):
    """No patience for all targets at once."""
    monkeypatch.setattr(fit_search, "JOINT_ROUNDS", 1)


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("start", [0.005, 0.06, 0.3])
def test_weight_by_weight_the_same_demand_is_found(start):
    case = need()
    begin = replace(cold(), distance_weight=start)
    demand, report = fit_need(case.frame, begin, case.targets, case.prices)
    assert report.error < 1e-10
    assert report.infeasible == ()
    assert demand.distance_weight == pytest.approx(case.truth.distance_weight, rel=1e-6)
    np.testing.assert_allclose(
        model_volume(case, demand), model_volume(case, case.truth), rtol=1e-7
    )


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize(("wanted", "low", "high"), [(0.99999, 0.2, 0.4), (0.02, 0.0, 2e-4)])
def test_where_no_weight_reaches_the_share_the_nearest_stands(wanted, low, high):
    case = need()
    targets = replace(case.targets, own_place_share=wanted, offer_volume=np.full(5, NAN))
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    assert low <= demand.distance_weight <= high
    (missed,) = report.infeasible
    assert missed.wanted == wanted
    usual, _ = fit_need(case.frame, cold(), need().targets, case.prices)
    assert abs(missed.reached - wanted) < abs(case.targets.own_place_share - wanted)
    assert usual.distance_weight == pytest.approx(case.truth.distance_weight, rel=1e-6)


@pytest.mark.usefixtures("slowly")
def test_a_free_distance_weight_needs_no_search():
    case = need()
    targets = replace(case.targets, own_place_share=NAN)
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    assert demand.distance_weight == cold().distance_weight
    assert report.error < 1e-10
