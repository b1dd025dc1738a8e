"""The fund's reserve and the city's net position."""

from tests.indicators.facts import value

FUND = {
    "fund_reserve": ("", 7),
    "claims": ("", 100),
    "administration": ("", 4),
    "contribution": ("contributor", [60, 50]),
}


def test_net_position_is_what_residents_leave_in_the_fund() -> None:
    assert value("fund_net_position", "all", "", FUND) == 6
    assert value("fund_reserve", "all", "", FUND) == 7
