"""How the budget and the users share the money for a service.

Decree 60/2021 (grants in a stability period by autonomy tier), Decree 32/2019 (ordering). Money in
VND of the period. Components in the order labour, direct, management, depreciation.
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.demand import isoelastic_quantity
from pricing.equations.quotient import quotient

# Capital is replaced by the capital budget, never by a recurrent grant.
GRANTED = np.array([1.0, 1.0, 1.0, 0.0])
CHANNELS = ("price", "order", "grant", "unfunded")


def first_year_gap(cash_cost: Array, revenue: Array) -> Array:
    """Cash cost (labour, direct, management) that revenue leaves open, (unit,), VND, ≥ 0."""
    return np.maximum(cash_cost - revenue, 0.0)


def recurrent_grant(
    gap: Array, norm_index: Array | float, tier_share: Array, policy_change: Array
) -> Array:
    """Recurrent grant of a year in the stability period, (unit,), VND, ≥ 0.

    max(0, gap·norm_index·tier_share + policy_change).

    Parameters
    ----------
    gap
        Gap of the period's first year, from `first_year_gap`, (unit,).
    norm_index
        Norm cost now over norm cost in the first year, (unit,) or one for all.
    tier_share
        Share of the gap that the autonomy tier leaves to the budget, (unit,).
    policy_change
        Sum of what later decisions add or take, (unit,), VND: `price_policy_change`, pay reforms.
    """
    return np.maximum(gap * norm_index * tier_share + policy_change, 0.0)


def price_policy_change(included_change: Array, norm_cost: Array, planned_volume: Array) -> Array:
    """What a component that enters the price takes off the grant: −Δincluded·norm·volume, VND."""
    return -included_change * norm_cost * planned_volume


def per_pupil_outlay(
    service_price: Array, per_pupil_share: Array, pupils: Array, base_pupils: Array
) -> Array:
    """Budget outlay on free schooling, VND on the common axes.

    service_price·(share·pupils + (1 − share)·base_pupils): the share follows the pupil, the rest
    is a grant for the pupils of the stability period's first year. Neutral at constant enrolment.
    """
    follows = per_pupil_share * pupils + (1.0 - per_pupil_share) * base_pupils
    return service_price * follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Who funds the norm cost of a service.

    `channel` (…, component, channel) sums over the channels price, order, grant, unfunded to the
    norm cost of the volume; `excess` (…,) is money beyond it: accumulation, or a double grant.
    """

    channel: Array
    excess: Array


def funding_split(norm_value: Array, by_price: Array, by_order: Array, grant: Array) -> Funding:
    """Split norm·volume of each component by the channel that funds it; VND of the period.

    Price money comes first, then the order, each up to what is left of its component; the grant
    fills the gaps of labour, direct and management in proportion, and no other. Nothing is funded
    twice: what the channels bring beyond norm cost is `excess`.

    Parameters
    ----------
    norm_value
        Norm cost times volume, (…, component).
    by_price, by_order
        Money that prices and orders bring for each component, (…, component).
    grant
        Recurrent grant of the unit for the service, (…,).
    """
    price = np.minimum(by_price, norm_value)
    order = np.minimum(by_order, norm_value - price)
    gap = norm_value - price - order
    eligible = gap * GRANTED
    share = np.minimum(quotient(grant, eligible.sum(axis=-1), undefined=0.0), 1.0)
    granted = eligible * share[..., None]
    channel = np.stack([price, order, granted, gap - granted], axis=-1)
    brought = by_price.sum(axis=-1) + by_order.sum(axis=-1) + grant
    return Funding(channel=channel, excess=brought - channel[..., :3].sum(axis=(-2, -1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """Cost of a service = user + insurance + budget, VND; a negative budget is a surplus.

    `self_financing_rate` is a fraction of cost, `per_case` VND; both NaN without cases.
    """

    total_cost: Array
    user: Array
    insurance: Array
    budget: Array
    self_financing_rate: Array
    per_case: Array


def subsidy(
    volume: Array, unit_cost: Array, fee: Array, insurance_per_case: Array, exempt_share: Array
) -> Subsidy:
    """Subsidy identity on the common axes: exempt users pay no fee, the budget covers theirs.

    Amounts per case in VND; `exempt_share` is the share of cases that pay nothing.
    """
    total = volume * unit_cost
    user = volume * (1.0 - exempt_share) * fee
    insurance = volume * insurance_per_case
    budget = total - user - insurance
    return Subsidy(
        total_cost=total,
        user=user,
        insurance=insurance,
        budget=budget,
        self_financing_rate=quotient(user + insurance, total),
        per_case=quotient(budget, volume),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PayShift:
    """What moving pay from the budget into a price does; prices and money in one unit.

    Rises of the user price, volumes after them, and money: the saving of the budget against the new
    cost of the insurer, which falls on the insured volume that is left.
    """

    price_rise_insured: Array
    price_rise_uninsured: Array
    volume_insured: Array
    volume_uninsured: Array
    budget_saving: Array
    insurer_cost: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Insured:
    """Insured share of the volume and the share of a price that the insurer pays for it."""

    share: Array | float
    insurer_rate: Array | float


def pay_shift(
    volume: Array, pay_per_case: Array, insured: Insured, elasticity: float, user_price: Array
) -> PayShift:
    """Move `pay_per_case` from the budget into the price of `volume` cases, on the common axes.

    Both groups start at `user_price` and answer with one constant elasticity.
    """
    rise = (1.0 - insured.insurer_rate) * pay_per_case
    insured_volume = isoelastic_quantity(
        volume * insured.share, user_price, elasticity, user_price + rise
    )
    uninsured_volume = isoelastic_quantity(
        volume * (1.0 - insured.share), user_price, elasticity, user_price + pay_per_case
    )
    return PayShift(
        price_rise_insured=rise,
        price_rise_uninsured=pay_per_case,
        volume_insured=insured_volume,
        volume_uninsured=uninsured_volume,
        budget_saving=volume * pay_per_case,
        insurer_cost=insured_volume * insured.insurer_rate * pay_per_case,
    )
