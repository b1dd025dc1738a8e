"""A tender's equilibrium and simulation as aligned text, and as one JSON object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor, isfinite, log10
from types import MappingProxyType

from pricing.base.money import format_number, format_rate
from pricing.base.words import words
from pricing.cli._columns import aligned
from pricing.cli._output import Output
from pricing.engine.tender import Laboratory
from pricing.engine.tender_figures import Case, Measured
from pricing.scenario.tender import others_said

_TYPES = ("usual", "incumbent", "non_public")
_PRICE = (
    *("price", "price_sd", "saving", "rent", "payment"),
    *(f"wins_{name}" for name in _TYPES),
    *(f"rent_{name}" for name in _TYPES),
)
# What a block of the table shows, in its order: group, then the measures of that group.
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tender": ("failure", "single_bid", "winning_cost"),
        "first": tuple(f"first_{measure}" for measure in _PRICE),
        "second": tuple(f"second_{measure}" for measure in _PRICE),
        "default": ("default", "option_default", "option_price"),
        "low": ("below_mean", "below_others", "below_spread"),
    }
)
AMOUNTS = frozenset({"cost", "price", "rent", "payment"})
OVERVIEW = MappingProxyType(
    {
        "price": "first_price",
        "deviation": "first_price_sd",
        "saving": "first_saving",
        "rent": "first_rent",
        "failure": "failure",
        "default": "default",
    }
)
INDENT = "  "


def as_json(found: Laboratory) -> dict[str, object]:
    """Everything that was found, numbers in full; what is not defined is null."""
    study = found.study
    return {
        "title": dict(study.title),
        "ceiling": study.ceiling,
        "turnout": study.turnout,
        "announced": study.announced,
        "simulated": study.simulated,
        "seed": study.seed,
        "others": {name: one.count for name, one in study.others.items()},
        "cases": [
            {"bidders": case.number, "measures": {one.measure: _plain(one) for one in case.figures}}
            for case in found.cases
        ],
    }


def _plain(one: Measured) -> dict[str, float | None]:
    values = {
        "equilibrium": one.expected,
        "simulated": one.simulated,
        "standard_error": one.error,
        "z": one.z,
    }
    return {name: value if isfinite(value) else None for name, value in values.items()}


def lines(found: Laboratory, output: Output) -> Iterator[str]:
    """Title, units, one line a number of bidders, then a block for each."""
    text = _Text(language=output.language, found=found)
    study = found.study
    yield study.title[output.language]
    fields = {
        "ceiling": text.amount(study.ceiling),
        "simulated": format_number(study.simulated, output.language),
    }
    yield output.text("tender.unit", fields)
    if study.turnout < 1.0:
        known = output.text(f"tender.{'announced' if study.announced else 'unannounced'}")
        turnout = format_rate(study.turnout, output.language)
        yield output.text("tender.turnout", {"turnout": turnout, "announced": known})
    if study.others:
        yield others_said(study, output.language)
    yield from ("", output.text("tender.overview"), *aligned(text.overview()))
    blocks = [row for case in found.cases for row in text.case(case)]
    head = text.head("measure", "equilibrium", "simulated", "error", "z")
    starts = {output.text("tender.case", {"number": case.number}) for case in found.cases}
    yield ""
    for line in aligned([head, *blocks]):
        yield from ("", line) if line in starts else (line,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """Cells of the tables in one language."""

    language: str
    found: Laboratory

    def head(self, *columns: str) -> list[str]:
        """Names of columns."""
        return [self._of(f"column.{column}") for column in columns]

    def amount(self, value: float) -> str:
        """Money with the decimals that four digits of the ceiling price need."""
        digits = max(0, 3 - floor(log10(self.found.study.ceiling)))
        return format_number(value, self.language, digits)

    def overview(self) -> list[list[str]]:
        """One row a number of bidders: what the equilibrium expects."""
        cases = self.found.cases
        shown = {
            column: name
            for column, name in OVERVIEW.items()
            if any(case.has(name) and isfinite(case.figure(name).expected) for case in cases)
        }
        rows = [self.head("bidders", *shown)]
        for case in self.found.cases:
            figures = [case.figure(name) for name in shown.values()]
            cells = [self._number(one, one.expected) for one in figures]
            rows.append([str(case.number), *cells])
        return rows

    def case(self, case: Case) -> Iterator[list[str]]:
        """The rows of a number of bidders, group by group."""
        yield [self._of("case", {"number": case.number}), "", "", "", ""]
        for group, names in GROUPS.items():
            asked = [case.figure(name) for name in names if case.has(name)]
            if asked:
                yield [INDENT + self._of(f"group.{group}"), "", "", "", ""]
            for one in asked:
                yield [
                    2 * INDENT + self._name(one.measure),
                    self._number(one, one.expected),
                    self._number(one, one.simulated),
                    self._number(one, one.error),
                    format_number(one.z, self.language, 2),
                ]

    def _number(self, one: Measured, value: float) -> str:
        """A figure, its expectation or its error: money, or percent with two decimals."""
        is_amount = not AMOUNTS.isdisjoint(one.measure.split("_"))
        if not isfinite(value):
            return format_number(value, self.language)
        return self.amount(value) if is_amount else format_rate(value, self.language, 2)

    def _name(self, measure: str) -> str:
        """What a figure is called; those of both prices share their names."""
        rule = self.found.study.low_rule
        fields: dict[str, object] = {}
        if rule is not None:
            fields = {
                "ratio": format_rate(rule.ratio, self.language),
                "deviations": format_number(rule.deviations, self.language, 1),
            }
        shared = measure.removeprefix("first_").removeprefix("second_")
        return self._of(f"measure.{shared}", fields)

    def _of(self, key: str, fields: Mapping[str, object] | None = None) -> str:
        return words(self.language).text(f"tender.{key}", fields)
