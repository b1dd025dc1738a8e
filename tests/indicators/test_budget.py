"""Outlay by line and level, and what it costs once the fund is counted."""

from math import isnan

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


ENVELOPE = {
    "envelope_cap": ("budget_level", [0, 8]),
    "obligation": ("line budget_level", [[0, 6], [0, 4]]),
    "budget_arrears": ("sector budget_level", [[0, 1], [0, 2]]),
    "envelope_marginal": ("line budget_level", [[0, 1], [0, 0]]),
}


def test_obligations_stand_against_the_envelope_of_levels_that_have_one() -> None:
    assert value("envelope_use", "all", "", ENVELOPE) == 1.25
    assert value("envelope_use", "budget_level", "city", ENVELOPE) == 1.25
    assert isnan(value("envelope_use", "budget_level", "central", ENVELOPE))


def test_arrears_and_the_line_that_takes_one_more_dong() -> None:
    assert value("budget_arrears", "sector", "education", ENVELOPE) == 2
    assert value("budget_arrears", "all", "", ENVELOPE) == 3
    assert value("envelope_marginal", "line", "recurrent_grant", ENVELOPE) == 1
