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


def test_flags_of_a_trial_are_what_their_mean_makes_a_probability() -> None:
    flags = {"fund_deficit": ("", 1), "fund_exhausted": ("", 0), "fund_months": ("", 2.5)}
    assert value("fund_deficit", "all", "", flags) == 1
    assert value("fund_exhausted", "all", "", flags) == 0
    assert value("fund_months", "all", "", flags) == 2.5


def test_top_up_is_silent_where_no_rule_made_one() -> None:
    assert value("fund_top_up", "all", "", {"fund_top_up": ("", 3)}) == 3


def test_contributions_add_up_by_class_and_by_who_pays() -> None:
    paid = {"contribution_class": ("member_class contributor", [[1, 2], [4, 0]])}
    assert value("contributions", "all", "", paid) == 7
    assert value("contributions", "member_class", "payroll", paid) == 3
    assert value("contributions", "contributor", "household", paid) == 5
