"""Offices: requests wait for officers, and grants never depend on who asked first on a day.

SimPy's own resources grant at the moment of asking, hence in creation order. Here one process
grants half a day after the day's requests were filed, by priority, filing day and address.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

import simpy

from pricing.base.calendar import OFFICE_PHASE

Address = tuple[str, ...]
Process = Generator[simpy.Event, object, None]


@dataclass(slots=True)
class Request:
    """One request; days since 1 January 2025, `granted` and `decided` None while it waits.

    Parameters
    ----------
    days
        Days an officer works on it: from grant to decision.
    """

    address: Address
    priority: int
    filed: int
    days: int
    granted: int | None = None
    decided: int | None = None


class Office:
    """Officers who each take one request at a time.

    Parameters
    ----------
    officers
        How many requests are worked on at once.
    days
        Days from grant to decision of a request that says no other number.
    """

    def __init__(self, env: simpy.Environment, officers: int, days: int) -> None:
        if officers < 1 or days < 1:
            raise ValueError("an office needs at least one officer and one day for a request")
        self.requests: list[Request] = []
        self._env = env
        self._days = days
        self._free_from = [0] * officers
        self._waiting: list[tuple[Request, simpy.Event]] = []
        self._bell = env.event()
        env.process(self._work())

    def file(self, address: Address, priority: int = 0, days: int | None = None) -> simpy.Event:
        """File a request today; the event comes on the day of the decision.

        Requests of one day are granted by lowest priority number, then filing day, then address.

        Parameters
        ----------
        days
            Days an officer works on this request; those of the office if not given.
        """
        work = self._days if days is None else days
        if work < 1:
            raise ValueError(f"a request takes at least one day of an officer, not {work}")
        filed = _whole_day(self._env)
        request = Request(address=address, priority=priority, filed=filed, days=work)
        self.requests.append(request)
        decided = self._env.event()
        self._waiting.append((request, decided))
        if not self._bell.triggered:
            self._bell.succeed()
        return decided

    def _work(self) -> Process:
        while True:
            if not self._waiting:
                self._bell = self._env.event()
                yield self._bell
            opens = max(_whole_day(self._env), min(self._free_from))
            yield self._env.timeout(opens + OFFICE_PHASE - self._env.now)
            self._grant(opens)
            yield self._env.timeout(OFFICE_PHASE)

    def _grant(self, today: int) -> None:
        self._waiting.sort(key=lambda waiting: _rank(waiting[0]))
        for officer, free_from in enumerate(self._free_from):
            if free_from > today or not self._waiting:
                continue
            request, decided = self._waiting.pop(0)
            request.granted, request.decided = today, today + request.days
            self._free_from[officer] = request.decided
            self._env.process(self._decide(request, decided))

    def _decide(self, request: Request, decided: simpy.Event) -> Process:
        assert request.decided is not None
        yield self._env.timeout(request.decided - self._env.now)
        decided.succeed(request)


def queue_days(office: Office, last_day: int) -> Mapping[str, float]:
    """An office's queue up to a day: requests, decided ones, mean and longest wait for a grant."""
    waits = [
        (last_day if request.granted is None else request.granted) - request.filed
        for request in office.requests
    ]
    n_decided = sum(
        request.decided is not None and request.decided <= last_day for request in office.requests
    )
    return {
        "requests": float(len(waits)),
        "decided": float(n_decided),
        "mean_wait_days": sum(waits) / len(waits) if waits else 0.0,
        "longest_wait_days": float(max(waits, default=0)),
    }


def _rank(request: Request) -> tuple[int, int, Address]:
    return request.priority, request.filed, request.address


def _whole_day(env: simpy.Environment) -> int:
    day = int(env.now)
    if day != env.now:
        raise ValueError(f"requests are filed on whole days, not at {env.now}")
    return day
