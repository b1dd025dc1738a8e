"""An assessment as aligned text in the reader's language, and as one JSON object."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from math import floor, isfinite, log10

import numpy as np

from pricing.base.arrays import Array
from pricing.base.money import format_amount, format_number
from pricing.base.words import words
from pricing.city.rows.policy import ALL
from pricing.cli._columns import aligned
from pricing.cli._output import Output
from pricing.engine.assess import Assessment
from pricing.engine.calibrate import Aggregates
from pricing.engine.fitted import Fitted
from pricing.engine.moments import Judged

DIGITS = 4
LONGEST = 5
QUINTILES = ("Q1", "Q2", "Q3", "Q4", "Q5")
AGGREGATES = ("bundle_scale", "package_scale")


def as_json(found: Assessment) -> dict[str, object]:
    """Everything that was found, numbers in full."""
    return {
        "city": found.city.name,
        "ok": found.ok,
        "largest_error": found.largest_error,
        "totals": [asdict(total) for total in found.totals],
        "targets": [_target(row) for row in found.fitted],
        "infeasible": [asdict(one) for one in found.infeasible],
        "aggregates": _aggregates(found.calibrated.aggregates),
        "parameters": _parameters(found),
        "moments": [_moment(row) for row in found.moments],
    }


def _target(row: Fitted) -> dict[str, object]:
    return {
        "need": row.need,
        "target": row.target,
        "nest": row.nest,
        "wanted": row.wanted.tolist(),
        "fitted": row.reached.tolist(),
        "error": row.error,
    }


def _aggregates(found: Aggregates) -> dict[str, float]:
    return {
        "bundle_scale": found.bundle_scale,
        "package_scale": found.package_scale,
        "fund_outlay": found.fund,
        "out_of_pocket_share": found.out_of_pocket_share,
        "household": found.household,
        "self_treatment": found.self_treatment,
        "grants": found.grants,
        "other_public": found.other,
    }


def _parameters(found: Assessment) -> dict[str, object]:
    """By need: alpha (quintile), asc by nest (quintile), distance weight per km."""
    city = found.city
    return {
        fit.frame.name: {
            "alpha": fit.demand.alpha.tolist(),
            "asc": {
                nest: fit.demand.asc[:, g].tolist()
                for g, nest in enumerate(city.nests[fit.frame.need])
            },
            "distance_weight": fit.demand.distance_weight,
        }
        for fit in found.calibrated.fits
    }


def _moment(row: Judged) -> dict[str, object]:
    moment = row.moment
    return {
        "moment": moment.name,
        "model": row.model,
        "low": moment.low,
        "high": moment.high,
        "light": row.light,
        "unit_of_measure": moment.unit_of_measure,
        "status": moment.status,
        "source": moment.source,
    }


def lines(found: Assessment, output: Output) -> Iterator[str]:
    """The same as tables to read, section by section."""
    text = Text(output.language)
    yield text.of("title", {"city": found.city.name})
    for name, rows in (
        ("totals", text.totals(found)),
        ("targets", text.targets(found)),
        ("infeasible", text.infeasible(found)),
        ("parameters", text.parameters(found)),
        ("moments", text.moments(found)),
    ):
        if len(rows) > 1:
            yield from ("", text.of(name), *aligned(rows))
    yield ""
    yield text.of("error", {"error": f"{found.largest_error:.1e}"})
    yield text.of("ok" if found.ok else "not_ok")


class Text:
    """Tables of an assessment in one language; every table starts with its header."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = words(language)

    def of(self, key: str, fields: Mapping[str, object] | None = None) -> str:
        """A sentence of the command's words."""
        return self._words.text(f"calibrate.{key}", fields)

    def totals(self, found: Assessment) -> list[list[str]]:
        """City totals beside what the tables give."""
        rows = [self._head("total", "published", "model", "tolerance", "holds")]
        for total in found.totals:
            unit = total.unit_of_measure
            rows.append(
                [
                    total.total,
                    self._number(total.value, unit),
                    self._number(total.model, unit),
                    self._number(total.tolerance),
                    self.of("yes" if total.ok else "no"),
                ]
            )
        return rows

    def targets(self, found: Assessment) -> list[list[str]]:
        """Targets and fitted values by need and quintile."""
        head = self._head("need", "target", "nest")
        fitted = [f"{self.of('column.fitted')} {name}" for name in QUINTILES]
        rows = [[*head, *QUINTILES, *fitted, self.of("column.error")]]
        for row in found.fitted:
            name = self._named("target", row.target)
            start = [self._label("need", row.need), name, self._label("nest", row.nest)]
            rows.append(
                [
                    *start,
                    *self._five(row.wanted),
                    *self._five(row.reached),
                    f"{row.error:.0e}",
                ]
            )
        return rows

    def infeasible(self, found: Assessment) -> list[list[str]]:
        """Targets that nothing meets, with the nearest value."""
        rows = [self._head("need", "target", "wanted", "attainable")]
        for one in found.infeasible:
            rows.append(
                [
                    self._label("need", one.need),
                    self._named("target", one.target),
                    self._number(one.wanted),
                    self._number(one.reached),
                ]
            )
        return rows

    def parameters(self, found: Assessment) -> list[list[str]]:
        """Fitted parameters by need and quintile."""
        rows = [[*self._head("need", "parameter", "nest"), *QUINTILES]]
        for fit in found.calibrated.fits:
            need, demand = self._label("need", fit.frame.name), fit.demand
            rows.append([need, self._named("parameter", "alpha"), "–", *self._five(demand.alpha)])
            for g, nest in enumerate(found.city.nests[fit.frame.need]):
                start = [need, self._named("parameter", "asc"), self._label("nest", nest)]
                rows.append([*start, *self._five(demand.asc[:, g])])
            weight = np.array([demand.distance_weight])
            name = self._named("parameter", "distance_weight")
            rows.append([need, name, "–", *self._five(weight)])
        aggregates = _aggregates(found.calibrated.aggregates)
        for scale in AGGREGATES:
            value = self._five(np.array([aggregates[scale]]))
            rows.append([self._label("need", ALL), self._named("parameter", scale), "–", *value])
        return rows

    def moments(self, found: Assessment) -> list[list[str]]:
        """Untargeted moments with range, light, status and source."""
        rows = [self._head("moment", "model", "low", "high", "light", "status", "source")]
        for row in found.moments:
            moment = row.moment
            light = self._named("light", row.light)
            status = self._label("data_status", moment.status)
            rows.append([*self.moment(row), light, status, moment.source])
        return rows

    def moment(self, row: Judged) -> list[str]:
        """Name of a moment, what the model gives, and the ends of its range."""
        moment = row.moment
        values = (row.model, moment.low, moment.high)
        numbers = [self._number(value, moment.unit_of_measure) for value in values]
        return [self._named("moment", moment.name), *numbers]

    def _head(self, *columns: str) -> list[str]:
        return [self.of(f"column.{column}") for column in columns]

    def _named(self, kind: str, name: str) -> str:
        return self._words.table.get(f"calibrate.{kind}.{name}", name)

    def _label(self, kind: str, name: str) -> str:
        return "–" if name == ALL else self._words.table.get(f"label.{kind}.{name}", name)

    def _five(self, values: Array) -> list[str]:
        """One cell a quintile; one number for all of them stands in the first."""
        cells = [self._number(float(value)) for value in values]
        return [*cells, *[""] * (len(QUINTILES) - len(cells))]

    def _number(self, value: float, unit: str = "") -> str:
        """Four digits that count, whole numbers as such; money in words."""
        if unit.startswith("vnd"):
            return format_amount(value, self._language)
        if not isfinite(value) or value == 0.0:
            return format_number(value, self._language)
        shown = float(f"{value:.{DIGITS}g}")
        digits = min(max(0, DIGITS - 1 - floor(log10(abs(shown)))), LONGEST)
        while digits and round(shown, digits - 1) == shown:
            digits -= 1
        return format_number(value, self._language, digits)
