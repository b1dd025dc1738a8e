"""Non-public provision: its share of use and capacity, its prices, who enters and leaves.

All come from a market of owners; where a scenario has none there is no row.
"""

from pricing.indicators._indicator import Quantities, Ratio, indicator
from pricing.results.labelled import Labelled

_TARGETS = "Resolution 35/NQ-CP 2019; master plan of health facilities to 2030"
_BLP = "Berry, Levinsohn and Pakes 1995; Bresnahan 1989"
_DECREES = "Decrees 69/2008/ND-CP and 59/2014/ND-CP"
_ENTRY = "model description, non-public supply"


def _non_public(quantity: Quantities, name: str) -> Labelled:
    """What a quantity by ownership comes to in non-public units."""
    return (quantity(name) * quantity.only("ownership", "non_public")).total("ownership")


@indicator("share", "service", "need", "service*quintile", "need*quintile", source=_TARGETS)
def non_public_share(quantity: Quantities) -> Ratio:
    """Units of output that residents used in non-public units of the city, over all in the city."""
    return Ratio(of=_non_public(quantity, "use_ownership"), over=quantity("use_ownership"))


@indicator("share", "service*place", source=_TARGETS)
def non_public_share_made(quantity: Quantities) -> Ratio:
    """Units of output that non-public units of a place made, over all that its units made."""
    return Ratio(of=_non_public(quantity, "provided"), over=quantity("provided"))


@indicator("share", "all", "service", "sector", source=_TARGETS)
def non_public_payment_share(quantity: Quantities) -> Ratio:
    """What users, the fund and user support paid non-public units, over what they paid all."""
    return Ratio(of=_non_public(quantity, "paid_ownership"), over=quantity("paid_ownership"))


@indicator("share", "service", "need", source=_TARGETS)
def non_public_capacity_share(quantity: Quantities) -> Ratio:
    """Staffed capacity of non-public units at the year's end over all: stays stand for beds."""
    return Ratio(
        of=_non_public(quantity, "capacity_ownership"), over=quantity("capacity_ownership")
    )


@indicator("index", "service", "need", source="Herfindahl 1950; Hirschman 1964")
def concentration_of_supply(quantity: Quantities) -> Ratio:
    """Sum of squared shares of the owners in what the city's units make, 0 to 1."""
    made = quantity("provided").total("place", "ownership")
    return Ratio(of=quantity("concentration"), over=made)


@indicator("ratio", "service", source=_BLP)
def non_public_price_ratio(quantity: Quantities) -> Ratio:
    """Paid per unit of output in non-public units over that in public ones, payers together."""
    used = quantity("use_ownership").total("quintile")
    public = quantity.only("ownership", "public")
    used_public = (used * public).total("ownership")
    paid_public = (quantity("paid_ownership") * public).total("ownership")
    used_private = (used * quantity.only("ownership", "non_public")).total("ownership")
    return Ratio(
        of=_non_public(quantity, "paid_ownership") * used_public, over=paid_public * used_private
    )


@indicator("ratio", "all", "service", better="lower", source=_BLP)
def non_public_price_real(quantity: Quantities) -> Ratio:
    """Price that owners set over the base year's, consumer prices taken off; mean over offers."""
    return Ratio(of=quantity("price_real"), over=quantity("price_offers"))


@indicator("share", "all", "service", source=_BLP)
def price_bound_share(quantity: Quantities) -> Ratio:
    """Share of the owners' prices that a limit holds: the contract price, the yearly change."""
    return Ratio(of=quantity("price_bound"), over=quantity("price_offers"))


@indicator("share", "all", "service", source=_BLP)
def price_full_share(quantity: Quantities) -> Ratio:
    """Share of the owners' prices that hold demand down to capacity."""
    return Ratio(of=quantity("price_full"), over=quantity("price_offers"))


@indicator("share of price", "service", better="lower", source=_BLP)
def price_residual(quantity: Quantities) -> Ratio:
    """Largest distance of a price from its owner's condition."""
    return Ratio(of=quantity("price_residual"), where=quantity("price_offers"))


@indicator("offers", "all", "price_cause", source=_BLP)
def moved_prices(quantity: Quantities) -> Ratio:
    """Offers whose real price lies outside 0.8 to 1.5 of the base year's, by what moved it most."""
    return Ratio(of=quantity("price_moved"), where=quantity("price_offers").total("service"))


@indicator("VND", "all", "sector", better="lower", source=_DECREES)
def forgone_revenue(quantity: Quantities) -> Ratio:
    """Land rent and profit tax that budgets forgo for socialised providers, interest they pay."""
    lines = quantity.only("line", "forgone_revenue", "interest_subsidy")
    return Ratio(
        of=(quantity("outlay") * lines).total("line", "budget_level"), where=_market(quantity)
    )


@indicator("projects", "all", "sector", "place", source=_ENTRY)
def entries(quantity: Quantities) -> Ratio:
    """Candidates that open in the year."""
    return _told(quantity, "opened")


@indicator("projects", "all", "sector", "place", source=_ENTRY)
def entries_so_far(quantity: Quantities) -> Ratio:
    """Candidates that have opened up to the year's end."""
    counted = quantity.so_far("entry_event") * quantity.only("entry_event", "opened")
    return Ratio(of=counted.total("entry_event"), where=_market(quantity))


@indicator("places", "sector", "place", source=_ENTRY)
def opened_places(quantity: Quantities) -> Ratio:
    """Beds, seats and trainee places of the candidates that open in the year."""
    return _told(quantity, "opened_places")


@indicator("projects", "all", "sector", "place", source=_ENTRY)
def exits(quantity: Quantities) -> Ratio:
    """Non-public units, or firms of a group, that close for their losses in the year."""
    return _told(quantity, "closed")


@indicator("reviews", "all", "sector", source=_ENTRY)
def declined_for_return(quantity: Quantities) -> Ratio:
    """Reviews of the year in which a project did not earn its hurdle rate."""
    return _told(quantity, "declined_return")


@indicator("reviews", "all", "sector", source=_ENTRY)
def declined_for_rivals(quantity: Quantities) -> Ratio:
    """Reviews of the year in which only projects committed before held one back."""
    return _told(quantity, "declined_rivals")


@indicator("reviews", "all", "sector", source=_ENTRY)
def declined_for_staff(quantity: Quantities) -> Ratio:
    """Reviews of the year in which only unfilled posts held one back."""
    return _told(quantity, "declined_staff")


def _market(quantity: Quantities) -> Labelled:
    """What is not zero where there is a market of owners."""
    return quantity("paid_ownership").total("service", "ownership")


def _told(quantity: Quantities, event: str) -> Ratio:
    """What an event of investors came to."""
    counted = quantity("entry_event") * quantity.only("entry_event", event)
    return Ratio(of=counted.total("entry_event"), where=_market(quantity))
