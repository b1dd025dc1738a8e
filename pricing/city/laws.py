"""The law in time: the value of a rule on a day, its dated changes, what is only proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from pricing.base.calendar import day_of
from pricing.base.errors import nearest
from pricing.city.rows.policy import LawRow

# Words of the law for the ways in which the budget may buy a service.
FORMS = {"assign": "task_assignment", "order": "ordering", "bid": "bidding"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPeriod:
    """A value of a rule from a day up to, not including, another; days since 1 January 2025."""

    start: int
    end: float
    value: float
    status: str
    authority: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """Rules of the city's law by name.

    `in_force`: enacted and scheduled periods; `proposed_rows`: drafts, which act only where a
    scenario asks for them.
    """

    in_force: Mapping[str, tuple[LawPeriod, ...]]
    proposed_rows: Mapping[str, tuple[LawPeriod, ...]]

    @classmethod
    def of(cls, rows: tuple[LawRow, ...]) -> "Laws":
        """Rules with a numeric value, their periods in order of the first day."""
        numeric = [row for row in rows if not is_form(row)]
        return cls(
            in_force=_by_rule([row for row in numeric if row.status != "proposed"]),
            proposed_rows=_by_rule([row for row in numeric if row.status == "proposed"]),
        )

    @property
    def rules(self) -> tuple[str, ...]:
        """Names of all rules in force on some day."""
        return tuple(self.in_force)

    def value(self, rule: str, day: float) -> float:
        """Value in force on a day; KeyError if the rule is unknown or has no value then."""
        for period in self._periods(rule):
            if period.start <= day < period.end:
                return period.value
        raise KeyError(f"rule {rule!r} has no value on day {day:g}")

    def has(self, rule: str, day: float) -> bool:
        """Whether a rule has a value on a day."""
        return any(p.start <= day < p.end for p in self.in_force.get(rule, ()))

    def changes(self, rule: str) -> tuple[tuple[int, float], ...]:
        """(first day, value) of every period in force, in order of days."""
        return tuple((period.start, period.value) for period in self._periods(rule))

    def proposed(self, rule: str) -> tuple[LawPeriod, ...]:
        """Periods that are only proposed."""
        return self.proposed_rows.get(rule, ())

    def _periods(self, rule: str) -> tuple[LawPeriod, ...]:
        if rule not in self.in_force:
            raise KeyError(f"no rule {rule!r} in force; nearest: {nearest(rule, self.in_force)}")
        return self.in_force[rule]


def is_form(row: LawRow) -> bool:
    """Whether a row's value is words (a form of purchase) instead of a number."""
    return row.unit_of_measure == "form"


def forms(row: LawRow) -> frozenset[str]:
    """Forms of purchase that a row allows; KeyError for a word that is none."""
    return frozenset(FORMS[word] for word in row.value.split("|"))


def first_day(row: LawRow) -> int:
    """First day of a row, since 1 January 2025."""
    return day_of(row.from_)


def end_day(row: LawRow) -> float:
    """The day after a row's last, infinite if it has none."""
    return inf if row.to is None else day_of(row.to) + 1.0


def _by_rule(rows: list[LawRow]) -> dict[str, tuple[LawPeriod, ...]]:
    periods: dict[str, list[LawPeriod]] = {}
    for row in sorted(rows, key=first_day):
        periods.setdefault(row.rule, []).append(
            LawPeriod(
                start=first_day(row),
                end=end_day(row),
                value=float(row.value),
                status=row.status,
                authority=row.authority,
                citation=row.citation,
            )
        )
    return {rule: tuple(found) for rule, found in periods.items()}
