"""Where non-public units reach: their share in every place over the years, a panel a place."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, drawn, fan_legend, fan_panel
from pricing.charts._findings import highest, name_of
from pricing.charts._panels import LEFT, YEARS, name_rows
from pricing.charts._sheet import HEADER, Heading, Lettering, Sheet, sheet, year_axis
from pricing.charts._style import wrapped
from pricing.charts._units import capital, number_axis, scale_of, written
from pricing.charts.non_public_share import PAID

INDICATOR, DIMENSION = "non_public_share_made", "service*place"
SERVICES = ("inpatient_stay", "preschool", "higher_education")  # those with a national target
COLUMNS = 6
FRAME, ROW, NAME, GAP = 4.6, 2.5, 0.62, 0.22  # cm; a name takes up to two lines
NAMING = Lettering(upright="bottom")


def parts(tables: Tables) -> dict[str, Tables]:
    """A figure for each service with a target that non-public units provide in several places."""
    found = {}
    for service in SERVICES:
        measures = of_service(tables, service)
        if measures and np.sum([last(tables, one) > 0.0 for one in measures]) > 1:
            units = {one: tables.summary.units[one] for one in measures} | {
                PAID: tables.summary.units[PAID]
            }
            found[service] = replace(tables, summary=replace(tables.summary, units=units))
    return found


@chart("non_public_places", parts=parts)
def draw(tables: Tables, language: str) -> Figure:
    """Non-public share of a service in each place under one scenario, beside the baseline."""
    word, shown = words(language), scenario_shown(tables)
    measures = places_of(tables)
    service = measures[0].key.split("*")[0]
    heading = Heading(
        title=title(tables, measures, language),
        subtitle=word.text(
            "charts.non_public_places.subtitle", {"scenario": name_of(tables, shown, language)}
        ),
        legend=(fan_legend(language),),
        notes=(word.text("charts.bands"), word.text("charts.non_public_places.note")),
    )
    rows = [FanRow(measure=one) for one in measures]
    values = np.concatenate([drawn(tables, row) for row in rows])
    scale = scale_of(tables.summary.units[measures[0]], values, language)
    share = capital(word.label("indicator", INDICATOR))
    label = f"{share}, {word.label('service', service)} ({scale.word})"
    page = sheet(tables, language, heading, FRAME + ROW * -(-len(rows) // COLUMNS))
    grid = place_panels(page, [place_name(one) for one in measures], label)
    for axes, row in zip(grid, rows, strict=True):
        fan_panel(axes, tables, row, shown)
    number_axis(grid[0].yaxis, scale, language, steps=4)
    _years(grid, tables)
    return page.figure


def scenario_shown(tables: Tables) -> str:
    """The scenario in which non-public units receive the largest share of payments."""
    return highest(tables, PAID).scenario


def of_service(tables: Tables, service: str) -> tuple[Measure, ...]:
    """The share of a service in each place that the shown scenario has rows of, as in the CSV."""
    if not any(tables.summary.has(name, PAID) for name in tables.scenarios):
        return ()
    shown = scenario_shown(tables)
    every = (
        Measure(indicator=INDICATOR, dimension=DIMENSION, key=key)
        for key in tables.summary.keys(INDICATOR, DIMENSION)
        if key.split("*")[0] == service
    )
    return tuple(one for one in every if tables.summary.has(shown, one))


def places_of(tables: Tables) -> tuple[Measure, ...]:
    """Measures of the first service of the tables that has a target."""
    return next(found for name in SERVICES if (found := of_service(tables, name)))


def last(tables: Tables, measure: Measure) -> float:
    """Mean of a measure under the shown scenario in the last year."""
    return tables.summary.last(scenario_shown(tables), measure, "mean")


def place_name(measure: Measure) -> str:
    """The id of the place of a measure, in words."""
    return measure.key.split("*")[1].replace("_", " ")


def title(tables: Tables, measures: Sequence[Measure], language: str) -> str:
    """In which place the share of the last year is largest, in how many it is nil."""
    means = [last(tables, one) for one in measures]
    top = int(np.argmax(means))
    fields = {
        "service": capital(words(language).label("service", measures[0].key.split("*")[0])),
        "year": f"{tables.years[-1]:.0f}",
        "place": place_name(measures[top]),
        "value": written(means[top], tables.summary.units[measures[top]], language),
        "none": str(sum(mean == 0.0 for mean in means)),
        "all": str(len(means)),
    }
    return words(language).text("charts.non_public_places.title", fields)


def place_panels(page: Sheet, names: Sequence[str], label: str) -> list[Axes]:
    """Panels in rows from the top left, a name over each, one y axis and its label for all."""
    left = page.margin + LEFT
    width = (page.width - page.margin - left - GAP * (COLUMNS - 1)) / COLUMNS
    n_rows = -(-len(names) // COLUMNS)
    top = page.top - 0.4  # the title of the y axis
    step = (top - page.bottom - YEARS) / n_rows
    grid: list[Axes] = []
    for count, name in enumerate(names):
        row, column = divmod(count, COLUMNS)
        corner = left + column * (width + GAP), top - (row + 1) * step
        box = (*corner, width, step - NAME)
        axes = page.axes(box, like=grid[0] if grid else None)
        axes.tick_params(axis="y", labelleft=column == 0)
        lines = wrapped(name, width, HEADER)
        page.text((corner[0], corner[1] + step - NAME + 0.04), "\n".join(lines), HEADER, NAMING)
        grid.append(axes)
    name_rows(grid[0], label, -LEFT, step - NAME, above=NAME)
    return grid


def _years(grid: Sequence[Axes], tables: Tables) -> None:
    """Years below the lowest panel of each column."""
    for count, axes in enumerate(grid):
        year_axis(axes, tables.years)
        axes.tick_params(axis="x", labelbottom=count + COLUMNS >= len(grid))
