"""Chance of lots, addressed by purpose, contract and attempt, then by lot and slot.

So a supplier's private cost of a lot, the shock after an award and the month of a default are the
same in every scenario, however the lot is bought and whatever became of the others.
"""

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.draws import Draws


class LotChance:
    """Tables of uniforms that the lots of one instrument read row by row."""

    def __init__(self, draws: Draws, n_lots: int) -> None:
        self._draws = draws
        self._n_lots = n_lots
        self._tables: dict[tuple[str, int, int, int], Array] = {}

    def rows(
        self, purpose: str, lots: IntArray, address: tuple[IntArray, IntArray], slots: int
    ) -> Array:
        """Uniforms of lots, (asked lot, slot).

        Parameters
        ----------
        address
            Number of the contract and of the attempt at it, from 0, each (lot,) of all lots.
        """
        contract, attempt = address[0][lots], address[1][lots]
        found = np.empty((lots.size, slots))
        for one in sorted(set(zip(contract.tolist(), attempt.tolist(), strict=True))):
            mine = (contract == one[0]) & (attempt == one[1])
            found[mine] = self._table(purpose, one, slots)[lots[mine]]
        return found

    def _table(self, purpose: str, address: tuple[int, int], slots: int) -> Array:
        key = (purpose, *address, slots)
        if key not in self._tables:
            name = f"lot_{purpose}/{address[0]}/{address[1]}"
            self._tables[key] = self._draws.table(name, (self._n_lots, slots))
        return self._tables[key]
