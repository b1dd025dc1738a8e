"""Prices: weighted by base volume, parts that sum to the price, coverage of full cost."""

import pytest

from tests.indicators.facts import value

PRICES = {
    # service, place kind, component
    "list_price": ("service place_kind component", [[[10, 20], [30, 40]], [[5, 5], [0, 0]]]),
    "weight": ("service place_kind", [[1, 3], [2, 0]]),
    "full_norm_at_decision": ("service place_kind", [[60, 140], [10, 8]]),
    "ceiling_bound": ("service place_kind", [[0, 3], [2, 0]]),
}


def test_price_is_weighted_by_base_volume() -> None:
    assert value("service_price", "service", "visit", PRICES) == (1 * 30 + 3 * 70) / 4
    assert value("service_price", "service*place_kind", "visit*rural", PRICES) == 70


def test_components_sum_to_the_price() -> None:
    parts = [
        value("price_component", "service*component", f"visit*{c}", PRICES)
        for c in ("labour", "direct")
    ]
    assert parts == [(10 + 90) / 4, (20 + 120) / 4]
    assert sum(parts) == value("service_price", "service", "visit", PRICES)
    assert value("price_component", "sector*component", "education*labour", PRICES) == 5


def test_full_cost_ratio_is_one_where_price_is_full_cost() -> None:
    assert value("full_cost_ratio", "service", "lesson", PRICES) == 1.0
    assert value("full_cost_ratio", "service", "visit", PRICES) == 0.5
    assert value("full_cost_ratio", "all", "", PRICES) == pytest.approx((240 + 20) / (480 + 20))


def test_ceiling_binding_is_a_share_of_volume() -> None:
    assert value("ceiling_binding", "service", "visit", PRICES) == 0.75
    assert value("ceiling_binding", "place_kind", "rural", PRICES) == 1.0
    assert value("ceiling_binding", "all", "", PRICES) == 5 / 6
