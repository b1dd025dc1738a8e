"""Standing money of the units: cash buffers, mandates, base-year investment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.engine.calibrate import Calibrated
from pricing.engine.norms import norm_cost
from pricing.engine.standing import CASH, CITY_LEVEL, GRANT_TIERS, HEALTH, MONTHS, OfferRules
from pricing.engine.sums import Sums

BUFFER_MONTHS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoney:
    """Money rules of the units, (unit,) VND a month unless said.

    ``mandate`` grant for work outside priced services; ``buffer`` VND of cash that owners leave in
    a unit; ``investment`` that keeps the assets of the base year as they are; ``is_public`` 1 or 0;
    ``budget`` level that owns the unit (the city if none).
    """

    mandate: Array
    buffer: Array
    investment: Array
    is_public: Array
    budget: IntArray


def unit_money(city: City, calibrated: Calibrated, rules: OfferRules, sums: Sums) -> UnitMoney:
    """Money rules of every unit of the city."""
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[city.offers.norm]
    cost = norm[:, :CASH].sum(1) * rules.cost_scale * rules.plan
    owner = city.units.owner
    return UnitMoney(
        mandate=_mandate(city, calibrated, rules, norm),
        buffer=BUFFER_MONTHS * sums.by_unit(cost),
        investment=_investment(city, calibrated, rules, sums),
        is_public=city.units.is_public.astype(np.float64),
        budget=np.where(owner >= 0, owner, CITY_LEVEL),
    )


def _investment(city: City, calibrated: Calibrated, rules: OfferRules, sums: Sums) -> Array:
    """Base-year investment: capital budget and depreciation in prices, (unit,) VND a month."""
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[city.offers.norm, CASH]
    priced = (calibrated.charges.earning + calibrated.charges.order_earning)[:, CASH]
    owned = rules.is_public * (city.units.owner[city.offers.unit] >= 0)
    share = calibrated.parameters["capital_replacement_share"]
    replaced = np.maximum(norm - priced, 0.0) * owned * share
    return sums.by_unit((replaced + priced) * rules.plan)


def _mandate(city: City, calibrated: Calibrated, rules: OfferRules, norm: Array) -> Array:
    """Grant a month for prevention and other work outside priced services, (unit,) VND.

    What the city's health grants leave after the cash gaps of the priced services, by the posts of
    the units that the state funds.
    """
    charged = calibrated.charges
    earned = (charged.earning + charged.order_earning)[:, :CASH]
    gap = np.maximum(norm[:, :CASH] - earned, 0.0).sum(1) * rules.plan
    health = city.sectors.index(HEALTH)
    in_health = city.needs.sector[city.offers.need] == health
    gaps = float((gap * rules.granted * in_health).sum())
    total = calibrated.parameters["grants_health_units"] / MONTHS
    funded = np.array([float(tier in GRANT_TIERS) for tier in city.units.tier])
    posts: Array = city.units.posts_professional * (city.units.sector == health) * funded
    return max(total - gaps, 0.0) * posts / max(float(posts.sum()), 1.0)
