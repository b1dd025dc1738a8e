"""How much common random numbers save: Can Tho's net public cost, full cost against base.

`python -m tests.statistical.pairing 64` looks at both ratios with 64 trials of each scenario.
"""

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pricing.compare.headline import Difference
from pricing.instruments.price_roadmap import PriceRoadmap
from pricing.scenario.study import Study, load_study
from pricing.study import Options, run_loaded
from tests.acceptance.toy import SHIPPED, tell

COMPARED = ("base", "full_cost_2030")
SCRAMBLINGS, REPLICATIONS = 8, 2


def sized(trials: int) -> Study:
    """The shipped study with two scenarios that never slip, and so many trials of each."""
    shipped = load_study(SHIPPED / "roadmaps.toml")
    scenarios = tuple(one for one in shipped.scenarios if one.name in COMPARED)
    assert tuple(one.name for one in scenarios) == COMPARED
    for one in scenarios:
        roads = [road for road in one.instruments.values() if isinstance(road, PriceRoadmap)]
        assert all(road.slip is None for road in roads)
    points, left = divmod(trials, SCRAMBLINGS * REPLICATIONS)
    assert left == 0
    return replace(
        shipped,
        scenarios=scenarios,
        scramblings=SCRAMBLINGS,
        points=points,
        replications=REPLICATIONS,
    )


def paired(trials: int, workers: int = 2) -> Difference:
    """The paired difference of net public cost in 2035, with both ratios of variances."""
    with TemporaryDirectory() as folder:
        options = Options(out=Path(folder), workers=workers, languages=())
        run = run_loaded(sized(trials), options)
    assert not run.failures
    (found,) = (
        one.against_baseline
        for one in run.headlines
        if (one.scenario, one.indicator, one.key) == (COMPARED[1], "net_public_cost", "")
    )
    assert found is not None
    tell(
        f"{trials} trials: variance of the unpaired over the paired difference "
        f"{found.gain_futures} over futures, {found.gain_chance} by chance given the future"
    )
    return found


if __name__ == "__main__":
    paired(int(sys.argv[1]))
