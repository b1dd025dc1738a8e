"""The text form: headline and chains of a run for a terminal, one small table an indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pricing.base.money import format_number
from pricing.base.words import Words, words
from pricing.compare.attribution import StepRow
from pricing.compare.headline import Difference, Headline
from pricing.compare.selection import Estimate, Selection
from pricing.scenario.attribution import Chain

_MONEY = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"), (1.0, "one"))
_WHOLE = 100.0  # money is written with three digits before the decimal, if it has them
_COLUMNS = ("scenario", "level", "difference", "interval", "probability", "gain")
_STEP_COLUMNS = ("step", *_COLUMNS[1:4], "lower")
_KEYS = 5  # of one indicator in a chain: those whose total is largest, the others are in the CSV
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
        name = f"{name}, {word.key(found.cell.dimension, found.cell.key)}"
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


def attribution_text(rows: Sequence[StepRow], chains: Iterable[Chain], language: str) -> list[str]:
    """What each step of each chain adds in the last year, indicator by indicator."""
    word = words(language)
    known = {chain.name: chain for chain in chains}
    lines: list[str] = []
    for name, of_chain in groupby(rows, lambda one: one.chain):
        chain, own = known[name], list(of_chain)
        fields = {
            "title": chain.title[language],
            "year": own[0].year,
            "n": own[0].n,
            "first": chain.scenarios[0],
            "last": chain.scenarios[-1],
        }
        lines += ["", word.text("reports.attribution.title", fields)]
        for _, of_indicator in groupby(own, lambda one: one.indicator):
            lines += _split(list(of_indicator), chain, word)
    return lines


def _split(rows: list[StepRow], chain: Chain, word: Words) -> list[str]:
    """One indicator along a chain, a table a key."""
    by_key = {key: list(group) for key, group in groupby(rows, lambda one: one.key)}
    largest = sorted(by_key, key=lambda key: -abs(by_key[key][-1].difference))[:_KEYS]
    lines: list[str] = []
    for group in (group for key, group in by_key.items() if key in largest):
        total = group[-1]
        size = max(abs(mean) for one in group for mean in (one.from_mean, one.to_mean))
        scale = _sized(total.unit_of_measure, size, word)
        first = [chain.scenarios[0], _shown(total.from_mean, scale, word.language)]
        labels = [f"+ {label[word.language]}" for label in chain.steps]
        labels.append(word.text("reports.attribution.total"))
        cells = [
            [
                label,
                _shown(one.to_mean, scale, word.language),
                *_change(one, scale, word.language),
                format_number(one.probability_lower, word.language, 2),
            ]
            for label, one in zip(labels, group, strict=True)
        ]
        start = [*first, *[_NOTHING] * (len(_STEP_COLUMNS) - len(first))]
        header = _header(_STEP_COLUMNS, scale, word)
        lines += ["", _title(total, scale, word), *_aligned([header, start, *cells])]
    hidden = len(by_key) - len(largest)
    more = word.text("reports.attribution.more", {"n": hidden})
    return [*lines, *([more] if hidden else [])]


def _indicator(group: list[Headline], is_compared: bool, word: Words) -> list[str]:
    size = max(abs(one.mean) for one in group)
    scale = _sized(group[0].unit_of_measure, size, word)
    columns = _COLUMNS if is_compared else _COLUMNS[:2]
    rows = [_cells(one, scale, word.language)[: len(columns)] for one in group]
    return [_title(group[0], scale, word), *_aligned([_header(columns, scale, word), *rows])]


def _title(one: Headline | StepRow, scale: _Scale, word: Words) -> str:
    """The indicator, what it is split by, and its unit."""
    name = word.label("indicator", one.indicator)
    if one.key:
        name = f"{name}, {word.key(one.dimension, one.key)}"
    return f"{name[:1].upper()}{name[1:]} ({scale.unit})"


def _header(columns: Sequence[str], scale: _Scale, word: Words) -> list[str]:
    header = [word.text(f"reports.headline.{column}") for column in columns]
    if "difference" in columns and scale.difference_unit != scale.unit:
        header[2] = f"{header[2]} ({scale.difference_unit})"
    return header


def _cells(one: Headline, scale: _Scale, language: str) -> list[str]:
    cells = [one.scenario, _shown(one.mean, scale, language)]
    found = one.against_baseline
    if found is None:
        return [*cells, *[_NOTHING] * (len(_COLUMNS) - len(cells))]
    chance = [
        format_number(value, language, 2)
        for value in (found.probability_lower, found.probability_low, found.probability_high)
    ]
    return [
        *cells,
        *_change(found, scale, language),
        f"{chance[0]} [{chance[1]}; {chance[2]}]",
        f"{_times(found.gain_futures, language)}; {_times(found.gain_chance, language)}",
    ]


def _change(found: Difference | StepRow, scale: _Scale, language: str) -> list[str]:
    """A difference with its sign, and the interval of its estimate."""
    sign = "+" if found.difference > 0.0 else ""
    low, high = (_shown(end, scale, language) for end in (found.estimate_low, found.estimate_high))
    return [f"{sign}{_shown(found.difference, scale, language)}", f"[{low}; {high}]"]


def _shown(value: float | None, scale: _Scale, language: str) -> str:
    if value is None:
        return _NOTHING
    return format_number(value / scale.factor, language, scale.digits)


def _times(gain: float | None, language: str) -> str:
    return _NOTHING if gain is None else f"{format_number(gain, language, 1)}×"


def _sized(unit: str, size: float, word: Words) -> _Scale:
    """The scale of a unit for numbers up to a size; what words name is counted one by one."""
    counted = word.table.get(f"charts.unit.{unit}")
    if counted is not None:
        digits = 0 if size >= _WHOLE else 1
        return _Scale(factor=1.0, digits=digits, unit=counted, difference_unit=counted)
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
