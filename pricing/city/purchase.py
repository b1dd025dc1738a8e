"""In which forms the law lets the budget buy a service: Decree 32/2019/ND-CP, annex 1.

`laws.csv` states the forms as rules `purchase_form.<group>`; the annex names groups of services.
"""

from dataclasses import dataclass

from pricing.city.city import City
from pricing.city.laws import end_day, first_day, forms, is_form

FAMILY = "purchase_form"
GROUPS = {
    "commune_consultation": "preventive_primary_health_care",
    "preventive_check_up": "preventive_primary_health_care",
    "hospital_outpatient_visit": "treatment_special_groups",
    "inpatient_stay": "treatment_special_groups",
    "preschool": "preschool_general_education",
    "primary": "preschool_general_education",
    "lower_secondary": "preschool_general_education",
    "upper_secondary": "preschool_general_education",
    "higher_education": "higher_education",
    "short_course": "vocational_all_levels",
    "intermediate": "vocational_all_levels",
    "college": "vocational_all_levels",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseRule:
    """What the law of a day says of buying a service: words of SCHEMES, and where it says so."""

    rule: str
    forms: frozenset[str]
    citation: str


NO_RULE = PurchaseRule(rule="", forms=frozenset(), citation="")


def purchase_rule(city: City, service: str, day: float) -> PurchaseRule:
    """The rule on a day (since 1 January 2025) for a service; NO_RULE if there is none.

    A rule named after the service comes first, then that of its group, then the one for other
    services of its sector.
    """
    sector = city.sectors[city.services.sector[city.services.id.index(service)]]
    in_force = {
        row.rule: row
        for row in city.tables.laws
        if is_form(row) and row.status != "proposed" and first_day(row) <= day < end_day(row)
    }
    for group in (service, GROUPS.get(service, ""), f"other_{sector}"):
        row = in_force.get(f"{FAMILY}.{group}")
        if row is not None:
            return PurchaseRule(rule=row.rule, forms=forms(row), citation=row.citation)
    return NO_RULE


def eligible_forms(city: City, service: str, day: float) -> frozenset[str]:
    """Forms in which the law lets the budget buy a service on a day; none without a rule."""
    return purchase_rule(city, service, day).forms
