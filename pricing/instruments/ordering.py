"""Ordering: a unit price from the norm, paid per accepted output."""

from typing import ClassVar, Literal

from pricing.base.arrays import IntArray
from pricing.instruments._lot import LotInstrument
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_direct import ORDER
from pricing.instruments._lot_story import Story


class Ordering(LotInstrument):
    """Đặt hàng: lots are ordered from qualified units at the norm price, or somewhat below.

    The unit price is the norm cost of all components times the negotiated factor, at most the
    lot's ceiling; it is paid per accepted output and stands for the contract.
    """

    scheme: ClassVar[str] = "ordering"

    kind: Literal["ordering"]

    def buy(self, book: Book, lots: IntArray) -> None:
        """Order them again and again."""
        Story(book, ORDER).take(lots)
