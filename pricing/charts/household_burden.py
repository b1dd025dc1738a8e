"""What payments take of households' consumption, by quintile and kind of place."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._findings import highest_title, name_of
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import panels
from pricing.charts._sheet import Heading, Sheet, sheet
from pricing.charts._style import INK, ORANGE, PALE, SKY
from pricing.charts._units import Scale, capital, number_axis

INDICATOR = "payments_over_consumption"
POOREST = Measure(indicator=INDICATOR, dimension="quintile", key="1")
COLOURS = (SKY, ORANGE, PALE)
HATCHES = ("", "////", "....")
PERCENT = Scale(factor=0.01, word="%")
DIMENSIONS = ("quintile", "place_kind")


@chart("household_burden", needs=POOREST)
def draw(tables: Tables, language: str) -> Figure:
    """Payments over consumption in the last year, bars stacked by sector; percent."""
    word = words(language)
    sectors = tuple(
        (patch(place), capital(word.label("sector", sector)))
        for place, sector in enumerate(drawn_sectors(tables))
    )
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.burden.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=(sectors, interval_legend(language)),
        notes=(word.text("charts.bands"), word.text("charts.burden.note")),
    )
    page = sheet(tables, language, heading, 11.6)
    middle = page.bottom + 0.47 * (page.top - page.bottom)
    names = [name_of(tables, scenario, language) for scenario in tables.scenarios]
    blank = [""] * len(names)
    _row(replace(page, bottom=middle), tables, language, (DIMENSIONS[0], names))
    _row(replace(page, top=middle), tables, language, (DIMENSIONS[1], blank))
    return page.figure


def patch(place: int) -> Patch:
    """How a sector is filled; hatches carry a print in black and white."""
    return Patch(facecolor=COLOURS[place], hatch=HATCHES[place], edgecolor=INK, linewidth=0.3)


def drawn_sectors(tables: Tables) -> tuple[str, ...]:
    """Sectors that households pay for, in the order of the table."""
    return tables.summary.keys(INDICATOR, "sector")


def share(tables: Tables, scenario: str, measure: tuple[str, str], column: str) -> Array:
    """A column in the last year for a dimension and, of each of its keys, a sector or all."""
    dimension, sector = measure
    keys = tables.summary.keys(INDICATOR, dimension)
    split = f"sector*{dimension}" if sector else dimension
    found = [
        Measure(indicator=INDICATOR, dimension=split, key=f"{sector}*{key}" if sector else key)
        for key in keys
    ]
    return np.array([tables.summary.last(scenario, one, column) for one in found])


def _row(page: Sheet, tables: Tables, language: str, of: tuple[str, list[str]]) -> None:
    dimension, names = of
    word = words(language)
    row_title = word.text(f"charts.burden.{dimension}")
    keys = tables.summary.keys(INDICATOR, dimension)
    axis = word.text("charts.quintile.axis")
    if dimension != "quintile":
        axis = numbered([word.label(dimension, key) for key in keys])
    (line,) = panels(page, names, [row_title], axis)
    for scenario, axes in zip(tables.scenarios, line, strict=True):
        stack(axes, tables, scenario, dimension)
        number_bars(axes, len(keys))
    number_axis(line[0].yaxis, PERCENT, language)


def numbered(names: Sequence[str]) -> str:
    """Names with the numbers that stand for them on an axis."""
    return ", ".join(f"{place}: {name}" for place, name in enumerate(names, start=1))


def number_bars(axes: Axes, count: int) -> None:
    """Places 1, 2, … on the x axis, their numbers below."""
    axes.set_xticks(np.arange(1.0, count + 1), [str(place) for place in range(1, count + 1)])
    axes.set_xlim(0.4, count + 0.6)


def stack(axes: Axes, tables: Tables, scenario: str, dimension: str) -> None:
    """Bars by key, a container labelled by each sector, with intervals of their sum."""
    at = np.arange(1.0, len(tables.summary.keys(INDICATOR, dimension)) + 1)
    floor = np.zeros(at.size)
    for place, sector in enumerate(drawn_sectors(tables)):
        part = share(tables, scenario, (dimension, sector), "mean")
        axes.bar(
            at,
            part,
            bottom=floor,
            width=0.7,
            color=COLOURS[place],
            hatch=HATCHES[place],
            edgecolor=INK,
            linewidth=0.3,
            label=sector,
        )
        floor = floor + part
    ends = {name: share(tables, scenario, (dimension, ""), name) for name in BANDS}
    draw_intervals(axes, at, ends)


def title(tables: Tables, language: str) -> str:
    """Under which roadmap payments take most of the poorest fifth's consumption."""
    return highest_title(tables, language, POOREST, "charts.burden.title")
