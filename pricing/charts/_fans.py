"""Fans over the years: mean, estimate interval and parameter band, one panel a roadmap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._data import Measure, Table, Tables
from pricing.charts._findings import name_of
from pricing.charts._panels import panels, year_axes
from pricing.charts._sheet import Heading, Sheet, sheet
from pricing.charts._style import BAND_DARK, BAND_PALE, BASELINE, BLUE, GREY, MEAN
from pricing.charts._units import capital, number_axis, scale_of

FRAME, ROW = 4.0, 3.6  # cm
BANDS = ("p05", "p95", "estimate_low", "estimate_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class FanRow:
    """One row of fans: levels from summary.csv, or differences from comparison.csv.

    `is_flag` is a measure that is 0 or 1 in a trial, whose mean is a probability: a band over the
    futures would say nothing, so none is drawn, and its estimate interval ends at 0 and 1.
    """

    measure: Measure
    is_difference: bool = False
    is_flag: bool = False

    def table(self, tables: Tables) -> Table:
        """The table this row is read from."""
        return tables.comparison if self.is_difference else tables.summary

    @property
    def middle(self) -> str:
        """The column of the line."""
        return "difference" if self.is_difference else "mean"


def fan_legend(language: str) -> tuple[tuple[Artist, str], ...]:
    """What line and bands mean."""
    word = words(language)
    return (
        (MEAN.key(), word.text("charts.mean")),
        (
            Patch(facecolor=BAND_DARK, edgecolor=BLUE, hatch="/////", linewidth=0.3),
            word.text("charts.estimate_interval"),
        ),
        (
            Patch(facecolor=BAND_PALE, edgecolor=GREY, linewidth=0.4),
            word.text("charts.parameter_band"),
        ),
        (BASELINE.key(), word.text("charts.baseline_mean")),
    )


def fan_figure(
    tables: Tables,
    language: str,
    titles: tuple[str, str],
    rows: Sequence[FanRow],
    further: Sequence[tuple[Artist, str]] = (),
) -> Figure:
    """A figure of fans under a title and a subtitle; `further` entries close the legend."""
    heading = Heading(
        title=titles[0],
        subtitle=titles[1],
        legend=((*fan_legend(language), *further),),
        notes=(words(language).text("charts.bands"),),
    )
    page = sheet(tables, language, heading, FRAME + ROW * len(rows))
    draw_fans(page, tables, language, rows)
    return page.figure


def draw_fans(page: Sheet, tables: Tables, language: str, rows: Sequence[FanRow]) -> None:
    """Fill a page with rows of fans, a column for each scenario."""
    names = [name_of(tables, scenario, language) for scenario in tables.scenarios]
    titles = [row_title(tables, language, row) for row in rows]
    grid = panels(page, names, titles, words(language).text("charts.year"))
    for row, line in zip(rows, grid, strict=True):
        for scenario, axes in zip(tables.scenarios, line, strict=True):
            fan_panel(axes, tables, row, scenario)
        scale = scale_of(row.table(tables).units[row.measure], drawn(tables, row), language)
        number_axis(line[0].yaxis, scale, language)
        if row.is_difference:
            _reference(line[0], tables, language)
    year_axes(grid, tables.years)


def drawn(tables: Tables, row: FanRow) -> Array:
    """Every number that a row draws, to choose its scale."""
    table = row.table(tables)
    shown = np.concatenate(
        [
            table.values(scenario, row.measure, name)
            for scenario in tables.scenarios
            if table.has(scenario, row.measure)
            for name in (row.middle, *(BANDS[2:] if row.is_flag else BANDS))
        ]
    )
    return np.clip(shown, 0.0, 1.0) if row.is_flag else shown


def row_title(tables: Tables, language: str, row: FanRow) -> str:
    """Measure, whether a difference, and unit."""
    word = words(language)
    unit = row.table(tables).units[row.measure]
    scale = scale_of(unit, drawn(tables, row), language)
    name = measure_name(row.measure, language)
    if row.is_difference:
        name = word.text("charts.difference", {"measure": name})
    return f"{name} ({scale.word})"


def measure_name(measure: Measure, language: str) -> str:
    """The measure in words, with the id it is split by where there is one."""
    name = capital(words(language).label("indicator", measure.indicator))
    if not measure.key:
        return name
    return f"{name}, {words(language).key(measure.dimension, measure.key)}"


def fan(axes: Axes, table: Table, scenario: str, row: FanRow) -> None:
    """Parameter band, estimate interval and mean of one scenario over the years."""

    def column(name: str) -> Array:
        values = table.values(scenario, row.measure, name)
        return np.clip(values, 0.0, 1.0) if row.is_flag and name != "year" else values

    years = column("year")
    if not row.is_flag:
        axes.fill_between(
            years,
            column("p05"),
            column("p95"),
            facecolor=BAND_PALE,
            edgecolor=GREY,
            linewidth=0.3,
            label="parameter_band",
        )
    axes.fill_between(
        years,
        column("estimate_low"),
        column("estimate_high"),
        hatch="/////",
        facecolor=BAND_DARK,
        edgecolor=BLUE,
        linewidth=0.2,
        label="estimate_interval",
    )
    MEAN.plot(axes, years, column(row.middle), row.middle)


def fan_panel(axes: Axes, tables: Tables, row: FanRow, scenario: str) -> None:
    """The fan of a scenario beside the baseline's mean; empty where the table has no rows of it."""
    table, is_baseline = row.table(tables), scenario == tables.baseline
    if row.is_difference and is_baseline:
        BASELINE.plot(axes, tables.years, np.zeros_like(tables.years), "baseline")
        return
    if not table.has(scenario, row.measure):
        return
    fan(axes, table, scenario, row)
    if row.is_difference:
        BASELINE.plot(axes, tables.years, np.zeros_like(tables.years), "baseline")
    elif not is_baseline and table.has(tables.baseline, row.measure):
        reference = table.values(tables.baseline, row.measure, row.middle)
        years = table.values(tables.baseline, row.measure, "year")
        BASELINE.plot(axes, years, reference, "baseline")


def _reference(axes: Axes, tables: Tables, language: str) -> None:
    axes.text(
        0.5,
        0.5,
        words(language).text("charts.compared_with_this"),
        color=GREY,
        transform=axes.transAxes,
        ha="center",
        va="bottom",
        fontsize=6.0,
    )
