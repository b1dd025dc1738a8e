"""The benchmarks measure what they say: months, pairs, turns. No test looks at a clock."""

import numpy as np
import pytest

from benchmarks.cases import TOY, case, eves
from benchmarks.month import pairs
from benchmarks.timing import interleaved


@pytest.fixture(scope="module")
def toy():
    return case(TOY)


def test_the_months_are_those_of_the_year_after_the_warm_up(toy):
    months = [eve.month for eve in eves(toy)]
    assert [month.number for month in months] == list(range(1, 13))
    assert {month.year for month in months} == {toy.city.base_year + 1}


def test_pairs_are_cells_times_offers_within_reach(toy):
    expected = 0
    for need, fit in enumerate(toy.calibrated.fits):
        if not toy.city.needs.is_enrolment[need]:
            reachable = np.isfinite(np.where(fit.frame.reach > 0, 1.0, np.inf)).sum()
            expected += int(reachable) * fit.episodes.shape[0] * fit.episodes.shape[2]
    assert pairs(toy, month=3) == expected
    assert pairs(toy, month=9) > expected


def test_rivals_take_turns():
    turns = []
    medians = interleaved([lambda: turns.append("a"), lambda: turns.append("b")], rounds=3)
    assert turns == ["a", "b"] * 3
    assert len(medians) == 2
