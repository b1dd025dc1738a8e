"""A thousand lots: what buying them adds to a study of Can Tho over ten years.

The synthetic study "a thousand lots" copies the city's lots until there are so many, shares their
volumes among the copies, and buys them in all three ways.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.cases import CAN_THO, Case, case, trial
from benchmarks.timing import Row, interleaved
from pricing.city.city import City
from pricing.city.lots import Lots
from pricing.engine.simulate import prepare, simulate
from pricing.instruments._registry import instrument_kinds
from pricing.scenario.scenario import Scenario

N_LOTS, ROUNDS, LAST = 1000, 5, 2034
BOUGHT = {
    "bid": ("bidding", ("preventive_check_up",)),
    "ordered": ("ordering", ("short_course", "intermediate")),
    "assigned": ("task_assignment", ("commune_consultation", "preschool")),
}


def rows() -> Iterator[Row]:
    """A study of one scenario with a thousand lots over the same without, and its trials alone."""
    of = case(CAN_THO)
    city = with_lots(of.city, N_LOTS)
    plain = of.until(LAST)
    buying = bought(plain)
    studies = interleaved([partial(_study, city, buying), partial(_study, of.city, plain)], ROUNDS)
    yield Row(
        name="study of a thousand lots / none",
        value=studies[0] / studies[1],
        unit_of_measure="ratio",
        note=f"10 years, one scenario, each future calibrated; median of {ROUNDS}; at most 1.3",
    )
    trials = interleaved(
        [partial(_run, of, city, buying), partial(_run, of, of.city, plain)], ROUNDS
    )
    yield Row(
        name="trial of a thousand lots / none",
        value=trials[0] / trials[1],
        unit_of_measure="ratio",
        note="the same without the calibration of the future",
    )


def with_lots(city: City, n_lots: int) -> City:
    """The city with its lots copied to a number, in turn; copies share the volume of the lot."""
    lots = city.lots
    source = np.arange(n_lots) % len(lots.id)
    copies = np.bincount(source, minlength=len(lots.id))[source]
    names = tuple(f"{lots.id[row]}_{number:04d}" for number, row in enumerate(source.tolist()))
    copied = Lots(
        id=names,
        service=lots.service[source],
        place=lots.place[source],
        norm=lots.norm[source],
        scheme=tuple(lots.scheme[row] for row in source.tolist()),
        unit=lots.unit[source],
        offer=lots.offer[source],
        volume_year=lots.volume_year[source] / copies,
        volume_month=lots.volume_month[source] / copies,
        months=lots.months[source],
        quality_floor=lots.quality_floor[source],
        ceiling=lots.ceiling[source],
        user_share=lots.user_share[source],
        first_month=lots.first_month[source],
        candidates=tuple(lots.candidates[row] for row in source.tolist()),
    )
    return replace(city, lots=copied)


def bought(scenario: Scenario) -> Scenario:
    """The scenario with all lots bought, in all three ways."""
    buyers = {
        name: instrument_kinds()[kind].model_validate({"kind": kind, "services": services})
        for name, (kind, services) in BOUGHT.items()
    }
    return replace(scenario, instruments={**scenario.instruments, **buyers})


def _study(city: City, scenario: Scenario) -> None:
    """One future of a study of one scenario: the city calibrated to it, and its trial."""
    simulate(city, scenario, prepare(city, city.parameters.central()), trial(0))


def _run(of: Case, city: City, scenario: Scenario) -> None:
    simulate(city, scenario, of.calibrated, trial(0))
