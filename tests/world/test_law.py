"""The law of the day: rules of laws.csv become base values of levers on their dates."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from pricing.base.calendar import day_of
from pricing.world.law import LAW_LEVERS, Book, Law, law_values
from pricing.world.lever_table import LEVER
from pricing.world.parameters import Parameters
from tests.builders import cell, toy_city

CITY = toy_city()
PARAMETERS = Parameters(CITY.parameters.central())
ENACTED = Book(laws=CITY.laws)


def on(when: str, lever: str, book: Book = ENACTED, city=CITY) -> np.ndarray:
    return law_values(city, PARAMETERS, book, day_of(date.fromisoformat(when)))[lever]


def test_every_value_stands_on_its_lever_and_is_a_number_where_it_must_be():
    for name, value in law_values(CITY, PARAMETERS, ENACTED, 0).items():
        assert value.shape == LEVER[name].shape(CITY), name
        assert name == "tuition" or not np.any(np.isnan(value)), name


def test_insurance_prices_hold_direct_cost_and_pay_and_so_do_the_others():
    np.testing.assert_array_equal(
        on("2026-06-01", "included"), np.broadcast_to([1, 1, 0, 0], LEVER["included"].shape(CITY))
    )


def test_the_base_salary_of_july_2026():
    assert on("2026-06-30", "base_salary") == 2.34e6
    assert on("2026-07-01", "base_salary") == 2.53e6
    assert on("2035-01-01", "base_salary") == 2.53e6


def test_check_ups_have_a_ceiling_from_july_2026_and_nothing_else_has():
    assert np.all(np.isinf(on("2026-06-30", "price_ceiling")))
    ceiling = on("2026-07-01", "price_ceiling")
    unit = np.array(CITY.services.unit_of_output)[CITY.norms.service]
    np.testing.assert_array_equal(ceiling, np.where(unit == "check_up", 350e3, np.inf))


def test_frames_of_general_schools_grow_each_september_until_growth_is_bound_to_prices():
    primary = CITY.norms.id.index("primary_public")
    frames = [on(f"{year}-09-01", "tuition_frame")[primary] for year in (2025, 2026, 2027)]
    np.testing.assert_allclose(frames[0], [540e3, 220e3, 110e3])
    np.testing.assert_allclose(frames[1], frames[0] * 1.075)
    np.testing.assert_allclose(frames[2], frames[0] * 1.075**2)
    np.testing.assert_array_equal(on("2026-08-31", "tuition_frame")[primary], frames[0])
    assert np.all(np.isinf(on("2025-01-01", "tuition_frame")[primary]))


def test_university_ceilings_follow_the_decree_then_consumer_prices():
    row = CITY.norms.id.index("higher_education_public")
    assert on("2025-10-01", "tuition_frame")[row, 0] == 3.11e6
    assert on("2026-10-01", "tuition_frame")[row, 0] == 3.5e6
    grown = 3.5e6 * (1 + PARAMETERS["cpi_growth"]) ** 2
    assert on("2028-10-01", "tuition_frame")[row, 0] == pytest.approx(grown)


def test_a_norm_of_one_field_has_the_ceiling_of_its_field():
    arts = cell("norms.csv", "scope", "arts", norm="higher_education_public")
    city = toy_city(arts)
    row = CITY.norms.id.index("higher_education_public")
    assert on("2026-10-01", "tuition_frame", Book(laws=city.laws), city)[row, 0] == 1.71e6


def test_vocational_ceilings_stand_and_courses_have_none():
    assert on("2030-10-01", "tuition_frame")[CITY.norms.id.index("college_public"), 1] == 2.18e6
    assert np.isinf(on("2030-10-01", "tuition_frame")[CITY.norms.id.index("short_course_public")])[
        0
    ]


def test_self_referral_is_half_covered_from_july_2026():
    rules = np.array(CITY.offers.route_rule)
    outpatient = rules == "insurance_route.outpatient_self_specialised_former_provincial"
    right = CITY.offers.right_route_share[outpatient]
    np.testing.assert_allclose(on("2026-06-30", "route")[outpatient], right)
    np.testing.assert_allclose(on("2026-07-01", "route")[outpatient], right + 0.5 * (1 - right))
    np.testing.assert_array_equal(on("2026-07-01", "route")[rules == ""], 1.0)


def test_the_fee_waiver_begins_in_2030_with_its_parameter():
    assert on("2029-12-31", "fee_waiver") == 0.0
    assert on("2030-01-01", "fee_waiver") == PARAMETERS["basic_waiver_own_share_2030"]


def test_check_ups_roll_out_from_july_2026_to_2030():
    eligible = PARAMETERS["check_up_eligible_share"]
    assert on("2026-06-30", "check_up_support") == 0.0
    first = on("2026-07-01", "check_up_support")
    assert first == pytest.approx(eligible * PARAMETERS["check_up_roll_out_2026"])
    middle = on("2028-04-01", "check_up_support")
    assert first < middle < eligible
    assert on("2030-01-01", "check_up_support") == pytest.approx(eligible)
    assert on("2034-01-01", "check_up_support") == pytest.approx(eligible)


def test_allowances_move_by_what_their_rule_changed_since_the_base_year():
    station = CITY.posts.id.index("station")
    before, after = on("2025-12-31", "allowance"), on("2026-01-01", "allowance")
    np.testing.assert_array_equal(before, CITY.posts.allowance)
    assert after[station, 0] - before[station, 0] == pytest.approx(0.7 - 0.4)
    assert after[station, 2] == before[station, 2]


def test_more_support_of_pupils_premiums_adds_to_the_budgets_share():
    before, after = on("2025-12-31", "premium_support"), on("2026-01-01", "premium_support")
    assert before == PARAMETERS["contribution_share_budget"]
    assert 0.0 < after - before < 0.1


def test_classes_have_their_rates():
    np.testing.assert_array_equal(on("2026-01-01", "benefit"), CITY.classes["health"].rate)
    support = on("2026-01-01", "support")
    learner = np.array(CITY.needs.scheme) == "learner"
    n_classes = len(CITY.classes["learner"].id)
    assert np.all(support[learner, 1, 2, :n_classes] == CITY.classes["learner"].rate)
    assert not support[~learner].any()


def test_a_class_rate_follows_its_rule():
    city = toy_city(
        cell("classes.csv", "rate_rule", "insurance_benefit.near_poor", **{"class": "c95"})
    )
    place = city.classes["health"].id.index("c95")
    book = Book(laws=city.laws)
    assert on("2025-12-31", "benefit", book, city)[place] == 0.95
    assert on("2026-01-01", "benefit", book, city)[place] == 1.0


def test_a_proposed_rate_acts_only_where_it_is_adopted():
    adopted = Book(laws=CITY.laws, adopted=frozenset({"insurance_contribution_rate"}))
    for when, enacted, proposed in (
        ("2026-12-31", 0.045, 0.045),
        ("2027-01-01", 0.045, 0.051),
        ("2032-01-01", 0.045, 0.06),
    ):
        assert on(when, "contribution_rate") == enacted
        assert on(when, "contribution_rate", adopted) == proposed


def test_levels_of_a_year_keep_every_later_change_out():
    frozen = Book(laws=CITY.laws, last_day=day_of(date(2026, 12, 31)))
    then = law_values(CITY, PARAMETERS, ENACTED, day_of(date(2026, 12, 31)))
    later = law_values(CITY, PARAMETERS, frozen, day_of(date(2034, 12, 31)))
    for name, value in then.items():
        np.testing.assert_array_equal(later[name], value, err_msg=name)
    assert all(max(row.days(CITY, frozen, 4016), default=0) <= 729 for row in LAW_LEVERS)


def test_no_lever_moves_on_a_day_that_is_not_announced():
    days = {row.lever: row.days(CITY, ENACTED, 2300) for row in LAW_LEVERS}
    announced = {lever: {0, *found} for lever, found in days.items()}
    for row in LAW_LEVERS:
        values = {
            day: row.value(Law(city=CITY, parameters=PARAMETERS, book=ENACTED, day=day)).tobytes()
            for day in {d + shift for d in announced[row.lever] for shift in (-1, 0)} - {-1}
        }
        for before, after in pairwise(sorted(values)):
            if after not in announced[row.lever]:
                assert values[before] == values[after], (row.lever, after)


def test_without_a_rule_of_growth_frames_stand():
    city = toy_city(cell("laws.csv", "rule", "no_growth", rule="tuition_growth_max"))
    row, book = city.norms.id.index("primary_public"), Book(laws=city.laws)
    frames = [on(f"{year}-09-01", "tuition_frame", book, city)[row, 0] for year in (2025, 2033)]
    assert frames == [540e3, 540e3]


def test_a_family_is_a_name_or_the_beginning_of_names():
    assert ENACTED.names(("base_salary", "university_ceiling.")) == tuple(
        sorted(
            rule
            for rule in CITY.laws.rules
            if rule == "base_salary" or rule.startswith("university_ceiling.")
        )
    )
    assert "private_fee_growth_max.university" not in ENACTED.names(("private_fee_growth_max.",))
    adopted = Book(laws=CITY.laws, adopted=frozenset({"private_fee_growth_max.university"}))
    assert adopted.names(("private_fee_growth_max.",)) == ("private_fee_growth_max.university",)


def test_a_rule_the_city_has_not_leaves_the_lever_neutral():
    assert ENACTED.value("no_such_rule", 0, 7.0) == 7.0
    assert ENACTED.names(("no_such_family.",)) == ()
