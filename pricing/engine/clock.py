"""Where a month stands in time: calendar, price level, incomes, and how far needs have grown."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month, days_in, start_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One month.

    ``number`` months and ``years`` since January of the base year; ``year_number`` index of the
    calendar year; ``cpi`` over the base year; ``income_month`` (quintile,) nominal income a head;
    ``need_growth`` (need, quintile) episodes per person over the base year; ``capacity_growth``.
    """

    month: Month
    number: int
    year_number: int
    years: float
    cpi: float
    income_month: Array
    need_growth: Array
    capacity_growth: float

    @property
    def first_day(self) -> int:
        """First day of the month, in days since 1 January of the base year."""
        return start_day(self.month)

    @property
    def n_days(self) -> int:
        """Days of the month."""
        return days_in(self.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class Economy:
    """How incomes and capacity move.

    ``income_month`` (quintile,) of the base year; ``real_growth`` a year; ``need_elasticity``
    (need, quintile) and ``capacity_elasticity`` to real income.
    """

    income_month: Array
    real_growth: float
    need_elasticity: Array
    capacity_elasticity: float


def clock(month: Month, cpi: float, economy: Economy) -> Clock:
    """The clock of a month; income[q](t) = income0 · (1 + g_real)^t · CPI (model section 5)."""
    number = month.index
    years = number / 12.0
    real = (1.0 + economy.real_growth) ** years
    return Clock(
        month=month,
        number=number,
        year_number=number // 12,
        years=years,
        cpi=cpi,
        income_month=economy.income_month * real * cpi,
        need_growth=np.power(real, economy.need_elasticity),
        capacity_growth=float(real**economy.capacity_elasticity),
    )
