"""What public money pays, and what that really costs once the insurance fund is counted."""

from pricing.indicators._indicator import Quantities, Ratio, indicator

_OUTLAY_DIMENSIONS = (
    "all", "sector", "line", "budget_level", "sector*line", "sector*budget_level",
    "line*budget_level",
)  # fmt: skip


@indicator(
    "VND",
    *_OUTLAY_DIMENSIONS,
    better="lower",
    source="State Budget Law 89/2025/QH15, lines of expenditure",
)
def outlay(quantity: Quantities) -> Ratio:
    """Outlay of all budget levels in the year, premium subsidies included."""
    return Ratio(of=quantity("outlay"))


@indicator("VND", "all", better="lower", source="model description, insurance fund")
def net_public_cost(quantity: Quantities) -> Ratio:
    """Outlay, residents' claims and the fund's administration, less contributions of all payers."""
    spending = quantity("outlay").total() + quantity("claims") + quantity("administration")
    return Ratio(of=spending - quantity("contribution").total())


_ENVELOPE = "State Budget Law 83/2015/QH13 and 89/2025/QH15, estimates and balancing transfers"


@indicator("share", "all", "budget_level", better="lower", source=_ENVELOPE)
def envelope_use(quantity: Quantities) -> Ratio:
    """Obligations over the envelope of the budget levels that have one; above 1 some is cut."""
    return Ratio(of=quantity("obligation"), over=quantity("envelope_cap"))


@indicator("VND", "all", "sector", "budget_level", better="lower", source=_ENVELOPE)
def budget_arrears(quantity: Quantities) -> Ratio:
    """What budgets under an envelope owe the units at the year's end."""
    return Ratio(of=quantity("budget_arrears"), where=quantity.ever("envelope_cap").total())


@indicator("share", "line", "line*budget_level", source=_ENVELOPE)
def envelope_marginal(quantity: Quantities) -> Ratio:
    """What each line takes of one more VND for every level: the shadow price of the envelope.

    Zero for every line where the envelope does not bind.
    """
    return Ratio(of=quantity("envelope_marginal"), where=quantity.ever("envelope_cap").total())
