"""Units and their offers: who provides what where, how much, at whose price."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray, frozen
from pricing.city.arrays import frozen_flags, frozen_ints, positions
from pricing.city.places import Places
from pricing.city.rows.network import BUDGET_LEVELS, OfferRow, TopUpRow, UnitRow
from pricing.city.rows.people import QUINTILES
from pricing.city.services import Needs, Norms, Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Providers on axis (unit,).

    `place` −1 for the unit outside the city; `owner` indexes BUDGET_LEVELS, −1 for none; `tier`
    is blank for non-public units; `asset_value` VND; `n_firms` providers a group stands for.
    """

    id: tuple[str, ...]
    name_vi: tuple[str, ...]
    place: IntArray
    sector: IntArray
    level: tuple[str, ...]
    is_public: BoolArray
    kind: tuple[str, ...]
    owner: IntArray
    tier: tuple[str, ...]
    beds: Array
    posts_professional: Array
    posts_other: Array
    asset_value: Array
    n_firms: IntArray

    @classmethod
    def of(cls, rows: tuple[UnitRow, ...], places: Places, sectors: tuple[str, ...]) -> "Units":
        """Units in file order."""
        return cls(
            id=tuple(row.unit for row in rows),
            name_vi=tuple(row.name_vi for row in rows),
            place=positions((row.place for row in rows), places.id),
            sector=positions((row.sector for row in rows), sectors),
            level=tuple(row.unit_level for row in rows),
            is_public=frozen_flags(row.ownership == "public" for row in rows),
            kind=tuple(row.kind for row in rows),
            owner=positions((row.owner for row in rows), BUDGET_LEVELS),
            tier=tuple(row.autonomy_tier for row in rows),
            beds=frozen([row.beds for row in rows]),
            posts_professional=frozen([row.posts_professional for row in rows]),
            posts_other=frozen([row.posts_other for row in rows]),
            asset_value=frozen([row.asset_value_vnd for row in rows]),
            n_firms=frozen_ints(row.n_firms for row in rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What people choose, on axis (offer,): by need, then nest, then unit.

    `nest` indexes the nests of the offer's need; `norm`, `price_norm` (−1: own price) index norms;
    `place` and `kind` are those of the unit (−1 outside). `volume`, `capacity`: units of output a
    year, or learners and seats. NaN: `reach` everywhere, `own_price` regulated, `tuition` none.
    `top_up` (offer, quintile) VND per unit of output. See `OfferRow`.
    """

    unit: IntArray
    service: IntArray
    need: IntArray
    norm: IntArray
    nest: IntArray
    place: IntArray
    kind: IntArray
    volume: Array
    volume_known: BoolArray
    outsider_share: Array
    capacity: Array
    size: Array
    price_norm: IntArray
    own_price: Array
    contracted: BoolArray
    urgent_share: Array
    reach: Array
    tuition: Array
    right_route_share: Array
    route_rule: tuple[str, ...]
    top_up: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The tables that an offer points into."""

    places: Places
    needs: Needs
    services: Services
    norms: Norms
    units: Units


def nests(rows: tuple[OfferRow, ...], network: Network) -> tuple[tuple[str, ...], ...]:
    """Nests of each need in the order in which the offers name them."""
    found: dict[int, dict[str, None]] = {n: {} for n in range(len(network.needs.id))}
    service = dict(zip(network.services.id, network.services.need.tolist(), strict=True))
    for row in rows:
        found[service[row.service]][row.nest] = None
    return tuple(tuple(names) for names in found.values())


def offers(
    rows: tuple[OfferRow, ...],
    top_ups: tuple[TopUpRow, ...],
    network: Network,
    nests_of_need: tuple[tuple[str, ...], ...],
) -> Offers:
    """Offers sorted by need, nest and unit."""
    service = positions((row.service for row in rows), network.services.id)
    need = network.services.need[service]
    nest = frozen_ints(
        nests_of_need[n].index(row.nest) for n, row in zip(need.tolist(), rows, strict=True)
    )
    unit = positions((row.unit for row in rows), network.units.id)
    order = np.lexsort((service, unit, nest, need))
    sorted_rows = [rows[o] for o in order.tolist()]
    place = network.units.place[unit[order]]
    amount = _top_ups(top_ups)
    extra = [
        amount.get((network.needs.id[n], row.nest), (0.0,) * QUINTILES)
        for n, row in zip(need[order].tolist(), sorted_rows, strict=True)
    ]
    return Offers(
        unit=frozen_ints(unit[order]),
        service=frozen_ints(service[order]),
        need=frozen_ints(need[order]),
        norm=positions((row.norm for row in sorted_rows), network.norms.id),
        nest=frozen_ints(nest[order]),
        place=frozen_ints(place),
        kind=frozen_ints(np.where(place < 0, -1, network.places.kind[place])),
        volume=frozen([row.volume_2025 for row in sorted_rows]),
        volume_known=frozen_flags(row.volume_known for row in sorted_rows),
        outsider_share=frozen([row.outsider_share for row in sorted_rows]),
        capacity=frozen([row.capacity_year for row in sorted_rows]),
        size=frozen([row.size for row in sorted_rows]),
        price_norm=positions((row.price_norm for row in sorted_rows), network.norms.id),
        own_price=frozen([row.own_price_vnd for row in sorted_rows]),
        contracted=frozen_flags(row.contracted for row in sorted_rows),
        urgent_share=frozen([row.urgent_share for row in sorted_rows]),
        reach=frozen([row.reach_km for row in sorted_rows]),
        tuition=frozen([row.tuition_vnd for row in sorted_rows]),
        right_route_share=frozen([row.right_route_share for row in sorted_rows]),
        route_rule=tuple(row.route_rule for row in sorted_rows),
        top_up=frozen(np.reshape(extra, (len(rows), QUINTILES))),
    )


def _top_ups(rows: tuple[TopUpRow, ...]) -> Mapping[tuple[str, str], tuple[float, ...]]:
    table: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        line = table.setdefault((row.need, row.nest), [0.0] * QUINTILES)
        line[row.quintile - 1] = row.value_vnd
    return {key: tuple(line) for key, line in table.items()}
