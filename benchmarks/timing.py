"""Interleaved timing: rivals take turns, so that a busy moment of the machine meets them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: a ratio or a figure, its unit of measurement, what was compared."""

    name: str
    value: float
    unit_of_measure: str
    note: str = ""


def interleaved(jobs: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of each job over rounds in which all of them run in turn."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, found in zip(jobs, times, strict=True):
            start = perf_counter()
            job()
            found.append(perf_counter() - start)
    return [median(found) for found in times]
