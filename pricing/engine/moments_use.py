"""Untargeted moments of use: elasticities of all residents, visits, contacts, occupancy."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.calibrate import NeedFit
from pricing.engine.moments_base import BaseYear, mean
from pricing.engine.people import economy, insured
from pricing.equations.choice import expected_amounts, used_episodes
from pricing.equations.elasticity import elasticity_from_first, nest_elasticities, use_elasticity
from pricing.equations.quotient import quotient

NON_PUBLIC = "non_public"
RISE = 0.15
STEP = 1e-4
DAYS = 365.0
AMBULATORY, INPATIENT = "ambulatory", "inpatient"


def list_price_elasticity(need: str) -> Callable[[BaseYear], float]:
    """Use of a need by all residents, for one common change of all regulated list prices."""

    def elasticity(base: BaseYear) -> float:
        fit = base.fit(need)
        listed = base.own_share(fit) * fit.rules.is_regulated[:, None]
        moved = use_elasticity(fit.choice, fit.episodes, listed, base.sensitivity(fit))
        return mean(moved, used_episodes(fit.choice, fit.episodes).sum(1))

    return elasticity


def cross_price_elasticity(need: str) -> Callable[[BaseYear], float]:
    """Non-public use by all residents, for one common change of the prices of public units."""

    def elasticity(base: BaseYear) -> float:
        fit = base.fit(need)
        public = base.own_share(fit) * base.public(fit)[:, None]
        by_nest = nest_elasticities(fit.choice, fit.episodes, public, base.sensitivity(fit))
        nest = base.city.nests[fit.frame.need].index(NON_PUBLIC)
        used = (fit.episodes * fit.choice.nest_probability[nest]).sum(1)
        return mean(by_nest[nest].sum(0), used)

    return elasticity


def price_rise_response(need: str) -> Callable[[BaseYear], float]:
    """Relative change of use by the poorest quintile when all prices of care rise by 15 %."""

    def response(base: BaseYear) -> float:
        fit, charges = base.fit(need), base.calibrated.charges
        risen = replace(
            charges, price=charges.price * (1.0 + RISE), charged=charges.charged * (1.0 + RISE)
        )
        after = base.choice_at(fit, risen, base.calibrated.income_month)
        used = [used_episodes(choice, fit.episodes)[0].sum() for choice in (fit.choice, after)]
        return float(used[1] / used[0] - 1.0)

    return response


def income_elasticity(need: str) -> Callable[[BaseYear], float]:
    """Use of a need by all residents, for one common change of real incomes at fixed prices."""

    def elasticity(base: BaseYear) -> float:
        fit, calibrated = base.fit(need), base.calibrated
        richer = calibrated.income_month * (1.0 + STEP)
        after = base.choice_at(fit, calibrated.charges, richer)
        grown = economy(base.city, richer, calibrated.parameters, 0.0).need_elasticity
        episodes = fit.episodes * ((1.0 + STEP) ** grown[fit.frame.need])[:, None, None]
        before = used_episodes(fit.choice, fit.episodes).sum()
        return float(np.log(used_episodes(after, episodes).sum() / before) / np.log1p(STEP))

    return elasticity


def free_care_elasticity(need: str) -> Callable[[BaseYear], float]:
    """Use without cover against use at the full benefit, over the fall of what the user pays.

    (q_full/q_none - 1) / (p_full/p_none - 1), for the same people; p is the user price at the
    choices of those without cover.
    """

    def elasticity(base: BaseYear) -> float:
        fit = base.fit(need)
        none = fit.rules.uncovered
        full = int(np.argmax(base.calibrated.levers["benefit"]))
        people = fit.episodes.sum(2)
        missed = fit.choice.outside_probability
        used = [float((people * (1.0 - missed[:, :, c])).sum()) for c in (none, full)]
        paid = [_spent(base, fit, c) for c in (none, full)]
        found = elasticity_from_first(*(np.array(x) for x in (*used, *paid)))
        return float(found)

    return elasticity


def _spent(base: BaseYear, fit: NeedFit, payer: int) -> float:
    """What those without cover would pay for their choices at another class's prices, VND."""
    price = base.payers(fit).household[:, :, payer, None]
    amount = expected_amounts(fit.choice, price).sum(0)[:, :, fit.rules.uncovered]
    return float((fit.episodes.sum(2) * amount).sum())


def visit_share(nest: str) -> Callable[[BaseYear], float]:
    """Share of a nest in the ambulatory visits of residents."""

    def share(base: BaseYear) -> float:
        fit = base.fit(AMBULATORY)
        window = fit.frame.nests[base.city.nests[fit.frame.need].index(nest)]
        return float(fit.volume[:, window].sum() / fit.volume.sum())

    return share


def insured_contacts(base: BaseYear) -> float:
    """Visits and stays of insured residents at offers with an insurance contract, a year."""
    found = 0.0
    for need in (AMBULATORY, INPATIENT):
        fit = base.fit(need)
        covered = ~base.city.classes[fit.rules.scheme].uninsured
        contracted = fit.rules.contracted[:, None]
        found += float((fit.volume * contracted)[:, :, covered].sum())
    return found


def contacts_per_insured(base: BaseYear) -> float:
    """Visits and stays paid by the fund, per insured resident and year."""
    return insured_contacts(base) / insured(base.city, base.people)


def occupancy(scope: str) -> Callable[[BaseYear], float]:
    """Bed-days used over bed-days there are, in units whose stays have a norm of this scope."""

    def share(base: BaseYear) -> float:
        city, fit = base.city, base.fit(INPATIENT)
        window = fit.rules.offers
        norm = city.offers.norm[window]
        chosen = np.array([city.norms.scope[row] == scope for row in norm.tolist()])
        outsiders = (city.offers.volume * city.offers.outsider_share)[window]
        stays = fit.volume.sum((0, 2)) + outsiders
        days: Array = stays * city.norms.length_of_stay[norm]
        beds = city.units.beds[city.offers.unit[window]]
        return float(quotient(days[chosen].sum(), beds[chosen].sum() * DAYS))

    return share


MOMENTS: dict[str, Callable[[BaseYear], float]] = {
    "list_price_elasticity_ambulatory": list_price_elasticity(AMBULATORY),
    "list_price_elasticity_inpatient": list_price_elasticity(INPATIENT),
    "list_price_elasticity_higher_education": list_price_elasticity("higher_education"),
    "cross_price_non_public_ambulatory": cross_price_elasticity(AMBULATORY),
    "cross_price_non_public_inpatient": cross_price_elasticity(INPATIENT),
    "price_rise_poorest_ambulatory": price_rise_response(AMBULATORY),
    "price_rise_poorest_inpatient": price_rise_response(INPATIENT),
    "income_elasticity_ambulatory": income_elasticity(AMBULATORY),
    "income_elasticity_inpatient": income_elasticity(INPATIENT),
    "free_care_elasticity_ambulatory": free_care_elasticity(AMBULATORY),
    "free_care_elasticity_inpatient": free_care_elasticity(INPATIENT),
    "visit_share_commune": visit_share("commune"),
    "visit_share_public_hospital": visit_share("public_hospital"),
    "visit_share_non_public": visit_share(NON_PUBLIC),
    "contacts_per_insured": contacts_per_insured,
    "occupancy_central": occupancy("central"),
    "occupancy_city": occupancy("city"),
    "occupancy_district": occupancy("district"),
}
