from datetime import date

import pytest

from pricing.base.calendar import day_of
from tests.builders import toy_city


def test_the_law_of_the_day_is_the_row_in_force():
    city = toy_city()
    change = day_of(date(2026, 7, 1))
    assert city.law("base_salary", change - 1) == 2_340_000
    assert city.law("base_salary", change - 0.5) == 2_340_000
    assert city.law("base_salary", change) == 2_530_000


def test_a_scheduled_row_is_in_force_on_its_day():
    laws = toy_city().laws
    before, after = day_of(date(2030, 12, 31)), day_of(date(2031, 1, 1))
    assert laws.value("teacher_allowance.preschool_primary", before) == 0.45
    assert laws.value("teacher_allowance.preschool_primary", after) == 0.70


def test_a_proposed_row_acts_only_through_proposed():
    laws = toy_city().laws
    later = day_of(date(2033, 1, 1))
    assert laws.value("insurance_contribution_rate", later) == 0.045
    assert [period.value for period in laws.proposed("insurance_contribution_rate")] == [
        0.051,
        0.054,
        0.06,
    ]
    assert laws.proposed("base_salary") == ()


def test_changes_come_in_order_of_days():
    changes = toy_city().laws.changes("base_salary")
    assert [value for _, value in changes][-2:] == [2_340_000, 2_530_000]
    assert list(changes) == sorted(changes)


def test_an_unknown_rule_names_the_nearest():
    laws = toy_city().laws
    with pytest.raises(KeyError, match="nearest: base_salary"):
        laws.value("base_salry", 0)
    assert not laws.has("base_salry", 0)


def test_a_rule_without_a_value_on_a_day_says_so():
    laws = toy_city().laws
    assert not laws.has("free_check_up.times", 0)
    with pytest.raises(KeyError, match="no value on day"):
        laws.value("free_check_up.times", 0)


def test_rules_in_words_are_no_numbers():
    assert not any(rule.startswith("purchase_form") for rule in toy_city().laws.rules)


def test_each_period_says_who_decides():
    [period] = toy_city().laws.in_force["tuition_city.preschool.ward"]
    assert period.authority == "city"
