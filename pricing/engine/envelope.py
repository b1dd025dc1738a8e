"""The budgets under their envelopes: what is paid, owed, postponed, saved, and what that wears.

State Budget Law 83/2015 (89/2025): an envelope is retained revenue with the balancing transfer,
which covers what base-year policy would take at today's pay and prices and the volumes of the
stability period, and targeted transfers, which cover the entitlements that the law sets (tuition
exemption, check-ups, premiums, programmes). A scenario cuts it, adds to it, or gives an amount.
What is due and not paid stands as arrears to the units; capital that is not paid is postponed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.base.calendar import Month
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.engine.budget_lines import Owed, budget_lines
from pricing.engine.cash import other_health
from pricing.engine.insurance import payer_shares, raised, subsidies
from pricing.engine.members import BUDGET, HOUSEHOLD
from pricing.engine.norms import norm_cost
from pricing.engine.setup import Setup
from pricing.engine.standing import CASH, CITY_LEVEL, MONTHS
from pricing.equations.envelope import Allotment, allot
from pricing.equations.quality import age_share
from pricing.equations.quotient import quotient
from pricing.world.accounts import LINES
from pricing.world.envelope import EnvelopeFlows, EnvelopeState
from pricing.world.flows import Flows
from pricing.world.ledger import Ledger, check_stock
from pricing.world.lever_row import LINKS, RECYCLINGS
from pricing.world.levers import LeverValues
from pricing.world.recorder import Recorder
from pricing.world.state import State

SUPPORT = ("user_support", "tuition_replacement", "private_support", "check_up")
RECURRENT = (*SUPPORT, "per_pupil_payment", "recurrent_grant")
CAPITAL, GRANT = LINES.index("capital"), LINES.index("recurrent_grant")
PREMIUM, OTHER_HEALTH = LINES.index("premium_subsidy"), LINES.index("other_health")
LOTS, LOT_ADMINISTRATION = LINES.index("lots"), LINES.index("lot_administration")
TARGETED = [LINES.index(line) for line in (*SUPPORT, "premium_subsidy", "other_health")]
AFTER = 0.5  # arrears are paid behind the grants of the month, before what ranks behind them


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What the levers say of the envelopes of a month."""

    factor: Array
    amount: Array
    extra: Array
    rank: Array
    recycling: Array
    links: dict[str, bool]

    @property
    def is_bound(self) -> BoolArray:
        """Levels that have an envelope, (budget_level,)."""
        return np.asarray(np.isfinite(self.factor) | np.isfinite(self.amount))


def _terms(levers: LeverValues) -> _Terms:
    links = dict(zip(LINKS, (levers.last("envelope_link") > 0.0).tolist(), strict=True))
    rank = levers.last("envelope_rank")
    if not links["cash"]:  # somebody else's money keeps recurrent lines whole, beyond the envelope
        rank = np.where(np.arange(rank.size) == CAPITAL, rank, 0.0)
    return _Terms(
        factor=levers.last("envelope_factor"),
        amount=levers.last("envelope_amount"),
        extra=levers.last("envelope_extra"),
        rank=rank,
        recycling=levers.last("envelope_recycling"),
        links=links,
    )


def envelope_flows(
    setup: Setup, state: State, levers: LeverValues, flows: Flows, month: Month
) -> EnvelopeFlows | None:
    """The month's budgets under their envelopes; None where none has one and nothing is owed."""
    on, before = _terms(levers), state.envelope
    if not on.is_bound.any() and not before.owed.any():
        return None
    due = _due(setup, levers, flows, month)
    cap = _cap(setup, (on, state), flows, due)
    saved = np.zeros_like(cap) if month.number == 1 else before.saved
    owed = before.owed.sum(1)
    found = allot(cap + saved, np.vstack([due, owed]), np.append(on.rank, on.rank[GRANT] + AFTER))
    share = quotient(found.paid[:-1], due, undefined=1.0)
    bought = _bought(on, found, saved, _household(setup, levers, flows, month))
    return EnvelopeFlows(
        is_bound=on.is_bound,
        cap=np.where(on.is_bound, cap, 0.0),
        due=due,
        share=share,
        marginal=_with_arrears(found),
        unpaid=_unpaid(setup, flows, share),
        repaid=before.owed * quotient(found.paid[-1], owed, undefined=0.0)[:, None],
        postponed=_postponed(setup, flows, share),
        premium=bought[0],
        prevention=bought[1],
        saved=np.where(on.is_bound, found.left, 0.0) - bought.sum(0),
    )


def _with_arrears(found: Allotment) -> Array:
    """What each line takes of one more VND; old arrears are recurrent grants."""
    marginal = found.marginal[:-1].copy()
    marginal[GRANT] += found.marginal[-1]
    return marginal


def _cap(setup: Setup, on: tuple[_Terms, State], flows: Flows, due: Array) -> Array:
    """The month's part of each envelope, (budget_level,) VND; infinite where there is none."""
    terms, state = on
    reference = due[TARGETED].sum(0) + _standing(setup, state, flows)
    given = np.isfinite(terms.amount)
    by_factor = np.where(np.isfinite(terms.factor), terms.factor, 1.0) * reference
    cap = np.where(given, terms.amount / MONTHS, by_factor) + terms.extra / MONTHS
    return np.where(terms.is_bound, cap, np.inf)


def _standing(setup: Setup, state: State, flows: Flows) -> Array:
    """What base-year policy leaves to grants and capital at today's norms, (budget_level,) VND.

    The share of norm cost that the base year's prices leave open, at today's norm cost and the
    volumes planned for the stability period; work outside priced services at today's pay.
    """
    offers, levels = setup.city.offers, len(BUDGET_LEVELS)
    base = setup.calibrated.charges
    norm = norm_cost(setup.calibrated.basis, setup.calibrated.levers, 1.0, 0.0)[offers.norm]
    gap = np.maximum(norm - base.earning - base.order_earning, 0.0)
    replaced = setup.calibrated.parameters["capital_replacement_share"]
    owned = setup.offers.is_public * (setup.city.units.owner[offers.unit] >= 0)
    gap[:, :CASH] *= setup.offers.granted[:, None]
    gap[:, CASH] *= owned * replaced
    value = (quotient(gap, norm, undefined=0.0) * flows.norm[offers.norm]).sum(1) * state.plan
    standing = np.bincount(setup.offers.budget, value, levels)
    mandate = np.bincount(setup.units.budget, flows.supply.mandate, levels)
    return np.asarray(standing + mandate, dtype=np.float64)


def _due(setup: Setup, levers: LeverValues, flows: Flows, month: Month) -> Array:
    """Obligations of the month, (line, budget_level) VND."""
    due: Array = _unit_lines(setup, flows).sum(0)
    contribution = raised(setup, levers, flows.cpi, month.index / MONTHS)
    budget = contribution * float(payer_shares(setup, levers)[BUDGET])
    due[PREMIUM] += subsidies(levers, budget)
    due[OTHER_HEALTH, CITY_LEVEL] += other_health(setup, flows)
    if flows.lots is not None:
        due[LOTS, CITY_LEVEL] += float(flows.lots.paid.sum() + flows.lots.advanced.sum())
        due[LOT_ADMINISTRATION, CITY_LEVEL] += float(flows.lots.administration.sum())
    return due


def _unit_lines(setup: Setup, flows: Flows) -> Array:
    """What budgets owe the units this month, (sector, line, budget_level) VND."""
    paid, supplied = flows.payments, flows.supply
    return budget_lines(
        setup,
        Owed(
            support=paid.support.sum(0),
            order=paid.order,
            grant=supplied.grant.sum(1),
            capital=supplied.capital,
            mandate=supplied.mandate,
        ),
    )


def _household(setup: Setup, levers: LeverValues, flows: Flows, month: Month) -> float:
    """Contributions of households this month, which bought premiums cannot exceed, VND."""
    contribution = raised(setup, levers, flows.cpi, month.index / MONTHS)
    return float(contribution * payer_shares(setup, levers)[HOUSEHOLD])


def _bought(on: _Terms, found: Allotment, saved: Array, household: float) -> Array:
    """What the saving of the month buys, (recycling, budget_level) VND."""
    left = np.where(on.is_bound, found.left, 0.0)
    fresh = np.maximum(left - saved, 0.0)
    wanted = on.recycling[:, None] * fresh
    premium = RECYCLINGS.index("premium")
    wanted[premium] *= min(1.0, household / max(float(wanted[premium].sum()), 1.0))
    return np.asarray(wanted)


def _by_level(setup: Setup, amounts: Array) -> Array:
    """Amounts to units (unit,) by the level that owns each, (budget_level, unit)."""
    owner = setup.units.budget == np.arange(len(BUDGET_LEVELS))[:, None]
    return np.asarray(owner * amounts)


def _recurrent_due(setup: Setup, flows: Flows) -> Array:
    """Recurrent money due to units this month, (recurrent line, budget_level, unit) VND."""
    paid, supplied, offers = flows.payments, flows.supply, setup.offers
    line = np.array(offers.support_line)
    support = np.stack([(line == name) * paid.support.sum(0) for name in SUPPORT])
    by_unit = setup.sums.by_unit(np.vstack([support, paid.order, supplied.grant.sum(1)]))
    by_unit[-1] += supplied.mandate
    table = np.zeros((len(RECURRENT), len(BUDGET_LEVELS), by_unit.shape[1]))
    table[: len(SUPPORT), CITY_LEVEL] = by_unit[: len(SUPPORT)]
    for row in range(len(SUPPORT), len(RECURRENT)):
        table[row] = _by_level(setup, by_unit[row])
    return table


def _unpaid(setup: Setup, flows: Flows, share: Array) -> Array:
    """Recurrent money due to units and not paid, (budget_level, unit) VND."""
    rows = share[[LINES.index(line) for line in RECURRENT]]
    unpaid: Array = np.einsum("nl,nlu->lu", 1.0 - rows, _recurrent_due(setup, flows))
    return unpaid


def _postponed(setup: Setup, flows: Flows, share: Array) -> Array:
    """Capital not paid, (budget_level, unit) VND."""
    capital = _by_level(setup, setup.sums.by_unit(flows.supply.capital))
    return np.asarray((1.0 - share[CAPITAL])[:, None] * capital)


def budget_change(setup: Setup, flows: Flows) -> Array:
    """What envelopes change of the month's outlay, (sector, line, budget_level) VND.

    Unpaid lines less repaid arrears, and what savings buy in prevention; premiums bought count
    with the premium subsidies.
    """
    change = np.zeros((len(setup.city.sectors), len(LINES), len(BUDGET_LEVELS)))
    if flows.envelope is None:
        return change
    change -= (1.0 - flows.envelope.share) * _unit_lines(setup, flows)
    np.add.at(change[:, GRANT], setup.city.units.sector, flows.envelope.repaid.T)
    change[setup.health_sector, OTHER_HEALTH] += flows.envelope.prevention
    return change


def under_envelope(setup: Setup, levers: LeverValues, after: State, flows: Flows) -> State:
    """The state after a month, with what the envelopes left unpaid in it.

    Postponed capital wears the assets, and bills that units cannot pay because budgets owe them
    cost posts and supplies; both cost quality, where the links hold.
    """
    found = flows.envelope
    if found is None:
        return after
    links, before = _terms(levers).links, after.envelope
    value = setup.city.units.asset_value
    missing = found.postponed.sum(0) / flows.cpi * setup.units.is_public
    worn = before.worn + quotient(missing, value, undefined=0.0) * links["assets"]
    carried = replace(
        before, owed=before.owed + found.unpaid - found.repaid, saved=found.saved, worn=worn
    )
    loss = np.minimum(_lost_quality(setup, after, carried) * links["quality"], after.quality)
    seen = after.quality - (loss if links["use"] else 0.0)
    hidden = np.zeros_like(loss) if links["use"] else loss
    return replace(after, quality=seen, envelope=replace(carried, hidden=hidden))


def _lost_quality(setup: Setup, after: State, carried: EnvelopeState) -> Array:
    """Quality lost by worn assets and unpaid bills, (offer,)."""
    parameters = setup.calibrated.parameters
    older = age_share(after.asset - carried.worn) - age_share(after.asset)
    by_unit = parameters["quality_age_slope"] * older
    by_unit = by_unit + parameters["quality_arrears_slope"] * carried.unpaid_months
    return np.asarray(by_unit[setup.city.offers.unit] * setup.offers.is_public)


def with_unpaid_bills(setup: Setup, after: State, flows: Flows, bills: Array) -> State:
    """The state with the months of cost that units owe because budgets owe them; ``bills`` (unit,).

    Of a unit's unpaid bills no more counts than what budgets owe it.
    """
    if flows.envelope is None:
        return after
    cost = setup.sums.by_unit(flows.supply.cost[:, :CASH].sum(1)) + flows.supply.mandate
    caused = np.minimum(bills, after.envelope.owed.sum(0))
    months = quotient(caused, cost, undefined=0.0)
    return replace(after, envelope=replace(after.envelope, unpaid_months=months))


def check_arrears(
    setup: Setup, ledger: Ledger, change: tuple[State, State], flows: Flows, month: Month
) -> None:
    """Arrears of the budgets: opening + due - received = closing, unit by unit.

    What units received of budgets is read from the ledger, what was due from the market.

    Raises
    ------
    InvariantError
        Naming the unit, the month and the gap.
    """
    before, after = change
    if flows.envelope is None:
        return
    lines = [*RECURRENT, "budget_arrears"]
    received = np.sum([ledger.month_receipts(line, "units") for line in lines], axis=0)
    paid = flows.payments
    received = received - setup.sums.by_unit(paid.outside_support + paid.outside_order)
    due = _recurrent_due(setup, flows).sum((0, 1))
    opening, closing = before.envelope.owed.sum(0), after.envelope.owed.sum(0)
    check_stock("budget arrears", opening, due - received, closing, month, ledger.gross())


def record_envelope(recorder: Recorder, flows: Flows, year: int) -> None:
    """Add the month's envelopes, the obligations under them, and what one more VND would pay."""
    found = flows.envelope
    if found is None:
        return
    recorder.add("envelope_cap", year, found.cap)
    recorder.add("obligation", year, found.due * found.is_bound)
    recorder.add("envelope_marginal", year, found.marginal / MONTHS)
