"""What the market of owners adds to the study of socialised provision: one of its futures."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from benchmarks.cases import BASE, CAN_THO, case
from benchmarks.households import future
from benchmarks.timing import Row, interleaved
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import AS_BEFORE, NonPublicSpec

ROUNDS = 5
MOST = 1.5  # times what the study takes without it
NAMES = ("base", "full_cost_2030")


def rows() -> Iterator[Row]:
    """A future with and without owners who price, enter and staff, calibration included."""
    city = case(CAN_THO).city
    still = [
        replace(load_scenario(BASE.with_name(f"{name}.toml"), city), non_public=AS_BEFORE)
        for name in NAMES
    ]
    everything = NonPublicSpec(prices="chosen", entry=True, staff=True)
    moving = [replace(one, non_public=everything) for one in still]
    with_owners, without = interleaved(
        [partial(future, city, moving), partial(future, city, still)], rounds=ROUNDS
    )
    yield Row(
        name="study with owners / without",
        value=with_owners / without,
        unit_of_measure="ratio",
        note=f"{len(city.candidates.id)} candidates, {len(NAMES)} scenarios, at most {MOST:g}",
    )
