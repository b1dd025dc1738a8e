"""What is known to the public: figures of the last closed month, all that instruments read."""

from dataclasses import dataclass, field

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.base.calendar import BASE_YEAR, Month

NOTHING = frozen(np.zeros(()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFigures:
    """Lots since the start, (lot,): units delivered and accepted, VND paid net of returns."""

    delivered: Array
    accepted: Array
    paid: Array

    @classmethod
    def none(cls, n_lots: int) -> "LotFigures":
        """Nothing delivered under any lot."""
        zero = frozen(np.zeros(n_lots))
        return cls(delivered=zero, accepted=zero, paid=zero)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFigures:
    """Prices, costs and users as published.

    Parameters
    ----------
    norm
        Norm cost of the month, (norm, component) VND per unit of output.
    list_price
        Regulated prices in force, (norm, place_kind) VND per unit of output.
    offer_volume
        Units of output last month, of learners in a month of teaching, (offer,).
    cost_factor
        A supplier's own cost over the norm, (offer,).
    """

    norm: Array
    list_price: Array
    offer_volume: Array
    cost_factor: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Figures of the last closed month; before the first, those of the calibrated base year.

    Parameters
    ----------
    inflation
        Rise of consumer prices over twelve months, a fraction.
    fund_reserve, fund_reserve_months
        Reserve of the national insurance fund, VND and in months of its claims.
    outlay_year
        Outlay of the city's and central budgets over the last twelve months, VND.
    volume
        Units of output in the last closed year, (service,).
    enrolment
        Learners at its end, (need,); zero where people come by episodes.
    lists, lots
        Prices, costs and users of the last month; lots since the start.
    vouchers
        What vouchers have paid since the January before the last month's end, (need, place_kind,
        quintile, class) VND.
    """

    month: Month
    inflation: float
    fund_reserve: float
    fund_reserve_months: float
    outlay_year: float
    volume: Array
    enrolment: Array
    lists: ListFigures
    lots: LotFigures
    vouchers: Array = field(default_factory=lambda: NOTHING)

    @classmethod
    def base_year(
        cls,
        *,
        inflation: float,
        fund: tuple[float, float],
        outlay_year: float,
        use: tuple[Array, Array],
        lists: ListFigures,
        lots: LotFigures,
    ) -> "Published":
        """What is published before the first month: the calibrated base year as December's figures.

        Parameters
        ----------
        fund
            Reserve of the national fund and its claims of the year, VND.
        use
            Units of output of the year (service,), and learners (need,).
        """
        reserve, claims = fund
        volume, enrolment = use
        return cls(
            month=Month.of(BASE_YEAR, 1) - 1,
            inflation=inflation,
            fund_reserve=reserve,
            fund_reserve_months=12.0 * reserve / claims,
            outlay_year=outlay_year,
            volume=frozen(volume),
            enrolment=frozen(enrolment),
            lists=lists,
            lots=lots,
        )
