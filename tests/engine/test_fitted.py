"""Targets and fitted values, recomputed from the choice: errors are seen, infeasible ones told."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.assess import assess
from pricing.engine.calibrate import prepare
from pricing.engine.fitted import Fitted, fitted_targets
from tests.builders import cell, toy_city


@pytest.fixture(scope="module")
def calibrated():
    city = toy_city()
    return prepare(city, city.parameters.central())


def test_every_need_and_the_aggregates_have_rows(calibrated):
    rows = fitted_targets(toy_city(), calibrated)
    assert {row.need for row in rows} == {*toy_city().needs.id, "all"}
    assert {row.target for row in rows} == {
        "use_rate",
        "nest_share",
        "elasticity",
        "elasticity_private_fee",
        "own_place_share",
        "offer_share",
        "fund_outlay",
        "oop_share",
    }


def test_feasible_targets_are_met(calibrated):
    missed = {one.need for fit in calibrated.fits for one in fit.report.infeasible}
    for row in fitted_targets(toy_city(), calibrated):
        if row.need not in missed or row.target != "own_place_share":
            assert row.error < 1e-6, (row.need, row.target, row.nest)


def test_infeasible_targets_reach_the_value_that_the_report_names(calibrated):
    told = {one.need: one.reached for fit in calibrated.fits for one in fit.report.infeasible}
    rows = {
        row.need: row
        for row in fitted_targets(toy_city(), calibrated)
        if row.target == "own_place_share"
    }
    assert told
    for need, reached in told.items():
        assert rows[need].reached == pytest.approx(reached)


def test_a_fit_that_missed_is_seen(calibrated):
    first = calibrated.fits[0]
    spoilt = replace(first, volume=first.volume * 1.01)
    rows = fitted_targets(toy_city(), replace(calibrated, fits=(spoilt, *calibrated.fits[1:])))
    [use] = [row for row in rows if (row.need, row.target) == ("ambulatory", "use_rate")]
    assert use.error == pytest.approx(0.01)


def test_error_is_absolute_where_nothing_is_wanted():
    row = Fitted(
        need="a", target="b", nest="c", wanted=np.array([0.0, 2.0]), reached=np.array([0.3, 2.2])
    )
    assert row.error == pytest.approx(0.3)


def test_an_assessment_is_fine_only_if_the_totals_hold():
    assert assess(toy_city()).ok
    broken = assess(toy_city(cell("totals.csv", "value", 3, total="communes")))
    assert broken.is_met
    assert not broken.ok


def test_infeasible_targets_do_not_count_as_errors():
    found = assess(toy_city())
    assert found.infeasible
    assert found.largest_error < 1e-6
