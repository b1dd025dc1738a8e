"""Who enters and leaves, and what holds projects back: openings, closures, reviews by reason."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import highest_title

OPENED = Measure(indicator="entries")
ROWS = (
    OPENED,
    Measure(indicator="exits"),
    Measure(indicator="declined_for_return"),
    Measure(indicator="declined_for_rivals"),
    Measure(indicator="declined_for_staff"),
    Measure(indicator="forgone_revenue"),
)


@chart("entries", needs=OPENED)
def draw(tables: Tables, language: str) -> Figure:
    """Projects that open and units that close a year, reviews declined, revenue forgone."""
    title = highest_title(tables, language, FORGONE, "charts.entries.title")
    subtitle = words(language).text("charts.entries.subtitle")
    fans = tuple(FanRow(measure=measure) for measure in ROWS)
    return fan_figure(tables, language, (title, subtitle), fans)


FORGONE = ROWS[-1]
