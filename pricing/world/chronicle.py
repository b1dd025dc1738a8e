"""What happens to lots and is no lever: tenders, bids, failures, defaults, days lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.calendar import month_of_day

LOT_EVENTS = (
    "planned",
    "tender",
    "bids",
    "single_bid",
    "near_ceiling",
    "abnormally_low",
    "failed",
    "award",
    "award_value",
    "ceiling_value",
    "default",
    "retender",
    "fallback",
    "interruption_days",
    "cycle_days",
    "settled",
)


@dataclass(frozen=True, slots=True)
class LotEvent:
    """One event of a lot, in days since 1 January 2025; ``amount`` counts, days or VND."""

    day: int
    lot: int
    event: str
    amount: float


@dataclass(slots=True)
class Chronicle:
    """The events of a trial, told of many lots at once.

    Sums over them do not depend on the order of telling within a day.
    """

    _told: list[tuple[int, str, IntArray, Array]] = field(default_factory=list)

    def tell(self, day: int, event: str, lots: IntArray, amounts: Array) -> None:
        """Note an event of lots, (told lot,).

        Raises
        ------
        KeyError
            If there is no such event.
        """
        if event not in LOT_EVENTS:
            raise KeyError(f"no such event of a lot: {event}")
        self._told.append((day, event, lots, amounts))

    def events(self) -> Iterator[LotEvent]:
        """The events one by one: by day, kind and lot."""
        for day, event, lots, amounts in self._in_order():
            for lot, amount in zip(lots.tolist(), amounts.tolist(), strict=True):
                yield LotEvent(day=day, lot=lot, event=event, amount=amount)

    def by_year(self, first: int, last: int, n_lots: int) -> Array:
        """Sums of amounts, (year, lot, event); what lies outside the years is left out."""
        found = np.zeros((last - first + 1, n_lots, len(LOT_EVENTS)))
        for day, event, lots, amounts in self._in_order():
            year = month_of_day(day).year
            if first <= year <= last:
                np.add.at(found[year - first, :, LOT_EVENTS.index(event)], lots, amounts)
        return found

    def _in_order(self) -> list[tuple[int, str, IntArray, Array]]:
        """Within a day and kind by the first lot: no two tellings of one day share a lot."""
        return sorted(
            (one for one in self._told if one[2].size),
            key=lambda one: (one[0], one[1], int(one[2].min())),
        )
