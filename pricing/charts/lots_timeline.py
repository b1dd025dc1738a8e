"""What happens to lots year by year: contracts, tenders, failures, defaults, days without them."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import certainty, highest, name_of
from pricing.charts._units import written

INTERRUPTION = Measure(indicator="interruption_days")
ROWS = (
    FanRow(measure=Measure(indicator="awarded_lots")),
    FanRow(measure=Measure(indicator="tendered_lots")),
    FanRow(measure=Measure(indicator="failed_lots")),
    FanRow(measure=Measure(indicator="defaulted_lots")),
    FanRow(measure=INTERRUPTION),
)


@chart("lots_timeline", needs=INTERRUPTION)
def draw(tables: Tables, language: str) -> Figure:
    """Numbers of contracts, tenders, failures and defaults a year, and days of interruption."""
    subtitle = words(language).text("charts.lots_timeline.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), ROWS)


def title(tables: Tables, language: str) -> str:
    """Under which scenario lots go without service longest in the last year."""
    high = highest(tables, INTERRUPTION)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "high": name_of(tables, high.scenario, language),
        "value": written(high.value, tables.summary.units[INTERRUPTION], language),
        "certainty": certainty(tables, high, language),
    }
    return words(language).text("charts.lots_timeline.title", fields)
