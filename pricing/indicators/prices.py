"""Prices of public services: their level, what they are made of, how far they cover full cost."""

from pricing.indicators._indicator import Quantities, Ratio, indicator

_ROADMAP = "Price Law 16/2023/QH15, articles 21-24"


@indicator("VND", "service", "service*place_kind", source=_ROADMAP)
def service_price(quantity: Quantities) -> Ratio:
    """Listed price of one unit of output at the year's end, weighted by base-year volume."""
    weight = quantity("weight")
    return Ratio(of=quantity("list_price") * weight, over=weight)


@indicator("VND", "service*component", "sector*component", source=_ROADMAP)
def price_component(quantity: Quantities) -> Ratio:
    """What each cost component adds to the listed price, weighted by base-year volume."""
    weight = quantity("weight")
    return Ratio(of=quantity("list_price") * weight, over=weight)


@indicator("share", "all", "service", "sector", "service*place_kind", source=_ROADMAP)
def full_cost_ratio(quantity: Quantities) -> Ratio:
    """Listed price over full norm cost with accumulation, both at the last price decision."""
    weight = quantity("weight")
    return Ratio(
        of=quantity("list_price") * weight, over=quantity("full_norm_at_decision") * weight
    )


@indicator("share", "all", "service", "sector", "place_kind", better="lower", source=_ROADMAP)
def ceiling_binding(quantity: Quantities) -> Ratio:
    """Share of base-year volume, in units of output, whose price a legal ceiling holds down."""
    return Ratio(of=quantity("ceiling_bound"), over=quantity("weight"))
