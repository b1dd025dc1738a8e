"""The award of lots: contracts as they are signed, and what is told of them."""

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_register import Contracts
from pricing.instruments._lot_supply import Performance, shock_factor


def tell_award(book: Book, lots: IntArray, price: Array, ceiling: Array) -> None:
    """Note awards: their value, that of their ceilings (VND per unit each), days since the plan."""
    units = book.units(lots)
    book.tell("award", lots)
    book.tell("award_value", lots, price * units)
    book.tell("ceiling_value", lots, ceiling * units)
    book.tell("cycle_days", lots, book.desk.day - book.begun[lots])


def signed(
    book: Book, scheme: str, lots: IntArray, offered: tuple[IntArray, Array], done: Performance
) -> Contracts:
    """Contracts from the next first day of a month on, or from the end of the one before.

    Parameters
    ----------
    offered
        Offers that serve, and prices in VND per accepted unit of output, (lot,) each.
    """
    start = book.next_start(lots)
    nobody: BoolArray = np.zeros(lots.size, dtype=np.bool_)
    return Contracts(
        lots=lots,
        scheme=scheme,
        offer=offered[0],
        price=offered[1],
        volume=book.city.lots.volume_month[lots],
        quality=done.quality,
        acceptance=done.acceptance,
        cost_factor=done.cost_factor * shock_factor(book, lots),
        start=start,
        end=start + book.months[lots],
        is_broken=nobody,
        is_guest=nobody,
    )
