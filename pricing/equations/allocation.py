"""Allocation of the cost of support centres to final ones: direct, step-down, reciprocal.

Horngren, Datar & Rajan, Cost Accounting (2012), ch. 15; step-down is the usual cost finding of
hospitals (Shepard, Hodgkin & Anthony 2000; Conteh & Walker 2004). Every method conserves total
cost: a centre that no admitted centre uses keeps its own. Own use is left out.

`direct_cost` is (centre,) in VND; `use` (centre, centre) holds in row i the units of service that
centre i gives to each column; rows of final centres are not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.equations.quotient import quotient


def direct_allocation(direct_cost: Array, use: Array, final: BoolArray) -> Array:
    """Full cost by centre, (centre,), when support centres charge final ones only."""
    share = _shares(use, np.outer(~final, final))
    return _passed_on(direct_cost, share)


def step_down(direct_cost: Array, use: Array, order: Sequence[int]) -> Array:
    """Full cost by centre, (centre,), when support centres close one after another in `order`.

    A closed centre charges all centres still open, final or not; the result depends on the order.
    """
    cost = direct_cost.copy()
    is_open = np.ones(cost.size, dtype=np.bool_)
    for centre in order:
        is_open[centre] = False
        received = use[centre] * is_open
        if received.sum() > 0.0:
            cost += cost[centre] * received / received.sum()
            cost[centre] = 0.0
    return cost


@dataclass(frozen=True, slots=True, kw_only=True)
class ReciprocalAllocation:
    """`full` cost after allocation and `gross` cost before charging others, both (centre,), VND."""

    full: Array
    gross: Array


def reciprocal(direct_cost: Array, use: Array, final: BoolArray) -> ReciprocalAllocation:
    """Full cost when support centres serve each other: gross = direct + shareᵀ·gross.

    Some final centre must stand behind every circle of support centres, else none pays for it.
    """
    others = ~np.eye(direct_cost.size, dtype=np.bool_)
    share = _shares(use, ~final[:, None] & others)
    gross: Array = np.asarray(
        np.linalg.solve(np.eye(direct_cost.size) - share.T, direct_cost), dtype=np.float64
    )
    return ReciprocalAllocation(full=gross * (1.0 - share.sum(axis=1)), gross=gross)


def _shares(use: Array, admitted: BoolArray) -> Array:
    given: Array = np.where(admitted, use, 0.0)
    return quotient(given, given.sum(axis=1, keepdims=True), undefined=0.0)


def _passed_on(cost: Array, share: Array) -> Array:
    kept: Array = cost * (1.0 - share.sum(axis=1))
    received: Array = cost @ share
    return kept + received
