"""Months and days of the simulation: real calendar, counted from 1 January 2025."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self, overload

from pricing.base.errors import Unreadable

BASE_YEAR = 2025
# Offices decide half a day after the requests of a day were filed, markets clear at a month's end.
OFFICE_PHASE = 0.5
SCHOOL_YEAR_MONTH = 9

_EPOCH = date(BASE_YEAR, 1, 1).toordinal()
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month as one number, `12 × year + month − 1`; the fiscal year is `year`."""

    ordinal: int

    @classmethod
    def of(cls, year: int, number: int) -> Self:
        """The month `number` (1-12) of a year."""
        if not 1 <= number <= 12:
            raise Unreadable("base.unreadable.month_number", {"number": number, "year": year})
        return cls(12 * year + number - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month written as "2027-01"."""
        found = _MONTH.fullmatch(text)
        if found is None:
            raise Unreadable("base.unreadable.month", {"text": text})
        return cls.of(int(found[1]), int(found[2]))

    @property
    def year(self) -> int:
        """Calendar and fiscal year."""
        return self.ordinal // 12

    @property
    def number(self) -> int:
        """Month of the year, 1 to 12."""
        return self.ordinal % 12 + 1

    @property
    def index(self) -> int:
        """Months since January of the base year."""
        return self.ordinal - 12 * BASE_YEAR

    @property
    def text(self) -> str:
        """The month as "2027-01"."""
        return f"{self.year:04d}-{self.number:02d}"

    def __add__(self, months: int) -> "Month":
        """The month so many months later."""
        return Month(self.ordinal + months)

    @overload
    def __sub__(self, other: "Month") -> int: ...

    @overload
    def __sub__(self, other: int) -> "Month": ...

    def __sub__(self, other: "Month | int") -> "Month | int":
        """Months between two months, or the month so many months earlier."""
        if isinstance(other, Month):
            return self.ordinal - other.ordinal
        return Month(self.ordinal - other)


def day_of(when: date) -> int:
    """Days from 1 January 2025 to a date."""
    return when.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date a number of days after 1 January 2025."""
    return date.fromordinal(_EPOCH + day)


def start_day(month: Month) -> int:
    """First day of a month, in days since 1 January 2025."""
    return day_of(date(month.year, month.number, 1))


def days_in(month: Month) -> int:
    """Length of a month in days."""
    return monthrange(month.year, month.number)[1]


def month_of_day(day: int) -> Month:
    """The month in which a day falls."""
    when = date_of(day)
    return Month.of(when.year, when.month)


def school_year_start(year: int) -> Month:
    """First month of the school year that begins in a calendar year: September."""
    return Month.of(year, SCHOOL_YEAR_MONTH)


def parse_day(when: str | int | date, *, end: bool = False) -> int:
    """Day, since 1 January 2025, of "2027", "2027-01" or "2027-01-15".

    Parameters
    ----------
    when
        Text, a year as a number, or a date as TOML reads it.
    end
        Take the last day of the year or month named instead of its first.
    """
    if isinstance(when, bool | datetime):
        raise Unreadable("base.unreadable.day", {"text": when})
    if isinstance(when, date):
        return day_of(when)
    found = _DAY.fullmatch(str(when))
    if found is None:
        raise Unreadable("base.unreadable.day", {"text": when})
    year, number, day = found.groups()
    month = Month.of(int(year), int(number or (12 if end else 1)))
    return start_day(month) + _day_in_month(month, day, end=end) - 1


def _day_in_month(month: Month, day: str | None, *, end: bool) -> int:
    if day is None:
        return days_in(month) if end else 1
    if not 1 <= int(day) <= days_in(month):
        raise Unreadable(
            "base.unreadable.day_number", {"month": month.text, "day": day, "days": days_in(month)}
        )
    return int(day)
