"""How far non-public units reach: their share of beds, of children and of what is paid."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import highest_title
from pricing.charts._style import VERMILLION, Look

PAID = Measure(indicator="non_public_payment_share")
BEDS = Measure(indicator="non_public_capacity_share", dimension="service", key="inpatient_stay")
CHILDREN = Measure(indicator="non_public_share", dimension="service", key="preschool")
STUDENTS = Measure(indicator="non_public_share", dimension="service", key="higher_education")
SHOWN = (BEDS, CHILDREN, STUDENTS, PAID)
# Year and share of the whole country. Beds: plan of the network of health facilities, 2024;
# children: the Government's newspaper, 3 January 2025; students: Resolution 35/NQ-CP, 2019.
TARGETS: Mapping[Measure, tuple[int, float]] = MappingProxyType(
    {BEDS: (2030, 0.15), CHILDREN: (2030, 0.35), STUDENTS: (2025, 0.225)}
)
TARGET = Look(colour=VERMILLION, dashes=(5.0, 1.5), width=1.0)


@chart("non_public_share", needs=PAID)
def draw(tables: Tables, language: str) -> Figure:
    """Non-public shares of staffed beds, of preschool and of students, and of payments."""
    title = highest_title(tables, language, PAID, "charts.non_public.title")
    word, shown = words(language), rows(tables)
    titles = title, word.text("charts.non_public.subtitle")
    further = ((TARGET.key(), word.text("charts.non_public.target")),)
    figure = fan_figure(tables, language, titles, shown, further)
    width = len(tables.scenarios)
    for place, row in enumerate(shown):
        for axes in figure.axes[place * width : (place + 1) * width]:
            draw_target(axes, tables, row.measure)
    return figure


def draw_target(axes: Axes, tables: Tables, measure: Measure) -> None:
    """The target of a share from its year on, in the years that are drawn."""
    if measure not in TARGETS:
        return
    year, share = TARGETS[measure]
    years = tables.years[tables.years >= year]
    TARGET.plot(axes, years, np.full_like(years, share), "target")


def rows(tables: Tables) -> tuple[FanRow, ...]:
    """The shares that the city has services for."""
    return tuple(
        FanRow(measure=measure)
        for measure in SHOWN
        if measure.key in tables.summary.keys(measure.indicator, measure.dimension)
    )
