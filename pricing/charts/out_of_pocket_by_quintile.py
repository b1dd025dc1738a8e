"""What households pay themselves, from the poorest to the richest fifth, under each roadmap."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Table, Tables
from pricing.charts._findings import highest_title, name_of
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import panels
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import DOT, GREY, INK, SKY
from pricing.charts._units import capital, number_axis, scale_of

QUINTILES = ("1", "2", "3", "4", "5")
POOREST = Measure(indicator="out_of_pocket", dimension="quintile", key="1")
POSITIONS = np.arange(1.0, 6.0)


@chart("out_of_pocket_by_quintile")
def draw(tables: Tables, language: str) -> Figure:
    """Out-of-pocket spending of the last year by quintile, VND, and its paired difference."""
    word = words(language)
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.quintile.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=(
            (
                (Patch(facecolor=SKY, edgecolor=INK, linewidth=0.3), word.text("charts.mean")),
                (DOT.key(), word.text("charts.mean_difference")),
                *interval_legend(language),
            ),
        ),
        notes=(word.text("charts.bands"),),
    )
    page = sheet(tables, language, heading, 10.5)
    unit = tables.summary.units[POOREST]
    names = [name_of(tables, scenario, language) for scenario in tables.scenarios]
    levels = scale_of(unit, all_values(tables, tables.summary, "mean"), language)
    moves = scale_of(unit, all_values(tables, tables.comparison, "p95"), language)
    name = capital(word.label("indicator", "out_of_pocket"))
    difference = word.text("charts.difference", {"measure": name})
    titles = [f"{name} ({levels.word})", f"{difference} ({moves.word})"]
    above, below = panels(page, names, titles, word.text("charts.quintile.axis"))
    for scenario, level, move in zip(tables.scenarios, above, below, strict=True):
        bars(level, tables, scenario)
        dots(move, tables, scenario)
        for axes in (level, move):
            axes.set_xticks(POSITIONS, QUINTILES)
            axes.set_xlim(0.4, 5.6)
        level.tick_params(axis="x", labelbottom=False)
    number_axis(above[0].yaxis, levels, language)
    number_axis(below[0].yaxis, moves, language)
    below[0].text(
        0.5,
        0.6,
        word.text("charts.compared_with_this"),
        color=GREY,
        ha="center",
        transform=below[0].transAxes,
        fontsize=6.0,
    )
    return page.figure


def by_quintile(table: Table, scenario: str, column: str) -> Array:
    """A column of out-of-pocket spending in the last year; (quintile,)."""
    return np.array(
        [
            table.last(
                scenario, Measure(indicator="out_of_pocket", dimension="quintile", key=key), column
            )
            for key in QUINTILES
        ]
    )


def all_values(tables: Tables, table: Table, column: str) -> Array:
    """A column over all scenarios of a table, to choose its scale."""
    found = [name for name in tables.scenarios if table.has(name, POOREST)]
    return np.concatenate([by_quintile(table, name, column) for name in found])


def bars(axes: Axes, tables: Tables, scenario: str) -> None:
    """Level by quintile with its intervals."""
    table = tables.summary
    axes.bar(
        POSITIONS,
        by_quintile(table, scenario, "mean"),
        width=0.7,
        color=SKY,
        edgecolor=INK,
        linewidth=0.3,
        label="mean",
    )
    intervals(axes, table, scenario)


def dots(axes: Axes, tables: Tables, scenario: str) -> None:
    """Paired difference from the baseline by quintile with its intervals."""
    axes.axhline(0.0, color=INK, linewidth=0.6)
    if scenario == tables.baseline:
        return
    intervals(axes, tables.comparison, scenario)
    change = by_quintile(tables.comparison, scenario, "difference")
    DOT.plot(axes, POSITIONS, change, "difference")


def intervals(axes: Axes, table: Table, scenario: str) -> None:
    """Both intervals of each quintile."""
    ends = {name: by_quintile(table, scenario, name) for name in BANDS}
    draw_intervals(axes, POSITIONS, ends)


def title(tables: Tables, language: str) -> str:
    """Which roadmap burdens the poorest fifth most in the last year."""
    return highest_title(tables, language, POOREST, "charts.quintile.title")
