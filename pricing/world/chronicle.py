"""What happens to lots and is no lever: tenders, bids, failures, defaults, days lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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
    """The events of a trial; sums over them do not depend on the order of telling within a day."""

    events: list[LotEvent] = field(default_factory=list)

    def tell(self, day: int, lot: int, event: str, amount: float = 1.0) -> None:
        """Note an event.

        Raises
        ------
        KeyError
            If there is no such event.
        """
        if event not in LOT_EVENTS:
            raise KeyError(f"no such event of a lot: {event}")
        self.events.append(LotEvent(day=day, lot=lot, event=event, amount=amount))

    def by_year(self) -> Iterator[tuple[int, int, int, float]]:
        """Year, lot, position among LOT_EVENTS and amount of each event, in one order."""
        told = sorted(self.events, key=lambda one: (one.day, one.lot, one.event, one.amount))
        for one in told:
            yield month_of_day(one.day).year, one.lot, LOT_EVENTS.index(one.event), one.amount
