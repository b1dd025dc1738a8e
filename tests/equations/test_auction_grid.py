"""Integrals over the panels against closed forms, also where the density has no bound."""

import numpy as np
import pytest
from hypothesis import given

from pricing.equations.auction_costs import Beta, LogNormal, Uniform
from pricing.equations.auction_grid import grid
from tests.equations.auctions import ceilings, distributions


@given(distributions, ceilings)
def test_panels_cover_the_range_in_order(costs, ceiling):
    top = min(ceiling, costs.hi)
    panels = grid(costs, top)
    assert (panels.edges[0], panels.edges[-1]) == (costs.lo, top)
    assert np.all(np.diff(panels.costs.ravel()) > 0.0)
    assert panels.total(np.ones_like(panels.costs)) == pytest.approx(top - costs.lo, rel=1e-13)
    assert np.all(panels.edges[:-1] < panels.costs.min(axis=1))
    assert np.all(panels.costs.max(axis=1) < panels.edges[1:])


@given(distributions, ceilings)
def test_the_density_integrates_to_the_distribution_function(costs, ceiling):
    panels = grid(costs, min(ceiling, costs.hi))
    # a panel narrower than rounding is left out, with the mass of an unbounded density in it
    whole = panels.total(costs.density(panels.costs))
    assert whole == pytest.approx(costs.cdf(ceiling), abs=2e-5)


@pytest.mark.parametrize("power", [0.5, 1.0, 7.0, 19.0])
def test_integrals_above_every_node_and_edge(power):
    panels = grid(Beta(a=0.5, b=0.5, lo=0, hi=2), 1.5)

    def primitive(cost):
        return cost ** (power + 1.0) / (power + 1.0)

    values, left = panels.costs**power, primitive(1.5)
    above = panels.above(values, panels.rest**power)
    np.testing.assert_allclose(above, left - primitive(panels.costs), atol=1e-10 * left)
    np.testing.assert_allclose(
        panels.beyond(values), left - primitive(panels.edges), atol=1e-10 * left
    )
    np.testing.assert_allclose(
        panels.by_panel(values), np.diff(primitive(panels.edges)), atol=1e-10
    )


def test_a_ceiling_far_above_all_costs_does_not_blur_them():
    costs = LogNormal(mean=1.0, cv=0.02)
    panels = grid(costs, 1000.0)
    assert panels.total(costs.cdf(panels.costs)) == pytest.approx(999.0, rel=1e-12)


def test_a_cost_finds_its_panel():
    panels = grid(Uniform(lo=80, hi=120), 110.0)
    index = panels.panel_of(panels.costs)
    assert np.array_equal(index, np.broadcast_to(np.arange(len(index))[:, np.newaxis], index.shape))
    assert panels.panel_of(np.array([0.0, 110.0, 200.0])).tolist() == [0, *[len(index) - 1] * 2]


def test_values_at_nodes_are_interpolated_to_the_rest_of_their_panel():
    panels = grid(Uniform(lo=80, hi=120), 110.0)
    np.testing.assert_allclose(
        panels.at_rest(np.log(panels.costs)), np.log(panels.rest), rtol=1e-12
    )
    assert np.all(panels.rest > panels.costs[..., np.newaxis])
    assert np.all(panels.rest < panels.edges[1:, np.newaxis, np.newaxis])


def test_a_steeply_falling_value_keeps_its_relative_accuracy():
    panels = grid(Uniform(lo=0, hi=1), 1.0)
    above = panels.above((1.0 - panels.costs) ** 39, (1.0 - panels.rest) ** 39)
    near = panels.costs < 1.0 - 1e-4  # nearer to 1 the distance to it has no digits left
    np.testing.assert_allclose(above[near], (1.0 - panels.costs[near]) ** 40 / 40.0, rtol=1e-9)


def test_values_at_nodes_are_interpolated_to_any_cost():
    panels = grid(Uniform(lo=80, hi=120), 110.0)
    cost = np.linspace(80.0, 110.0, 60).reshape(3, 20)
    np.testing.assert_allclose(panels.at(cost, np.log(panels.costs)), np.log(cost), rtol=1e-12)
    assert panels.at(np.array(95.0), panels.costs) == pytest.approx(95.0, rel=1e-14)
