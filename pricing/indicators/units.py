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


@indicator("VND", "all", "sector", better="higher", source="Decree 60/2021/ND-CP, article 10")
def units_cash(quantity: Quantities) -> Ratio:
    """Cash of public units at the year's end."""
    return Ratio(of=quantity("units_cash"))


@indicator("VND", "all", "sector", better="lower", source="Decree 60/2021/ND-CP, article 10")
def unit_arrears(quantity: Quantities) -> Ratio:
    """Bills that public units have not paid at the year's end for want of cash."""
    return Ratio(of=quantity("unit_arrears"))


@indicator("share", "all", "sector", better="lower", source="Circular 23/2023/TT-BTC")
def asset_age(quantity: Quantities) -> Ratio:
    """Age of the public units' assets over their useful life, weighted by value; 0.5 in 2025."""
    return Ratio(of=quantity("asset_age"), over=quantity("asset_value"))


@indicator("share", "all", "sector", better="higher", source="model description, quality")
def quality(quantity: Quantities) -> Ratio:
    """Quality of public services, weighted by volume at norm cost."""
    return Ratio(of=quantity("quality_value"), over=quantity("quality_weight"))
