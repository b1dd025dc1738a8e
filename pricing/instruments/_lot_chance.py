"""Chance of lots, addressed by purpose, contract and attempt, then by lot and slot.

So a supplier's private cost of a lot, the shock after an award and the month of a default are the
same in every scenario, however the lot is bought and whatever became of the others.
"""

from pricing.base.arrays import Array
from pricing.instruments._desk import Desk


class LotChance:
    """Tables of uniforms that the lots of one instrument read row by row."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tables: dict[tuple[str, int, int], Array] = {}
        self._n_lots = len(desk.city.lots.id)
        self.most_candidates = max((len(one) for one in desk.city.lots.candidates), default=0)

    def row(self, purpose: str, address: tuple[int, int], lot: int, slots: int) -> Array:
        """Uniforms of a lot, (slot,), for the `address` of a contract and an attempt at it."""
        key = (purpose, *address)
        if key not in self._tables:
            name = f"lot_{purpose}/{address[0]}/{address[1]}"
            self._tables[key] = self._desk.draws.table(name, (self._n_lots, slots))
        numbers: Array = self._tables[key][lot]
        return numbers
