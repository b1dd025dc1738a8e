"""The insurance fund: contributions by payer, premium subsidies by level, the national reserve.

Law on Health Insurance 25/2008 (46/2014, 51/2024) arts. 12-15, 32-35; model sections 9 and 12.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.cash import Insurance, other_health
from pricing.engine.members import BUDGET, EMPLOYER, HOUSEHOLD
from pricing.engine.setup import Setup
from pricing.engine.standing import CITY_LEVEL
from pricing.equations.finance import claims_national, fund_reserve
from pricing.world.flows import Flows
from pricing.world.ledger import Ledger, check_stock
from pricing.world.levers import LeverValues
from pricing.world.recorder import Recorder

MONTHS = 12
NATIONAL_RULE = 1.0  # the price rules of health insurance are national: phi = 1
CENTRAL_LEVEL = BUDGET_LEVELS.index("central")


def raised(setup: Setup, levers: LeverValues, cpi: float, years: float) -> float:
    """Contributions of the insured residents this month by all payers, VND.

    They follow the rate and the contribution base, which grows with prices and real pay.
    """
    parameters = setup.calibrated.parameters
    base_rate = setup.calibrated.levers.scalar("contribution_rate")
    index = cpi * (1.0 + parameters["contribution_growth_real"]) ** years
    rate = levers.scalar("contribution_rate") / base_rate if base_rate > 0 else 0.0
    return float(setup.premiums.total * rate * index)


def payer_shares(setup: Setup, levers: LeverValues) -> Array:
    """Shares of the payers in contributions, (contributor,)."""
    budget = levers.scalar("premium_support")
    employer = setup.calibrated.parameters["contribution_share_employer"]
    return np.array([1.0 - employer - budget, employer, budget])


def post_insurance(
    ledger: Ledger, setup: Setup, levers: LeverValues, flows: Flows, years: float
) -> Insurance:
    """Contributions, premium subsidies and administration of the insured residents, this month.

    Premiums that an envelope's saving buys are the budget's instead of the households'.
    """
    parameters = setup.calibrated.parameters
    total = raised(setup, levers, flows.cpi, years)
    contribution = total * payer_shares(setup, levers)
    bought = np.zeros(len(BUDGET_LEVELS))
    if flows.envelope is not None:
        bought = flows.envelope.premium
        contribution[HOUSEHOLD] -= bought.sum()
    subsidy = subsidies(levers, float(contribution[BUDGET])) + bought
    contribution[BUDGET] += bought.sum()
    ledger.post(
        "household",
        "fund",
        "contribution",
        contribution[HOUSEHOLD] * setup.premiums.household_share,
    )
    ledger.post("employers", "fund", "contribution", contribution[EMPLOYER])
    ledger.post("budget", "fund", "premium_subsidy", subsidy)
    administration = total * parameters["fund_administration_share"]
    ledger.post("fund", "staff", "administration", administration)
    other = np.zeros(len(BUDGET_LEVELS))
    other[CITY_LEVEL] = other_health(setup, flows)
    if flows.envelope is not None:
        other += flows.envelope.prevention
    ledger.post("budget", "suppliers", "other_health", other)
    claims = (1.0 - parameters["refusal_share"]) * float(flows.payments.fund.sum())
    return Insurance(
        contribution=contribution, subsidy=subsidy, claims=claims, administration=administration
    )


def subsidies(levers: LeverValues, budget: float) -> Array:
    """Premium subsidies by the level that pays them, (budget_level,) VND."""
    central = levers.scalar("premium_central_share")
    by_level = np.zeros(len(BUDGET_LEVELS))
    by_level[CENTRAL_LEVEL] = budget * central
    by_level[CITY_LEVEL] = budget * (1.0 - central)
    return by_level


@dataclass(frozen=True, slots=True, kw_only=True)
class FundYear:
    """The national fund in one year, VND; ``top_up`` by the centre, ``reserve`` at its end."""

    opening: float
    interest: float
    income: float
    claims: float
    administration: float
    top_up: float
    reserve: float

    @property
    def deficit(self) -> bool:
        """Whether contributions and subsidies fell short of claims and administration."""
        return self.income < self.claims + self.administration

    @property
    def months(self) -> float:
        """Months of the year's claims that the reserve covers."""
        return MONTHS * self.reserve / self.claims


def fund_year(
    setup: Setup, reserve: float, city: tuple[float, float], floor_months: float, month: Month
) -> FundYear:
    """The national fund at a year's end (model section 9).

    National claims follow those settled in the city, whose prices and people move like the
    nation's, and grow by what a visit contains beyond them. Below ``floor_months`` of claims the
    centre tops the reserve up; 0 is no such rule, and a reserve may fall below zero.

    Parameters
    ----------
    city : float, float
        Claims settled in the city over those of the first year; its contributions of the year, VND.
    """
    parameters = setup.calibrated.parameters
    ratio, contribution = city
    trend = (1.0 + parameters["claims_intensity_growth"]) ** (month.year - setup.city.base_year)
    base = parameters["fund_claims_national_2025"] * trend
    claims = claims_national(base, ratio, NATIONAL_RULE)
    income = parameters["fund_contributions_national_2025"]
    income *= contribution / (setup.premiums.total * MONTHS)
    administration = income * parameters["fund_administration_share"]
    interest = parameters["fund_interest"]
    closing = fund_reserve(reserve, interest, income, claims, administration)
    floor = floor_months * claims / MONTHS
    top_up = max(floor - closing, 0.0) if floor_months > 0.0 else 0.0
    return FundYear(
        opening=reserve,
        interest=reserve * interest,
        income=income,
        claims=claims,
        administration=administration,
        top_up=top_up,
        reserve=closing + top_up,
    )


def check_fund(year: FundYear, month: Month) -> None:
    """Opening, interest, income and top-up less claims and administration is the closing reserve.

    Raises
    ------
    InvariantError
        Naming the reserve, the month and the gap.
    """
    moved = year.interest + year.income + year.top_up - year.claims - year.administration
    gross = abs(year.opening) + year.income + year.claims
    opening, closing = np.asarray(year.opening), np.asarray(year.reserve)
    check_stock("reserve of the fund", opening, np.asarray(moved), closing, month, gross)


def record_fund(
    recorder: Recorder, setup: Setup, found: FundYear, months: list[Insurance], year: int
) -> None:
    """Record the year of the fund, and what the city's residents put in and take out."""
    recorder.put("fund_reserve", year, found.reserve)
    recorder.put("fund_months", year, found.months)
    recorder.put("fund_deficit", year, float(found.deficit))
    recorder.put("fund_exhausted", year, float(found.reserve < 0.0))
    recorder.add("fund_top_up", year, found.top_up)
    recorder.add("claims", year, sum(one.claims for one in months))
    recorder.add("administration", year, sum(one.administration for one in months))
    contribution = np.sum([one.contribution for one in months], axis=0)
    recorder.add("contribution", year, contribution)
    recorder.add("contribution_class", year, setup.premiums.class_share * contribution)
