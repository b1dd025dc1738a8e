"""Who may bid for a lot, and what it would cost each of them (model section 8).

The cost of a bidder is m·exp(η): m is direct cost, labour beyond the hours that are spare, capital
where none is free, and the margin of the work that the lot would displace; η is private.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import stats

from pricing.base.arrays import Array, frozen
from pricing.instruments._lot_case import Case
from pricing.instruments._lot_room import bound, capacity_month, default_offer, has_room
from pricing.instruments._lot_supply import factor_of, private_factor, usual_cost

INCUMBENT, PUBLIC, NON_PUBLIC = "incumbent", "public", "non_public"
MOST_BIDDERS = 20
MOST_OUTSIDE = 8
"""More bidders from outside are as good as impossible where half a one is expected."""
OUTSIDE_NUMBER, OUTSIDE_COST = "outside_number", "outside_cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidder:
    """Someone who may bid; costs in VND per unit of output.

    Parameters
    ----------
    offer
        Index of the offer that would serve. One from outside the city brings its own people and
        works where the supplier by default does.
    kind
        `incumbent`, `public` or `non_public`.
    expected
        m: what its rivals know of its cost.
    cost
        What it costs, m·exp(η).
    factor
        That over the usual cost of the offer: exp(η), for one from outside also its own m.
    """

    offer: int
    kind: str
    expected: float
    cost: float
    factor: float
    is_outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The bidders for a lot, and what each of them knows of their number.

    Parameters
    ----------
    bidders
        Those who are there.
    chances
        Chances of 0, 1, 2 … bidders as they see them.
    beliefs
        (m, weight) of those whom they expect.
    """

    bidders: tuple[Bidder, ...]
    chances: tuple[float, ...]
    beliefs: tuple[tuple[float, float], ...]


def field(case: Case, *, is_neutral: bool, number: int | None) -> Field:
    """Candidates with room for the lot and bidders from outside.

    Parameters
    ----------
    is_neutral
        Public bidders count the labour and capital that the grant pays, and return the grant.
    number
        How many bid, known to all: the supplier by default first, then candidates in file order,
        then bidders from outside. By chance if None: a Poisson number from outside.
    """
    local = [_local(case, offer, is_neutral=is_neutral) for offer in _with_room(case)][:number]
    mean = case.desk.parameters["outside_bidders"]
    outside = _outside(case, _outside_number(case, mean) if number is None else number - len(local))
    expected = [(one.expected, 1.0) for one in local]
    if number is not None:
        certain = (0.0,) * number + (1.0,)
        all_known = expected + [(one.expected, 1.0) for one in outside]
        return Field(bidders=(*local, *outside), chances=certain, beliefs=tuple(all_known))
    unknown = (0.0,) * len(local) + tuple(_outside_chances(mean).tolist())
    beliefs = (*expected, *([(case.norm_price(), mean)] if mean > 0.0 else []))
    return Field(bidders=(*local, *outside), chances=unknown, beliefs=beliefs)


def _with_room(case: Case) -> Iterator[int]:
    """Candidates with room, the supplier by default first; not who has just walked out."""
    first = default_offer(case)
    others = [one for one in case.city.lots.candidates[case.lot].tolist() if one != first]
    for offer in (first, *others):
        if offer != case.walked_out and has_room(case, offer):
            yield offer


def _local(case: Case, offer: int, *, is_neutral: bool) -> Bidder:
    is_public = bool(case.city.units.is_public[case.city.offers.unit[offer]])
    own = usual_cost(case, offer) if is_public and is_neutral else beyond_spare(case, offer)
    factor = private_factor(case, offer)
    kind = PUBLIC if is_public else NON_PUBLIC
    return Bidder(
        offer=offer,
        kind=INCUMBENT if offer == case.holder else kind,
        expected=own,
        cost=own * factor,
        factor=factor,
    )


def beyond_spare(case: Case, offer: int) -> float:
    """What the lot costs an offer beyond what it pays anyway, VND per unit of output.

    The part of the lot that crowds it, above the use at which quality suffers, needs all its labour
    and capital and displaces paying users, at its list price or at its own price of the base year.
    """
    city, parameters = case.city, case.desk.parameters
    lists = case.desk.published.lists
    norm = city.offers.norm[offer]
    labour, direct, _, depreciation = lists.norm[norm] * lists.cost_factor[offer]
    crowded = _crowded(case, offer, parameters["occupancy_quality_threshold"])
    kept = parameters["labour_quasi_fixed_share"] * (1.0 - crowded)
    listed = city.offers.price_norm[offer]
    earned = city.offers.own_price[offer]
    if listed >= 0:
        earned = lists.list_price[listed, city.offers.kind[offer]]
    displaced = max(0.0, float(earned - direct - labour))
    return float(direct + labour * (1.0 - kept) + crowded * (depreciation + displaced))


def _crowded(case: Case, offer: int, threshold: float) -> float:
    """Share of the lot above the threshold of use; the unit by default has its users already."""
    used = float(case.desk.published.lists.offer_volume[offer]) + bound(case, offer)
    after = used + (0.0 if offer == default_offer(case) else case.volume_month)
    above = after - threshold * capacity_month(case, offer)
    return float(np.clip(above / case.volume_month, 0.0, 1.0))


def _outside(case: Case, number: int) -> list[Bidder]:
    """Bidders from outside the city: at norm cost, all paid by the lot."""
    host, own = default_offer(case), case.norm_price()
    uniforms = case.uniforms(OUTSIDE_COST, MOST_BIDDERS)[: max(0, number)]
    return [
        Bidder(
            offer=host,
            kind=NON_PUBLIC,
            expected=own,
            cost=own * factor,
            factor=own * factor / usual_cost(case, host),
            is_outside=True,
        )
        for factor in (factor_of(case, uniform) for uniform in uniforms.tolist())
    ]


@lru_cache(maxsize=64)
def _outside_chances(mean: float) -> Array:
    """Chances of 0, 1, 2 … bidders from outside, (number,)."""
    chances = stats.poisson.pmf(np.arange(MOST_OUTSIDE + 1), mean)
    return frozen(chances / chances.sum())


def _outside_number(case: Case, mean: float) -> int:
    uniform = case.uniforms(OUTSIDE_NUMBER, 1)[0]
    steps = np.cumsum(_outside_chances(mean))[:-1]
    return int(np.searchsorted(steps, uniform, side="right"))
