"""The law path: base values change on their days, and only those the scenario lets act."""

import numpy as np
import pytest

from pricing.base.errors import ConflictError
from pricing.world.levers import LAW
from tests.builders import toy_city
from tests.instruments.life import live

CITY = toy_city()


def test_every_lever_of_the_law_changes_on_its_day():
    life, without = live({"law": {"kind": "law_path"}}), live({})
    assert life.at(2025, 1, "base_salary") == 2.34e6
    for lever in (
        "price_ceiling",
        "tuition_frame",
        "route",
        "fee_waiver",
        "base_salary",
        "allowance",
        "premium_support",
        "check_up_support",
    ):
        assert not np.array_equal(life.at(2031, 1, lever), without.at(2031, 1, lever)), lever
        assert life.levers.attribute(lever)[LAW].all()
    assert life.at(2026, 6, "base_salary") == 2.34e6
    assert life.at(2026, 7, "base_salary") == 2.53e6


def test_check_ups_roll_out_by_budget_years_and_leave_the_months_between_alone():
    life = live({"law": {"kind": "law_path"}})
    values = [float(life.at(2028, month, "check_up_support")) for month in range(1, 13)]
    assert len(set(values)) == 1
    assert values[0] > float(life.at(2027, 12, "check_up_support")) > 0.0


def test_levels_of_a_year_stand():
    life = live({"law": {"kind": "law_path", "levels_of": 2026}})
    for lever in ("fee_waiver", "tuition_frame", "check_up_support", "base_salary"):
        np.testing.assert_array_equal(life.at(2035, 12, lever), life.at(2026, 12, lever))
    assert life.at(2035, 12, "base_salary") == 2.53e6


def test_a_proposed_rule_acts_only_if_adopted():
    rule = "insurance_contribution_rate"
    adopted = live({"law": {"kind": "law_path", "adopt": [rule]}})
    assert adopted.at(2027, 1, "contribution_rate") == 0.051
    assert adopted.at(2032, 1, "contribution_rate") == 0.06
    assert live({"law": {"kind": "law_path"}}).at(2032, 1, "contribution_rate") == 0.045


def test_it_acts_between_its_days():
    life = live({"law": {"kind": "law_path", "from": "2027", "until": "2029"}})
    assert life.at(2026, 12, "base_salary") == 2.34e6
    assert life.at(2027, 1, "base_salary") == 2.53e6
    assert life.at(2030, 1, "fee_waiver") == 0.0


def test_proposals_fold_on_top():
    keys: dict[str, dict[str, object]] = {
        "law": {"kind": "law_path"},
        "help": {"kind": "support", "needs": ["college"], "quintiles": [1], "rate": {"2027": 0.3}},
    }
    life = live(keys)
    college = CITY.needs.id.index("college")
    support = life.at(2027, 1, "support")[college, 0, 0]
    rates = CITY.classes["learner"].rate
    np.testing.assert_array_equal(support[: rates.size], np.maximum(rates, 0.3))


def test_there_is_one_law():
    with pytest.raises(ConflictError, match=r"law \+ other"):
        live({"law": {"kind": "law_path"}, "other": {"kind": "law_path"}})
