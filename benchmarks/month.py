"""The market's month against one exp over the pairs that an unfactored choice would need."""

from collections.abc import Iterator
from functools import partial
from statistics import median

import numpy as np

from benchmarks.cases import CAN_THO, TOY, Case, Eve, case, eves
from benchmarks.timing import Row, interleaved
from pricing.engine.market import step


def pairs(of: Case, month: int) -> int:
    """(cell, reachable offer) pairs of all needs that choose in a calendar month.

    Cells are quintile x place x class; learners choose in the intake month of their level.
    """
    needs, found = of.city.needs, 0
    for need, fit in enumerate(of.calibrated.fits):
        if not needs.is_enrolment[need] or needs.intake_month[need] == month:
            quintiles, _, classes = fit.episodes.shape
            found += quintiles * int(fit.frame.reach.sum()) * classes
    return found


def rows() -> Iterator[Row]:
    """Ratio of the month to the exp, and of Can Tho's month to the toy city's."""
    of = case(CAN_THO)
    found = [_ratio(of, eve) for eve in eves(of)]
    sizes = sorted({pairs(of, month) for month in range(1, 13)})
    yield Row(
        name="market step / np.exp",
        value=median(ratio for ratio, _, _ in found),
        unit_of_measure="ratio",
        note=f"median of 12 months, {sizes[0]} to {sizes[-1]} pairs; at most 10",
    )
    yield Row(
        name="market step / np.exp, dearest month",
        value=max(ratio for ratio, _, _ in found),
        unit_of_measure="ratio",
    )
    yield Row(
        name="market step",
        value=1e3 * median(seconds for _, seconds, _ in found),
        unit_of_measure="ms",
    )
    yield Row(
        name="np.exp",
        value=median(speed for _, _, speed in found) / 1e6,
        unit_of_measure="M/s",
        note="of this machine: wider vector units lower the exp, not the month",
    )
    yield _places(of)


def _ratio(of: Case, eve: Eve) -> tuple[float, float, float]:
    """Seconds of one month over seconds of one exp, the former, and exps a second."""
    utility = np.random.default_rng(0).normal(size=pairs(of, eve.month.number))
    job = partial(step, eve.setup, eve.levers, eve.state, eve.month)
    stepped, exponential = interleaved([job, partial(np.exp, utility)])
    return stepped / exponential, stepped, utility.size / exponential


def _places(of: Case) -> Row:
    """Can Tho's month over the toy city's, beside the ratio of their offers."""
    toy = case(TOY)
    large, small = eves(of)[1], eves(toy)[1]
    times = interleaved(
        [partial(step, e.setup, e.levers, e.state, e.month) for e in (large, small)]
    )
    sizes = [f"{len(c.city.places.id)} places, {c.city.offers.unit.size} offers" for c in (of, toy)]
    return Row(
        name="market step, Can Tho / toy city",
        value=times[0] / times[1],
        unit_of_measure="ratio",
        note=f"{sizes[0]} against {sizes[1]}",
    )
