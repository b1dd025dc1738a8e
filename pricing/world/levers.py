"""Levers in time: the law of the day as base value, instruments' proposals folded on top.

Whatever happens on one day gives one result, in whatever order it is called: events wait until the
month is read, then apply day by day, and proposals fold in the order of their proposers' names.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter
from types import MappingProxyType

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.base.calendar import Month, days_in, start_day
from pricing.base.errors import ConflictError, Phrase, Problem
from pricing.city.city import City
from pricing.world.folding import OverlapError, fold, moved
from pricing.world.lever_row import LeverRow
from pricing.world.lever_table import LEVER, LEVERS

LAW = "law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """What an instrument declares before the first month: these cells, on these days.

    Parameters
    ----------
    cells
        True where the instrument may have an opinion, on the lever's axes.
    from_day, until_day
        First day, and the day after the last one.
    is_law
        The instrument sets the base value instead of proposing.
    """

    lever: str
    by: str
    cells: BoolArray
    from_day: int
    until_day: int
    is_law: bool = False


@dataclass(frozen=True, slots=True)
class LeverValues:
    """The levers of one month; arrays are read-only and stay the same objects until they change.

    Parameters
    ----------
    values
        Value of the month by lever, on the lever's axes.
    at_end
        Value on the last day of the month.
    """

    values: Mapping[str, Array]
    at_end: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        """Value of the month, on the lever's axes."""
        return self.values[name]

    def scalar(self, name: str) -> float:
        """Value of the month of a lever without axes."""
        return float(self.values[name])

    def last(self, name: str) -> Array:
        """Value on the last day of the month, on the lever's axes."""
        return self.at_end[name]


class Levers:
    """All levers of a trial.

    Parameters
    ----------
    city
        Gives the lengths of the axes.
    law_values
        Base values on the first day by lever; a lever not named stands at its neutral value.
    """

    def __init__(self, city: City, law_values: Mapping[str, Array]) -> None:
        unknown = sorted(set(law_values) - set(LEVER))
        if unknown:
            raise KeyError(f"no such lever: {', '.join(unknown)}")
        self._levers = {
            row.name: _Lever(
                row, _on_axes(law_values.get(row.name, np.asarray(row.neutral)), row.shape(city))
            )
            for row in LEVERS
        }
        # a lever that holds another must know its own days first
        self._order = sorted(self._levers.values(), key=lambda lever: bool(lever.row.held_by))
        self._month: Month | None = None
        self._end = -(10**9)
        self._wake = 10**9
        self._values: LeverValues | None = None

    def enact(self, name: str, values: Array, day: int, by: str = LAW) -> None:
        """Change the base value of a lever from a day on; values on the lever's axes."""
        self._add(name, by, day, values, _enact)

    def propose(self, name: str, values: Array, by: str, day: int) -> None:
        """Propose a value from a day on; cells with NaN keep what the proposer said before."""
        self._add(name, by, day, values, _propose)

    def withdraw(self, name: str, by: str, day: int) -> None:
        """Take back whatever a proposer said about a lever, unless what it decided lasts."""
        if not self._levers[name].row.is_lasting:
            self._add(name, by, day, np.asarray(np.nan), _withdraw)

    def month(self, month: Month) -> LeverValues:
        """Values of a month, weighted by days; months are read in order, each as often as liked."""
        if month == self._month and self._values is not None:
            return self._values
        start = start_day(month)
        if start < self._end:
            raise ValueError(f"{month.text} is closed; levers are read month by month")
        self._month, self._end = month, start + days_in(month)
        if self._values is None or self._wake < self._end:
            self._values = self._read(month, start)
        return self._values

    def last(self, name: str) -> Array:
        """Value at the end of the last month read, on the lever's axes."""
        return self._levers[name].value

    def changed(self, name: str, month: Month) -> bool:
        """Whether a lever in a month, the last one read, differs from the month before."""
        return self._levers[name].changed_in == month

    def version(self, name: str) -> int:
        """How often the value read for a lever has changed."""
        return self._levers[name].version

    def attribute(self, name: str) -> dict[str, BoolArray]:
        """Who set each cell at the end of the last month read: `law` or the proposers, by name."""
        return self._levers[name].attribute()

    def _add(self, name: str, by: str, day: int, values: Array, action: "_Action") -> None:
        if day < self._end:
            raise ValueError(f"{by} moves {name} on day {day}, in a month that is closed")
        lever = self._levers[name]
        lever.pending.append(_Event(day, by, _on_axes(values, lever.base.shape), action))
        self._wake = min(self._wake, day)

    def _read(self, month: Month, start: int) -> LeverValues:
        for lever in self._order:
            lever.read(month, start, self._end, self._holder(lever))
        self._wake = min(lever.wake(start, self._end) for lever in self._order)
        return LeverValues(
            MappingProxyType({name: lever.month_value for name, lever in self._levers.items()}),
            MappingProxyType({name: lever.value for name, lever in self._levers.items()}),
        )

    def _holder(self, lever: "_Lever") -> "_Lever | None":
        return self._levers[lever.row.held_by] if lever.row.held_by else None


def check_conflicts(writes: Iterable[Write]) -> None:
    """Refuse instruments that claim one cell of a lever which takes one proposer.

    Raises
    ------
    ConflictError
        With one problem for each pair of instruments and lever.
    """
    problems = [
        _problem(one, other)
        for one, other in combinations(sorted(writes, key=lambda write: (write.lever, write.by)), 2)
        if _is_conflict(one, other)
    ]
    if problems:
        raise ConflictError(dict.fromkeys(problems))


def _is_conflict(one: Write, other: Write) -> bool:
    if one.lever != other.lever or one.by == other.by or one.is_law != other.is_law:
        return False
    if max(one.from_day, other.from_day) >= min(one.until_day, other.until_day):
        return False
    rule = "conflict" if one.is_law else LEVER[one.lever].rule
    return rule == "conflict" or (rule == "replace" and bool(np.any(one.cells & other.cells)))


def _problem(one: Write, other: Write) -> Problem:
    return Problem(
        file="",
        line=None,
        key=f"instruments.{other.by}",
        read=f"{one.by} + {other.by}",
        allowed=Phrase("world.one_proposer", (("lever", one.lever),)),
        advice=Phrase("world.limit_one"),
    )


@dataclass(frozen=True, slots=True)
class _Event:
    day: int
    by: str
    values: Array
    action: "_Action"


class _Lever:
    """One lever of a trial: base, opinions by proposer, value now and value of the month read."""

    __slots__ = (
        "base",
        "changed_in",
        "held",
        "month_value",
        "opinions",
        "pending",
        "row",
        "spans",
        "value",
        "version",
    )

    def __init__(self, row: LeverRow, base: Array) -> None:
        self.row = row
        self.base = base
        self.opinions: dict[str, Array] = {}
        self.pending: list[_Event] = []
        self.value = base
        self.month_value = base
        self.spans: list[tuple[int, Array]] = []
        self.held: BoolArray | None = None
        self.changed_in: Month | None = None
        self.version = 0

    def wake(self, start: int, end: int) -> int:
        """Last day up to which the value just read stays what it is."""
        if any(start < day < end for day, _ in self.spans):
            return end
        return min((event.day for event in self.pending), default=10**9)

    def read(self, month: Month, start: int, end: int, holder: "_Lever | None") -> None:
        """Apply the events before the end of a month and set the value of the month."""
        if not self.pending and len(self.spans) == 1 and self.version:
            return
        self.spans = [(start, self.value)]
        due = sorted((event for event in self.pending if event.day < end), key=attrgetter("day"))
        self.pending = [event for event in self.pending if event.day >= end]
        for day in sorted({event.day for event in due}):
            self.held = self._held(holder, day)
            for event in due:
                if event.day == day:
                    event.action(self, event)
            self.value = _keep_if_equal(self.value, self._folded())
            self.spans.append((max(day, start), self.value))
        fresh = _WITHIN_MONTH[self.row.within_month](self.spans, start, end)
        kept = _keep_if_equal(self.month_value, fresh)
        if kept is not self.month_value or not self.version:
            self.month_value, self.changed_in, self.version = kept, month, self.version + 1

    def at(self, day: int) -> Array:
        """Value on a day of the month being read."""
        return next((value for since, value in reversed(self.spans) if since <= day), self.value)

    def attribute(self) -> dict[str, BoolArray]:
        """Cells by who set them; the law has what no proposer moved."""
        cells = {
            by: moved(self.row.rule, self.base, self.value, self.opinions[by])
            for by in sorted(self.opinions)
        }
        rest = np.ones(self.base.shape, dtype=np.bool_)
        for mine in cells.values():
            rest &= ~mine
        return {LAW: rest, **cells}

    def _held(self, holder: "_Lever | None", day: int) -> BoolArray | None:
        """Cells that the holder keeps as they are, its axes being the first of this lever's."""
        if holder is None:
            return None
        held = holder.at(day) > 0.0
        return held.reshape(held.shape + (1,) * (self.base.ndim - held.ndim))

    def _folded(self) -> Array:
        try:
            return fold(self.row.rule, self.base, self.opinions)
        except OverlapError as overlap:
            raise ConflictError([self._overlap()]) from overlap

    def _overlap(self) -> Problem:
        return Problem(
            file="",
            line=None,
            key=f"levers.{self.row.name}",
            read=" + ".join(sorted(self.opinions)),
            allowed=Phrase("world.one_proposer", (("lever", self.row.name),)),
            advice=Phrase("world.undeclared"),
        )


_Action = Callable[[_Lever, _Event], None]


def _enact(lever: _Lever, event: _Event) -> None:
    lever.base = event.values


def _propose(lever: _Lever, event: _Event) -> None:
    spoken = ~np.isnan(event.values)
    if lever.held is not None:
        spoken &= ~lever.held
    before = lever.opinions.get(event.by, np.full(lever.base.shape, np.nan))
    lever.opinions[event.by] = np.where(spoken, event.values, before)


def _withdraw(lever: _Lever, event: _Event) -> None:
    lever.opinions.pop(event.by, None)


def _on_axes(values: Array, shape: tuple[int, ...]) -> Array:
    array = np.array(np.broadcast_to(np.asarray(values, dtype=np.float64), shape))
    array.setflags(write=False)
    return array


def _keep_if_equal(old: Array, new: Array) -> Array:
    if old is new or np.array_equal(old, new, equal_nan=True):
        return old
    new.setflags(write=False)
    return new


def _mean(spans: list[tuple[int, Array]], start: int, end: int) -> Array:
    """Mean over the days of a month; cells that did not move keep their value to the last bit."""
    until = [day for day, _ in spans[1:]] + [end]
    weighted = [
        (last - day, value) for (day, value), last in zip(spans, until, strict=True) if last > day
    ]
    first = weighted[0][1]
    moved = np.zeros(first.shape, dtype=np.bool_)
    total = np.zeros(first.shape)
    for days, value in weighted:
        moved |= (value != first) & ~(np.isnan(value) & np.isnan(first))
        total = total + days / (end - start) * value
    return np.where(moved, total, first)


def _last(spans: list[tuple[int, Array]], start: int, end: int) -> Array:
    return spans[-1][1]


_WITHIN_MONTH: Mapping[str, Callable[[list[tuple[int, Array]], int, int], Array]] = (
    MappingProxyType({"mean": _mean, "last": _last})
)
