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
