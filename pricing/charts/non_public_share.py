"""How far non-public units reach: their share of beds, of children and of what is paid."""

from matplotlib.figure import Figure

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import FanRow, fan_figure
from pricing.charts._findings import highest_title

PAID = Measure(indicator="non_public_payment_share")
SHOWN = (
    Measure(indicator="non_public_capacity_share", dimension="service", key="inpatient_stay"),
    Measure(indicator="non_public_share", dimension="service", key="preschool"),
    Measure(indicator="non_public_share", dimension="service", key="higher_education"),
    PAID,
)


@chart("non_public_share", needs=PAID)
def draw(tables: Tables, language: str) -> Figure:
    """Non-public shares of staffed beds, of preschool and of students, and of payments."""
    title = highest_title(tables, language, PAID, "charts.non_public.title")
    subtitle = words(language).text("charts.non_public.subtitle")
    return fan_figure(tables, language, (title, subtitle), rows(tables))


def rows(tables: Tables) -> tuple[FanRow, ...]:
    """The shares that the city has services for."""
    return tuple(
        FanRow(measure=measure)
        for measure in SHOWN
        if measure.key in tables.summary.keys(measure.indicator, measure.dimension)
    )
