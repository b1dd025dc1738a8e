"""Whole trials: how many a second, and how their cost grows with replications and months."""

from collections.abc import Iterator
from functools import partial

from benchmarks.cases import CAN_THO, Case, case, trial
from benchmarks.timing import Row, interleaved
from pricing.engine.calibrate import prepare
from pricing.engine.simulate import simulate

ROUNDS = 5
LAST, SHORT = 2035, 2029


def rows() -> Iterator[Row]:
    """Speed of trials, growth of their cost, and calibration beside them."""
    of = case(CAN_THO)
    one, four, short = interleaved(
        [
            partial(_run, of, LAST, 1),
            partial(_run, of, LAST, 4),
            partial(_run, of, SHORT, 1),
        ],
        ROUNDS,
    )
    years = (LAST - of.city.base_year + 1) / (SHORT - of.city.base_year + 1)
    yield Row(
        name="trials a second", value=1.0 / one, unit_of_measure="1/s", note="11 years, one process"
    )
    yield Row(
        name="4 replications / 1",
        value=four / one,
        unit_of_measure="ratio",
        note="4 if cost is in proportion",
    )
    yield Row(
        name="132 months / 60 months",
        value=one / short,
        unit_of_measure="ratio",
        note=f"{years:.1f} if cost is in proportion",
    )
    yield from _calibration(of, one)


def _run(of: Case, last_year: int, replications: int) -> None:
    scenario = of.until(last_year)
    for replication in range(replications):
        simulate(of.city, scenario, of.calibrated, trial(replication))


def _calibration(of: Case, one_trial: float) -> Iterator[Row]:
    """Cold from nothing; warm from the calibration at other parameter values."""
    central = of.city.parameters.central()
    other = dict(central, elasticity_scale_health=1.1 * central["elasticity_scale_health"])
    cold, warm = interleaved(
        [partial(prepare, of.city, other), partial(prepare, of.city, other, of.calibrated)], ROUNDS
    )
    yield Row(name="calibration, cold", value=1e3 * cold, unit_of_measure="ms")
    yield Row(name="calibration, warm", value=1e3 * warm, unit_of_measure="ms")
    yield Row(name="calibration, cold / one trial", value=cold / one_trial, unit_of_measure="ratio")
    yield Row(name="calibration, cold / warm", value=cold / warm, unit_of_measure="ratio")
