"""Which ways of buying the law allows, and where it says so."""

from datetime import date

import pytest

from pricing.base.calendar import day_of
from pricing.city.purchase import GROUPS, NO_RULE, eligible_forms, purchase_rule
from tests.builders import cell, toy_city

DAY = day_of(date(2027, 1, 1))
NO_TENDER = {"task_assignment", "ordering"}


def test_every_service_has_a_group_and_none_may_be_tendered():
    city = toy_city()
    assert set(GROUPS) == set(city.services.id)
    for service in city.services.id:
        assert eligible_forms(city, service, DAY) == NO_TENDER, service


def test_a_rule_names_its_citation():
    rule = purchase_rule(toy_city(), "short_course", DAY)
    assert rule.rule == "purchase_form.vocational_all_levels"
    assert rule.citation == "Decree 32/2019 annex 1"


def test_forms_are_those_of_the_day():
    opened = cell(
        "laws.csv", "from", "2028-01-01", rule="purchase_form.preventive_primary_health_care"
    )
    city = toy_city(opened)
    assert purchase_rule(city, "preventive_check_up", day_of(date(2027, 12, 31))) == NO_RULE
    assert eligible_forms(city, "preventive_check_up", day_of(date(2027, 12, 31))) == frozenset()
    assert eligible_forms(city, "preventive_check_up", day_of(date(2028, 1, 1))) == NO_TENDER


@pytest.mark.parametrize(("to", "known"), [("2026-12-31", False), ("2027-01-01", True)])
def test_a_rule_holds_on_its_last_day(to, known):
    city = toy_city(cell("laws.csv", "to", to, rule="purchase_form.vocational_all_levels"))
    assert (purchase_rule(city, "college", DAY) != NO_RULE) is known


def test_what_is_only_proposed_allows_nothing():
    draft = cell("laws.csv", "status", "proposed", rule="purchase_form.vocational_all_levels")
    assert eligible_forms(toy_city(draft), "college", DAY) == frozenset()


def test_a_rule_of_the_service_precedes_that_of_its_group():
    own = cell("laws.csv", "rule", "purchase_form.preschool", rule="purchase_form.other_education")
    city = toy_city(own)
    assert eligible_forms(city, "preschool", DAY) == NO_TENDER | {"bidding"}
    assert eligible_forms(city, "primary", DAY) == NO_TENDER


def test_other_services_of_a_sector_fall_back_on_its_last_rule():
    gone = cell(
        "laws.csv", "rule", "purchase_form.x", rule="purchase_form.preschool_general_education"
    )
    rule = purchase_rule(toy_city(gone), "primary", DAY)
    assert rule.rule == "purchase_form.other_education"
    assert "bidding" in rule.forms
