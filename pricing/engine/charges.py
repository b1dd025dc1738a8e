"""Prices of the offers this month: list prices, tuition and its frame, order parts, own prices."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.city import City
from pricing.engine.rules import HEALTH_SCHEME
from pricing.equations.quotient import quotient
from pricing.world.levers import LeverValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Prices of the city's offers this month, VND per unit of output, (offer,).

    ``price`` the service price or the provider's own price; ``charged`` the part in the user's
    name (price, or tuition where there is one); ``factor`` what owners ask over the base year's
    path, on their own price or on top-ups; ``order`` what the budget adds per unit under the
    per-pupil share; ``lot`` what the city pays under lots, over all units of output;
    ``private_support`` the budget's part of a non-public learner's fee;
    ``earning``, ``order_earning`` (offer, component) how charge and order part divide over the
    components of the list price, zero for own prices.
    """

    price: Array
    charged: Array
    factor: Array
    order: Array
    lot: Array
    private_support: Array
    earning: Array
    order_earning: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRules:
    """What sets the price of each offer; (offer,) unless said.

    ``norm`` row of the list price, 0 where the provider sets its own; ``has_tuition`` where
    learners are charged tuition, perhaps none, instead of the price; ``frame_multiplier`` by
    autonomy tier (Decree 238/2025: 2.0 and 2.5); ``is_supported`` non-public offers of fee-free
    levels, whose learners get the public tuition of the place; ``public_tuition`` a public offer
    that charges it, -1 where none does and the table's holds; ``drift`` real growth of own prices.
    """

    norm: IntArray
    kind: IntArray
    is_regulated: BoolArray
    own_price: Array
    has_tuition: BoolArray
    frame_multiplier: Array
    is_supported: BoolArray
    public_tuition: IntArray
    need: IntArray
    drift: float


FRAME_RULES = {
    "1": "tuition_multiplier.recurrent_and_investment_covered",
    "2": "tuition_multiplier.recurrent_covered",
}
EXEMPTION = "tuition_exemption_public."
LAW_DAY = 364  # the school year 2025-26 has begun under the law of fee-free schools


def charge_rules(city: City, drift: float) -> ChargeRules:
    """Static price rules of every offer of the city."""
    offers = city.offers
    regulated = offers.price_norm >= 0
    multiplier = [_frame_multiplier(city, city.units.tier[unit]) for unit in offers.unit.tolist()]
    return ChargeRules(
        norm=np.where(regulated, offers.price_norm, 0),
        kind=offers.kind,
        is_regulated=regulated,
        own_price=np.nan_to_num(offers.own_price),
        has_tuition=regulated & _is_learning(city),
        frame_multiplier=np.array(multiplier),
        is_supported=_is_fee_free(city) & ~regulated & ~np.isnan(offers.tuition),
        public_tuition=_public_tuition(city),
        need=offers.need,
        drift=drift,
    )


def _is_learning(city: City) -> BoolArray:
    """Offers whose users are learners: two prices, tuition and service price (model section 3)."""
    scheme = np.array([scheme != HEALTH_SCHEME for scheme in city.needs.scheme])
    return scheme[city.offers.need]


def _frame_multiplier(city: City, tier: str) -> float:
    """How far a unit of this autonomy tier may pass the tuition frame."""
    rule = FRAME_RULES.get(tier, "")
    return city.laws.value(rule, LAW_DAY) if city.laws.has(rule, LAW_DAY) else 1.0


def _is_fee_free(city: City) -> BoolArray:
    """Offers of the levels whose public schools are fee-free (Resolution 217/2025)."""
    free = [city.laws.has(EXEMPTION + name, LAW_DAY) for name in city.needs.id]
    return np.array(free)[city.offers.need]


def _public_tuition(city: City) -> IntArray:
    """For each offer, a public offer of its need that charges tuition, in the place if any."""
    offers = city.offers
    charging = np.flatnonzero((offers.price_norm >= 0) & ~np.isnan(offers.tuition))
    partner = np.full(offers.unit.size, -1)
    for offer in np.flatnonzero(offers.price_norm < 0):
        same_need = charging[offers.need[charging] == offers.need[offer]]
        here = same_need[offers.place[same_need] == offers.place[offer]]
        if same_need.size:
            partner[offer] = (here if here.size else same_need)[0]
    return partner


def charges(
    rules: ChargeRules,
    prices: Array,
    levers: LeverValues,
    cpi: float,
    years: float,
    factor: Array | None = None,
) -> Charges:
    """Prices of the month from the price lists (norm, place_kind, component) and the levers.

    Tuition is cut to its frame; the order part per unit is per_pupil_share · (price - tuition).
    ``factor`` (offer,) is what owners of non-public units ask over the path of their base-year
    price, 1 if not given.
    Autonomous schools may charge more than the components let in so far; that is their surplus.
    Decree 32/2019 (order price), Decree 238/2025 (frames), Resolution 217/2025 (private support).
    """
    parts = np.where(rules.is_regulated[:, None], prices[rules.norm, rules.kind], 0.0)
    asked = np.ones(rules.own_price.size) if factor is None else factor
    own = rules.own_price * cpi * (1.0 + rules.drift) ** years * asked
    ceiling = np.where(rules.is_regulated, levers["price_ceiling"][rules.norm], np.inf)
    listed = np.minimum(parts.sum(1), ceiling)
    price = np.where(rules.is_regulated, listed, own)
    frame = levers["tuition_frame"][rules.norm, rules.kind] * rules.frame_multiplier
    tuition = np.minimum(np.nan_to_num(levers["tuition"]), frame)
    charged = np.where(rules.has_tuition, tuition, price)
    share = np.where(rules.has_tuition, levers["per_pupil_share"][rules.norm, rules.kind], 0.0)
    order = share * np.maximum(price - charged, 0.0)
    weight = quotient(parts, parts.sum(1)[:, None], undefined=0.0)
    return Charges(
        price=price,
        charged=charged,
        factor=asked,
        order=order,
        lot=np.zeros_like(order),
        private_support=_private_support(rules, charged, price, levers),
        earning=weight * np.minimum(charged, price)[:, None],
        order_earning=weight * order[:, None],
    )


def _private_support(
    rules: ChargeRules, charged: Array, price: Array, levers: LeverValues
) -> Array:
    """Public tuition of the place times the lever, never above the fee, (offer,)."""
    table = np.nan_to_num(levers["tuition"])
    paid = np.where(rules.public_tuition >= 0, charged[rules.public_tuition], table)
    support: Array = np.minimum(paid * levers["private_support"][rules.need], price)
    return support * rules.is_supported
