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


@indicator("share", "all", better="lower", source=_LAW)
def fund_deficit(quantity: Quantities) -> Ratio:
    """Probability that the year's contributions fall short of claims and administration.

    A trial is 0 or 1, so that the mean over trials is a probability.
    """
    return Ratio(of=quantity("fund_deficit"))


@indicator("share", "all", better="lower", source=_LAW)
def fund_exhausted(quantity: Quantities) -> Ratio:
    """Probability that the reserve is used up by the year's end; a trial is 0 or 1."""
    return Ratio(of=quantity("fund_exhausted"))


@indicator("months of claims", "all", better="higher", source=_LAW)
def fund_months(quantity: Quantities) -> Ratio:
    """Reserve of the national fund at the year's end, in months of the year's claims."""
    return Ratio(of=quantity("fund_months"))


@indicator("VND", "all", better="lower", source=_LAW)
def fund_top_up(quantity: Quantities) -> Ratio:
    """What the centre adds to the national reserve to keep it at its floor; none without a rule."""
    return Ratio(of=quantity("fund_top_up"), where=quantity.ever("fund_top_up"))


@indicator("VND", "all", "member_class", "contributor", source=_LAW + ", articles 12-15")
def contributions(quantity: Quantities) -> Ratio:
    """Contributions raised from the city's residents, by class of member and by who pays."""
    return Ratio(of=quantity("contribution_class"))
