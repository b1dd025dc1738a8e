"""Months and days follow the real calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.calendar import (
    Month,
    date_of,
    day_of,
    days_in,
    month_of_day,
    parse_day,
    school_year_start,
    start_day,
)

MONTHS = st.integers(12 * 1990, 12 * 2100).map(Month)
DAYS = st.integers(-9000, 30000)


def test_the_base_year_starts_the_count():
    january = Month.parse("2025-01")
    assert start_day(january) == 0
    assert january.index == 0
    assert day_of(date(2025, 1, 1)) == 0
    assert start_day(Month.of(2026, 1)) == 365
    assert days_in(Month.of(2028, 2)) == 29


@given(MONTHS)
def test_text_and_month_are_one(month):
    assert Month.parse(month.text) == month
    assert Month.of(month.year, month.number) == month


@given(MONTHS, st.integers(-500, 500))
def test_adding_and_taking_away_agree(month, months):
    assert (month + months) - month == months
    assert (month + months) - months == month
    assert (month + months > month) == (months > 0)


@given(MONTHS)
def test_months_tile_the_days(month):
    assert start_day(month) + days_in(month) == start_day(month + 1)


@given(DAYS)
def test_a_day_lies_in_its_month(day):
    month = month_of_day(day)
    assert 0 <= day - start_day(month) < days_in(month)
    assert day_of(date_of(day)) == day
    assert date_of(day) == date(2025, 1, 1) + timedelta(days=day)


def test_the_school_year_starts_in_september():
    assert school_year_start(2026).text == "2026-09"


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        (2027, date(2027, 1, 1), date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-01-15", date(2027, 1, 15), date(2027, 1, 15)),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_day_is_read_as_first_or_last(when, first, last):
    assert date_of(parse_day(when)) == first
    assert date_of(parse_day(when, end=True)) == last


@pytest.mark.parametrize(
    "when", ["", "27", "2027-13", "2027-00", "2027-02-29", "soon", True, datetime(2027, 1, 1)]
)
def test_what_is_no_day_is_refused(when):
    with pytest.raises(ValueError, match=r"2027|exist"):
        parse_day(when)


@pytest.mark.parametrize("text", ["2027", "2027-1", "2027-13", "2027-01-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)
