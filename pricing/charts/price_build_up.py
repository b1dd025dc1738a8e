"""What a regulated price is made of: its cost components by year, one panel a roadmap."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._findings import highest, lowest, name_of
from pricing.charts._panels import panels, year_axes
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import BLUE, INK, SKY, VERMILLION, YELLOW
from pricing.charts._units import capital, number, number_axis, scale_of, written

# One or two services that carry most of the money of each sector.
SERVICES = ("hospital_outpatient_visit", "inpatient_stay", "lower_secondary", "college")
COMPONENTS = {  # from the bottom, in the order in which the law lets them into prices
    "direct": (SKY, ""),
    "labour": (BLUE, ""),
    "management": (YELLOW, ""),
    "depreciation": (VERMILLION, "/////"),
}
ROOM = 1.22  # above the tallest bar, for the share of full cost


@chart("price_build_up")
def draw(tables: Tables, language: str) -> Figure:
    """Components of service_price, VND a unit of output, stacked by year."""
    word = words(language)
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.price_build_up.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=(
            tuple(
                (
                    Patch(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.3),
                    capital(word.label("component", component)),
                )
                for component, (colour, hatch) in COMPONENTS.items()
            ),
        ),
    )
    services = drawn_services(tables)
    page = sheet(tables, language, heading, 3.6 + 3.1 * len(services))
    names = [name_of(tables, scenario, language) for scenario in tables.scenarios]
    tops = {service: _top(tables, service) for service in services}
    scales = [scale_of("VND", np.array([tops[service]]), language) for service in services]
    titles = [
        f"{capital(word.label('service', service))} ({scale.word})"
        for service, scale in zip(services, scales, strict=True)
    ]
    grid = panels(page, names, titles, word.text("charts.year"))
    for service, line, scale in zip(services, grid, scales, strict=True):
        for scenario, axes in zip(tables.scenarios, line, strict=True):
            stack(axes, tables, scenario, service)
            _mark_full_cost(axes, tables, (scenario, service), language)
        line[0].set_ylim(0.0, tops[service] * ROOM)
        number_axis(line[0].yaxis, scale, language)
    year_axes(grid, tables.years)
    return page.figure


def drawn_services(tables: Tables) -> tuple[str, ...]:
    """The services of this chart that the run has, else the first two it prices."""
    priced = tables.summary.keys("service_price", "service")
    return tuple(service for service in SERVICES if service in priced) or priced[:2]


def component_price(service: str, component: str) -> Measure:
    """The part of a service's price that pays for a component."""
    return Measure(
        indicator="price_component", dimension="service*component", key=f"{service}*{component}"
    )


def service_price(service: str) -> Measure:
    """The regulated price of a service."""
    return Measure(indicator="service_price", dimension="service", key=service)


def stack(axes: Axes, tables: Tables, scenario: str, service: str) -> None:
    """Bars of one service and scenario, a container labelled by each component."""
    floor = np.zeros(tables.years.size)
    for component, (colour, hatch) in COMPONENTS.items():
        part = tables.summary.values(scenario, component_price(service, component), "mean")
        axes.bar(
            tables.years,
            part,
            width=0.82,
            bottom=floor,
            color=colour,
            hatch=hatch,
            edgecolor=INK,
            linewidth=0.15,
            label=component,
        )
        floor = floor + part


def _mark_full_cost(axes: Axes, tables: Tables, address: tuple[str, str], language: str) -> None:
    """Share of full norm cost that the price covers in the last year, where the run states it."""
    scenario, service = address
    ratio = Measure(indicator="full_cost_ratio", dimension="service", key=service)
    if tables.summary.has(scenario, ratio):
        share = number(100 * tables.summary.last(scenario, ratio, "mean"), language, 0)
        axes.text(
            0.98,
            0.985,
            f"{share} %",
            transform=axes.transAxes,
            ha="right",
            va="top",
            fontsize=6.5,
            fontweight="bold",
        )


def _top(tables: Tables, service: str) -> float:
    """The highest price that any roadmap reaches, as the sum of its components; VND."""
    parts = [
        [
            tables.summary.values(scenario, component_price(service, component), "mean")
            for component in COMPONENTS
        ]
        for scenario in tables.scenarios
    ]
    return float(np.sum(parts, axis=1).max())


def title(tables: Tables, language: str) -> str:
    """Between which prices the roadmaps take the first service in the last year."""
    service = drawn_services(tables)[0]
    low, high = (end(tables, service_price(service)) for end in (lowest, highest))
    fields = {
        "service": words(language).label("service", service),
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "low_value": written(low.value, "VND", language),
        "high": name_of(tables, high.scenario, language),
        "high_value": written(high.value, "VND", language),
    }
    return words(language).text("charts.price_build_up.title", fields)
