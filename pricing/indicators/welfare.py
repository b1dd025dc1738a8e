"""What a year is worth: users' surplus, travel and waits, units' surplus, cost of public money.

Levels are told from the base year's burden on users, so it is the difference between two scenarios
that means something: of users' surplus, the compensating variation; of the sums, the net benefit.
"""

from pricing.indicators._indicator import Quantities, Ratio, indicator
from pricing.results.labelled import Labelled

_SMALL_ROSEN = "Small and Rosen 1981, Applied welfare economics with discrete choice models"
_BROWNING = "Browning 1976; Auriol and Warlters 2012, marginal cost of public funds"
_BY_USERS = ("all", "need", "sector", "quintile", "need*quintile")


@indicator(
    "VND",
    *_BY_USERS, "place_kind", "need*place_kind", "place_kind*quintile",
    better="higher", source=_SMALL_ROSEN,
)  # fmt: skip
def user_surplus(quantity: Quantities) -> Ratio:
    """What prices, cover, support and charges are worth to users, over the base year's burden."""
    return Ratio(of=quantity("user_surplus"))


@indicator(
    "VND per resident and year",
    "all", "place_kind", "quintile", "place_kind*quintile",
    better="higher", source=_SMALL_ROSEN,
)  # fmt: skip
def user_surplus_per_resident(quantity: Quantities) -> Ratio:
    """Users' surplus over residents."""
    return Ratio(of=quantity("user_surplus"), over=quantity("people"))


@indicator("VND", *_BY_USERS, better="lower", source="model description, user price")
def travel_cost(quantity: Quantities) -> Ratio:
    """Money and time that residents spend on their way to services."""
    return Ratio(of=quantity("travel_cost"))


@indicator("VND", *_BY_USERS, better="lower", source="model description, welfare")
def waiting_cost(quantity: Quantities) -> Ratio:
    """What waiting costs residents: hours in line, days on a list at a small share of income."""
    return Ratio(of=quantity("waiting_cost"))


@indicator(
    "VND", "all", "sector", "ownership", "sector*ownership",
    better="higher", source="Decree 60/2021/ND-CP, article 10",
)  # fmt: skip
def unit_surplus(quantity: Quantities) -> Ratio:
    """Revenue, grants and capital of units less their cost: producer surplus before entry costs."""
    return Ratio(of=quantity("unit_surplus"))


@indicator("VND", "all", better="lower", source=_BROWNING)
def cost_of_public_money(quantity: Quantities) -> Ratio:
    """What budgets and the fund spend, at the marginal cost of raising it."""
    return Ratio(of=_public_money(quantity))


@indicator("VND", "all", better="lower", source="Harberger 1964; Browning 1976")
def deadweight_loss(quantity: Quantities) -> Ratio:
    """Cost of public money beyond what users and units gain by it."""
    return Ratio(of=_public_money(quantity) - _gains(quantity, quantity("user_surplus").total()))


@indicator("VND", "all", better="higher", source="model description, welfare")
def net_social_benefit(quantity: Quantities) -> Ratio:
    """Surplus of users and units less crowding, waits and the cost of public money."""
    users = _after_crowding(quantity).total()
    return Ratio(of=_gains(quantity, users) - _public_money(quantity))


@indicator("VND", "all", better="higher", source="Atkinson 1970; Feldstein 1972")
def social_welfare(quantity: Quantities) -> Ratio:
    """Net social benefit with a dong of each quintile at its social weight, of the mean 1."""
    users = (_after_crowding(quantity) * quantity("social_weight")).total()
    return Ratio(of=_gains(quantity, users) - _public_money(quantity))


def _after_crowding(quantity: Quantities) -> Labelled:
    """Users' surplus less what crowding costs them on the way and in waiting, by quintile."""
    surplus = quantity("user_surplus").total("need", "place_kind")
    crowding = quantity("detour_cost") + quantity("waiting_cost")
    return surplus - crowding.total("need")


def _gains(quantity: Quantities, users: Labelled) -> Labelled:
    """Gain of users and units; outsiders, whose use no price moves, lose what they pay."""
    outsiders = quantity("payment_outsiders") * quantity.only("payer", "household")
    return users + quantity("unit_surplus").total() - outsiders.total()


def _public_money(quantity: Quantities) -> Labelled:
    """Budgets, fund and its administration, national payers for outsiders; premiums paid once."""
    spent = quantity("outlay").total() + quantity("claims") + quantity("administration")
    premiums = (quantity("contribution") * quantity.only("contributor", "budget")).total()
    national = quantity("payment_outsiders") * quantity.only("payer", "fund", "budget")
    return (spent - premiums + national.total()) * quantity("cost_of_funds")
