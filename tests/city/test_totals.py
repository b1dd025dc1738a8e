import pytest

from pricing.base.errors import Problems
from pricing.city.totals import check_names, city_totals
from tests.builders import cell, times, toy_city

# A total by its name in totals.csv, and what the toy city's rows add up to.
EXPECTED = {
    "health_stations": 4,
    "health_units_department": 2,
    "schools_primary": 62,
    "education_posts": 3 * 750,
    "vocational_colleges_city": 1,
    "vocational_centres": 1,
    "universities": 2,
    "wards": 2,
    "law:base_salary@2026-07-01": 2_530_000,
    "target:oop_share": 0.4,
}


def model(name, *changes):
    [check] = [
        check
        for check in city_totals(
            toy_city(cell("totals.csv", "total", name, total="residents"), *changes)
        )
        if check.total == name
    ]
    return check.model


@pytest.mark.parametrize("name", EXPECTED)
def test_a_total_counts_what_its_name_says(name):
    assert model(name) == pytest.approx(EXPECTED[name])


def test_the_totals_of_the_toy_city_hold():
    assert all(check.ok for check in city_totals(toy_city()))


def test_a_total_beyond_its_tolerance_does_not_hold():
    city = toy_city(times("people.csv", "residents_2025", 1.01))
    [check] = [check for check in city_totals(city) if check.total == "residents"]
    assert not check.ok
    assert check.model == pytest.approx(1.01 * check.value)


def test_visits_of_the_department_leave_central_and_non_public_units_out():
    city = toy_city()
    visits = sum(
        float(row.volume_2025)
        for row in city.tables.offers
        if row.service in ("commune_consultation", "hospital_outpatient_visit")
        and row.unit.startswith(("stations", "hospital", "centre"))
    )
    assert model("outpatient_visits_department") == pytest.approx(visits)


def test_pupils_of_the_centres_are_no_school_pupils():
    city = toy_city()
    upper = [row for row in city.tables.offers if row.service == "upper_secondary"]
    others = [row for row in city.tables.offers if row.service in ("primary", "lower_secondary")]
    schools = [row.volume_2025 for row in (*upper, *others) if row.nest != "continuing"]
    assert model("pupils_general") == pytest.approx(sum(schools))


def test_tuition_budget_is_learners_times_fee_times_months():
    city = toy_city()
    bill = sum(
        row.volume_2025 * row.tuition_vnd * 9
        for row in city.tables.offers
        if row.unit.startswith(("schools", "centre"))
        and row.tuition_vnd == row.tuition_vnd
        and row.service not in ("short_course",)
    )
    assert model("tuition_budget_public") == pytest.approx(bill)


def test_insured_people_are_those_with_a_benefit():
    assert 0.9 < model("insured_share") < 0.96
    assert model("ward_share") == pytest.approx(75 / 171)


def test_the_shape_of_income_is_a_ratio_of_quintile_means():
    factor = model("income_ratio_q5_q1", times("income.csv", "income_month_2025", 2.0, quintile=5))
    assert factor == pytest.approx(2.0 * model("income_ratio_q5_q1"))
    assert model("consumption_month_mean") > 1e6


def test_seats_of_a_unit_count_short_courses_by_the_quarter():
    city = toy_city()
    seats = sum(
        row.capacity_year * (0.25 if row.service == "short_course" else 1.0)
        for row in city.tables.offers
        if row.unit == "college_a"
    )
    assert model("capacity:college_a") == pytest.approx(seats)


def test_an_unknown_total_is_noted():
    problems = Problems()
    rows = toy_city().tables.totals
    check_names(rows, problems)
    assert not problems
