"""Cover adds up, laws do not overlap, seasons average 1, parameters have a sound range."""

from itertools import pairwise, product
from math import isfinite

from pricing.base.draws import Distribution
from pricing.base.errors import Problems, nearest, phrase
from pricing.city.checks._note import check_sum, grouped, note, note_missing, note_unknown
from pricing.city.laws import FORMS, end_day, first_day, is_form
from pricing.city.rows.people import PLACE_KINDS, QUINTILES
from pricing.city.rows.policy import ALL, CoverRow, LawRow, ParameterRow, SeasonRow
from pricing.city.rows.services import POST_CLASSES, PostRow
from pricing.city.tables import Tables


def check_policy(tables: Tables, problems: Problems) -> None:
    """Note every breach in cover, laws, rules named elsewhere, seasons, posts and parameters."""
    _check_classes(tables, problems)
    _check_cover(tables, problems)
    _check_laws(tables.laws, problems)
    _check_rules(tables, problems)
    for need, months in grouped((row.need, row) for row in tables.seasons).items():
        check_sum(problems, months, "factor", need, 12.0)
        if len(months) != 12:
            note_missing(
                problems,
                SeasonRow.FILE,
                need,
                phrase("city.months", len(months)),
                phrase("city.months", 12),
            )
    for group in tables.ids("pay_group"):
        found = {row.post_class for row in tables.posts if row.pay_group == group}
        for post in sorted(set(POST_CLASSES) - found):
            note_missing(
                problems,
                PostRow.FILE,
                f"{group}, {post}",
                phrase("city.no_row"),
                phrase("city.row_for_each"),
            )
    for parameter in tables.parameters:
        _check_parameter(parameter, problems)


def _check_classes(tables: Tables, problems: Problems) -> None:
    known = grouped((row.scheme, row) for row in tables.classes)
    for row in tables.cover:
        ids = [entry.class_ for entry in known.get(row.scheme, [])]
        if ids and row.class_ not in ids:
            note_unknown(problems, row, "class", row.class_, ids)


def _check_cover(tables: Tables, problems: Problems) -> None:
    cells = grouped(
        ((row.scheme, row.need, row.from_, row.place_kind, row.quintile), row)
        for row in tables.cover
    )
    for (scheme, need, year, kind, quintile), rows in cells.items():
        check_sum(problems, rows, "share", f"{scheme}, {need}, {kind}, {quintile} from {year}")
    periods = {key[:3] for key in cells}
    for period, kind, quintile in product(sorted(periods), PLACE_KINDS, range(1, QUINTILES + 1)):
        if (*period, kind, quintile) not in cells:
            key = ", ".join(map(str, (*period, kind, quintile)))
            note_missing(
                problems, CoverRow.FILE, key, phrase("city.no_rows"), phrase("city.every_class")
            )
    stated = {period[:2] for period in periods}
    for row in tables.needs:
        if not stated & {(row.classes, row.need), (row.classes, ALL)}:
            note(problems, row, "classes", row.classes, phrase("city.scheme_of", row.need))


def _check_laws(rows: tuple[LawRow, ...], problems: Problems) -> None:
    for row in rows:
        if is_form(row):
            _check_forms(row, problems)
        elif not _is_number(row.value):
            note(problems, row, "value", row.value, phrase("city.number"))
        if end_day(row) <= first_day(row):
            note(problems, row, "to", str(row.to), phrase("city.day_after", row.from_))
    in_force = [row for row in rows if row.status != "proposed"]
    for periods in grouped((row.rule, row) for row in in_force).values():
        for earlier, later in pairwise(sorted(periods, key=first_day)):
            if end_day(earlier) > first_day(later):
                note(
                    problems,
                    later,
                    "from",
                    phrase("city.rule_from", later.rule, later.from_),
                    phrase("city.after_line", earlier.line),
                    phrase("city.two_values"),
                )


def _check_forms(row: LawRow, problems: Problems) -> None:
    for word in row.value.split("|"):
        if word not in FORMS:
            note_unknown(problems, row, "value", word, FORMS)


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _check_rules(tables: Tables, problems: Problems) -> None:
    rules = {row.rule for row in tables.laws if row.status != "proposed"}
    named = [
        *((row, "allowance_rule", row.allowance_rule) for row in tables.posts),
        *((row, "rate_rule", row.rate_rule) for row in tables.classes),
        *((row, "route_rule", row.route_rule) for row in tables.offers),
    ]
    for row, column, rule in named:
        if rule and rule not in rules:
            problems.add(
                file=row.FILE,
                line=row.line,
                key=column,
                read=rule,
                allowed=phrase("city.rule_in_force"),
                nearest=nearest(rule, rules),
            )


def _check_parameter(row: ParameterRow, problems: Problems) -> None:
    try:
        Distribution(kind=row.distribution, low=row.low, mode=row.value, high=row.high)
    except ValueError:
        read = f"{row.low:g}, {row.value:g}, {row.high:g}"
        note(problems, row, "value", read, phrase("city.distribution", row.distribution))
