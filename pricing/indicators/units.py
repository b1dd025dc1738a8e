"""Public-service units: whether what they earn covers what they spend."""

from pricing.indicators._indicator import Quantities, Ratio, indicator


@indicator(
    "share",
    "all", "service", "sector", "place_kind", "service*place_kind", "sector*place_kind",
    better="higher",
    source="Decree 60/2021/ND-CP, article 10",
)  # fmt: skip
def cost_recovery(quantity: Quantities) -> Ratio:
    """Revenue of public units from services over their actual cost, depreciation included."""
    return Ratio(of=quantity("revenue"), over=quantity("cost"))
