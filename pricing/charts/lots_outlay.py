"""What lots cost the budget: payments, administration, and all outlay once lots replace grants."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import certainty, lowest, name_of
from pricing.charts._units import written

LOTS = Measure(indicator="outlay", dimension="line", key="lots")
ADMINISTRATION = Measure(indicator="lot_administration")
OUTLAY = Measure(indicator="outlay")
ROWS = (
    FanRow(measure=LOTS),
    FanRow(measure=ADMINISTRATION),
    FanRow(measure=OUTLAY, is_difference=True),
)


@chart("lots_outlay", needs=ADMINISTRATION)
def draw(tables: Tables, language: str) -> Figure:
    """Outlay on lots and their administration a year, VND; the last row is the difference."""
    subtitle = words(language).text("charts.lots_outlay.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), ROWS)


def title(tables: Tables, language: str) -> str:
    """Where lots alone, and where all outlay with what lots replace, is least, how surely."""
    low, least = lowest(tables, LOTS), lowest(tables, OUTLAY)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "value": written(low.value, tables.summary.units[LOTS], language),
        "certainty": certainty(tables, low, language),
        "least": name_of(tables, least.scenario, language),
        "least_value": written(least.value, tables.summary.units[OUTLAY], language),
        "least_certainty": certainty(tables, least, language),
    }
    return words(language).text("charts.lots_outlay.title", fields)
