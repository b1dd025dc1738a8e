import numpy as np
import pytest

from tests.builders import toy_city


def test_distance_is_symmetric_and_positive():
    distance = toy_city().distance
    off = ~np.eye(3, dtype=bool)
    np.testing.assert_allclose(distance, distance.T)
    assert np.all(distance[off] > 0.0)


def test_distance_of_one_degree_of_latitude_is_111_km():
    city = toy_city()
    a, b = city.places.latitude[[0, 1]], city.places.longitude[[0, 1]]
    flat = np.hypot(a[1] - a[0], (b[1] - b[0]) * np.cos(np.radians(a[0]))) * np.pi * 6371.0 / 180.0
    assert city.distance[0, 1] == pytest.approx(flat, rel=1e-3)


def test_the_way_within_a_place_follows_the_area_of_its_communes():
    city = toy_city()
    assert city.distance[0, 0] == pytest.approx(0.38 * np.sqrt(20 + 25))
    assert city.distance[2, 2] == pytest.approx(0.38 * np.sqrt(150))


def test_income_of_a_place_is_that_of_its_kind():
    city = toy_city()
    kind = {("urban", 1): 2134794.0, ("disadvantaged", 5): 10992398.0}
    assert city.income.income_month[0, 0] == kind["urban", 1]
    assert city.income.income_month[2, 4] == kind["disadvantaged", 5]
    assert np.all(np.diff(city.income.consumption_month, axis=1) > 0.0)
