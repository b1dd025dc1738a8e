"""Lots in the month: whom they serve, who pays for them, what they do to prices and cost.

A lot stands for part of its supplier's users. For them the contract price takes the place of the
list price: they, with their insurance, pay the user's share of it, the city's budget the rest, per
accepted unit or, for an assigned task, in advance (model section 8; Decree 32/2019).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.engine.charges import Charges
from pricing.engine.standing import MONTHS, OfferRules
from pricing.equations.quotient import quotient
from pricing.world.flows import LotFlows
from pricing.world.levers import LeverValues

ASSIGNED = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTerms:
    """Lots that are served this month, (served lot,).

    ``lot``, ``offer`` indices; ``ordered`` units of output this month; ``cover`` share of the
    offer's users under the lot; ``price`` VND the supplier gets per unit delivered, after refusals;
    ``user_share`` of it that users pay; ``is_assigned`` 1 under task assignment; ``acceptance``,
    ``quality``, ``cost_factor`` as the levers say.
    """

    lot: IntArray
    offer: IntArray
    ordered: Array
    cover: Array
    price: Array
    user_share: Array
    is_assigned: Array
    acceptance: Array
    quality: Array
    cost_factor: Array


def lot_terms(
    city: City, rules: OfferRules, levers: LeverValues, users: Array, month_of_year: int
) -> LotTerms | None:
    """The lots that are served this month; None if there is none.

    Parameters
    ----------
    users : Array
        (offer,) units of output last month, of learners in a month of teaching. Lots on one offer
        that foresee more than all its users share them in proportion.
    month_of_year : int
        1 to 12; no learner is taught, and none is bought for, in the holidays.
    """
    served = np.flatnonzero((levers.last("lot_offer") >= 0) & (levers["lot_volume"] > 0))
    if not served.size:
        return None
    offer = levers.last("lot_offer")[served].astype(np.intp)
    taught = rules.teaching[city.offers.need[offer], month_of_year - 1]
    ordered = levers["lot_volume"][served]
    wanted = np.bincount(offer, ordered, users.size)
    available = np.maximum(users, wanted)[offer]
    acceptance = levers.last("lot_acceptance")[served]
    assigned = (levers.last("lot_scheme")[served] == ASSIGNED).astype(np.float64)
    return LotTerms(
        lot=served,
        offer=offer,
        ordered=ordered * taught,
        cover=quotient(ordered, available, undefined=0.0),
        price=levers["lot_price"][served] * np.where(assigned > 0, 1.0, acceptance),
        user_share=city.lots.user_share[served],
        is_assigned=assigned,
        acceptance=acceptance,
        quality=levers.last("lot_quality")[served],
        cost_factor=levers.last("lot_cost_factor")[served],
    )


def users_of(rules: OfferRules, activity: Array) -> Array:
    """Units of output of a month, of learners in a month of teaching, from activity, (offer,)."""
    users: Array = np.where(rules.is_enrolment, activity * MONTHS / rules.months_a_year, activity)
    return users


def lot_charges(charges: Charges, terms: LotTerms, norm: Array) -> Charges:
    """Charges of the month where lots stand in for list prices (model section 8).

    The order part and the support of non-public learners fall on the users outside the lots, so
    nobody is paid for twice. What lots pay is divided over the components like the norm.

    Parameters
    ----------
    norm : Array
        (offer, component) VND per unit of output; zero where the provider sets its own price.
    """
    n_offers = charges.price.size
    outside = 1.0 - _by_offer(terms, terms.cover, n_offers)
    paid = terms.cover * terms.price
    by_user = _by_offer(terms, paid * terms.user_share, n_offers)
    by_budget = paid * (1.0 - terms.user_share)
    lot: Array = _by_offer(terms, by_budget * (1.0 - terms.is_assigned), n_offers)
    funded = _by_offer(terms, by_budget, n_offers)
    weight = quotient(norm, norm.sum(1)[:, None], undefined=0.0)
    return replace(
        charges,
        charged=charges.charged * outside + by_user,
        order=charges.order * outside,
        private_support=charges.private_support * outside,
        lot=lot,
        earning=charges.earning * outside[:, None] + weight * by_user[:, None],
        order_earning=charges.order_earning * outside[:, None] + weight * funded[:, None],
    )


def _by_offer(terms: LotTerms, values: Array, n_offers: int) -> Array:
    """Sum of the lots' values on each offer, (offer,)."""
    total = np.zeros(n_offers)
    np.add.at(total, terms.offer, values)
    return total


def lot_cost(terms: LotTerms | None, cost: Array) -> Array:
    """Actual cost after the suppliers' savings or overruns on lots, (offer, component) VND.

    Labour and direct cost move with the factor, management and depreciation do not.
    """
    if terms is None:
        return cost
    moved = _by_offer(terms, terms.cover * (terms.cost_factor - 1.0), cost.shape[0])
    changed = cost.copy()
    changed[:, :2] *= 1.0 + moved[:, None]
    return changed


def lot_quality(terms: LotTerms | None, usual: float, n_offers: int) -> Array:
    """What lots add to the mean quality of the offers, (offer,); ``usual`` quality at norm cost."""
    if terms is None:
        return np.zeros(n_offers)
    gained: Array = _by_offer(terms, terms.cover * (terms.quality - usual), n_offers)
    return gained


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What offers made in a month, (offer,).

    ``volume`` units of output delivered, to residents and others; ``cost`` VND per unit, full cost
    as the unit usually works; ``taught`` 1 where users pay this month, 0 in the holidays of
    learners.
    """

    volume: Array
    cost: Array
    taught: Array


def lot_flows(terms: LotTerms | None, levers: LeverValues, output: Output) -> LotFlows | None:
    """Lots' volumes and money of the month; None if no lot is bought and none is prepared."""
    administration = levers["lot_administration"]
    if terms is None and not administration.any():
        return None
    zero = np.zeros(administration.size)
    blank = LotFlows(
        offer=np.full(administration.size, -1),
        ordered=zero,
        delivered=zero,
        accepted=zero,
        paid=zero,
        advanced=zero,
        spent=zero,
        is_assigned=zero,
        quality=zero,
        administration=administration,
    )
    return blank if terms is None else _served(terms, blank, output)


def _served(terms: LotTerms, blank: LotFlows, output: Output) -> LotFlows:
    """Lots' volumes and money; an assigned task spends its cost, less what its users pay."""

    def placed(values: Array) -> Array:
        found = np.zeros(blank.ordered.size)
        found[terms.lot] = values
        return found

    offer: IntArray = blank.offer.copy()
    offer[terms.lot] = terms.offer
    delivered = terms.cover * output.volume[terms.offer]
    by_users = terms.price * terms.user_share
    budget = terms.price - by_users
    cost = output.cost[terms.offer] * terms.cost_factor
    assigned = terms.is_assigned
    return LotFlows(
        offer=offer,
        ordered=placed(terms.ordered),
        delivered=placed(delivered),
        accepted=placed(delivered * terms.acceptance),
        paid=placed(delivered * budget * (1.0 - assigned)),
        advanced=placed(terms.ordered * budget * assigned * output.taught[terms.offer]),
        spent=placed(delivered * np.maximum(cost - by_users, 0.0) * assigned),
        is_assigned=placed(assigned),
        quality=placed(delivered * terms.quality),
        administration=blank.administration,
    )
