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
