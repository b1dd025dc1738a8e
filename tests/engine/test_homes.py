"""What a trial knows of the sample: weights, classes, tenure, food that is no capacity."""

from dataclasses import replace

import numpy as np

from pricing.base.draws import Draws
from pricing.city.households import health_shares
from pricing.engine.homes import class_of, open_homes, weights
from tests.builders import toy_city
from tests.engine import small
from tests.engine.lived import peopled, setup_with, year


def test_without_a_sample_there_are_no_homes():
    assert open_homes(setup_with(toy_city()), Draws(1, 0)) is None


def test_weights_meet_the_people_of_a_year():
    homes = year().homes
    people = np.arange(1.0, 16.0).reshape(3, 5) * 1_000.0
    weight = weights(homes, people)
    held = homes.sample.by_cell(weight * homes.sample.size)
    np.testing.assert_allclose(held, people.ravel(), rtol=1e-12)


def test_members_change_class_with_the_table_of_cover():
    homes, city = year().homes, peopled()
    changed = [first for first in homes.classes if first > city.base_year]
    assert changed
    for first in homes.classes:
        mass = homes.sample.weight[homes.sample.household]
        shares = health_shares(city, first)
        kind = city.places.kind[homes.sample.place][homes.sample.household]
        own = shares[kind, homes.sample.quintile[homes.sample.household]]
        counted = np.bincount(class_of(homes, first), mass, shares.shape[2])
        np.testing.assert_allclose(counted, (own * mass[:, None]).sum(0), atol=1e-3 * mass.sum())
    assert class_of(homes, changed[0] - 1) is homes.classes[city.base_year]


def test_tenured_members_are_the_share_of_the_parameter():
    setup = setup_with(peopled())
    few = replace(
        setup.calibrated,
        parameters=type(setup.calibrated.parameters)(
            {**setup.calibrated.parameters.values, "ceiling_member_share": 0.25}
        ),
    )
    homes = open_homes(replace(setup, calibrated=few), Draws(1, 0))
    assert homes is not None
    assert abs(homes.is_tenured.mean() - 0.25) < 0.01


def test_food_is_at_most_subsistence_and_takes_more_of_the_poor():
    homes = year().homes
    sample = homes.sample
    share = homes.food / (sample.consumption_month * sample.size)
    means = [share[sample.quintile == quintile].mean() for quintile in range(5)]
    assert np.all(np.diff(means) < 0.0)
    assert np.all((share > 0.0) & (share < 1.0))
    alone = homes.food[sample.size == 1.0]
    assert np.isclose(alone, alone.max()).sum() > 1


def test_chance_moves_illness_and_frailty_between_replications():
    first, second = year(0).homes, year(1).homes
    assert not np.array_equal(first.illness, second.illness)
    assert not np.array_equal(first.frailty, second.frailty)
    assert first.illness.shape[0] == len(small.people().years)
