"""Second-best prices beside the roadmaps': which services they would make dearer or cheaper."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Tables
from pricing.charts._findings import name_of
from pricing.charts._panels import name_rows
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import GREY, INK, PALE, look_of, wrapped
from pricing.charts._units import capital, number, signed

FILE = "ramsey.csv"
NAMES, ROW, FLOOR, OVER = 3.6, 1.15, 0.5, 0.6  # cm
ROUND = (0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0)


@chart("ramsey", file=FILE)
def draw(tables: Tables, language: str) -> Figure:
    """What users would pay at second-best prices over what they pay, by service and scenario."""
    word = words(language)
    services = drawn_services(tables)
    scenarios = [name for name in tables.scenarios if ratios(tables, name, services).size]
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.ramsey.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=(
            tuple(
                (look_of(tables.scenarios.index(name)).key(), name_of(tables, name, language))
                for name in scenarios
            ),
        ),
        notes=(word.text("charts.ramsey.note"),),
    )
    page = sheet(tables, language, heading, 4.6 + ROW * len(services))
    left = page.margin + NAMES
    axes = page.axes(
        (
            left,
            page.bottom + FLOOR,
            page.width - page.margin - left,
            page.top - page.bottom - FLOOR - OVER,
        )
    )
    axes.axvline(1.0, color=INK, linewidth=0.8)
    places = np.arange(len(services), dtype=np.float64)
    for order, name in enumerate(scenarios):
        look = look_of(tables.scenarios.index(name))
        shift = 0.5 * ((order + 0.5) / len(scenarios) - 0.5)
        axes.plot(
            ratios(tables, name, services),
            places + shift,
            linestyle="none",
            color=look.colour,
            marker=look.marker,
            markersize=3.6,
            label=name,
        )
    _dress(axes, services, language)
    name_rows(axes, word.text("charts.ramsey.axis"), 0.0, page.top - page.bottom - FLOOR - OVER)
    return page.figure


def drawn_services(tables: Tables) -> tuple[str, ...]:
    """Services that the benchmark prices, in the order of the table."""
    return tuple(dict.fromkeys(row["service"] for row in tables.files[FILE]))


def ratios(tables: Tables, scenario: str, services: tuple[str, ...]) -> Array:
    """Second-best over actual user price of a scenario, (service,); NaN where there is none."""
    found = {
        row["service"]: float(row["second_best"]) / float(row["user_price"])
        for row in tables.files[FILE]
        if row["scenario"] == scenario
    }
    return np.array([found.get(name, np.nan) for name in services]) if found else np.empty(0)


def _dress(axes: Axes, services: tuple[str, ...], language: str) -> None:
    """Names of services, a logarithmic axis of ratios, thin lines between the rows."""
    word = words(language)
    axes.set_xscale("log")
    axes.margins(x=0.08)
    low, high = axes.get_xlim()
    ticks = [tick for tick in ROUND if low <= tick <= high]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    digits = [0 if tick == round(tick) else 2 for tick in ticks]
    labels = [number(tick, language, count) for tick, count in zip(ticks, digits, strict=True)]
    axes.xaxis.set_major_formatter(FixedFormatter(labels))
    axes.xaxis.set_minor_locator(NullLocator())
    names = [
        "\n".join(wrapped(capital(word.label("service", name)), NAMES - 0.2, 7.0))
        for name in services
    ]
    axes.set_yticks(range(len(services)), names)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    axes.set_ylim(len(services) - 0.5, -0.5)
    for place in range(1, len(services)):
        axes.axhline(place - 0.5, color=PALE, linewidth=0.6)
    axes.spines["bottom"].set_color(GREY)


def title(tables: Tables, language: str) -> str:
    """The service whose users would pay relatively most, and the one with the least, today."""
    services = drawn_services(tables)
    found = ratios(tables, tables.baseline, services)
    word = words(language)
    up, down = int(np.nanargmax(found)), int(np.nanargmin(found))
    fields = {
        "baseline": name_of(tables, tables.baseline, language),
        "dearer": word.label("service", services[up]),
        "rise": signed(100.0 * (found[up] - 1.0), language, 0),
        "cheaper": word.label("service", services[down]),
        "fall": signed(100.0 * (found[down] - 1.0), language, 0),
    }
    return word.text("charts.ramsey.title", fields)
