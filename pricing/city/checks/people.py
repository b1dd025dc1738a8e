"""Tables about people are complete and their shares add up."""

from itertools import product

from pricing.base.calendar import BASE_YEAR
from pricing.base.errors import Problems, phrase
from pricing.city.checks._note import SUM_TOLERANCE, check_sum, grouped, note, note_missing
from pricing.city.demography import AGES, GROUP_YEARS, first_age
from pricing.city.rows.people import (
    PLACE_KINDS,
    QUINTILES,
    VARIANTS,
    AgeRow,
    DemographyRow,
    IncomeRow,
    PeopleRow,
)
from pricing.city.tables import Tables

EVERY_QUINTILE = range(1, QUINTILES + 1)
CHILD_BEARING = range(15, 50, GROUP_YEARS)


def check_people(tables: Tables, problems: Problems) -> None:
    """Every place has communes and people, every kind ages and income, every variant rates."""
    _check_communes(tables, problems)
    people = {(row.place, row.quintile) for row in tables.people}
    for place, quintile in product(tables.ids("place"), EVERY_QUINTILE):
        if (place, quintile) not in people:
            _lacks(problems, PeopleRow.FILE, f"{place}, {quintile}")
    income = {(row.place_kind, row.quintile) for row in tables.income}
    for kind, quintile in product(PLACE_KINDS, EVERY_QUINTILE):
        if (kind, quintile) not in income:
            _lacks(problems, IncomeRow.FILE, f"{kind}, {quintile}")
    _check_ages(tables.ages, problems)
    if not problems:
        _check_demography(tables, problems)


def _lacks(problems: Problems, file: str, key: str) -> None:
    note_missing(problems, file, key, phrase("city.no_row"), phrase("city.row_for_each"))


def _check_communes(tables: Tables, problems: Problems) -> None:
    by_place = grouped((row.place, row) for row in tables.communes)
    for place in tables.places:
        communes = by_place.get(place.place, [])
        if not communes:
            note(problems, place, "place", place.place, phrase("city.place_with_communes"))
            continue
        registered = sum(row.registered_2025 for row in communes)
        if abs(registered - place.registered_2025) > SUM_TOLERANCE * registered:
            note(
                problems,
                place,
                "registered_2025",
                f"{place.registered_2025:.10g}",
                phrase("city.sum_of_communes", f"{registered:.10g}"),
            )


def _check_ages(rows: tuple[AgeRow, ...], problems: Problems) -> None:
    groups = {row.age_group for row in rows}
    bad = [row for row in rows if not _is_group(row.age_group)]
    for row in bad:
        note(problems, row, "age_group", row.age_group, phrase("city.age_group"))
    by_kind = grouped((row.place_kind, row) for row in rows)
    for kind in PLACE_KINDS:
        lacking = sorted(groups - {row.age_group for row in by_kind.get(kind, [])})
        for group in lacking or ([] if kind in by_kind else ["0-4"]):
            _lacks(problems, AgeRow.FILE, f"{kind}, {group}")
        if kind in by_kind:
            check_sum(problems, by_kind[kind], "share", kind)
    firsts = sorted(first_age(group) for group in groups if _is_group(group))
    if not bad and firsts != list(range(0, GROUP_YEARS * len(firsts), GROUP_YEARS)):
        read = ", ".join(sorted(groups))
        note_missing(problems, AgeRow.FILE, "age_group", read, phrase("city.age_groups"))


def _is_group(group: str) -> bool:
    first, dash, last = group.partition("-")
    if group.endswith("+"):
        return group[:-1].isdigit() and int(group[:-1]) < AGES
    return bool(dash) and first.isdigit() and last.isdigit() and int(last) == int(first) + 4


def _check_demography(tables: Tables, problems: Problems) -> None:
    rows = tables.demography
    groups = list(dict.fromkeys(row.age_group for row in tables.ages))
    known = {*groups, "birth", "history", "all", "15-49"}
    for row in rows:
        if row.age_group not in known:
            note(problems, row, "age_group", row.age_group, phrase("city.group_of_ages"))
    if not any(row.parameter == "female_share" for row in rows):
        _lacks(problems, DemographyRow.FILE, "female_share")
    if not any(row.age_group == "history" for row in rows):
        _lacks(problems, DemographyRow.FILE, "births, history")
    found = {(row.variant, row.parameter, row.age_group, row.year) for row in rows}
    years = range(BASE_YEAR, max([row.year for row in rows], default=BASE_YEAR) + 1)
    wanted = [
        *product(("survival", "net_migration"), groups),
        *(("fertility", group) for group in groups if first_age(group) in CHILD_BEARING),
        ("survival", "birth"),
        ("births", "all"),
        ("residents", "all"),
    ]
    for variant, (parameter, group), year in product(VARIANTS, wanted, years):
        if (variant, parameter, group, year) not in found:
            _lacks(problems, DemographyRow.FILE, f"{variant}, {year}, {parameter}, {group}")
