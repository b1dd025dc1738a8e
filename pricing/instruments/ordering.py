"""Ordering: a unit price from the norm, paid per accepted output."""

from typing import ClassVar, Literal

import simpy

from pricing.instruments._lot import LotInstrument
from pricing.instruments._lot_case import Case, keep_buying
from pricing.instruments._lot_direct import ORDERING_DAYS, order
from pricing.world.offices import Process


class Ordering(LotInstrument):
    """Đặt hàng: lots are ordered from qualified units at the norm price, or somewhat below.

    The unit price is the norm cost of all components times the negotiated factor, at most the
    lot's ceiling; it is paid per accepted output and stands for the contract.
    """

    scheme: ClassVar[str] = "ordering"

    kind: Literal["ordering"]

    def life(self, case: Case, stop: simpy.Event | None) -> Process:
        """Order it again and again."""
        yield from keep_buying(case, order, case.days(*ORDERING_DAYS), stop)
