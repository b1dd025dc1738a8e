"""The CSV form: summary.csv, comparison.csv, attribution.csv, for spreadsheets and other programs.

UTF-8 with a byte order mark, one header line, numbers as the shortest text that reads back to the
same float, rows in the order of their keys. A row whose indicator is not defined is left out.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from pricing.compare.attribution import STEP_COLUMNS, Attribution
from pricing.compare.ramsey import Benchmark
from pricing.compare.selection import Estimate, Selection
from pricing.compare.tables import COMPARISON_COLUMNS, SUMMARY_COLUMNS, Block, Tables

SUMMARY = "summary.csv"
COMPARISON = "comparison.csv"
ATTRIBUTION = "attribution.csv"
SELECTION = "selection.csv"
RAMSEY = "ramsey.csv"

_SELECTION_COLUMNS = (
    "scenario", "chosen", "keeps", "gap_seen", "cost_seen", "gap", "gap_low", "gap_high", "cost",
    "cost_low", "cost_high", "avoided", "avoided_low", "avoided_high", "per_avoided",
    "per_avoided_low", "per_avoided_high",
)  # fmt: skip
_RAMSEY_COLUMNS = (
    "volume", "elasticity", "marginal_cost", "user_price", "second_best", "list_price",
    "second_best_list",
)  # fmt: skip

_BEFORE = ("indicator", "dimension", "key", "year", "unit_of_measure")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def summary_csv(tables: Tables) -> bytes:
    """The bytes of summary.csv: one row a scenario, indicator, dimension, key and year."""
    header = ("scenario", *_BEFORE, *SUMMARY_COLUMNS)
    rows = (
        row for block in tables.summary for row in _rows(block, (block.scenario,), SUMMARY_COLUMNS)
    )
    return _file(header, rows)


def comparison_csv(tables: Tables) -> bytes:
    """The bytes of comparison.csv: the paired differences of each scenario from the baseline."""
    header = ("scenario", "baseline", *_BEFORE, *COMPARISON_COLUMNS)
    baseline = tables.baseline or ""
    rows = (
        row
        for block in tables.comparison
        for row in _rows(block, (block.scenario, baseline), COMPARISON_COLUMNS)
    )
    return _file(header, rows)


def attribution_csv(found: Iterable[Attribution]) -> bytes:
    """The bytes of attribution.csv: steps and total of every chain, in the study's order."""
    header = ("chain", "step", "from", "to", *_BEFORE, *STEP_COLUMNS)
    rows = (
        row
        for one in found
        for part in one.parts
        for row in _rows(
            part.block,
            (one.chain.name, part.step, part.start, part.block.scenario),
            STEP_COLUMNS,
        )
    )
    return _file(header, rows)


def selection_csv(found: Selection) -> bytes:
    """The bytes of selection.csv: one row an option, differences from the baseline.

    `*_seen` are means over the futures that chose; the rest is of the fresh ones.
    """
    about = ("indicator", "dimension", "key", "year", "unit_of_measure", "cost_indicator")
    cell = found.cell
    told = [text_cell(text) for text in (cell.indicator, cell.dimension, cell.key)]
    after = [*told, str(found.year), text_cell(found.unit_of_measure), text_cell(found.cost)]
    rows = []
    for one in found.options:
        estimates = (one.gap, one.cost, one.avoided, one.per_avoided)
        numbers = [one.gap_seen, one.cost_seen]
        for estimate in estimates:
            numbers += _three(estimate)
        flags = [str(int(one is found.chosen)), str(int(one.keeps))]
        rows.append(",".join([text_cell(one.scenario), *flags, *map(_number, numbers), *after]))
    return _file((*_SELECTION_COLUMNS, *about), rows)


def _three(one: Estimate | None) -> list[float]:
    return [math.nan] * 3 if one is None else [one.mean, one.low, one.high]


def ramsey_csv(found: Sequence[Benchmark]) -> bytes:
    """The bytes of ramsey.csv: one row a scenario and service, VND per unit of output."""
    header = ("scenario", "service", "year", *_RAMSEY_COLUMNS, "ramsey_number", "gain")
    rows = []
    for one in found:
        for service in one.services:
            numbers = [getattr(service, name) for name in _RAMSEY_COLUMNS]
            cells = [text_cell(one.scenario), text_cell(service.service), str(one.year)]
            rows.append(",".join([*cells, *map(_number, (*numbers, one.number, one.gain))]))
    return _file(header, rows)


def text_cell(text: str) -> str:
    """A text as one CSV cell; what a spreadsheet would take for a formula gets an apostrophe."""
    safe = f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    if any(mark in safe for mark in ',"\n\r'):
        doubled = safe.replace('"', '""')
        return f'"{doubled}"'
    return safe


def _file(header: tuple[str, ...], rows: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (",".join(header), *rows)).encode("utf-8-sig")


def _rows(block: Block, names: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[str]:
    """The rows of a block behind the names of what it compares."""
    start = ",".join(text_cell(text) for text in (*names, block.indicator, block.dimension))
    unit = text_cell(block.unit_of_measure)
    numbers = [block.columns[name].tolist() for name in columns[:-1]]
    counts = block.columns[columns[-1]].astype(int).tolist()
    is_defined = np.isfinite(block.columns[columns[0]]).tolist()
    order = sorted((key, position) for position, key in enumerate(block.keys))
    for key, k in order:
        key_cell = text_cell(key)
        for y, year in enumerate(block.years):
            if is_defined[y][k]:
                values = ",".join(_number(column[y][k]) for column in numbers)
                yield f"{start},{key_cell},{year},{unit},{values},{counts[y][k]}"


def _number(value: float) -> str:
    """The shortest text that reads back to the same float; empty where there is no number."""
    return repr(value) if value == value else ""
