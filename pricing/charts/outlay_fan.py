"""What the roadmaps cost the public: budget outlay and net public cost over the years."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import certainty, lowest, name_of
from pricing.charts._units import written

OUTLAY, NET = Measure(indicator="outlay"), Measure(indicator="net_public_cost")
ROWS = (
    FanRow(measure=OUTLAY),
    FanRow(measure=NET),
    FanRow(measure=NET, is_difference=True),
)


@chart("outlay_fan")
def draw(tables: Tables, language: str) -> Figure:
    """Outlay and net public cost a year, VND; the last row is the paired difference."""
    subtitle = words(language).text("charts.outlay_fan.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), ROWS)


def title(tables: Tables, language: str) -> str:
    """Which roadmap costs the public least in the last year, and how surely."""
    low = lowest(tables, NET)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "value": written(low.value, tables.summary.units[NET], language),
        "certainty": certainty(tables, low, language),
    }
    return words(language).text("charts.outlay_fan.title", fields)
