"""The health insurance fund: the national reserve, and what the city's residents put in or take."""

from pricing.indicators._indicator import Quantities, Ratio, indicator

_LAW = "Law on Health Insurance 25/2008/QH12 as amended by 51/2024/QH15"


@indicator("VND", "all", better="higher", source=_LAW)
def fund_reserve(quantity: Quantities) -> Ratio:
    """Reserve of the national fund at the year's end."""
    return Ratio(of=quantity("fund_reserve"))


@indicator("VND", "all", better="higher", source=_LAW)
def fund_net_position(quantity: Quantities) -> Ratio:
    """Contributions raised from residents by all payers, less their claims and administration."""
    taken = quantity("claims") + quantity("administration")
    return Ratio(of=quantity("contribution").total() - taken)
