"""The ids of a city against which the ids of a scenario check themselves, by kind of id."""

from collections.abc import Collection, Mapping

from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS
from pricing.world.quantities import COMPONENTS


def reference_ids(city: City | None) -> Mapping[str, Collection[str]]:
    """Kind of id → ids, as `pricing.base.refs` takes them; nothing without a city."""
    if city is None:
        return {}
    return {
        "sector": city.sectors,
        "need": city.needs.id,
        "service": city.services.id,
        "norm": city.norms.id,
        "place": city.places.id,
        "place_kind": PLACE_KINDS,
        "place_or_kind": (*PLACE_KINDS, *city.places.id),
        "lot": city.lots.id,
        "unit": city.units.id,
        "component": COMPONENTS,
        "class": tuple(dict.fromkeys(one for table in city.classes.values() for one in table.id)),
        "pay_group": city.posts.id,
        "law_rule": city.laws.rules,
        "parameter": city.parameters.names,
    }
