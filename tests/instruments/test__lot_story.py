"""A thousand lots at once: cycle times against an event simulation that shares no code."""

import csv
from heapq import heappop, heappush
from pathlib import Path

import numpy as np
import pytest

from pricing.city.city import City
from pricing.city.load import load_city
from tests.builders import toy_folder
from tests.instruments.life import live

N_LOTS = 1000
WORK = {"ordering": 6, "bidding": 15}
PLANNING = 15
STATUTORY = {"ordering": 55, "bidding": 83}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The toy city with a thousand small lots of one service and place."""
    folder = toy_folder(Path(tmp_path_factory.mktemp("many")) / "city")
    with (folder / "lots.csv").open(encoding="utf-8", newline="") as file:
        header, first, *_ = list(csv.reader(file))
    rows = [[f"lot_{number:04d}", *first[1:]] for number in range(N_LOTS)]
    for row in rows:
        row[header.index("volume_year")] = "2.4"
    with (folder / "lots.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return load_city(folder)


def simulated(kind: str, officers: int) -> float:
    """Mean days from plan to contract where all lots are planned on one day."""
    filed = PLANNING if kind == "bidding" else 0
    free = [filed] * officers
    cycles = []
    for _ in range(N_LOTS):
        decided = heappop(free) + WORK[kind]
        heappush(free, decided)
        cycles.append(max(STATUTORY[kind], decided))
    return float(np.mean(cycles))


def cycles(city: City, kind: str, officers: int) -> list[float]:
    """Days from plan to contract of the first contract of every lot."""
    quiet = {"bid_preparation_share": 0.0, "cost_shock_sd": 1e-9, "bidder_cost_sd": 0.01}
    life = live(
        {"buy": {"kind": kind, "renewal_months": 120}},
        city=city,
        offices={"procurement": officers},
        changes=quiet,
        last_year=2029,
    )
    return [one.amount for one in life.chronicle.events() if one.event == "cycle_days"]


@pytest.mark.parametrize("kind", ["ordering", "bidding"])
def test_with_officers_for_all_the_cycle_is_the_statutory_one(many, kind):
    assert set(cycles(many, kind, 1000)) == {float(STATUTORY[kind])}


@pytest.mark.parametrize(("kind", "officers"), [("ordering", 8), ("bidding", 20)])
def test_with_few_officers_mean_cycle_time_agrees_with_an_event_simulation(many, kind, officers):
    found = cycles(many, kind, officers)
    assert len(found) == N_LOTS
    assert np.mean(found) > 2.0 * STATUTORY[kind]
    assert np.mean(found) == pytest.approx(simulated(kind, officers), rel=0.05)
