"""What an efficient unit is allowed this month, and the price lists that decisions make of it."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS
from pricing.equations import cost
from pricing.equations.price import regulated_price
from pricing.world.levers import LeverValues
from pricing.world.state import PriceList


@dataclass(frozen=True, slots=True, kw_only=True)
class NormBasis:
    """Norms of the city at base-year prices, scaled to the fitted bundles; axis (norm,) first.

    ``hours``, ``coefficient``, ``employer``, ``paid_hours`` (norm, post_class); ``direct`` and
    ``depreciation`` VND per unit of output; ``drift`` yearly growth of direct cost above CPI;
    ``pay_group`` row of the posts table.
    """

    hours: Array
    coefficient: Array
    employer: Array
    paid_hours: Array
    direct: Array
    depreciation: Array
    overhead_rate: Array
    drift: Array
    pay_group: IntArray


def norm_basis(city: City, bundle_scale: float, drift: float) -> NormBasis:
    """Norms with the fitted multiplier of bundles and the price drift of their inputs.

    Parameters
    ----------
    bundle_scale : float
        Multiplier of the rows whose ``bundle`` flag is set (model section 2).
    drift : float
        Yearly growth of drug and supply prices above CPI, on the same rows.
    """
    norms, posts = city.norms, city.posts
    group = norms.pay_group
    scale = np.where(norms.bundle, bundle_scale, 1.0)
    return NormBasis(
        hours=scale[:, None] * norms.hours,
        coefficient=posts.coefficient[group],
        employer=posts.employer[group],
        paid_hours=posts.paid_hours[group],
        direct=scale * norms.direct,
        depreciation=scale * norms.depreciation,
        overhead_rate=norms.overhead_rate,
        drift=np.where(norms.bundle, drift, 0.0),
        pay_group=group,
    )


def norm_cost(basis: NormBasis, levers: LeverValues, cpi: float, years: float) -> Array:
    """Norm cost of the month, (norm, component) VND per unit of output (model section 2).

    Parameters
    ----------
    cpi : float
        Price level over the base year; assets are valued at replacement cost.
    years : float
        Time since the base year, for prices that drift from CPI.
    """
    pay = cost.pay(
        basis.coefficient,
        levers.scalar("base_salary"),
        levers["allowance"][basis.pay_group],
        basis.employer,
    )
    labour = cost.norm_labour(basis.hours, pay, basis.paid_hours)
    index = cpi * (1.0 + basis.drift) ** years
    return cost.norm_cost(
        labour, basis.direct, index, basis.overhead_rate, basis.depreciation * cpi
    )


def first_prices(city: City, norm: Array, levers: LeverValues) -> PriceList:
    """Lists of the base year: the last decision before it, on what the law lets in."""
    shape = (len(city.norms.id), len(PLACE_KINDS))
    blank = PriceList(
        component=np.zeros((*shape, norm.shape[1])),
        full_cost=np.zeros(shape),
        decided=np.full(shape, -np.inf),
        is_bound=np.zeros(shape),
    )
    return decided_prices(blank, norm, levers)


def decided_prices(old: PriceList, norm: Array, levers: LeverValues) -> PriceList:
    """Price lists after the month's decisions; rows without a new decision stand.

    A decision lets in what ``included`` says on its day, at that month's norms, with accumulation,
    and is cut to the legal ceiling where one binds.
    """
    decided = levers.last("price_decision")
    fresh = decided > old.decided
    if not fresh.any():
        return old
    rate = levers.last("accumulation_rate")[:, None]
    price = regulated_price(
        norm[:, None, :], levers.last("included"), rate, levers.last("price_ceiling")[:, None]
    )
    return PriceList(
        component=np.where(fresh[:, :, None], price.component, old.component),
        full_cost=np.where(fresh, (1.0 + rate) * norm.sum(1)[:, None], old.full_cost),
        decided=np.where(fresh, decided, old.decided),
        is_bound=np.where(fresh, price.bound, old.is_bound),
    )


def month_prices(old: PriceList, new: PriceList, first_day: int, n_days: int) -> Array:
    """Price parts of the month, (norm, place_kind, component): old and new lists by their days."""
    if new is old:
        return new.component
    weight = np.clip((first_day + n_days - new.decided) / n_days, 0.0, 1.0)
    share = np.where(new.decided > old.decided, weight, 1.0)[:, :, None]
    mixed: Array = share * new.component + (1.0 - share) * old.component
    return mixed
