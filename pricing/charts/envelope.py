"""What a short budget does, link by link: arrears, cash, capital, age of assets, quality, use."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import certainty, lowest, name_of
from pricing.charts._units import written

QUALITY = Measure(indicator="quality")
ARREARS = Measure(indicator="budget_arrears")
ROWS = (
    FanRow(measure=ARREARS, is_difference=True),
    FanRow(measure=Measure(indicator="units_cash"), is_difference=True),
    FanRow(
        measure=Measure(indicator="outlay", dimension="line", key="capital"), is_difference=True
    ),
    FanRow(measure=Measure(indicator="asset_age"), is_difference=True),
    FanRow(measure=QUALITY, is_difference=True),
    FanRow(
        measure=Measure(indicator="use_rate", dimension="need", key="ambulatory"),
        is_difference=True,
    ),
)


@chart("envelope", needs=Measure(indicator="envelope_use"))
def draw(tables: Tables, language: str) -> Figure:
    """The chain from money to users, each as its difference from the baseline."""
    subtitle = words(language).text("charts.envelope.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), ROWS)


def title(tables: Tables, language: str) -> str:
    """Under which scenario quality is lowest in the last year."""
    low = lowest(tables, QUALITY)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "value": written(low.value, tables.summary.units[QUALITY], language),
        "certainty": certainty(tables, low, language),
    }
    return words(language).text("charts.envelope.title", fields)
