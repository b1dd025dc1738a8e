"""The award of a lot: the contract as it is signed, and what is told of it."""

from pricing.instruments._lot_case import Case
from pricing.instruments._lot_register import Contract
from pricing.instruments._lot_supply import Performance, shock_factor


def tell_award(case: Case, price: float, ceiling: float) -> None:
    """Note an award: its value, that of its ceiling (VND per unit each), days since the plan."""
    case.tell("award")
    case.tell("award_value", price * case.units)
    case.tell("ceiling_value", ceiling * case.units)
    case.tell("cycle_days", float(case.desk.day - case.begun))


def signed(case: Case, scheme: str, offer: int, price: float, done: Performance) -> Contract:
    """The contract from the next first day of a month on, or from the end of the one before."""
    start = case.next_start
    return Contract(
        scheme=scheme,
        offer=offer,
        price=price,
        volume=case.volume_month,
        quality=done.quality,
        acceptance=done.acceptance,
        cost_factor=done.cost_factor * shock_factor(case),
        start=start,
        end=start + case.months,
    )
