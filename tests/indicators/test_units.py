"""Cost recovery of public units."""

from tests.indicators.facts import value

UNITS = {
    "revenue": ("service place_kind", [[50, 40], [10, 0]]),
    "cost": ("service place_kind component", [[[60, 40], [30, 20]], [[5, 15], [5, 5]]]),
}


def test_revenue_over_actual_cost() -> None:
    assert value("cost_recovery", "all", "", UNITS) == 100 / 180
    assert value("cost_recovery", "service*place_kind", "visit*rural", UNITS) == 0.8
    assert value("cost_recovery", "sector", "education", UNITS) == 1 / 3


def test_the_condition_of_units_is_weighted_by_value_and_by_volume() -> None:
    state = {
        "units_cash": ("sector", [3, 4]),
        "unit_arrears": ("sector", [1, 0]),
        "asset_age": ("sector", [30, 60]),
        "asset_value": ("sector", [100, 100]),
        "quality_value": ("sector", [8, 18]),
        "quality_weight": ("sector", [10, 20]),
    }
    assert value("units_cash", "all", "", state) == 7
    assert value("unit_arrears", "sector", "health", state) == 1
    assert value("asset_age", "all", "", state) == 0.45
    assert value("quality", "sector", "education", state) == 0.9
