"""The condition of public units: cash and bills of the books, age and quality of the state."""

import numpy as np
import pytest

from tests.acceptance.toy import closed_months, run, shipped


def test_what_is_recorded_is_what_books_and_state_say(monkeypatch):
    with closed_months(monkeypatch) as seen:
        series = run(shipped("base", (2025, 2026))).series
    last = seen[-1]
    units, public = last.setup.city.units, last.setup.units.is_public
    value = public * units.asset_value
    assert series["asset_value"][-1].sum() == pytest.approx(value.sum())
    age = float((value * np.clip(1.0 - 0.5 * last.after.asset, 0.0, 1.0)).sum())
    assert series["asset_age"][-1].sum() == pytest.approx(age)
    assert series["asset_age"][0].sum() / series["asset_value"][0].sum() == pytest.approx(
        0.5, abs=0.01
    )
    assert np.all(series["units_cash"] >= 0.0)
    assert np.all(series["unit_arrears"] >= 0.0)
    assert not series["budget_arrears"].any()


def test_quality_is_weighted_by_what_public_output_costs_at_the_norm(monkeypatch):
    with closed_months(monkeypatch) as seen:
        series = run(shipped("base", (2025, 2025))).series
    weighted, weight = 0.0, 0.0
    for one in seen:
        offers = one.setup.city.offers
        made = one.flows.volume.sum(0) + one.flows.outsiders
        worth = one.flows.norm[offers.norm].sum(1) * made * one.setup.offers.is_public
        weighted += float((one.after.quality * worth).sum())
        weight += float(worth.sum())
    assert series["quality_value"][0].sum() == pytest.approx(weighted)
    assert series["quality_weight"][0].sum() == pytest.approx(weight)
