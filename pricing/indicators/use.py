"""Use of services: how many come, how many learn and leave, who waits and who goes without."""

from pricing.indicators._indicator import Quantities, Ratio, indicator

_UIS = "UNESCO Institute for Statistics, Education Indicators: Technical Guidelines"
_ANDERSEN = "Aday and Andersen 1974, A framework for the study of access to medical care"


@indicator(
    "units of output", "service", "need", "service*quintile", "need*quintile", source=_ANDERSEN
)
def volume(quantity: Quantities) -> Ratio:
    """Units of output that residents used in the year, wherever they were produced."""
    return Ratio(of=quantity("volume"))


@indicator(
    "episodes per person at risk and year", "need", "need*quintile", better="higher",
    source=_ANDERSEN,
)  # fmt: skip
def use_rate(quantity: Quantities) -> Ratio:
    """Episodes served per person at risk, whatever each contains; for schools, enrolment_rate."""
    served = quantity("demand") - quantity("unmet")
    return Ratio(
        of=served * quantity.outside("need", "education_level"),
        over=quantity("at_risk") * quantity.outside("need", "education_level"),
    )


@indicator("share", "education_level", "education_level*quintile", better="higher", source=_UIS)
def enrolment_rate(quantity: Quantities) -> Ratio:
    """Learners at the year's end over residents of the level's age."""
    return Ratio(of=quantity("closing"), over=quantity("school_age"))


@indicator(
    "share a year", "all", "education_level", "quintile", "education_level*quintile",
    better="lower", source=_UIS,
)  # fmt: skip
def dropout_rate(quantity: Quantities) -> Ratio:
    """Learners who left without completing, over those of the year's start and its entrants."""
    return Ratio(of=quantity("dropped"), over=quantity("opening") + quantity("entrants"))


@indicator("days", "all", "service", "need", "sector", better="lower", source=_ANDERSEN)
def wait(quantity: Quantities) -> Ratio:
    """Mean wait of those served by units with a queue, weighted by volume."""
    return Ratio(of=quantity("wait_days"), over=quantity("wait_volume"))


@indicator(
    "share", "need", "sector", "need*quintile", "sector*quintile", better="lower", source=_ANDERSEN
)
def unmet_need(quantity: Quantities) -> Ratio:
    """Share of those who sought a service and found no capacity."""
    return Ratio(of=quantity("unmet"), over=quantity("demand"))
