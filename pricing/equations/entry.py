"""When a non-public provider enters and leaves: value of a project at its hurdle rate, exit rule.

The value is exactly monotone: falling in the hurdle rate, rising in every incentive and in the
users who would come. Three conventions make it so: value is taken at the opening (money spent
before is compounded to it, so a higher rate never flatters a long construction); start-up losses
are set aside at the opening; and the tax holiday counts from the opening year (the law counts from
the first taxable income, the fourth year at the latest, so this values it low).
Decrees 69/2008 and 59/2014: tax 10 %, 4 years free and 5 or 9 at half, land rent exempt.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.finance import END_OF_YEAR, present_value
from pricing.equations.oligopoly import Costs, Equilibrium, Limits, Owners, equilibrium
from pricing.equations.oligopoly_market import Market, resized


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A candidate's plan, in VND of the year of review; capacity is beds, seats or trainee places.

    `capital_place` per place, spent evenly over `construction_years` (0 = at the opening);
    `depreciation_year` deducted from taxable profit; `life_years` operating years of the plan;
    `fixed_cost_year` running costs besides `mc`; `land_rent_year`; `debt_share` of capital, repaid
    evenly in `loan_years`; `ramp` shares of full use in the first years, then 1.
    """

    places: float
    capital_place: float
    depreciation_year: float
    construction_years: int
    life_years: int
    fixed_cost_year: float
    land_rent_year: float
    debt_share: float
    loan_years: int
    ramp: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incentives:
    """What the state forgoes or pays.

    `tax_rate` on profit, `free_years` without it and then `half_years` at half;
    `land_rent_exempt` share; `interest_subsidy` of the loan a year, as a fraction.
    """

    tax_rate: float
    free_years: int
    half_years: int
    land_rent_exempt: float
    interest_subsidy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What the candidate expects after entry.

    `price` and `mc` per unit of output, VND; `volume_year` of its one firm at full use, within its
    capacity.
    """

    price: float
    mc: float
    volume_year: float


def prospect(
    market: Market, owners: Owners, costs: Costs, limits: Limits, size: Array, slot: int
) -> Prospect:
    """Price and volume of the offer in `slot` once it and the committed pipeline are open.

    Parameters
    ----------
    market
        With a column for every slot, (offer,); its episodes are of a whole year.
    size
        Size of each offer on the day of opening over that in `market`, (offer,): 1 for those that
        stand, the committed pipeline and the candidate as they will be, 0 for other slots.
    slot
        Number of the candidate's offer.
    """
    found: Equilibrium = equilibrium(resized(market, size), owners, costs, limits)
    served = np.minimum(found.demand, limits.capacity) / owners.n_firms
    return Prospect(
        price=float(found.price[slot]), mc=float(costs.mc[slot]), volume_year=float(served[slot])
    )


def tax_rates(incentives: Incentives, years: int) -> Array:
    """Rate of tax on profit by year from the opening, (year,)."""
    year = np.arange(years)
    holiday = incentives.free_years + incentives.half_years
    reduced = np.where(year < holiday, 0.5, 1.0)
    return incentives.tax_rate * np.where(year < incentives.free_years, 0.0, reduced)


def loan_balance(project: Project) -> Array:
    """Loan outstanding at the start of each year from the opening, VND, (year,)."""
    year = np.arange(project.life_years)
    left = np.maximum(1.0 - year / max(project.loan_years, 1), 0.0)
    return project.debt_share * capital(project) * left


def capital(project: Project) -> float:
    """Capital of the project, VND."""
    return project.places * project.capital_place


def operating_flows(project: Project, incentives: Incentives, expected: Prospect) -> Array:
    """Cash at the end of each year from the opening, after tax and incentives, VND, (year,).

    A user who brings in less than its marginal cost is not sought: the margin is at least 0.
    """
    years = project.life_years
    use = np.ones(years)
    use[: len(project.ramp)] = project.ramp[:years]
    margin = max(expected.price - expected.mc, 0.0)
    rent = project.land_rent_year * (1.0 - incentives.land_rent_exempt)
    cash = margin * expected.volume_year * use - project.fixed_cost_year - rent
    profit = cash - project.depreciation_year
    tax = tax_rates(incentives, years) * np.maximum(profit, 0.0)
    return cash - tax + incentives.interest_subsidy * loan_balance(project)


def project_flows(project: Project, incentives: Incentives, expected: Prospect) -> Array:
    """Yearly cash of the whole project, VND, (construction and operating year,).

    Spending at the start of each year of construction, then operation at the end of its years; for
    an immediate opening the first flow is the capital.
    """
    payments = max(project.construction_years, 1)
    spent = np.full(payments, -capital(project) / payments)
    gap = min(project.construction_years, 1)
    operating = operating_flows(project, incentives, expected)
    return np.concatenate([spent, np.zeros(gap), operating])


def net_present_value(
    project: Project, incentives: Incentives, expected: Prospect, hurdle: float
) -> float:
    """Value of the project on its opening day at the hurdle rate a year (≥ 0), VND."""
    before = np.arange(project.construction_years, 0, -1)
    build = float(np.mean((1.0 + hurdle) ** before)) if before.size else 1.0
    flow = operating_flows(project, incentives, expected)
    earned = present_value(hurdle, np.maximum(flow, 0.0), END_OF_YEAR)
    return float(earned + np.minimum(flow, 0.0).sum() - capital(project) * build)


def forgone_support(project: Project, incentives: Incentives) -> Array:
    """Land rent forgone and interest paid by the budget, by year from the opening, VND, (year,)."""
    rent = np.full(project.life_years, project.land_rent_year * incentives.land_rent_exempt)
    return rent + incentives.interest_subsidy * loan_balance(project)


def forgone_tax(profit: Array, standard_rate: float, incentives: Incentives) -> Array:
    """Tax that the budget does not receive on yearly profits (year, …) from the opening, VND."""
    rate = tax_rates(incentives, profit.shape[0]).reshape(-1, *[1] * (profit.ndim - 1))
    return (standard_rate - rate) * np.maximum(profit, 0.0)


def negative_run(run: npt.ArrayLike, cash: npt.ArrayLike) -> IntArray:
    """Periods in a row with negative cash, after one more period with `cash` VND, (unit,)."""
    return np.where(np.asarray(cash) < 0.0, np.asarray(run, dtype=np.int64) + 1, 0)


def leaves(run: npt.ArrayLike, patience: npt.ArrayLike) -> BoolArray:
    """Whether a unit closes: cash was negative for `patience` periods (≥ 1) in a row, (unit,)."""
    return np.greater_equal(run, patience)
