"""Outlay by line and level, and what it costs once the fund is counted."""

from tests.indicators.facts import value

MONEY = {
    # sector, line, budget level
    "outlay": ("sector line budget_level", [[[10, 20], [3, 0]], [[0, 5], [0, 0]]]),
    "claims": ("", 100),
    "administration": ("", 4),
    "contribution": ("contributor", [60, 3]),
}


def test_outlay_by_each_axis_sums_to_the_total() -> None:
    assert value("outlay", "all", "", MONEY) == 38
    assert value("outlay", "sector", "health", MONEY) == 33
    assert value("outlay", "line*budget_level", "recurrent_grant*city", MONEY) == 25
    assert sum(value("outlay", "budget_level", one, MONEY) for one in ("central", "city")) == 38


def test_premium_subsidies_cancel_out_of_net_public_cost() -> None:
    before = value("net_public_cost", "all", "", MONEY)
    assert before == 38 + 100 + 4 - 63
    subsidised = {
        **MONEY,
        "outlay": ("sector line budget_level", [[[10, 20], [3 + 7, 0]], [[0, 5], [0, 0]]]),
        "contribution": ("contributor", [60, 3 + 7]),
    }
    assert value("net_public_cost", "all", "", subsidised) == before
