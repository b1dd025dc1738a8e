"""The lever table: axes that a city has, authorities, families of the law."""

import numpy as np

from pricing.world.lever_row import axis_sizes
from pricing.world.lever_table import AUTHORITIES, LEVER, LEVERS
from tests.builders import toy_city


def test_every_row_stands_on_axes_of_the_city_and_names_an_authority():
    sizes = axis_sizes(toy_city())
    for row in LEVERS:
        assert set(row.axes) <= set(sizes), row.name
        assert row.authority in AUTHORITIES, row.name
        assert row.meaning, row.name
        assert row.within_month in ("mean", "last"), row.name
        if row.held_by:
            axes = LEVER[row.held_by].axes
            assert row.axes[: len(axes)] == axes, row.name


def test_names_are_unique():
    assert len(LEVER) == len(LEVERS)


def test_the_class_axis_is_as_long_as_the_longest_scheme():
    city = toy_city()
    sizes = axis_sizes(city)
    assert sizes["class"] == max(len(table.id) for table in city.classes.values())
    assert sizes["health_class"] == len(city.classes["health"].id)
    assert np.prod(LEVER["support"].shape(city)) == len(city.needs.id) * 3 * 5 * sizes["class"]
