"""Where professionals are missing: vacant public posts by profession, whom public units lose."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import highest_title

BY_PROFESSION = "ownership*profession"
PUBLIC = "public"
VACANT = Measure(indicator="vacancy_rate", dimension="ownership", key=PUBLIC)
LOST = Measure(indicator="public_staff_lost")
QUITS = Measure(indicator="quit_rate")


@chart("staff_flows", needs=VACANT)
def draw(tables: Tables, language: str) -> Figure:
    """Vacant public posts by profession and quits, shares; net loss of public units, people."""
    subtitle = words(language).text("charts.staff.subtitle")
    return fan_figure(tables, language, (title(tables, language), subtitle), rows(tables))


def rows(tables: Tables) -> tuple[FanRow, ...]:
    """Stocks by profession in the order of the table, then the flows of all professions."""
    stocks = [
        Measure(indicator=VACANT.indicator, dimension=BY_PROFESSION, key=key)
        for key in tables.summary.keys(VACANT.indicator, BY_PROFESSION)
        if key.startswith(f"{PUBLIC}*")
    ]
    return tuple(FanRow(measure=measure) for measure in (*stocks, QUITS, LOST))


def title(tables: Tables, language: str) -> str:
    """Under which scenario most public posts are vacant in the last year."""
    return highest_title(tables, language, VACANT, "charts.staff.title")
