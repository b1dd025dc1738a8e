"""A tender, from the plan to the contract; failed ones are repeated, then an order takes over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from pricing.instruments._lot_award import signed, tell_award
from pricing.instruments._lot_bidders import Field, field
from pricing.instruments._lot_bids import Bid
from pricing.instruments._lot_case import Award, Case
from pricing.instruments._lot_direct import order_instead
from pricing.instruments._lot_register import Contract
from pricing.instruments._lot_room import bind
from pricing.instruments._lot_supply import (
    SHOCK,
    SHOCK_SLOTS,
    performance,
    shock_factor,
)

BIDDING = "bidding"
OPENING_DAYS = ("tender_documents_days", "tender_notice_days")
AWARD_DAYS = ("tender_evaluation_days", "tender_appraisal_days", "tender_contract_days")
BIDDING_DAYS = ("lot_planning_days", *OPENING_DAYS, *AWARD_DAYS)
MOST_TENDERS = 3
"""After so many failed tenders in a row the lot is ordered."""
NEAR_CEILING = 0.98

Bidding: TypeAlias = Callable[[Field, float, float, float], tuple[Bid, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How lots are tendered.

    Parameters
    ----------
    bids
        What bidders bid: field, ceiling, spread of private costs, cost of preparing a bid.
    ceiling
        VND per unit of output in place of the lot's own; None: as the lot says.
    ceiling_factor
        Multiplies the ceiling.
    is_neutral
        Public bidders count what the grant pays.
    n_bidders
        How many bid; by chance if None.
    """

    bids: Bidding
    ceiling: float | None
    ceiling_factor: float
    is_neutral: bool
    n_bidders: int | None

    def ceiling_of(self, case: Case) -> float:
        """Ceiling price of a lot: as given, or the lot's, or its norm price at full cost."""
        own = case.city.lots.ceiling[case.lot] if self.ceiling is None else self.ceiling
        return float(case.norm_price() if np.isnan(own) else own) * self.ceiling_factor


def tender(case: Case, rules: Rules) -> Award:
    """Tender a lot up to three times, then order it; after a default without a new plan."""
    if case.attempt == 0:
        case.plan()
        yield case.desk.until(case.desk.day + case.days("lot_planning_days"))
    for _ in range(MOST_TENDERS):
        if case.attempt > 0:
            case.tell("retender")
        contract = yield from _once(case, rules)
        if contract is not None:
            return contract
        case.attempt += 1
    return (yield from order_instead(case))


def _once(case: Case, rules: Rules) -> Award:
    """One tender: notice, bids, evaluation, contract; None if nobody bids."""
    case.tell("tender")
    decided = case.officer(BIDDING)
    notice = ("retender_notice_days",) if case.attempt > 0 else OPENING_DAYS
    yield case.desk.until(case.desk.day + case.days(*notice))
    ceiling = rules.ceiling_of(case)
    opened = _opened(case, rules, ceiling)
    if not opened:
        case.register.release(case.lot)
        case.tell("failed")
        yield case.until(case.desk.day, decided)
        case.register.charge(case.lot, case.desk.parameters["administration_cost_bidding"])
        return None
    bind(case, opened[0].bidder.offer)
    _tell_bids(case, opened, ceiling)
    yield case.until(case.desk.day + case.days(*AWARD_DAYS), decided)
    case.register.charge(case.lot, case.desk.parameters["administration_cost_bidding"])
    tell_award(case, opened[0].price, ceiling)
    return _contract(case, opened[0])


def _opened(case: Case, rules: Rules, ceiling: float) -> tuple[Bid, ...]:
    """The bids on the day of their opening; a known number of bidders has come to bid."""
    parameters = case.desk.parameters
    found = field(case, is_neutral=rules.is_neutral, number=rules.n_bidders)
    share = parameters["bid_preparation_share"] if rules.n_bidders is None else 0.0
    return rules.bids(found, ceiling, parameters["bidder_cost_sd"], share * ceiling)


def _tell_bids(case: Case, opened: tuple[Bid, ...], ceiling: float) -> None:
    """Note the number of bids and what the open contracting standard flags in red."""
    price = opened[0].price
    case.tell("bids", float(len(opened)))
    flags = {
        "single_bid": len(opened) == 1,
        "near_ceiling": price >= NEAR_CEILING * ceiling,
        "abnormally_low": price < case.desk.parameters["abnormally_low_share"] * ceiling,
    }
    for event, is_raised in flags.items():
        if is_raised:
            case.tell(event)


def _contract(case: Case, won: Bid) -> Contract:
    """The winner's contract: it spends its cost, and leaves if it would lose more than its bond."""
    bidder = won.bidder
    done = performance(case, BIDDING, bidder.offer, won.price, bidder.factor)
    spent = bidder.cost * done.cost_factor / bidder.factor * shock_factor(case)
    loss = spent - won.price * done.acceptance
    parameters = case.desk.parameters
    at_stake = parameters["performance_bond_share"] + parameters["default_penalty_share"]
    full = signed(case, BIDDING, bidder.offer, won.price, done)
    full = replace(full, is_guest=bidder.is_outside)
    if loss <= at_stake * won.price or case.months == 1:
        return full
    return replace(full, end=full.start + _months_served(case), is_broken=True)


def _months_served(case: Case) -> int:
    """Months before a default, from 1: the supplier leaves at the beginning of the next."""
    uniform = case.uniforms(SHOCK, SHOCK_SLOTS)[1]
    return 1 + int(uniform * (case.months - 1))
