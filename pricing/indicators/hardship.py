"""What payments do to households: hardship, poverty, care forgone, and how payments are spread.

All come from the household sample of a study; without one they are undefined and have no row.
"""

from pricing.indicators._indicator import Quantities, Ratio, indicator

_SURVEY = "Wagstaff and van Doorslaer 2003, Health Economics 12"
_WORLD_BANK = "O'Donnell et al. 2008, Analyzing Health Equity Using Household Survey Data"
_LIMITS = "SDG indicator 3.8.2 (10 and 25 % of consumption); Xu et al. 2003 (capacity to pay)"
_SAMPLE = "model description, household sample"


@indicator(
    "share",
    "threshold", "threshold*quintile", "threshold*place_kind",
    better="lower",
    source=_LIMITS,
)  # fmt: skip
def catastrophic_headcount(quantity: Quantities) -> Ratio:
    """Whose payments for care exceed a limit: of people, of households for capacity to pay."""
    return Ratio(of=quantity("catastrophic"), over=quantity("exposed"))


@indicator(
    "cases", "threshold", "threshold*quintile", "threshold*place_kind", better="lower",
    source=_LIMITS,
)  # fmt: skip
def catastrophic_cases(quantity: Quantities) -> Ratio:
    """How many exceed a limit: people, or households for capacity to pay."""
    return Ratio(of=quantity("catastrophic"), where=quantity("exposed"))


@indicator(
    "share", "threshold", "threshold*quintile", "threshold*place_kind", better="lower",
    source=_SURVEY,
)  # fmt: skip
def catastrophic_overshoot(quantity: Quantities) -> Ratio:
    """Mean over all of the share of means that payments for care take beyond a limit."""
    return Ratio(of=quantity("overshoot"), over=quantity("exposed"))


@indicator("share", "threshold", "threshold*quintile", better="lower", source=_SURVEY)
def mean_positive_overshoot(quantity: Quantities) -> Ratio:
    """Share of means beyond a limit, mean of those above it."""
    return Ratio(of=quantity("overshoot"), over=quantity("catastrophic"))


@indicator("share", "all", "quintile", "place_kind", better="lower", source=_WORLD_BANK)
def impoverished(quantity: Quantities) -> Ratio:
    """People above the poverty line whom payments for care push below it."""
    return Ratio(of=quantity("impoverished"), over=quantity("sampled_people"))


@indicator(
    "VND per resident and year", "all", "quintile", "place_kind", better="lower", source=_WORLD_BANK
)
def impoverishing_gap(quantity: Quantities) -> Ratio:
    """What payments for care add to the poverty gap, per resident and year."""
    return Ratio(of=quantity("poverty_gap_added"), over=quantity("sampled_people"))


@indicator(
    "share",
    "all", "sector", "quintile", "place_kind", "sector*quintile", "sector*place_kind",
    "place_kind*quintile",
    better="lower",
    source=_WORLD_BANK,
)  # fmt: skip
def payments_over_consumption(quantity: Quantities) -> Ratio:
    """Households' own payments for services and self-treatment over their consumption."""
    return Ratio(of=quantity("household_paid"), over=quantity("household_spending"))


@indicator("share", "all", "quintile", "place_kind", better="lower", source=_SAMPLE)
def tuition_burden(quantity: Quantities) -> Ratio:
    """Tuition and charges over consumption, in the households where somebody learns."""
    return Ratio(of=quantity("learner_paid"), over=quantity("learner_spending"))


@indicator("share", "all", "need", "quintile", "need*quintile", better="lower", source=_SAMPLE)
def forgone_care(quantity: Quantities) -> Ratio:
    """Care unmet, or not sought beyond the base year's share, over potential episodes of care.

    Below zero where more people who need care seek it than in the base year.
    """
    return Ratio(of=quantity("forgone"), over=quantity("potential"))


@indicator(
    "VND", "all", "quintile", "place_kind",
    source="Law on Health Insurance 25/2008/QH12 as amended by 51/2024/QH15, art. 22",
)  # fmt: skip
def ceiling_rebate(quantity: Quantities) -> Ratio:
    """Own shares beyond the yearly ceiling that the fund pays back."""
    return Ratio(of=quantity("ceiling_rebate"), where=quantity("sampled_people"))


@indicator("index", "payment_kind", source=_WORLD_BANK)
def payment_concentration(quantity: Quantities) -> Ratio:
    """Concentration index over people by consumption a head: below 0 where the poor have more."""
    return Ratio(of=quantity("payment_concentration"), where=quantity("sampled_people").total())


@indicator("index", "payment_kind", better="higher", source="Kakwani 1977, Economic Journal 87")
def payment_progressivity(quantity: Quantities) -> Ratio:
    """Kakwani index of payments: concentration less the Gini index of consumption."""
    return Ratio(of=quantity("payment_progressivity"), where=quantity("sampled_people").total())


@indicator("share", "curve*tenth", source=_WORLD_BANK)
def payment_curve(quantity: Quantities) -> Ratio:
    """What the poorest tenths hold of consumption (Lorenz) and of payments (concentration)."""
    return Ratio(of=quantity("payment_curve"), where=quantity("sampled_people").total())


@indicator("share", "all", better="higher", source=_SAMPLE)
def raking_near_one(quantity: Quantities) -> Ratio:
    """Cells of place, quintile and sector that the sample meets within a tenth before raking."""
    return Ratio(of=quantity("raked_cells_near"), over=quantity("raked_cells"))
