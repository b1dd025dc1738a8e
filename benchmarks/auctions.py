"""Tenders: the symmetric equilibrium and those among two and three types, cold and cached."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from benchmarks.timing import Row
from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import known_number
from pricing.equations.auction_costs import LogNormal
from pricing.equations.auction_outcomes import expected_outcome
from pricing.equations.auction_types import BidderType, types_equilibrium

ROUNDS = 7
CEILING = 1.3


def rows() -> Iterator[Row]:
    """Milliseconds to expected price and to equilibria; medians over ceilings never seen before."""
    cold, cached = [], []
    for number in range(ROUNDS):
        tender = _symmetric(CEILING + 0.01 * number)
        cold.append(_seconds(tender))
        cached.append(_seconds(tender))
    yield Row(
        name="expected price, symmetric, cold",
        value=1e3 * median(cold),
        unit_of_measure="ms",
        note=f"{ROUNDS} ceilings; at most 20",
    )
    yield Row(
        name="expected price, symmetric, cached",
        value=1e3 * median(cached),
        unit_of_measure="ms",
        note="at most 1",
    )
    for number in (2, 3):
        yield Row(
            name=f"equilibrium of {number} types, cold",
            value=median(_types_seconds(number)),
            unit_of_measure="s",
            note=f"{ROUNDS} ceilings; at most 1",
        )


def _symmetric(ceiling: float) -> Tender:
    return Tender(costs=LogNormal(mean=1.0, cv=0.3), bidders=known_number(4), ceiling=ceiling)


def _seconds(tender: Tender) -> float:
    start = perf_counter()
    expected_outcome(tender)
    return perf_counter() - start


def _types_seconds(number: int) -> list[float]:
    types = tuple(
        BidderType(costs=LogNormal(mean=1.0 + 0.1 * kind, cv=0.3), count=1 + kind)
        for kind in range(number)
    )
    found = []
    for row in range(ROUNDS):
        start = perf_counter()
        types_equilibrium(types, CEILING + 1e-4 * (row + 1))
        found.append(perf_counter() - start)
    return found
