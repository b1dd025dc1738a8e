"""The tables of a run as charts read them: both CSVs in columns, found by scenario and measure."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.scenario.attribution import Chain

Row: TypeAlias = Mapping[str, str]
Titles: TypeAlias = Mapping[str, Mapping[str, str]]
TABLES = ("summary.csv", "comparison.csv")
TEXT_COLUMNS = frozenset(
    {"scenario", "baseline", "indicator", "dimension", "key", "unit_of_measure"}
    | {"chain", "step", "from", "to"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing measured: an indicator, the axes it is split by, and the ids on those axes."""

    indicator: str
    dimension: str = "all"
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one CSV; numbers in columns, found by scenario and measure in order of year."""

    columns: Mapping[str, Array]
    index: Mapping[tuple[str, Measure], IntArray]
    units: Mapping[Measure, str]

    def has(self, scenario: str, measure: Measure) -> bool:
        """Whether the table holds a measure of a scenario."""
        return (scenario, measure) in self.index

    def values(self, scenario: str, measure: Measure, column: str) -> Array:
        """Numbers of one column, as the CSV has them; (year,)."""
        rows = self.index.get((scenario, measure))
        if rows is None:
            raise LookupError(
                f"no rows of {measure.indicator} by {measure.dimension} "
                f"({measure.key or 'total'}) for scenario {scenario}"
            )
        return self.columns[column][rows]

    def last(self, scenario: str, measure: Measure, column: str) -> float:
        """Number of one column in the last year."""
        return float(self.values(scenario, measure, column)[-1])

    def keys(self, indicator: str, dimension: str) -> tuple[str, ...]:
        """Keys of an indicator on some axes, in the order of the CSV."""
        return tuple(
            measure.key
            for measure in self.units
            if measure.indicator == indicator and measure.dimension == dimension
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTable:
    """A chain of the study and its rows of attribution.csv, a step in a scenario's place."""

    chain: Chain
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What a chart draws: both tables, the order of scenarios, and what the foot must say.

    `titles` maps a scenario to the names its file gives it by language; `assumed_share` is the
    share of parameters without a source, where the run states it; `references` are scenarios that
    are drawn as yardsticks but are no options, so no title names them as the best or worst;
    `files` are the rows of the run folder's other CSVs, by name; `chains` are those of the study
    with what their steps came to.
    """

    summary: Table
    comparison: Table
    scenarios: tuple[str, ...]
    baseline: str
    run: str
    titles: Titles = field(default_factory=dict)
    assumed_share: float | None = None
    references: frozenset[str] = frozenset()
    files: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    chains: tuple[ChainTable, ...] = ()

    @property
    def roadmaps(self) -> tuple[str, ...]:
        """Scenarios that stand in comparison with the baseline."""
        return tuple(name for name in self.scenarios if name != self.baseline)

    @property
    def years(self) -> Array:
        """Reported years in order; (year,)."""
        return np.unique(self.summary.columns["year"])

    @property
    def n_trials(self) -> int:
        """Trials behind each number: futures × replications."""
        return int(self.summary.columns["n"].max())


def table(rows: Iterable[Row]) -> Table:
    """Rows of text as columns of numbers; an empty cell is not a number."""
    texts: dict[str, list[str]] = defaultdict(list)
    places: dict[tuple[str, Measure], list[int]] = defaultdict(list)
    units: dict[Measure, str] = {}
    for place, row in enumerate(rows):
        measure = Measure(indicator=row["indicator"], dimension=row["dimension"], key=row["key"])
        places[row["scenario"], measure].append(place)
        units.setdefault(measure, row["unit_of_measure"])
        for name in row.keys() - TEXT_COLUMNS:
            texts[name].append(row[name] or "nan")
    columns = {name: np.array(cells, dtype=np.float64) for name, cells in texts.items()}
    index = {
        address: np.array(sorted(at, key=lambda place: columns["year"][place]), dtype=np.int64)
        for address, at in places.items()
    }
    return Table(columns=columns, index=index, units=units)


def read_tables(
    folder: Path,
    titles: Titles | None = None,
    assumed_share: float | None = None,
    chains: Sequence[Chain] = (),
) -> Tables:
    """The tables of a run folder; the baseline first, then as in `titles`, then as in the CSV."""
    summary_rows = _rows(folder / "summary.csv")
    comparison_rows = _rows(folder / "comparison.csv")
    found = dict.fromkeys(row["scenario"] for row in summary_rows)
    baseline = comparison_rows[0]["baseline"] if comparison_rows else next(iter(found))
    files = {
        path.name: tuple(_rows(path))
        for path in sorted(folder.glob("*.csv"))
        if path.name not in TABLES
    }
    order = dict.fromkeys([baseline, *(titles or {}), *found])
    return Tables(
        summary=table(summary_rows),
        comparison=table(comparison_rows),
        scenarios=tuple(name for name in order if name in found),
        baseline=baseline,
        run=folder.resolve().name,
        titles=titles or {},
        assumed_share=assumed_share,
        files=files,
        chains=_chain_tables(files.get("attribution.csv", ()), chains),
    )


def _chain_tables(rows: Sequence[Row], chains: Sequence[Chain]) -> tuple[ChainTable, ...]:
    """The chains that have rows."""
    return tuple(
        ChainTable(chain=one, table=table({**row, "scenario": row["step"]} for row in own))
        for one in chains
        if (own := [row for row in rows if row["chain"] == one.name])
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
