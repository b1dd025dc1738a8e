"""Untargeted moments of money: prices over cost, claims, household spending, school outlay."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.calibrate import NeedFit
from pricing.engine.charges import EXEMPTION, LAW_DAY
from pricing.engine.moments_base import BaseYear
from pricing.engine.moments_use import insured_contacts
from pricing.engine.people import insured
from pricing.engine.standing import CASH
from pricing.equations.quotient import quotient

MONTHS = 12


def price_over_full_cost(base: BaseYear) -> float:
    """List prices over full norm cost of public care, both weighted with base-year volumes."""
    price, cost = base.calibrated.charges.price, base.norm().sum(1)
    earned = full = 0.0
    for fit in base.health_fits():
        window = fit.rules.offers
        volume = base.city.offers.volume[window] * base.public(fit) * fit.rules.is_regulated
        earned += float((volume * price[window]).sum())
        full += float((volume * cost[window]).sum())
    return earned / full


def claims_per_insured(base: BaseYear) -> float:
    """What the fund pays for residents, over insured residents, VND a year."""
    return base.calibrated.aggregates.fund / insured(base.city, base.people)


def claims_per_contact(base: BaseYear) -> float:
    """What the fund pays for residents, over their insured visits and stays, VND."""
    return base.calibrated.aggregates.fund / insured_contacts(base)


def health_spending(base: BaseYear) -> Array:
    """Payments for care and self-treatment of residents, (quintile,) VND a year."""
    spent = np.zeros(base.people.residents.shape[2])
    for fit in base.health_fits():
        spent += (fit.volume * base.payers(fit).household).sum((1, 2))
        if fit.rules.has_self_care:
            missed = fit.episodes * fit.choice.outside_probability
            spent += missed.sum((1, 2)) * base.calibrated.parameters["self_care_cost"]
    return spent


def health_spending_share(chosen: slice) -> Callable[[BaseYear], float]:
    """Health spending of some quintiles over their consumption."""

    def share(base: BaseYear) -> float:
        people, month = base.people.residents[0], base.city.income.consumption_month
        consumption = (people * month).sum(0) * MONTHS
        return float(health_spending(base)[chosen].sum() / consumption[chosen].sum())

    return share


@dataclass(frozen=True, slots=True, kw_only=True)
class _School:
    """Fee-free schools of one need, (offer,): learners, and who pays what a learner-month, VND."""

    fit: NeedFit
    learners: Array
    months: float
    is_public: Array
    budget: Array
    household: Array


def _schools(base: BaseYear) -> Iterator[_School]:
    """Needs whose public schools the law makes free of tuition."""
    city = base.city
    for fit in base.calibrated.fits:
        if not city.laws.has(EXEMPTION + fit.frame.name, LAW_DAY):
            continue
        window = fit.rules.offers
        paid = base.payers(fit)
        entrants = fit.volume.sum((0, 2))
        yield _School(
            fit=fit,
            learners=city.offers.volume[window],
            months=float(city.needs.teaching_months[fit.frame.need]),
            is_public=base.public(fit),
            budget=quotient((fit.volume * paid.budget).sum((0, 2)), entrants, undefined=0.0),
            household=quotient(
                (fit.volume * base.own_share(fit)).sum((0, 2)), entrants, undefined=0.0
            ),
        )


def tuition_bill(*, is_public: bool) -> Callable[[BaseYear], float]:
    """What budgets pay in place of learners' tuition at fee-free levels, VND a year."""

    def bill(base: BaseYear) -> float:
        total = 0.0
        for school in _schools(base):
            ours = school.is_public == float(is_public)
            total += float((school.learners * school.budget * ours).sum()) * school.months
        return total

    return bill


def education_outlay_per_pupil(base: BaseYear) -> float:
    """Cash norm cost of public fee-free schools less what families pay, VND a pupil and year."""
    spent = pupils = 0.0
    cash = base.norm()[:, :CASH].sum(1)
    for school in _schools(base):
        learners = school.learners * school.is_public
        net = cash[school.fit.rules.offers] - school.household
        spent += float((learners * net).sum()) * school.months
        pupils += float(learners.sum())
    return spent / pupils


MOMENTS: dict[str, Callable[[BaseYear], float]] = {
    "price_over_full_cost_health": price_over_full_cost,
    "claims_per_insured": claims_per_insured,
    "claims_per_contact": claims_per_contact,
    "health_spending_share": health_spending_share(slice(None)),
    "health_spending_share_q1": health_spending_share(slice(0, 1)),
    "health_spending_share_q2": health_spending_share(slice(1, 2)),
    "health_spending_share_q3": health_spending_share(slice(2, 3)),
    "health_spending_share_q4": health_spending_share(slice(3, 4)),
    "health_spending_share_q5": health_spending_share(slice(-1, None)),
    "education_outlay_per_pupil": education_outlay_per_pupil,
    "tuition_bill_public": tuition_bill(is_public=True),
    "tuition_bill_non_public": tuition_bill(is_public=False),
}
