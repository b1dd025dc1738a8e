"""Bidding: an open tender under a ceiling price, whose winner serves at its bid."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pricing.base.arrays import IntArray
from pricing.base.fields import Amount
from pricing.instruments._fields import Flag
from pricing.instruments._lot import LotInstrument
from pricing.instruments._lot_bidders import MOST_BIDDERS
from pricing.instruments._lot_bids import bids, bids_by_type
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_story import Story
from pricing.instruments._lot_tender import Rules, Tendering


class Bidding(LotInstrument):
    """Đấu thầu: lots go to the lowest bid under a ceiling price, paid per accepted output.

    A tender that nobody bids for is repeated; after the third the lot is ordered from the supplier
    by default where the law allows it, else it stays unserved for a year. A supplier who would lose
    more than bond and penalty leaves, and the lot is tendered anew. In these sectors the law
    foresees tenders as an exception: the scenario carries the note.
    """

    scheme: ClassVar[str] = "bidding"

    kind: Literal["bidding"]
    n_bidders: Annotated[int | None, Field(strict=True, ge=1, le=MOST_BIDDERS)] = None
    """How many bid, known to all; candidates with room and a random number if not given."""
    neutral: Flag = True
    """Public bidders count what grants pay and return the grant; else they bid marginal cost."""
    by_type: Flag = False
    """Bidders tell incumbent, public and non-public rivals apart, and know who came."""
    reserve_ceiling: Annotated[Amount | None, Field(gt=0.0)] = None
    """Ceiling price, VND per unit of output; the lot's, or else its norm price, if not given."""
    ceiling_factor: Annotated[float, Field(gt=0.0, le=10.0)] = 1.0
    """Multiplies the ceiling price."""

    def buy(self, book: Book, lots: IntArray) -> None:
        """Tender them again and again."""
        rules = Rules(
            bids=bids_by_type if self.by_type else bids,
            ceiling=self.reserve_ceiling,
            ceiling_factor=self.ceiling_factor,
            is_neutral=self.neutral,
            n_bidders=self.n_bidders,
        )
        Story(book, Tendering(rules, len(book.city.lots.id)).procedure).take(lots)
