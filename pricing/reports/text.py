"""The text form: the headline of a run as lines for a terminal, one small table an indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pricing.base.money import format_number
from pricing.base.words import Words, words
from pricing.compare.headline import Headline
from pricing.compare.selection import Estimate, Selection
from pricing.indicators._indicator import axes_of

_MONEY = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"), (1.0, "one"))
_WHOLE = 100.0  # money is written with three digits before the decimal, if it has them
_COLUMNS = ("scenario", "level", "difference", "interval", "probability", "gain")
_GAP = "  "
_NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Numbers are divided by `factor`, written with `digits` and read in `unit`."""

    factor: float
    digits: int
    unit: str
    difference_unit: str


def headline_text(headlines: Sequence[Headline], baseline: str | None, language: str) -> list[str]:
    """Level of every scenario in the last year, and its difference from the baseline.

    Without a baseline, levels only.
    """
    if not headlines:
        return []
    word = words(language)
    fields = {
        "year": headlines[0].year,
        "n": max(one.n for one in headlines),
        "baseline": baseline or "",
    }
    lines = [word.text(f"reports.headline.{'title' if baseline else 'alone'}", fields)]
    for _, group in groupby(headlines, lambda one: (one.indicator, one.dimension, one.key)):
        lines += ["", *_indicator(list(group), baseline is not None, word)]
    if baseline is not None:
        lines += ["", word.text("reports.headline.note")]
    return lines


def selection_text(found: Selection, language: str) -> list[str]:
    """Which option was chosen, or that none does, and how it fares on fresh futures."""
    word, chosen = words(language), found.chosen
    name = word.label("indicator", found.cell.indicator)
    if found.cell.key:
        keys = zip(axes_of(found.cell.dimension), found.cell.key.split("*"), strict=True)
        name = ", ".join([name, *(word.label(axis, key) for axis, key in keys)])
    fields = {
        "indicator": name,
        "scenario": chosen.scenario,
        "baseline": found.cell.scenario,
        "year": found.year,
        "cost": word.label("indicator", found.cost),
        "gap_told": _estimated(chosen.gap, found.unit_of_measure, word),
        "cost_told": _estimated(chosen.cost, found.cost_unit, word),
    }
    surely = "confirmed" if found.is_confirmed else "unconfirmed"
    return [
        word.text(f"reports.selection.{'kept' if found.is_kept else 'none'}", fields),
        word.text("reports.selection.fresh", fields),
        *([word.text(f"reports.selection.{surely}")] if found.is_kept else []),
        *([_avoided(chosen.per_avoided, found, word)] if chosen.per_avoided else []),
    ]


def _avoided(one: Estimate, found: Selection, word: Words) -> str:
    """What avoiding one case costs."""
    return word.text(
        "reports.selection.avoided",
        {
            "reference": found.reference,
            "cost": word.label("indicator", found.cost),
            "told": _estimated(one, found.cost_unit, word),
        },
    )


def _estimated(one: Estimate, unit_of_measure: str, word: Words) -> str:
    """A mean difference and its interval, with the unit they are read in."""
    largest = max(abs(one.low), abs(one.high))
    scale = _sized(unit_of_measure, largest, word)
    middle, low, high = (
        format_number(value / scale.factor, word.language, scale.digits)
        for value in (one.mean, one.low, one.high)
    )
    return f"{middle} [{low}; {high}] {scale.difference_unit}"


def _indicator(group: list[Headline], is_compared: bool, word: Words) -> list[str]:
    scale = _scale(group, word)
    name = word.label("indicator", group[0].indicator)
    if group[0].key:
        name = f"{name}, {word.label(group[0].dimension, group[0].key)}"
    columns = _COLUMNS if is_compared else _COLUMNS[:2]
    header = [word.text(f"reports.headline.{column}") for column in columns]
    if is_compared and scale.difference_unit != scale.unit:
        header[2] = f"{header[2]} ({scale.difference_unit})"
    rows = [_cells(one, scale, word.language)[: len(columns)] for one in group]
    title = f"{name[:1].upper()}{name[1:]} ({scale.unit})"
    return [title, *_aligned([header, *rows])]


def _cells(one: Headline, scale: _Scale, language: str) -> list[str]:
    def shown(value: float | None) -> str:
        return (
            _NOTHING
            if value is None
            else format_number(value / scale.factor, language, scale.digits)
        )

    cells = [one.scenario, shown(one.mean)]
    found = one.against_baseline
    if found is None:
        return [*cells, *[_NOTHING] * (len(_COLUMNS) - len(cells))]
    sign = "+" if found.difference > 0.0 else ""
    chance = [
        format_number(value, language, 2)
        for value in (found.probability_lower, found.probability_low, found.probability_high)
    ]
    return [
        *cells,
        f"{sign}{shown(found.difference)}",
        f"[{shown(found.estimate_low)}; {shown(found.estimate_high)}]",
        f"{chance[0]} [{chance[1]}; {chance[2]}]",
        f"{_times(found.gain_futures, language)}; {_times(found.gain_chance, language)}",
    ]


def _times(gain: float | None, language: str) -> str:
    return _NOTHING if gain is None else f"{format_number(gain, language, 1)}×"


def _scale(group: Iterable[Headline], word: Words) -> _Scale:
    group = list(group)
    return _sized(group[0].unit_of_measure, max(abs(one.mean) for one in group), word)


def _sized(unit: str, size: float, word: Words) -> _Scale:
    """The scale of a unit for numbers up to a size; what words name is counted one by one."""
    counted = word.table.get(f"charts.unit.{unit}")
    if counted is not None:
        return _Scale(factor=1.0, digits=0, unit=counted, difference_unit=counted)
    if not unit.startswith("VND"):
        points = word.text("reports.headline.points")
        return _Scale(factor=0.01, digits=2, unit="%", difference_unit=points)
    factor, name = next((pair for pair in _MONEY if size >= _WHOLE * pair[0]), _MONEY[-1])
    suffix = unit.removeprefix("VND").strip().replace(" ", "_")
    per = word.text(f"charts.money.{suffix}") if suffix else ""
    text = word.text(f"charts.money.{name}") + per
    return _Scale(factor=factor, digits=1, unit=text, difference_unit=text)


def _aligned(rows: list[list[str]]) -> list[str]:
    """Rows with columns of equal width: the first to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        _GAP.join(
            ["", cells[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        )
        for cells in rows
    ]
