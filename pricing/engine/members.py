"""Members of health insurance by class, and the contributions they raise in the base year.

Law on Health Insurance arts. 12-15: payroll members with their employers, those for whom the budget
pays, those whom it supports (pupils, near-poor), and families who pay for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.city.population import Population
from pricing.engine.calibrate import Calibrated
from pricing.engine.people import class_share, insured
from pricing.engine.rules import HEALTH_SCHEME
from pricing.equations.quotient import quotient
from pricing.world.law import pupils_of
from pricing.world.quantities import CONTRIBUTORS, MEMBER_CLASSES

MONTHS = 12
PAYROLL, BUDGET_PAID, PUPIL, NEAR_POOR, FAMILY = range(len(MEMBER_CLASSES))
HOUSEHOLD, EMPLOYER, BUDGET = range(len(CONTRIBUTORS))
BASE_DAY = 0
# Where a city's laws are silent: Health Insurance Law art. 13, Decree 146/2018 arts. 7-8.
EMPLOYER_PART = 2.0 / 3.0
NEAR_POOR_SUPPORT = 0.7
PUPIL_SUPPORT = 0.3
FAMILY_SCALE = (1.0, 0.7, 0.6, 0.5, 0.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premiums:
    """Contributions to health insurance of the city's insured in the base year.

    ``total`` VND a month; ``household_share`` (quintile,) of what households pay; ``class_share``
    (member_class, contributor) how each contributor's money divides over the member classes.
    """

    total: float
    household_share: Array
    class_share: Array


def premiums(city: City, calibrated: Calibrated, people: Population) -> Premiums:
    """Contributions raised from the city's insured; households share theirs by income."""
    parameters = calibrated.parameters
    per_head = (
        parameters["fund_contributions_national_2025"]
        / parameters["fund_insured_national_2025"]
        * parameters["fund_region_factor"]
    )
    weight = calibrated.income_month * people.residents[0].sum(0)
    total = insured(city, people) * per_head / MONTHS
    return Premiums(
        total=total,
        household_share=weight / weight.sum(),
        class_share=_class_share(city, calibrated, _heads(city, people), total),
    )


def _heads(city: City, people: Population) -> Array:
    """Insured residents of the base year by cover class, (class,) without the uninsured."""
    need = city.needs.scheme.index(HEALTH_SCHEME)
    covered = ~city.classes[HEALTH_SCHEME].uninsured
    share = class_share(city, need, city.base_year)[:, :, covered]
    heads: Array = (people.residents[0].T[:, :, None] * share).sum((0, 1))
    return heads


def _class_share(city: City, calibrated: Calibrated, heads: Array, total: float) -> Array:
    """Each contributor's money by member class, (member_class, contributor); columns sum to 1.

    What each contributor pays in all is calibrated. Heads and legal rates say only how it divides
    over the classes: of members with the full benefit the budget pays all, of those between it and
    the lowest benefit the near-poor's part; pupils, employees and families share the lowest one.
    """
    rate = city.classes[HEALTH_SCHEME].rate[~city.classes[HEALTH_SCHEME].uninsured]
    full, lowest = rate >= 1.0, rate <= rate.min()
    paid_for, others = float(heads[full].sum()), float(heads[lowest & ~full].sum())
    near_poor = float(heads[~full & ~lowest].sum())
    employer = _law(city, "insurance_employer_part", EMPLOYER_PART)
    payroll = total * calibrated.parameters["contribution_share_employer"] / employer
    first = calibrated.levers.scalar("contribution_rate") * calibrated.levers.scalar("base_salary")
    employees = quotient(
        np.asarray(payroll),
        np.asarray(first * calibrated.parameters["payroll_base_salaries"]),
        undefined=0.0,
    )
    learning = min(pupils_of(city), others)
    families = max(others - learning - float(employees), 0.0)
    scale = [
        _law(city, f"insurance_family_scale.{rank}", otherwise)
        for rank, otherwise in zip(_RANKS, FAMILY_SCALE, strict=True)
    ]
    pupil = _law(city, "insurance_pupil_premium_support", PUPIL_SUPPORT)
    supported = _law(city, "insurance_premium_support.near_poor", NEAR_POOR_SUPPORT)
    table = np.zeros((len(MEMBER_CLASSES), len(CONTRIBUTORS)))
    table[PAYROLL, [HOUSEHOLD, EMPLOYER]] = (1.0 - employer) * payroll, employer * payroll
    table[BUDGET_PAID, BUDGET] = first * paid_for
    table[PUPIL, [HOUSEHOLD, BUDGET]] = first * learning * np.array([1.0 - pupil, pupil])
    table[NEAR_POOR, [HOUSEHOLD, BUDGET]] = (
        first * near_poor * np.array([1.0 - supported, supported])
    )
    table[FAMILY, HOUSEHOLD] = first * families * float(np.mean(scale))
    return quotient(table, table.sum(0), undefined=0.0)


_RANKS = ("member_1", "member_2", "member_3", "member_4", "member_5_and_later")


def _law(city: City, rule: str, otherwise: float) -> float:
    """A rule's value on the first day of the base year; the decree's if the city has none."""
    return city.laws.value(rule, BASE_DAY) if city.laws.has(rule, BASE_DAY) else otherwise
