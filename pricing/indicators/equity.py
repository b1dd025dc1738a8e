"""Who gets and who pays across fifths of living standard: incidence and concentration.

Indices are of fifths, weighted by their residents; what differs within a fifth is not in them.
"""

from pricing.equations.inequality import group_rank
from pricing.indicators._indicator import Quantities, Ratio, indicator
from pricing.results.labelled import Labelled

_INDEX = "index from −1, all to the poorest, to 1"
_WORLD_BANK = "O'Donnell, van Doorslaer, Wagstaff and Lindelow 2008, Analyzing Health Equity"


@indicator(
    "share", "quintile", "sector*quintile", "need*quintile",
    source=f"{_WORLD_BANK}, chapter 14",
)  # fmt: skip
def public_benefit_share(quantity: Quantities) -> Ratio:
    """Each fifth's share of the money of budgets and the fund for residents' services."""
    public = _public(quantity)
    return Ratio(of=public, over=public.total("quintile"))


@indicator(
    _INDEX, "all", "sector", "need", better="lower", source=f"{_WORLD_BANK}, chapters 8 and 14"
)
def public_benefit_concentration(quantity: Quantities) -> Ratio:
    """Concentration of that money: below 0 where the poorer fifths get more of it."""
    return _concentration(quantity, _public(quantity))


@indicator(
    _INDEX, "payer", "sector*payer", "need*payer", source=f"{_WORLD_BANK}, chapters 8 and 16"
)
def payer_concentration(quantity: Quantities) -> Ratio:
    """Concentration of what each payer pays for residents' services over their users."""
    return _concentration(quantity, quantity("payment"))


@indicator(_INDEX, "all", "need", source=f"{_WORLD_BANK}, chapter 8")
def travel_concentration(quantity: Quantities) -> Ratio:
    """Concentration of the way to services, km: below 0 where the poorer travel more."""
    return _concentration(quantity, quantity("travel_km"))


@indicator(_INDEX, "all", "need", source=f"{_WORLD_BANK}, chapter 8")
def waiting_concentration(quantity: Quantities) -> Ratio:
    """Concentration of days waited: below 0 where the poorer wait more."""
    return _concentration(quantity, quantity("waiting"))


def _public(quantity: Quantities) -> Labelled:
    """What budgets and the fund pay for residents' services, by service and quintile."""
    paid = quantity("payment") * quantity.only("payer", "fund", "budget")
    return paid.total("payer")


def _concentration(quantity: Quantities, amount: Labelled) -> Ratio:
    """C = Σ y·(2R − 1) / Σ y over fifths with the middle ranks R."""
    people = quantity("people").total("place")
    weight = Labelled(axes=people.axes, values=2.0 * group_rank(people.values) - 1.0)
    return Ratio(of=amount * weight, over=amount)
