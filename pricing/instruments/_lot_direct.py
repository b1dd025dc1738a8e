"""Buying without a tender: task assignment and ordering, from the plan to the contract.

Decree 32/2019: a task is assigned to the city's own unit within an estimate, while no unit price is
issued; an order takes the norm price times a negotiated factor and is paid per accepted output.
"""

import numpy as np

from pricing.city.purchase import eligible_forms
from pricing.instruments._lot_award import signed, tell_award
from pricing.instruments._lot_case import Award, Case
from pricing.instruments._lot_register import Contract
from pricing.instruments._lot_room import bind, default_offer, has_room, room
from pricing.instruments._lot_supply import SHORT, performance, private_factor

ASSIGNMENT, ORDERING = "task_assignment", "ordering"
ASSIGNMENT_DAYS = ("lot_planning_days", "lot_eligibility_days", "order_contract_days")
ORDERING_DAYS = (
    "lot_planning_days",
    "lot_eligibility_days",
    "lot_price_days",
    "order_contract_days",
)


def assign(case: Case) -> Award:
    """Assign a lot to the city's unit; the estimate is the norm cost, at most the lot's ceiling.

    None where the supplier by default is no public unit of the city or too small.
    """
    case.plan()
    yield case.until(case.desk.day + case.days(*ASSIGNMENT_DAYS), case.officer("assignment"))
    unit = case.city.offers.unit[case.city.lots.offer[case.lot]]
    is_own = case.city.units.is_public[unit] and case.city.units.owner[unit] >= 0
    if not is_own or not has_room(case, default_offer(case)):
        case.register.charge(case.lot, case.desk.parameters["administration_cost_assignment"])
        return None
    return _concluded(case, ASSIGNMENT, default_offer(case), _ceiling(case))


def order(case: Case) -> Award:
    """Order a lot at the norm price times the negotiated factor, at most at the lot's ceiling.

    From the supplier by default, or from the candidate with most room; None where none has enough.
    """
    case.plan()
    yield case.until(case.desk.day + case.days(*ORDERING_DAYS), case.officer("ordering"))
    offer = _supplier(case)
    if offer is None:
        case.tell("fallback")
    return _ordered(case, offer)


def order_instead(case: Case) -> Award:
    """The way out where no supplier was found: an order with the supplier by default.

    None where the law of the day does not allow to order the service, or it has no room.
    """
    case.tell("fallback")
    if ORDERING not in eligible_forms(case.city, case.service, case.desk.day):
        return None
    yield case.until(case.desk.day + case.days(*ORDERING_DAYS[1:]), case.officer("ordering"))
    offer = default_offer(case)
    return _ordered(case, offer if has_room(case, offer) else None)


def _ordered(case: Case, offer: int | None) -> Contract | None:
    """The order, its price negotiated today; None without a supplier."""
    if offer is None:
        case.register.charge(case.lot, case.desk.parameters["administration_cost_ordering"])
        return None
    negotiated = case.norm_price() * case.desk.parameters["negotiated_factor"]
    price = min(negotiated, _ceiling(case))
    return _concluded(case, ORDERING, offer, price)


def _concluded(case: Case, scheme: str, offer: int, price: float) -> Contract:
    """Award a lot without a tender; what it costs is the supplier's own chance."""
    bind(case, offer)
    done = performance(case, scheme, offer, price, private_factor(case, offer))
    case.register.charge(case.lot, case.desk.parameters[f"administration_cost_{SHORT[scheme]}"])
    tell_award(case, price, _ceiling(case))
    return signed(case, scheme, offer, price, done)


def _ceiling(case: Case) -> float:
    """The most that may be paid for a unit of output without a tender, VND.

    A ceiling by law, as that of check-ups (Decree 165/2026), binds however the lot is bought.
    """
    return float(np.fmin(case.norm_price(), case.city.lots.ceiling[case.lot]))


def _supplier(case: Case) -> int | None:
    """The supplier by default if it has room, else the candidate with most; ties by file order."""
    first = default_offer(case)
    if has_room(case, first):
        return first
    candidates = case.city.lots.candidates[case.lot].tolist()
    most = max(candidates, key=lambda offer: (room(case, offer), -offer))
    return most if has_room(case, most) else None
