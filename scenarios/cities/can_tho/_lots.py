"""Lots that the budget may buy: shares of what public units of a place do in the base year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from _tables import Cells, by_script, needs, source

EVERYWHERE = ("urban", "rural", "disadvantaged")
COUNTRYSIDE = ("rural", "disadvantaged")


@dataclass(frozen=True)
class Rule:
    """One lot for each place of some kinds where public units work by a norm.

    `share` of their base-year volume, served by the largest of them unless a scenario moves it;
    `user_share` by place kind, 0 where it says nothing.
    """

    name: str
    service: str
    norm: str
    kinds: tuple[str, ...]
    scheme: str
    share: float
    months: int
    quality_floor: float
    ceiling: int | None
    user_share: dict[str, float]
    first_month: str
    reason: str


RULES = (
    Rule(
        *("check_up", "preventive_check_up", "preventive_check_up_commune", EVERYWHERE),
        *("ordering", 0.3, 12, 0.8, 350_000, {}, "2027-01"),
        "free yearly check-up under its ceiling (Decree 165/2026; FACTS 13.2); share fits the idle"
        " third of capacity; order at an issued price",
    ),
    Rule(
        *("check_up_centre", "preventive_check_up", "preventive_check_up_district", ("urban",)),
        *("ordering", 0.3, 12, 0.8, 350_000, {}, "2027-01"),
        "free yearly check-up of groups that need a centre's doctors, in the wards (FACTS 13.2);"
        " share fits the idle third of capacity",
    ),
    Rule(
        *("primary_care", "commune_consultation", "commune_consultation_commune"),
        *(("disadvantaged",), "task_assignment", 0.2, 12, 0.75, None, {}, "2027-01"),
        "visits without insurance or to outreach days, assigned as stations are funded today"
        " (tier 4); share and floor are judgement",
    ),
    Rule(
        *("preschool", "preschool", "preschool", COUNTRYSIDE),
        *("task_assignment", 0.08, 12, 0.8, None, {}, "2027-09"),
        "places for children not yet at preschool, assigned as public preschools are funded today;"
        " share fits the free seats; fees are waived since September 2025 (FACTS 14.2)",
    ),
    Rule(
        *("short_course", "short_course", "short_course", COUNTRYSIDE),
        *("ordering", 0.12, 12, 0.7, None, {"rural": 0.5, "disadvantaged": 0.25}, "2027-01"),
        "courses for rural workers (Decision 46/2015): support covers 25-75 % of a course, more"
        " where life is hard (FACTS 4.3, 20.1); share fits the free seats",
    ),
    Rule(
        *("intermediate", "intermediate", "intermediate", EVERYWHERE),
        *("ordering", 0.05, 24, 0.75, None, {}, "2027-09"),
        "lower secondary leavers learn free of tuition (Decree 86/2015); two school years; share"
        " fits the free seats of the city's schools together",
    ),
)


def rows(offers: Iterable[Cells], place_of: dict[str, str]) -> Iterator[Cells]:
    """Rows of lots.csv from the rows of offers.csv and the place of each unit."""
    volumes: dict[tuple[str, str], dict[str, float]] = {}
    for unit, _, norm, _, volume, *_ in offers:
        at = volumes.setdefault((str(norm), place_of[str(unit)]), {})
        at[str(unit)] = float(str(volume))
    for rule in RULES:
        for row in source("places"):
            units = volumes.get((rule.norm, row["place"]), {})
            if row["kind"] in rule.kinds and units:
                yield _row(rule, row["place"], row["kind"], units)


def _row(rule: Rule, place: str, kind: str, units: dict[str, float]) -> Cells:
    months = int(needs().get(rule.service, {}).get("teaching_months") or 1)
    return (
        *(f"{rule.name}_{place}", rule.service, place, rule.norm, rule.scheme),
        max(units, key=units.__getitem__),
        round(rule.share * sum(units.values())) * months,
        *(rule.months, rule.quality_floor, rule.ceiling, rule.user_share.get(kind, 0.0)),
        rule.first_month,
        by_script(f"{rule.share:.0%} of the place's public volume; {rule.reason}"),
        "assumed",
    )
