"""Welfare adds up: gains of users and units, outsiders' payments, public money at its cost."""

import pytest

from tests.indicators.facts import value

# need, place_kind, quintile
FACTS = {
    "user_surplus": ("need place_kind quintile", [[[-10, -20], [-30, -40]], [[1, 2], [3, 4]]]),
    "people": ("place quintile", [[2, 4], [5, 5]]),
    "travel_cost": ("need quintile", [[5, 6], [7, 8]]),
    "detour_cost": ("need quintile", [[1, 2], [0, 0]]),
    "waiting_cost": ("need quintile", [[3, 4], [0, 0]]),
    "unit_surplus": ("sector ownership", [[50, 7], [30, 3]]),
    "payment_outsiders": ("service payer", [[1, 20, 300], [2, 0, 0]]),
    "cost_of_funds": ("", 1.5),
    "social_weight": ("quintile", [1.5, 0.5]),
    "outlay": ("line budget_level", [[100, 50], [40, 10]]),
    "claims": ("", 60),
    "administration": ("", 5),
    "contribution": ("contributor", [70, 25]),
}
# outlay 200 + claims 60 + administration 5 − premiums of the budget 25 + outsiders' 320, at 1.5
PUBLIC = 1.5 * 560


@pytest.mark.parametrize(
    ("indicator", "dimension", "key", "expected"),
    [
        ("user_surplus", "all", "", -90),
        ("user_surplus", "need*quintile", "ambulatory*2", -60),
        ("user_surplus", "place_kind", "rural", -63),
        ("user_surplus_per_resident", "all", "", -90 / 16),
        ("user_surplus_per_resident", "place_kind*quintile", "urban*1", -9 / 2),
        ("travel_cost", "quintile", "1", 12),
        ("waiting_cost", "sector", "health", 7),
        ("unit_surplus", "ownership", "non_public", 10),
        ("unit_surplus", "sector*ownership", "education*public", 30),
        ("cost_of_public_money", "all", "", PUBLIC),
        ("deadweight_loss", "all", "", PUBLIC - (-90 + 90 - 3)),
        ("net_social_benefit", "all", "", -90 - 10 + 90 - 3 - PUBLIC),
        ("social_welfare", "all", "", 1.5 * (-36 - 4) + 0.5 * (-54 - 6) + 90 - 3 - PUBLIC),
    ],
)
def test_by_hand(indicator, dimension, key, expected):
    assert value(indicator, dimension, key, FACTS) == pytest.approx(expected)
