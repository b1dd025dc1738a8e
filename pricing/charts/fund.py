"""Is the fund safe: its reserve, the chance of a deficit, the city's net position by year."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import certainty, lowest, name_of
from pricing.charts._units import written

RESERVE, POSITION = Measure(indicator="fund_reserve"), Measure(indicator="fund_net_position")
ROWS = (
    FanRow(measure=RESERVE),
    FanRow(measure=Measure(indicator="fund_deficit"), is_flag=True),
    FanRow(measure=POSITION),
    FanRow(measure=POSITION, is_difference=True),
)


@chart("fund")
def draw(tables: Tables, language: str) -> Figure:
    """National reserve, probability that a year ends in deficit, the city's net position."""
    subtitle = words(language).text("charts.fund.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), ROWS)


def title(tables: Tables, language: str) -> str:
    """Which roadmap leaves the city the weakest position with the fund in the last year."""
    low = lowest(tables, POSITION)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "value": written(low.value, tables.summary.units[POSITION], language),
        "certainty": certainty(tables, low, language),
    }
    return words(language).text("charts.fund.title", fields)
