"""Points are spread evenly, and every need of learning has its pool in cells and ages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.city.households import synthetic
from pricing.city.spread import FIRST_ILLNESS, dimensions_of, illnesses, learnings, points
from tests.builders import toy_city

CITY = toy_city()
SAMPLE = synthetic(CITY, 1_500, 2)


@given(st.integers(20, 2_000), st.integers(1, 17))
def test_points_of_every_dimension_are_spread_more_evenly_than_by_chance(number, dimensions):
    spread = points(np.arange(number), dimensions)
    assert spread.shape == (dimensions, number)
    assert np.all((spread >= 0.0) & (spread < 1.0))
    first = np.sort(spread[0])
    even = (np.arange(number) + 0.5) / number
    assert np.abs(first - even).max() < 12.0 / number * np.log(number + 2.0)


def test_pairs_of_dimensions_fill_the_square():
    spread = points(np.arange(1_024), 8)
    boxes = np.floor(8 * spread).astype(int)
    for other in range(1, 8):
        counts = np.bincount(8 * boxes[0] + boxes[other], minlength=64)
        assert counts.min() >= 6
        assert counts.max() <= 28


def test_needs_are_told_apart():
    assert [CITY.needs.id[need] for need in illnesses(CITY)][:2] == ["ambulatory", "inpatient"]
    assert set(illnesses(CITY)) | set(learnings(CITY)) == set(range(len(CITY.needs.id)))
    assert dimensions_of(CITY) == SAMPLE.points.shape[0]
    assert FIRST_ILLNESS == 2


@pytest.mark.parametrize("need", learnings(CITY))
def test_a_pool_holds_every_member_of_its_ages_by_cell(need):
    pool = SAMPLE.pools[need]
    ages = SAMPLE.age[pool.member]
    low, high = CITY.needs.age_from[need], CITY.needs.age_to[need]
    assert pool.member.size == np.sum((SAMPLE.age >= low) & (SAMPLE.age <= high))
    assert ages.min() >= low
    assert ages.max() <= high
    assert np.all(np.diff(pool.cell) >= 0)
    np.testing.assert_array_equal(SAMPLE.household[pool.member], pool.household)
    there = np.unique(pool.cell)
    np.testing.assert_array_equal(pool.cell[pool.start[there]], there)
