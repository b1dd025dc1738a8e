"""Bids for lots: whoever is alike bids alike, by whatever equilibrium; dear bids are not made."""

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.instruments._lot_bidders import PUBLIC, Field
from pricing.instruments._lot_bids import bids, bids_by_type

COSTS = (90.0, 100.0, 115.0)
SPREAD = 0.12
CEILING = np.array([120.0])
FREE = np.zeros(1)


def alike(costs: tuple[float, ...] = COSTS, unit: float = 1.0) -> Field:
    """Bidders of one kind for one lot, whose number is known, in money of a unit."""
    number = len(costs)
    cost = unit * np.array([costs])
    return Field(
        is_there=np.ones((1, number), dtype=np.bool_),
        offer=np.arange(number)[None, :],
        kind=np.full((1, number), PUBLIC),
        expected=np.full((1, number), 100.0 * unit),
        cost=cost,
        factor=cost / (100.0 * unit),
        is_outside=np.zeros(number, dtype=np.bool_),
        chances=np.eye(number + 1)[[number]],
        unseen=(np.zeros(1), np.full(1, 100.0 * unit)),
    )


def made(field: Field, preparation: Array = FREE, unit: float = 1.0) -> Array:
    """Bids for the lot, (bidder,)."""
    found: Array = bids(field, unit * CEILING, SPREAD, unit * preparation)[0]
    return found


def test_the_lowest_cost_bids_lowest_above_its_cost_and_under_the_ceiling():
    found = made(alike())
    assert np.all(np.diff(found) > 0.0)
    assert np.all((found >= COSTS) & (found <= CEILING[0]))
    assert np.isnan(made(alike((130.0,)))).all()


def test_who_cannot_earn_the_cost_of_a_bid_makes_none():
    found = np.isfinite(made(alike(), np.ones(1)))
    assert found.tolist() in ([True, False, False], [True, True, False])


def test_in_money_of_another_unit_bids_are_the_same_shares():
    assert made(alike(unit=1e3), unit=1e3) / 1e3 == pytest.approx(made(alike()))


def test_types_that_are_one_type_bid_like_bidders_that_are_alike():
    typed = bids_by_type(alike(), CEILING, SPREAD, FREE)[0]
    assert typed == pytest.approx(made(alike()), rel=0.01)
    dear = bids_by_type(alike(), CEILING, SPREAD, np.array([1.0]))[0]
    assert 0 < np.isfinite(dear).sum() < 3


def test_where_nobody_is_there_nobody_bids():
    field = alike(())
    assert made(field).size == 0
    assert bids_by_type(field, CEILING, SPREAD, FREE).size == 0
