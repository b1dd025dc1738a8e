"""What households pay, and who pays for what they use."""

from pricing.indicators._indicator import Quantities, Ratio, indicator


@indicator(
    "VND per resident and year",
    "all", "sector", "place", "place_kind", "quintile", "sector*place_kind", "sector*quintile",
    "place_kind*quintile",
    better="lower",
    source="System of Health Accounts 2011, household out-of-pocket payment (HF.3)",
)  # fmt: skip
def out_of_pocket(quantity: Quantities) -> Ratio:
    """User payments and self-treatment, per resident and year."""
    return Ratio(of=quantity("out_of_pocket"), over=quantity("people"))


@indicator(
    "share",
    "payer", "service*payer", "sector*payer", "quintile*payer",
    source="System of Health Accounts 2011, financing schemes",
)  # fmt: skip
def payer_share(quantity: Quantities) -> Ratio:
    """Share of the payments for residents' services borne by households, the fund or the budget."""
    payment = quantity("payment")
    return Ratio(of=payment, over=payment.total("payer"))
