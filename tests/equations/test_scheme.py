"""Supplier behaviour: the best reply under each scheme, and who bears which risk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.city.rows.lots import SCHEMES
from pricing.equations.scheme import (
    RETAINED,
    RISKS,
    Nature,
    Terms,
    acceptance,
    behaviour,
    bidding_cost,
    ordering_cost,
    risk_bearers,
    supplier_gain,
)

shares = st.floats(0.0, 1.0)
costs = st.floats(50.0, 200.0)
curves = st.floats(100.0, 5000.0)


@st.composite
def suppliers(draw):
    terms = Terms(
        retained=draw(shares),
        price=draw(costs),
        penalty=draw(st.floats(0.0, 1.0)),
        floor=draw(shares),
    )
    quality = draw(shares)
    nature = Nature(
        cost=draw(costs),
        quality=quality,
        harm=quality * draw(shares),
        cut_cost=draw(curves),
        effort_cost=draw(curves),
        motivation=draw(st.floats(0.0, 100.0)),
    )
    return terms, nature


@given(suppliers())
def test_no_other_effort_or_cut_gains_more(supplier):
    terms, nature = supplier
    found = behaviour(terms, nature)
    best = supplier_gain(terms, nature, found.effort, found.cut)
    effort, cut = np.meshgrid(np.linspace(0.0, 1.0, 41), np.linspace(0.0, 1.0, 41))
    others = supplier_gain(terms, nature, effort, cut)
    near = supplier_gain(
        terms,
        nature,
        found.effort + np.array([1e-3, -1e-3, 0.0, 0.0]),
        np.clip(found.cut + np.array([0.0, 0.0, 1e-3, -1e-3]), 0.0, 1.0),
    )
    # terms of thousands cancel in a gain that may be near zero
    scale = 1e-12 * float(terms.price + nature.cost + nature.cut_cost + nature.effort_cost) + 1e-9
    assert float(others.max()) <= float(best) + scale
    assert float(near.max()) <= float(best) + scale


@given(suppliers())
def test_who_keeps_nothing_cuts_nothing(supplier):
    terms, nature = supplier
    nothing = Terms(retained=0.0, price=terms.price, penalty=terms.penalty, floor=terms.floor)
    found = behaviour(nothing, nature)
    assert found.cut == pytest.approx(0.0, abs=1e-12)
    assert found.effort == pytest.approx(nature.motivation / nature.effort_cost)


def test_the_first_order_conditions_of_the_model():
    terms = Terms(retained=1.0, price=100.0, penalty=0.5, floor=0.9)
    nature = Nature(
        cost=80.0, quality=0.2, harm=0.5, cut_cost=1000.0, effort_cost=1000.0, motivation=10.0
    )
    found = behaviour(terms, nature)
    worth = 10.0 + 100.0 * 0.5
    assert found.penalty == pytest.approx(0.5)
    assert found.effort == pytest.approx(worth / 1000.0)
    assert found.cut == pytest.approx((80.0 - 0.5 * worth) / 1000.0)
    assert found.quality == pytest.approx(0.2 + found.effort - 0.5 * found.cut)
    assert found.cost == pytest.approx(80.0 * (1.0 - found.cut))


def test_he_stops_at_the_floor_and_all_is_accepted():
    terms = Terms(retained=1.0, price=100.0, penalty=1.0, floor=0.8)
    nature = Nature(
        cost=80.0, quality=0.82, harm=0.9, cut_cost=1000.0, effort_cost=1000.0, motivation=0.0
    )
    found = behaviour(terms, nature)
    assert found.quality == 0.8
    assert found.acceptance == 1.0
    assert 0.0 < found.penalty < 1.0


def test_acceptance_falls_by_the_slope_below_the_floor():
    terms = Terms(retained=1.0, price=1.0, penalty=0.5, floor=0.8)
    assert acceptance([0.9, 0.8, 0.6], terms) == pytest.approx([1.0, 1.0, 0.9])


def test_each_scheme_names_a_bearer_of_each_risk():
    assert RETAINED.size == len(SCHEMES)
    for scheme in SCHEMES:
        assert set(risk_bearers(scheme)) == set(RISKS)
    assert risk_bearers("task_assignment")["volume"] == "budget"
    assert risk_bearers("bidding")["payment_delay"] == "supplier"


def test_a_failed_tender_is_bought_at_the_fallback():
    assert bidding_cost(10.0, 90.0, 0.1, 120.0) == pytest.approx(10.0 * (90.0 + 12.0))
    assert ordering_cost([1.0, 2.0], 100.0) == pytest.approx([100.0, 200.0])
