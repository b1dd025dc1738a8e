"""All roadmaps on one page: what they cost the public, what the poorest fifth pays, and a table.

The title is computed from the last year of summary.csv and comparison.csv. It names the roadmap
with the lowest mean net public cost and the one with the highest mean out-of-pocket spending of
the poorest fifth. Differences are paired with the baseline only, so the probability is that of
lying below (above) the baseline; where the baseline itself comes first, that of lying below
(above) the next roadmap. Below 0.9 the sentence says that the two are not distinguishable.
"""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, draw_fans, fan_legend
from pricing.charts._findings import certainty, highest, lowest, name_of
from pricing.charts._grid import draw_grid, grid_height
from pricing.charts._sheet import Heading, Sheet, framed
from pricing.charts._style import CM
from pricing.charts._units import written

A4 = (21.0, 29.7)
EDGE = 1.6  # cm
NET = Measure(indicator="net_public_cost")
POOREST = Measure(indicator="out_of_pocket", dimension="quintile", key="1")
ROWS = (
    FanRow(measure=NET),
    FanRow(measure=NET, is_difference=True),
    FanRow(measure=POOREST),
    FanRow(measure=POOREST, is_difference=True),
)


@chart("summary")
def draw(tables: Tables, language: str) -> Figure:
    """An A4 page: fans of cost and burden by roadmap, then the table of the last year."""
    word = words(language)
    width, height = A4
    figure = Figure(figsize=(width * CM, height * CM))
    blank = Sheet(figure=figure, width=width, height=height, bottom=0.0, top=height, margin=EDGE)
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.summary.subtitle"),
        legend=(fan_legend(language),),
        notes=(word.text("charts.bands"), word.text("charts.summary.table_note")),
    )
    page = framed(blank, tables, language, heading)
    tall = grid_height(tables)
    fans = Sheet(
        figure=figure,
        width=width,
        height=height,
        bottom=page.bottom + tall + 0.3,
        top=page.top,
        margin=EDGE,
    )
    draw_fans(fans, tables, language, ROWS)
    draw_grid(page, tables, language)
    return figure


def title(tables: Tables, language: str) -> str:
    """Which roadmap costs the public least and which burdens the poorest fifth most, how surely."""
    low, high = lowest(tables, NET), highest(tables, POOREST)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "low_value": written(low.value, tables.summary.units[NET], language),
        "low_certainty": certainty(tables, low, language),
        "high": name_of(tables, high.scenario, language),
        "high_value": written(high.value, tables.summary.units[POOREST], language),
        "high_certainty": certainty(tables, high, language),
    }
    return words(language).text("charts.summary.title", fields)
