"""What the demand of one need must reproduce in the base year, and at what money."""

from dataclasses import dataclass

from pricing.base.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class FitTargets:
    """What one need's demand must reproduce in the base year.

    ``episodes`` (quintile, place, class) potential episodes a year; ``nest_volume``
    (quintile, nest) used episodes; ``offer_volume`` (offer,) of residents, NaN where unknown;
    ``elasticity`` (quintile,) absolute values; ``elastic_nest`` the nest whose own use the
    elasticity describes, -1 for the use of the whole need; ``own_place_share`` NaN where free.
    """

    episodes: Array
    nest_volume: Array
    offer_volume: Array
    elasticity: Array
    elastic_nest: int
    own_place_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FitPrices:
    """Money that enters utility in the base year, VND.

    ``user_price`` (quintile, offer, class); ``price`` (offer,) what an uninsured user pays and the
    elasticity moves; ``travel_per_km`` and ``income_month`` (quintile,); ``self_care_cost`` scalar.
    """

    user_price: Array
    price: Array
    uncovered_class: int
    travel_per_km: Array
    income_month: Array
    self_care_cost: float
