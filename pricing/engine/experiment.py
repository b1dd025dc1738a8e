"""Many trials on several processes, each durable as it ends; what a killed worker owed is redone.

A task is one future. Each worker has its own pipe to the parent, so a worker killed in the middle
of anything can block nobody; only the parent writes to the store.
"""

import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol, cast

from pricing.engine.design import Design, Trial
from pricing.engine.worker import Failed, Finished, Model, Report, Task, Usage, reports, work
from pricing.results.result import Arrays, TrialKey

ATTEMPTS = 3
"""How often a future may take its worker down before its trials count as failed."""

_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


class Journal(Protocol):
    """Where trials are kept; see `pricing.results.store.Store`."""

    def missing(self, keys: Iterable[TrialKey]) -> list[TrialKey]:
        """Those of some trials that have not finished."""

    def write(self, key: TrialKey, arrays: Arrays) -> None:
        """Keep a finished trial durably."""

    def fail(self, key: TrialKey, message: str) -> None:
        """Note a failed trial."""


@dataclass(slots=True)
class Tally:
    """What an experiment has done so far, the trials it found finished included."""

    total: int
    finished: int
    failed: int = 0
    cpu_seconds: float = 0.0
    peak_memory: int = 0


Progress = Callable[[Tally], None]


def one_thread() -> None:
    """Keep linear algebra on one thread, here if numpy is not loaded yet and in every worker."""
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")


def run_experiment(
    model: Model, design: Design, journal: Journal, *, workers: int, progress: Progress
) -> Tally:
    """Run what is missing of a design; results do not depend on the number of workers.

    One worker means this process. On Ctrl-C, and when the journal cannot write, workers stop and
    the exception goes on; what finished is kept.
    """
    missing = set(journal.missing([trial.key for trial in design.trials]))
    todo = _tasks(model, design, missing)
    tally = Tally(total=len(design.trials), finished=len(design.trials) - len(missing))
    progress(tally)
    with closing(_all_reports(model, todo, min(workers, len(todo)))) as incoming:
        for report in incoming:
            _note(report, journal, tally)
            progress(tally)
    return tally


def _tasks(model: Model, design: Design, missing: Container[TrialKey]) -> list[Task]:
    by_future: dict[int, list[Trial]] = {}
    for trial in design.trials:
        if trial.key in missing:
            by_future.setdefault(trial.future, []).append(trial)
    table = model.city.parameters
    return [
        Task(
            future=future,
            values={
                name: design.values(future, table, scenario.parameters)
                for name, scenario in model.scenarios.items()
            },
            trials=tuple(own),
        )
        for future, own in by_future.items()
    ]


def _all_reports(model: Model, todo: Sequence[Task], workers: int) -> Generator[Report, None, None]:
    if workers <= 1:
        # what this process uses is no worker's usage, so it is not in the tally
        for task in todo:
            yield from (one for one in reports(model, task) if not isinstance(one, Usage))
        return
    one_thread()
    with _hired(model, todo, workers) as crew:
        yield from crew.reports()


def _note(report: Report, journal: Journal, tally: Tally) -> None:
    match report:
        case Finished(key=key, arrays=arrays):
            journal.write(key, arrays)
            tally.finished += 1
        case Failed(key=key, message=message):
            journal.fail(key, message)
            tally.failed += 1
        case Usage(cpu_seconds=seconds, peak_memory=peak):
            tally.cpu_seconds += seconds
            tally.peak_memory = max(tally.peak_memory, peak)


@dataclass(slots=True)
class _Seat:
    """A worker process and what it still owes of its task."""

    process: SpawnProcess
    task: Task
    owed: set[TrialKey]


@dataclass(slots=True)
class _Crew:
    """The workers at their pipes, the tasks that wait, and how many workers each future cost."""

    model: Model
    waiting: deque[Task]
    seats: dict[Connection, _Seat] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)

    def hire(self) -> None:
        """Start a worker on the next task."""
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self.model), daemon=True)
        with _interrupts_held():
            process.start()
        theirs.close()  # else the pipe would stay open when the worker dies
        task = self.waiting.popleft()
        self.seats[ours] = _Seat(process, task, _keys(task))
        _send(ours, task)

    def reports(self) -> Iterator[Report]:
        """Reports as they come in, until every task is done."""
        while self.seats:
            for ready in wait(list(self.seats)):
                yield from self._received(cast("Connection", ready))

    def dismiss(self) -> None:
        """End every worker at once and wait until it is gone."""
        for seat in self.seats.values():
            seat.process.kill()
        for connection, seat in self.seats.items():
            seat.process.join()
            connection.close()
        self.seats.clear()

    def _received(self, connection: Connection) -> Iterator[Report]:
        try:
            report: Report = connection.recv()
        except (EOFError, OSError):
            yield from self._bury(connection)
            return
        if isinstance(report, Usage):
            self._go_on(connection)
        else:
            self.seats[connection].owed.remove(report.key)
        yield report

    def _go_on(self, connection: Connection) -> None:
        if self.waiting:
            task = self.waiting.popleft()
            self.seats[connection].task, self.seats[connection].owed = task, _keys(task)
            _send(connection, task)
        else:
            _send(connection, None)
            self._leave(connection)

    def _leave(self, connection: Connection) -> _Seat:
        seat = self.seats.pop(connection)
        seat.process.join()
        connection.close()
        return seat

    def _bury(self, connection: Connection) -> Iterator[Report]:
        """Replace a dead worker; what it owed is done again, or fails after too many deaths."""
        seat = self._leave(connection)
        future = seat.task.future
        self.deaths[future] += 1
        left = tuple(trial for trial in seat.task.trials if trial.key in seat.owed)
        if self.deaths[future] >= ATTEMPTS:
            message = f"its worker died {ATTEMPTS} times, last with code {seat.process.exitcode}"
            yield from (Failed(key=trial.key, message=message) for trial in left)
        elif left:
            self.waiting.appendleft(replace(seat.task, trials=left))
        if self.waiting:
            self.hire()


def _keys(task: Task) -> set[TrialKey]:
    return {trial.key for trial in task.trials}


def _send(connection: Connection, task: Task | None) -> None:
    # A dead worker is found, and its task redone, when the parent next reads from its pipe.
    with suppress(OSError):
        connection.send(task)


@contextmanager
def _hired(model: Model, todo: Sequence[Task], workers: int) -> Iterator[_Crew]:
    crew = _Crew(model, deque(todo))
    try:
        for _ in range(workers):
            crew.hire()
        yield crew
    finally:
        crew.dismiss()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a worker starts, which inherits that; the parent gets it after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starts with the first worker otherwise, and lifts the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
