"""A drawn sample meets the margins of its city, and is the same for the same seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.city.city import City
from pricing.city.cover import HEALTH_SCHEME
from pricing.city.households import (
    FREE_BELOW,
    HEAD_FROM,
    benefit_order,
    class_at,
    health_shares,
    ranks,
    synthetic,
)
from pricing.city.sample import Households
from tests.builders import toy_city

SIZE = 3_000


@pytest.fixture(scope="module")
def city() -> City:
    return toy_city()


@pytest.fixture(scope="module")
def sample(city) -> Households:
    return synthetic(city, SIZE, 5)


def by_cell(sample, amount):
    table = np.zeros((3, 5))
    np.add.at(table, (sample.place, sample.quintile), amount)
    return table


def test_members_add_up_to_the_people_of_each_place_and_quintile(city, sample):
    people = by_cell(sample, sample.weight * sample.size)
    np.testing.assert_allclose(people, city.people.residents, rtol=1e-12)
    assert sample.place.size == SIZE
    assert by_cell(sample, 1).min() >= 1


def test_consumption_meets_the_mean_of_the_cell_and_rises_with_the_quintile(city, sample):
    spent = by_cell(sample, sample.weight * sample.size * sample.consumption_month)
    mean = spent / city.people.residents
    np.testing.assert_allclose(mean, city.income.consumption_month, rtol=1e-12)
    top = [sample.consumption_month[sample.quintile == q].mean() for q in range(5)]
    assert np.all(np.diff(top) > 0)


def test_ages_are_those_of_the_city_and_every_household_has_an_adult_head(city, sample):
    mass = sample.weight[sample.household]
    counted = np.bincount(sample.age // 10, mass, 11)
    wanted = np.add.reduceat(city.origin.residents.sum((0, 1)), np.arange(0, 101, 10))
    np.testing.assert_allclose(counted, wanted, rtol=0.05, atol=0.002 * wanted.sum())
    assert sample.age[sample.start].min() >= HEAD_FROM


def test_poor_households_are_larger(sample):
    size = [np.average(sample.size[sample.quintile == q]) for q in (0, 4)]
    assert size[0] > size[1]


def test_cover_classes_have_the_shares_of_the_table(city, sample):
    shares = health_shares(city, city.base_year)
    kind = city.places.kind[sample.place][sample.household]
    own = shares[kind, sample.quintile[sample.household]]
    found = class_at(sample.cover_rank, own, benefit_order(city))
    mass = sample.weight[sample.household]
    counted = np.bincount(found, mass, shares.shape[2])
    wanted = (own * mass[:, None]).sum(0)
    np.testing.assert_allclose(counted, wanted, rtol=0.01, atol=1e-3 * mass.sum())
    assert city.classes[HEALTH_SCHEME].rate[found[sample.age < FREE_BELOW]].mean() > 0.9


def test_points_are_even_within_every_cell(sample):
    for one in range(15):
        mine = np.sort(sample.points[0][sample.member_cell == one])
        even = (np.arange(mine.size) + 0.5) / mine.size
        assert np.abs(mine - even).max() < 0.1


def test_sums_over_cells_are_those_of_a_loop(sample):
    amount = np.stack([sample.weight, sample.size])
    found = sample.by_cell(amount)
    for one in range(15):
        np.testing.assert_allclose(found[:, one], amount[:, sample.cell == one].sum(1))


def test_equal_seeds_draw_equal_samples_and_others_do_not(city, sample):
    again, other = synthetic(city, SIZE, 5), synthetic(city, SIZE, 6)
    np.testing.assert_array_equal(sample.age, again.age)
    np.testing.assert_array_equal(sample.cover_rank, again.cover_rank)
    assert not np.array_equal(sample.size, other.size)
    assert sample.origin == {"drawn": SIZE, "seed": 5}


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.floats(0.1, 9)), min_size=1))
def test_ranks_are_weighted_middles_of_each_cell(rows):
    cell, key, mass = (np.array(column) for column in zip(*rows, strict=True))
    rank = ranks(cell, key, mass)
    assert np.all((rank > 0) & (rank < 1))
    for one in np.unique(cell):
        here = cell == one
        assert np.average(rank[here], weights=mass[here]) == pytest.approx(0.5)
        order = np.argsort(key[here], kind="stable")
        assert np.all(np.diff(rank[here][order]) > 0)
