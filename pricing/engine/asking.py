"""The month's charges once owners of non-public offers have said what they ask."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.charges import Charges, charges
from pricing.engine.clock import Clock
from pricing.engine.reprice import Money, reprice
from pricing.engine.setup import Setup
from pricing.equations.quotient import quotient
from pricing.world.flows import Pricing
from pricing.world.levers import LeverValues
from pricing.world.state import State


def asked(
    setup: Setup, state: State, parts: Array, levers: LeverValues, now: Clock
) -> tuple[State, Charges, Pricing | None]:
    """The city after this month's round of prices, its charges, and what came of the round.

    ``parts`` (norm, place_kind, component) are the price lists of the month, VND.
    """
    priced = _charges(setup, parts, levers, now, state.non_public.factor)
    if not setup.books:
        return state, priced, None
    state, found = reprice(setup, state, Money(clock=now, charges=priced, levers=levers))
    quota = _quota(setup, levers)
    if found is None and not quota.any():
        return state, priced, None
    factor = state.non_public.factor * (1.0 - quota)
    return state, _charges(setup, parts, levers, now, factor), found


def _charges(setup: Setup, parts: Array, levers: LeverValues, now: Clock, factor: Array) -> Charges:
    rules = setup.calibrated.charge_rules
    priced = charges(rules, parts, levers, now.cpi, now.years, factor)
    return priced if setup.non_public.reimbursement else _at_base_components(setup, priced)


def _at_base_components(setup: Setup, priced: Charges) -> Charges:
    """Contract prices of non-public offers with the components of the base year alone.

    What a roadmap lets into the list then reaches public units only: the link that says what
    reimbursement does for entry.
    """
    rules = setup.calibrated.charge_rules
    private = ~setup.city.units.is_public[setup.city.offers.unit] & rules.is_regulated
    let_in = setup.calibrated.levers["included"][rules.norm, rules.kind] > 0.0
    kept = np.where(private[:, None], priced.earning * let_in, priced.earning)
    share = quotient(kept.sum(1), priced.earning.sum(1), undefined=1.0)
    return replace(priced, price=priced.price * share, charged=priced.charged * share, earning=kept)


def _quota(setup: Setup, levers: LeverValues) -> Array:
    """Share of an offer's users whom its project serves without top-up or fee, (offer,)."""
    quota = np.zeros(setup.city.offers.unit.size)
    given = levers["supported_quota"]
    for candidate in np.flatnonzero(given > 0.0).tolist():
        quota[setup.city.candidates.offers[candidate]] = given[candidate]
    return quota
