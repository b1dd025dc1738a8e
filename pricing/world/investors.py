"""Candidate investors as processes: review, licence, construction, opening, growth, exit.

Each looks at its case once a quarter on a day of its own, with the projects committed before that
day in mind; who commits waits for an officer, builds, opens at part of its size and grows. What
stands at a loss for too long closes, a group firm by firm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import simpy

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.base.calendar import Month, month_of_day, start_day
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.world.levers import Levers
from pricing.world.offices import Office, Process
from pricing.world.parameters import Parameters

SIGNATURE = "investors"
LICENSING = "licensing"
QUARTER = 3
REVIEW_DAYS = 80  # reviews of a quarter spread over its first days
YEAR_DAYS = 365.2425
RAMP = ("ramp_first_year", "ramp_second_year", "ramp_third_year")  # parameters: share of full use
ENTRY_EVENTS = (
    "review",
    "declined_return",
    "declined_rivals",
    "declined_staff",
    "committed",
    "licensed",
    "opened",
    "opened_places",
    "closed",
    "closed_places",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a candidate's case comes to, VND at its hurdle rate.

    ``value`` with committed rivals and the staff there is; ``without_rivals`` beside those that are
    open already; ``with_staff`` were all its posts filled.
    """

    value: float
    without_rivals: float
    with_staff: float

    @property
    def reason(self) -> str:
        """Why a case of no value is declined: rivals or staff where either alone holds it back."""
        if self.without_rivals > 0.0:
            return "declined_rivals"
        return "declined_staff" if self.with_staff > 0.0 else "declined_return"


@dataclass(slots=True)
class Pipeline:
    """Projects under way: day of commitment by candidate, infinite where there is none."""

    committed: Array

    @classmethod
    def empty(cls, n_candidates: int) -> Pipeline:
        """Nobody has committed yet."""
        return cls(committed=np.full(n_candidates, np.inf))

    def known(self, day: int) -> BoolArray:
        """Candidates that committed before a day, (candidate,)."""
        return self.committed < day


@dataclass(slots=True)
class EntryLog:
    """What investors did, in the order of telling; sums do not depend on it."""

    told: list[tuple[int, int, str, float]] = field(default_factory=list)

    def tell(self, day: int, unit: int, event: str, amount: float = 1.0) -> None:
        """Note an event of a unit; KeyError if there is no such event."""
        if event not in ENTRY_EVENTS:
            raise KeyError(f"no such event of an investor: {event}")
        self.told.append((day, unit, event, amount))

    def by_year(self, first: int, last: int, group: IntArray, n_groups: int) -> Array:
        """Sums of amounts, (year, group, event), by the group of each unit (unit,)."""
        table = np.zeros((last - first + 1, n_groups, len(ENTRY_EVENTS)))
        for day, unit, event, amount in sorted(self.told):
            year = month_of_day(day).year
            if first <= year <= last:
                table[year - first, group[unit], ENTRY_EVENTS.index(event)] += amount
        return table


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What investors see and may do.

    Parameters
    ----------
    appraise
        Verdict on a candidate, given the candidates committed, (candidate,).
    losses
        Quarters in a row in which each unit has lost cash, (unit,).
    licensing
        Office that grants licences; None grants after the parameter's days without a queue.
    """

    env: simpy.Environment
    city: City
    levers: Levers
    parameters: Parameters
    draws: Draws
    appraise: Callable[[int, BoolArray], Verdict]
    losses: Callable[[], IntArray]
    licensing: Office | None
    pipeline: Pipeline
    log: EntryLog
    last_day: int

    @property
    def day(self) -> int:
        """Today, in days since 1 January of the base year."""
        return int(self.env.now)

    def until(self, day: int) -> simpy.Event:
        """Wait for a day; a day that has passed is today."""
        return self.env.timeout(max(0, day - self.day))

    def set(self, lever: str, unit: int, value: float) -> None:
        """Propose a value for one unit from today on."""
        values = np.full(len(self.city.units.id), np.nan)
        values[unit] = value
        self.levers.propose(lever, values, by=SIGNATURE, day=self.day)

    def open_share(self, unit: int) -> float:
        """Share of a unit that was open at the end of the last closed month."""
        return float(self.levers.last("open_share")[unit])


def begin(around: Around) -> None:
    """Start the life of every candidate, and the watch over losses."""
    offsets = around.draws.table("investor_review", (len(around.city.candidates.id), 1))[:, 0]
    for candidate, offset in enumerate(offsets.tolist()):
        around.env.process(_candidate(around, candidate, int(offset * REVIEW_DAYS)))
    around.env.process(_closures(around))


def _candidate(around: Around, candidate: int, offset: int) -> Process:
    """One candidate from its first review to its full size."""
    unit = int(around.city.candidates.unit[candidate])
    yield from _decide(around, candidate, offset)
    around.pipeline.committed[candidate] = around.day
    around.log.tell(around.day, unit, "committed")
    yield from _licence(around, candidate)
    around.log.tell(around.day, unit, "licensed")
    yield from _build(around, candidate, unit)
    yield from _grow(around, candidate, unit)


def _decide(around: Around, candidate: int, offset: int) -> Process:
    """Review quarter by quarter until the case has a value."""
    candidates = around.city.candidates
    unit = int(candidates.unit[candidate])
    month = around.city.base_year * 12 + int(candidates.first_review[candidate])
    month += -(month % 12) % QUARTER
    while True:
        yield around.until(start_day(Month(month)) + 1 + offset)
        month += QUARTER
        hosted = candidates.host[candidate] >= 0
        if hosted and not around.levers.last("joint_venture")[candidate] > 0.0:
            continue
        around.log.tell(around.day, unit, "review")
        verdict = around.appraise(candidate, around.pipeline.known(around.day))
        if verdict.value > 0.0:
            return
        around.log.tell(around.day, unit, verdict.reason)


def _licence(around: Around, candidate: int) -> Process:
    """Wait for an officer and the decision."""
    days = max(1, round(around.parameters["licence_days"]))
    if around.licensing is None:
        yield around.env.timeout(days)
        return
    yield around.licensing.file((LICENSING, around.city.candidates.id[candidate]), days=days)


def _build(around: Around, candidate: int, unit: int) -> Process:
    """Construction, then the wait for the month in which it opens: schools with the school year."""
    years = int(around.city.candidates.construction_years[candidate])
    if years > 0:
        around.set("under_construction", unit, 1.0)
        yield around.env.timeout(round(years * YEAR_DAYS))
        around.set("under_construction", unit, 0.0)
    opening = month_of_day(around.day) + 1
    while not _may_change(around.city, unit, opening):
        opening = opening + 1
    yield around.until(start_day(opening))


def _grow(around: Around, candidate: int, unit: int) -> Process:
    """Open at part of the size and grow year by year, unless losses close it."""
    places = float(around.city.candidates.places[candidate])
    ramp = [around.parameters[name] for name in RAMP]
    opened = month_of_day(around.day)
    around.log.tell(around.day, unit, "opened")
    around.log.tell(around.day, unit, "opened_places", places)
    for year, share in enumerate([*ramp, 1.0]):
        yield around.until(start_day(opened + 12 * year))
        if year > 0 and around.open_share(unit) == 0.0:
            return
        around.set("open_share", unit, share)


def _may_change(city: City, unit: int, month: Month) -> bool:
    """Whether a unit may open in a month: with learners, in that of their intake."""
    intakes = _intakes(city, unit)
    return not intakes or month.number in intakes


def _may_close(city: City, unit: int, month: Month) -> bool:
    """Whether a unit may close in a month: at a quarter's start, schools at their intake."""
    intakes = _intakes(city, unit)
    return month.number in intakes if intakes else month.number % QUARTER == 1


def _intakes(city: City, unit: int) -> frozenset[int]:
    """Months in which learners enter a unit; none where it has no learners."""
    needs = city.offers.need[city.offers.unit == unit]
    return frozenset(city.needs.intake_month[needs[city.needs.is_enrolment[needs]]].tolist())


def _closures(around: Around) -> Process:
    """Month by month close a firm of each unit that lost for too long, where it may."""
    city = around.city
    patience = max(1, round(around.parameters["exit_patience_quarters"]))
    private = ~city.units.is_public & (city.units.place >= 0)
    month = Month(city.base_year * 12 + QUARTER)
    while start_day(month) <= around.last_day:
        yield around.until(start_day(month))
        for unit in np.flatnonzero(private & (around.losses() >= patience)).tolist():
            if around.open_share(unit) > 0.0 and _may_close(city, unit, month):
                _close(around, unit)
        month = month + 1


def _close(around: Around, unit: int) -> None:
    """Close the unit, or one of the firms that a group stands for."""
    share = max(0.0, around.open_share(unit) - 1.0 / float(around.city.units.n_firms[unit]))
    around.set("open_share", unit, share if share > 1e-9 else 0.0)
    around.log.tell(around.day, unit, "closed")
    candidates = around.city.candidates
    for candidate in np.flatnonzero(candidates.unit == unit).tolist():
        around.log.tell(around.day, unit, "closed_places", float(candidates.places[candidate]))
