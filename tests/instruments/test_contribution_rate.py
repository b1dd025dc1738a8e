"""The contribution rate by date, and what a low reserve makes of it."""

import pytest
from pydantic import ValidationError

from tests.instruments.life import instrument, live

PATH = {"2027": 0.051, "2030": 0.054, "2032": 0.06}


def rate(life, year: int, lever: str = "contribution_rate") -> float:
    return round(float(life.at(year, 12, lever)), 9)


def rates(keys, years, **options) -> list[float]:
    life = live({"rate": {"kind": "contribution_rate", **keys}}, **options)
    return [rate(life, year) for year in years]


def test_the_proposed_path_holds_from_its_dates():
    found = rates({"rate": PATH}, (2026, 2027, 2029, 2030, 2032, 2035))
    assert found == [0.045, 0.051, 0.051, 0.054, 0.06, 0.06]


def low_from_2028(month):
    return 0.03, 3.0 if month.year < 2028 else 1.0


def test_a_low_reserve_makes_the_rate_rise_in_january_up_to_the_cap():
    keys = {"rise_below_months": 2.0, "rise_step": 0.004, "rise_cap": 0.052}
    found = rates(keys, (2028, 2029, 2030, 2031), figures=low_from_2028)
    assert found == [0.045, 0.049, 0.052, 0.052]


def test_steps_come_on_top_of_the_path_but_never_push_it_down():
    keys = {"rate": {"2030": 0.06}, "rise_below_months": 2.0, "rise_cap": 0.05}
    found = rates(keys, (2029, 2030, 2031), figures=low_from_2028)
    assert found == [0.048, 0.06, 0.06]


def test_a_low_reserve_holds_claims_back_and_a_better_one_pays_them():
    def figures(month):
        return 0.03, 1.0 if month.year == 2028 else 3.0

    keys = {"kind": "contribution_rate", "hold_below_months": 2.0, "held_share": 0.4}
    life = live({"late": keys}, figures=figures)
    held = [rate(life, year, "claims_held") for year in (2027, 2028, 2029)]
    assert held == [0.0, 0.4, 0.0]


def test_floor_advance_and_the_centres_share_follow_their_dates():
    keys = {
        "kind": "contribution_rate",
        "floor_months": {"2028": 2.0},
        "advance": {"2027": 0.8},
        "central_share": {"2029": 0.5},
    }
    life = live({"fund": keys})
    levers = ("fund_floor_months", "claims_advance", "premium_central_share")
    assert [rate(life, 2028, lever) for lever in levers] == [2.0, 0.8, 0.0]
    assert rate(life, 2029, "premium_central_share") == 0.5


@pytest.mark.parametrize(
    "keys",
    [{}, {"rate": {}}, {"rate": {"2027": 1.2}}, {"advance": {"2027": 0.8}, "held_share": 1.0}],
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({"kind": "contribution_rate", **keys})
