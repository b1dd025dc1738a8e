"""Whom payments for care ruin: the share of people above the limits, over the years."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import highest_title


def headcount(threshold: str) -> Measure:
    """The headcount above one limit."""
    return Measure(indicator="catastrophic_headcount", dimension="threshold", key=threshold)


TENTH, CAPACITY = headcount("consumption_10"), headcount("capacity_40")
ROWS = (
    FanRow(measure=TENTH),
    FanRow(measure=TENTH, is_difference=True),
    FanRow(measure=CAPACITY),
)


@chart("catastrophic_fan", needs=TENTH)
def draw(tables: Tables, language: str) -> Figure:
    """Headcounts above 10 % of consumption and 40 % of capacity to pay, share of people."""
    subtitle = words(language).text("charts.catastrophic.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), ROWS)


def title(tables: Tables, language: str) -> str:
    """Under which roadmap most people face catastrophic payments in the last year."""
    return highest_title(tables, language, TENTH, "charts.catastrophic.title")
