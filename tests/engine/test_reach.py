"""Reach: those reached pay less, the others the whole, and the cell what it paid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.engine.reach import reach_of, relief
from tests.engine import small
from tests.engine.lived import year

share = st.floats(0.05, 0.95)


@given(st.floats(1.0, 1e9), share, share)
def test_bills_average_the_cells_and_differ_by_the_relief(bill, reached, part):
    """A programme that takes `part` of the bill off the share `reached` of the people."""
    mean = bill * (1.0 - reached * part)
    relieved = np.array([[bill * reached * part]])
    found = reach_of(np.array([[mean]]), relieved, relieved * reached)
    assert found is not None
    inside, outside = float(found.inside[0, 0]), float(found.outside[0, 0])
    assert found.share[0, 0] == pytest.approx(reached)
    assert reached * inside + (1.0 - reached) * outside == pytest.approx(1.0)
    assert inside * mean == pytest.approx(bill * (1.0 - part), rel=1e-6)
    assert outside * mean == pytest.approx(bill, rel=1e-6)


def test_where_everybody_is_reached_nobody_is_told_apart():
    paid = np.array([[3.0, 0.0]])
    assert reach_of(np.ones((1, 2)), paid, paid) is None


def test_luck_says_who_is_reached():
    found = reach_of(np.full((1, 2), 60.0), np.array([[40.0, 0.0]]), np.array([[16.0, 0.0]]))
    assert found is not None
    at = np.array([0, 0, 0]), np.array([0, 0, 1])
    factor = found.factor(at, np.array([0.39, 0.41, 0.0]))
    np.testing.assert_allclose(factor, [0.0, 100.0 / 60.0, 1.0])


def test_relief_that_names_no_reach_is_everybodys():
    rules = small.calibrated().fits[0].rules
    volume = np.ones((5, rules.place_kind.size, rules.n_classes))
    levers = small.still_levers()
    paid, reached = relief(rules, levers, volume, 2.0 * volume)
    np.testing.assert_array_equal(paid, reached)
    half = small.with_levers(levers, {"support_reach": 0.5})
    np.testing.assert_allclose(relief(rules, half, volume, 2.0 * volume)[1], 0.5 * paid)


def test_the_same_money_to_fewer_households_leaves_more_of_them_with_large_bills():
    found = {}
    for reached in (1.0, 0.5):
        now = year(support=0.4, support_reach=reached)
        lived = now.live()
        health = lived.paid[now.setup.health_sector]
        poorest = now.homes.sample.quintile == 0
        weight = lived.weight[poorest]
        found[reached] = health[poorest], weight
    (everybody, weight), (half, _) = found[1.0], found[0.5]
    assert (half * weight).sum() == pytest.approx((everybody * weight).sum(), rel=1e-9)
    spread = [
        np.average((paid - np.average(paid, weights=weight)) ** 2, weights=weight)
        for paid in (everybody, half)
    ]
    assert spread[1] > 1.01 * spread[0]
