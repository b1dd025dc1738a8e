"""How the insurance fund pays the units: in advance, after a lag, held back, refused.

Health Insurance Law art. 32. Claims are booked when care is delivered and fall due after the lag.
Where levers say so, part of the last quarter's mean month is paid in advance and set off when the
month falls due, and part of what is due is held back for a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.world.levers import LeverValues

QUARTER = 3  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Shares of a month's terms: paid in advance, and held back of what is due."""

    advance: float
    held: float


def terms(levers: LeverValues) -> Terms:
    """Terms on which the fund pays this month."""
    return Terms(
        advance=float(levers.last("claims_advance")), held=float(levers.last("claims_held"))
    )


@dataclass(slots=True)
class Claims:
    """What one fund owes the units: ``owed`` (unit,) VND by the month of lag, the next one first.

    An entry below zero is an advance beyond what was delivered; it is set off in the next month.
    ``booked`` (unit,) what was delivered in each of the last three months.
    """

    owed: list[Array]
    booked: list[Array]

    @classmethod
    def steady(cls, monthly: Array, lag: int) -> Claims:
        """Claims as if every month before had been like this one."""
        return cls([monthly.copy() for _ in range(lag)], [monthly.copy() for _ in range(QUARTER)])

    def due(self, on: Terms) -> Array:
        """What the fund pays this month, (unit,) VND."""
        settled: Array = (1.0 - on.held) * np.maximum(self.owed[0], 0.0)
        return settled + self._advance(on)

    def pass_month(self, on: Terms, delivered: Array) -> None:
        """Set off what was paid this month, and book what was delivered in it."""
        head = self.owed.pop(0)
        rest = head - (1.0 - on.held) * np.maximum(head, 0.0)
        self.owed.append(delivered - self._advance(on))
        self.owed[0] = self.owed[0] + rest
        self.booked = [*self.booked[1:], delivered]

    def total(self) -> Array:
        """Everything owed, net of advances, (unit,) VND."""
        owed: Array = np.sum(self.owed, axis=0)
        return owed

    def _advance(self, on: Terms) -> Array:
        mean: Array = np.sum(self.booked, axis=0) / QUARTER
        return on.advance * mean
