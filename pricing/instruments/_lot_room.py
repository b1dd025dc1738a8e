"""The room that offers have for lots, beside their users and the other lots that they have won."""

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.instruments._lot_book import NOBODY, Book


def room(book: Book, lots: IntArray, offers: IntArray) -> Array:
    """Units a month that offers can give to lots, (lot, rank); none where no offer is.

    The users of a lot are among those of the supplier by default, who has room for them already.
    """
    used = book.desk.published.lists.offer_volume[offers]
    spare = np.maximum(book.capacity[offers] - used - bound(book, lots, offers), 0.0)
    is_first = offers == book.city.lots.offer[lots][:, None]
    here = is_first * np.minimum(used, book.city.lots.volume_month[lots][:, None])
    return np.where(offers == NOBODY, -np.inf, spare + here)


def bound(book: Book, lots: IntArray, offers: IntArray) -> Array:
    """Units a month to which offers are bound by other lots than these, (lot, rank)."""
    own = book.city.lots.volume_month[lots][:, None] * (book.won[lots][:, None] == offers)
    return np.asarray(book.bound[offers] - own)


def has_room(book: Book, lots: IntArray, offers: IntArray) -> BoolArray:
    """Whether offers can serve the whole of lots, (lot, rank)."""
    return np.asarray(room(book, lots, offers) >= book.city.lots.volume_month[lots][:, None])


def default_has_room(book: Book, lots: IntArray) -> BoolArray:
    """Whether the suppliers by default can serve the whole of lots, (lot,)."""
    return has_room(book, lots, book.queue[lots, :1])[:, 0]
