"""Who bears the cost: shares of the payers in each sector, and how the households' share moves."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._findings import highest, lowest, name_of
from pricing.charts._panels import name_rows
from pricing.charts._sheet import Heading, Sheet, sheet, year_axis
from pricing.charts._style import BLUE, GREY, INK, ORANGE, PALE, look_of, wrapped
from pricing.charts._units import Scale, capital, number, number_axis, written

PAYERS = {"household": (ORANGE, INK), "fund": (BLUE, "white"), "budget": (PALE, INK)}
NAMES, BARS, BETWEEN = 3.4, 5.6, 1.35  # cm
READABLE = 0.06  # a narrower part takes no number
PERCENT = Scale(factor=0.01, word="%")


@chart("who_pays")
def draw(tables: Tables, language: str) -> Figure:
    """Payer shares of the last year; the households' share over the years against the baseline."""
    word = words(language)
    payers = tuple(
        (Patch(facecolor=colour, edgecolor=INK, linewidth=0.3), capital(word.label("payer", payer)))
        for payer, (colour, _) in PAYERS.items()
    )
    lines = tuple(
        (look_of(place).key(), name_of(tables, scenario, language))
        for place, scenario in enumerate(tables.scenarios)
        if scenario != tables.baseline
    )
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.who_pays.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=(payers, lines),
    )
    found = drawn_sectors(tables)
    page = sheet(tables, language, heading, 3.6 + 4.2 * len(found))
    step = (page.top - page.bottom - 0.4) / len(found)
    for place, sector in enumerate(found):
        bottom = page.top - (place + 1) * step + 0.05
        _sector(page, tables, language, (sector, bottom + 0.35, step - 1.0))
    return page.figure


def drawn_sectors(tables: Tables) -> tuple[str, ...]:
    """Sectors for which the run says who pays, in the order of the table."""
    keys = tables.summary.keys("payer_share", "sector*payer")
    return tuple(dict.fromkeys(key.split("*")[0] for key in keys))


def payer_share(sector: str, payer: str) -> Measure:
    """The share of a payer in what a sector's services cost their payers."""
    return Measure(indicator="payer_share", dimension="sector*payer", key=f"{sector}*{payer}")


def _sector(page: Sheet, tables: Tables, language: str, place: tuple[str, float, float]) -> None:
    sector, bottom, height = place
    word = words(language)
    name = capital(word.label("sector", sector))
    left = page.margin + NAMES
    bars = page.axes((left, bottom, BARS, height))
    stack(bars, tables, language, sector)
    name_rows(bars, f"{name}: {word.text('charts.who_pays.shares')}", -NAMES, height)
    right = left + BARS + BETWEEN
    moves = page.axes((right, bottom, page.width - page.margin - right, height))
    move(moves, tables, sector)
    number_axis(moves.yaxis, PERCENT, language)
    name_rows(moves, word.text("charts.who_pays.household"), 0.35 - BETWEEN, height)
    year_axis(moves, tables.years)


def stack(axes: Axes, tables: Tables, language: str, sector: str) -> None:
    """Shares of the last year, a bar a scenario, a container labelled by each payer."""
    heights = np.arange(float(len(tables.scenarios)))
    floor = np.zeros(len(tables.scenarios))
    for payer, (colour, ink) in PAYERS.items():
        share = last_shares(tables, sector, payer)
        axes.barh(
            heights,
            share,
            left=floor,
            height=0.74,
            color=colour,
            edgecolor=INK,
            linewidth=0.3,
            label=payer,
        )
        for at, part, start in zip(heights, share, floor, strict=True):
            if part >= READABLE:
                axes.text(
                    start + part / 2,
                    at,
                    number(100 * part, language, 1),
                    color=ink,
                    ha="center",
                    va="center_baseline",
                    fontsize=6.2,
                )
        floor = floor + share
    axes.set_yticks(
        heights,
        [
            "\n".join(wrapped(name_of(tables, name, language), NAMES - 0.1, 6.2))
            for name in tables.scenarios
        ],
        fontsize=6.2,
        linespacing=0.95,
    )
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.set_xlim(0.0, 1.0)
    number_axis(axes.xaxis, PERCENT, language, steps=5)


def last_shares(tables: Tables, sector: str, payer: str) -> Array:
    """Share of a payer in the last year; nothing where the payer has no row; (scenario,)."""
    measure = payer_share(sector, payer)
    return np.array(
        [
            tables.summary.last(name, measure, "mean") if tables.summary.has(name, measure) else 0.0
            for name in tables.scenarios
        ]
    )


def move(axes: Axes, tables: Tables, sector: str) -> None:
    """Difference of the households' share from the baseline, a line a roadmap."""
    measure = payer_share(sector, "household")
    axes.axhline(0.0, color=GREY, linewidth=0.6)
    for place, scenario in enumerate(tables.scenarios):
        if scenario != tables.baseline and tables.comparison.has(scenario, measure):
            years = tables.comparison.values(scenario, measure, "year")
            change = tables.comparison.values(scenario, measure, "difference")
            look_of(place).plot(axes, years, change, scenario)


def title(tables: Tables, language: str) -> str:
    """Between which shares the roadmaps take the households of the first sector."""
    sector = drawn_sectors(tables)[0]
    measure = payer_share(sector, "household")
    low, high = lowest(tables, measure), highest(tables, measure)
    fields = {
        "sector": words(language).label("sector", sector),
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "low_value": written(low.value, "share", language),
        "high": name_of(tables, high.scenario, language),
        "high_value": written(high.value, "share", language),
    }
    return words(language).text("charts.who_pays.title", fields)
