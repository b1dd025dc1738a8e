"""Lots that the budget buys: price, saving, failures, delivery, quality, and the red flags.

Everything is undefined, and has no row, for services of which no scenario of the run buys a lot.
"""

from pricing.indicators._indicator import Quantities, Ratio, indicator
from pricing.results.labelled import Labelled

_DECREE = "Decree 32/2019/ND-CP on assigning, ordering and bidding for public services"
_OCDS = "Open Contracting Data Standard 1.1"
_RED_FLAGS = "Open Contracting Partnership 2024, Red Flags in Public Procurement"


@indicator("VND", "service", "lot", better="lower", source=_DECREE)
def lot_price(quantity: Quantities) -> Ratio:
    """What the budget pays, returns taken off, per accepted unit; users' part comes on top."""
    return Ratio(of=quantity("lot_paid"), over=quantity("lot_accepted"))


@indicator(
    "share", "all", "service", better="lower", source=f"{_OCDS}, award value over tender value"
)
def award_over_ceiling(quantity: Quantities) -> Ratio:
    """Value of the year's awards over their value at the ceiling; 1 where a task is assigned."""
    return Ratio(of=quantity.event("award_value"), over=quantity.event("ceiling_value"))


@indicator("share", "all", "service", better="higher", source="model description, state budget")
def lot_saving(quantity: Quantities) -> Ratio:
    """One less what was paid and its administration cost over the same payments at the ceiling.

    At the ceiling a lot would cost what was paid or advanced times ceiling over price, both as
    awarded up to the year; the volumes accepted and the users' part are the same in both. Money
    that an assignment returns is a saving.
    """
    spent = quantity("lot_paid") + quantity("lot_administration")
    ceiling, value = quantity.event_so_far("ceiling_value"), quantity.event_so_far("award_value")
    reference = (quantity("lot_paid") + quantity("lot_returned")) * (ceiling / value)
    return Ratio(of=reference - spent, over=reference)


@indicator("bids a tender", "all", "service", better="higher", source=f"{_OCDS}, numberOfTenderers")
def lot_bidders(quantity: Quantities) -> Ratio:
    """Bids received per tender."""
    return Ratio(of=quantity.event("bids"), over=quantity.event("tender"))


@indicator("lots", "all", "service", source=f"{_OCDS}, tender")
def tendered_lots(quantity: Quantities) -> Ratio:
    """Tenders of the year, repeated ones included."""
    return _number(quantity, "tender")


@indicator("lots", "all", "service", source=f"{_OCDS}, award")
def awarded_lots(quantity: Quantities) -> Ratio:
    """Contracts of the year, however the lot was bought."""
    return _number(quantity, "award")


@indicator("lots", "all", "service", better="lower", source=f"{_OCDS}, tender status unsuccessful")
def failed_lots(quantity: Quantities) -> Ratio:
    """Tenders of the year that drew no bid under the ceiling, repeated ones included."""
    return _number(quantity, "failed")


@indicator("lots", "all", "service", better="lower", source=f"{_OCDS}, contract status terminated")
def defaulted_lots(quantity: Quantities) -> Ratio:
    """Contracts that their supplier broke in the year."""
    return _number(quantity, "default")


@indicator("days", "all", "service", better="lower", source="model description, state budget")
def interruption_days(quantity: Quantities) -> Ratio:
    """Days of the year in which lots that had been served were not, summed over lots."""
    return _number(quantity, "interruption_days")


@indicator("share", "all", "service", "lot", better="higher", source=_DECREE)
def delivered_over_ordered(quantity: Quantities) -> Ratio:
    """Units of output delivered under lots over those ordered."""
    return Ratio(of=quantity("lot_delivered"), over=quantity("lot_ordered"))


@indicator("share", "all", "service", "lot", better="higher", source="model description, suppliers")
def lot_quality(quantity: Quantities) -> Ratio:
    """Quality of what lots delivered, 0 to 1, weighted by units of output."""
    return Ratio(of=quantity("lot_quality"), over=quantity("lot_delivered"))


@indicator("days", "all", "service", better="lower", source=f"{_OCDS}, tender to award period")
def lot_cycle_days(quantity: Quantities) -> Ratio:
    """Days from the plan of a lot to its award, mean over the year's awards."""
    return Ratio(of=quantity.event("cycle_days"), over=quantity.event("award"))


@indicator("VND", "all", "service", better="lower", source=_DECREE)
def lot_administration(quantity: Quantities) -> Ratio:
    """What planning, procurement and inspection of lots cost the city."""
    return Ratio(of=quantity("lot_administration"), where=_is_bought(quantity))


@indicator(
    "share", "all", "service", better="lower", source=f"{_RED_FLAGS}: R018, single bid received"
)
def single_bid_share(quantity: Quantities) -> Ratio:
    """Share of the tenders that drew bids in which one was received."""
    return Ratio(of=quantity.event("single_bid"), over=_with_bids(quantity))


@indicator(
    "share",
    "all",
    "service",
    better="lower",
    source=f"{_RED_FLAGS}: R031, winning bid price very close or higher than estimated price",
)
def near_ceiling_share(quantity: Quantities) -> Ratio:
    """Share of the tenders that drew bids whose winning bid lay just below the ceiling."""
    return Ratio(of=quantity.event("near_ceiling"), over=_with_bids(quantity))


def _with_bids(quantity: Quantities) -> Labelled:
    return quantity.event("tender") - quantity.event("failed")


def _number(quantity: Quantities, event: str) -> Ratio:
    """What an event came to, of lots of services that some scenario buys."""
    return Ratio(of=quantity.event(event), where=_is_bought(quantity))


def _is_bought(quantity: Quantities) -> Labelled:
    return quantity.ever("lot_ordered") + quantity.ever("lot_administration")
