"""The diary of an instrument's lots: on each day all lots due for the same step take it together.

A lot has one appointment at a time. What becomes of it does not depend on with whom it shares its
day: steps treat lots side by side, and a day's steps are taken in the order in which they are
written. One SimPy process a day of the diary makes a thousand lots cost little more than one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import simpy

from pricing.base.arrays import BoolArray, IntArray
from pricing.instruments._desk import Desk
from pricing.world.offices import Process

NOT_DUE = -1
LYING = -2
"""The day has come, but the papers still lie with an officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done with the lots of a day, (due lot,) ascending.

    Parameters
    ----------
    needs_papers
        Lots whose papers lie with an officer take it on the day on which he has decided.
    """

    act: Callable[[IntArray], None]
    needs_papers: bool = False


class Diary:
    """Appointments of an instrument's lots, on the city's axis of lots."""

    def __init__(self, desk: Desk, n_lots: int, steps: Mapping[str, Step]) -> None:
        self._desk = desk
        self._steps = tuple(steps.values())
        self._names = {name: number for number, name in enumerate(steps)}
        self._day = np.full(n_lots, NOT_DUE)
        self._step = np.zeros(n_lots, dtype=np.int64)
        self._lies = np.zeros(n_lots, dtype=np.bool_)
        self._kept: set[int] = set()

    def at(self, day: int | IntArray, step: str, lots: IntArray) -> None:
        """Make an appointment in place of the one before; a day that has passed is today."""
        self._day[lots] = np.maximum(day, self._desk.day)
        self._step[lots] = self._names[step]
        for one in sorted({*self._day[lots].tolist()} - self._kept):
            self._kept.add(one)
            self._desk.spawn(self._keep(one))

    def cancel(self, lots: IntArray) -> None:
        """No appointment any more."""
        self._day[lots] = NOT_DUE

    def waits_for(self, step: str, lots: IntArray) -> BoolArray:
        """Whether the next step of lots is this one, (lot,) of those asked for."""
        is_due = self._day[lots] != NOT_DUE
        return np.asarray(is_due & (self._step[lots] == self._names[step]))

    def hand_in(self, lots: IntArray) -> None:
        """Papers of lots lie with an officer from now on."""
        self._lies[lots] = True

    def decided(self, lot: int, event: simpy.Event) -> None:
        """The officer has decided today; a lot whose step waited for it takes it today."""
        del event
        self._lies[lot] = False
        if self._day[lot] == LYING:
            name = list(self._names)[self._step[lot]]
            self.at(self._desk.day, name, np.array([lot]))

    def _keep(self, day: int) -> Process:
        yield self._desk.until(day)
        while (due := self._day == day).any() and not self._desk.is_over:
            number = int(self._step[due].min())
            step = self._steps[number]
            lots = np.flatnonzero(due & (self._step == number))
            self._day[lots] = NOT_DUE
            if step.needs_papers:
                self._day[lots[self._lies[lots]]] = LYING
                lots = lots[~self._lies[lots]]
            if lots.size:
                step.act(lots)
        self._kept.discard(day)
