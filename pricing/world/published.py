"""What is known to the public: figures of the last closed month, all that instruments read."""

from dataclasses import dataclass

from pricing.base.arrays import Array, frozen
from pricing.base.calendar import BASE_YEAR, Month


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
    """

    month: Month
    inflation: float
    fund_reserve: float
    fund_reserve_months: float
    outlay_year: float
    volume: Array
    enrolment: Array

    @classmethod
    def base_year(
        cls,
        *,
        inflation: float,
        fund_reserve: float,
        fund_claims_year: float,
        outlay_year: float,
        volume: Array,
        enrolment: Array,
    ) -> "Published":
        """What is published before the first month: the calibrated base year as December's figures.

        Parameters
        ----------
        fund_claims_year
            Claims on the national fund in the base year, VND.
        """
        return cls(
            month=Month.of(BASE_YEAR, 1) - 1,
            inflation=inflation,
            fund_reserve=fund_reserve,
            fund_reserve_months=12.0 * fund_reserve / fund_claims_year,
            outlay_year=outlay_year,
            volume=frozen(volume),
            enrolment=frozen(enrolment),
        )
