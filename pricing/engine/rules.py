"""What law, contracts and the city's tables say of each offer of one need, for a run."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.city.cover import HEALTH_SCHEME as HEALTH_SCHEME
from pricing.world.parameters import Parameters

# Scopes of norm rows that share another scope's share of bills outside the insurance package.
PACKAGE_SCOPE = {"long_stay": "city", "clinic": "private"}
PACKAGE_LIMIT = 0.95
CHECK_UP = "check_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRules:
    """Payment rules of one need's offers; arrays are (offer,) unless said.

    ``outside_package`` share of the bill outside the package; ``top_up`` (quintile, offer) and
    ``charges`` VND at base-year prices; ``is_regulated`` 1 where the price is a public list price;
    ``small_bill`` limit in base salaries under which the insured pay nothing; ``uncovered`` class
    without cover.
    """

    need: int
    name: str
    offers: slice
    scheme: str
    n_classes: int
    uncovered: int
    contracted: Array
    outside_package: Array
    top_up: Array
    charges: Array
    is_regulated: Array
    place_kind: IntArray
    small_bill: float
    is_check_up: bool
    has_self_care: bool


def need_rules(city: City, need: int, parameters: Parameters, package_scale: float) -> NeedRules:
    """Rules of one need; ``package_scale`` is the fitted multiplier on outside_package."""
    window = city.need_offers(need)
    offers = city.offers
    scheme = city.needs.scheme[need]
    classes = city.classes[scheme]
    service = offers.service[window]
    return NeedRules(
        need=need,
        name=city.needs.id[need],
        offers=window,
        scheme=scheme,
        n_classes=len(classes.id),
        uncovered=int(np.flatnonzero(classes.uninsured)[0]),
        contracted=offers.contracted[window].astype(np.float64),
        outside_package=_outside_package(city, window, parameters, package_scale),
        top_up=offers.top_up[window].T * parameters["top_up_scale"],
        charges=city.services.charges_month[service],
        is_regulated=(offers.price_norm[window] >= 0).astype(np.float64),
        place_kind=offers.kind[window],
        small_bill=_small_bill(city) if scheme == HEALTH_SCHEME else 0.0,
        is_check_up=city.services.unit_of_output[int(service[0])] == CHECK_UP,
        has_self_care=bool(city.needs.self_care[need]),
    )


def _outside_package(
    city: City, window: slice, parameters: Parameters, package_scale: float
) -> Array:
    """Share of the bill outside the package by the scope of the offer's norm, (offer,)."""
    share = []
    for norm, contracted in zip(
        city.offers.norm[window], city.offers.contracted[window], strict=True
    ):
        scope = city.norms.scope[norm]
        name = f"outside_package_{PACKAGE_SCOPE.get(scope, scope)}"
        share.append(parameters[name] if contracted > 0 else 0.0)
    return np.minimum(np.array(share) * package_scale, PACKAGE_LIMIT)


def _small_bill(city: City) -> float:
    """Bill, in base salaries, below which the insured pay no own share (Law 25/2008 art. 22)."""
    rule = "insurance_small_bill_limit"
    return city.laws.value(rule, 0) if city.laws.has(rule, 0) else 0.0
