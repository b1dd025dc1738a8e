"""Who may bid for lots, and what it would cost each of them (model section 8).

The cost of a bidder is m·exp(η): m is direct cost, labour beyond the hours that are spare, capital
where none is free, and the margin of the work that the lot would displace; η is private.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import stats

from pricing.base.arrays import Array, BoolArray, IntArray, frozen
from pricing.instruments._lot_book import NOBODY, Book
from pricing.instruments._lot_room import bound, has_room
from pricing.instruments._lot_supply import factor_of, private_factor, usual_cost

KINDS = ("incumbent", "public", "non_public")
INCUMBENT, PUBLIC, NON_PUBLIC = range(3)
MOST_BIDDERS = 20
MOST_OUTSIDE = 8
"""More bidders from outside are as good as impossible where half a one is expected."""
OUTSIDE = "outside"
"""Chance of bidders from outside: how many come in the first slot, then the cost of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The bidders for lots, and what each of them knows of their number.

    Costs in VND per unit of output. Local bidders come in the order of their queues, then those
    from outside the city, who bring their own people and work where the supplier by default does.

    Parameters
    ----------
    is_there
        Who may bid, (lot, bidder).
    offer
        Index of the offer that would serve, (lot, bidder).
    kind
        Position in KINDS, (lot, bidder).
    expected
        m: what rivals know of a bidder's cost, (lot, bidder).
    cost
        What it costs, m·exp(η), (lot, bidder).
    factor
        That over the usual cost of the offer: exp(η), for one from outside also its own m,
        (lot, bidder).
    is_outside
        (bidder,).
    chances
        Chances of 0, 1, 2 … bidders as they see them, (lot, number).
    unseen
        Weight of bidders whom all expect and nobody has met, and their m, (lot,) each.
    """

    is_there: BoolArray
    offer: IntArray
    kind: IntArray
    expected: Array
    cost: Array
    factor: Array
    is_outside: BoolArray
    chances: Array
    unseen: tuple[Array, Array]


def field(book: Book, lots: IntArray, *, is_neutral: bool, number: int | None) -> Field:
    """Candidates with room for lots and bidders from outside.

    Parameters
    ----------
    is_neutral
        Public bidders count the labour and capital that the grant pays, and return the grant.
    number
        How many bid, known to all: the supplier by default first, then candidates in file order,
        then bidders from outside. By chance if None: a Poisson number from outside.
    """
    local = _with_room(book, lots, number)
    n_local = local.sum(axis=1)
    mean = book.desk.parameters["outside_bidders"]
    chance = book.uniforms(OUTSIDE, lots, 1 + MOST_BIDDERS)
    n_outside = _outside_number(mean, chance[:, 0]) if number is None else number - n_local
    queue, norm = book.queue[lots], book.norm_price(lots)[:, None]
    expected = _expected(book, lots, is_neutral=is_neutral)
    private = private_factor(book, lots)
    guests = factor_of(book, chance[:, 1 : 1 + int(n_outside.max(initial=0))])
    rank = np.arange(guests.shape[1])
    host = usual_cost(book, queue[:, :1])
    unseen = np.full(lots.size, mean if number is None else 0.0)
    return Field(
        is_there=np.hstack([local, rank < n_outside[:, None]]),
        offer=np.hstack([queue, np.broadcast_to(queue[:, :1], guests.shape)]),
        kind=np.hstack([_kinds(book, lots), np.full(guests.shape, NON_PUBLIC)]),
        expected=np.hstack([expected, np.broadcast_to(norm, guests.shape)]),
        cost=np.hstack([expected * private, norm * guests]),
        factor=np.hstack([private, norm * guests / host]),
        is_outside=np.arange(queue.shape[1] + rank.size) >= queue.shape[1],
        chances=_chances(n_local, mean, number),
        unseen=(unseen, norm[:, 0]),
    )


def _with_room(book: Book, lots: IntArray, number: int | None) -> BoolArray:
    """Candidates with room, not who has just walked out; the first so many of them."""
    queue = book.queue[lots]
    able: BoolArray = (queue != NOBODY) & (queue != book.walked_out[lots][:, None])
    able &= has_room(book, lots, queue)
    if number is not None:
        able &= np.cumsum(able, axis=1) <= number
    return able


def _kinds(book: Book, lots: IntArray) -> IntArray:
    queue = book.queue[lots]
    is_public = book.city.units.is_public[book.city.offers.unit[queue]]
    kind = np.where(is_public, PUBLIC, NON_PUBLIC)
    return np.where(queue == book.holder[lots][:, None], INCUMBENT, kind)


def _expected(book: Book, lots: IntArray, *, is_neutral: bool) -> Array:
    """What rivals know of the candidates' cost, VND per unit of output, (lot, rank)."""
    queue = book.queue[lots]
    beyond = beyond_spare(book, lots, queue)
    if not is_neutral:
        return beyond
    is_public = book.city.units.is_public[book.city.offers.unit[queue]]
    return np.where(is_public, usual_cost(book, queue), beyond)


def beyond_spare(book: Book, lots: IntArray, offers: IntArray) -> Array:
    """What lots cost offers beyond what they pay anyway, VND per unit of output, (lot, rank).

    The part of a lot that crowds an offer, above the use at which quality suffers, needs all its
    labour and capital and displaces paying users, at its list price or at its own price of the base
    year.
    """
    city, parameters, lists = book.city, book.desk.parameters, book.desk.published.lists
    cost = lists.norm[city.offers.norm[offers]] * lists.cost_factor[offers][..., None]
    labour, direct, depreciation = cost[..., 0], cost[..., 1], cost[..., 3]
    crowded = _crowded(book, lots, offers)
    kept = parameters["labour_quasi_fixed_share"] * (1.0 - crowded)
    listed = city.offers.price_norm[offers]
    earned = np.where(
        listed >= 0,
        lists.list_price[listed, city.offers.kind[offers]],
        city.offers.own_price[offers],
    )
    displaced = np.maximum(earned - direct - labour, 0.0)
    return np.asarray(direct + labour * (1.0 - kept) + crowded * (depreciation + displaced))


def _crowded(book: Book, lots: IntArray, offers: IntArray) -> Array:
    """Share of lots above the threshold of use; the unit by default has its users already."""
    volume = book.city.lots.volume_month[lots][:, None]
    used = book.desk.published.lists.offer_volume[offers] + bound(book, lots, offers)
    after = used + np.where(offers == book.city.lots.offer[lots][:, None], 0.0, volume)
    threshold = book.desk.parameters["occupancy_quality_threshold"]
    return np.clip((after - threshold * book.capacity[offers]) / volume, 0.0, 1.0)


def _chances(n_local: IntArray, mean: float, number: int | None) -> Array:
    """Chances of 0, 1, 2 … bidders, (lot, number): a known number, or local ones and a Poisson."""
    if number is not None:
        return np.tile(np.arange(number + 1) == number, (n_local.size, 1)).astype(np.float64)
    outside = _outside_chances(mean)
    found = np.zeros((n_local.size, int(n_local.max(initial=0)) + outside.size))
    at = n_local[:, None] + np.arange(outside.size)
    np.put_along_axis(found, at, np.broadcast_to(outside, at.shape), axis=1)
    return found


@lru_cache(maxsize=64)
def _outside_chances(mean: float) -> Array:
    """Chances of 0, 1, 2 … bidders from outside, (number,)."""
    chances = stats.poisson.pmf(np.arange(MOST_OUTSIDE + 1), mean)
    return frozen(chances / chances.sum())


def _outside_number(mean: float, uniform: Array) -> IntArray:
    """How many come from outside at probabilities, (lot,)."""
    return np.searchsorted(np.cumsum(_outside_chances(mean))[:-1], uniform, side="right")
