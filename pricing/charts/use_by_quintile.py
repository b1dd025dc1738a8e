"""Who uses more and who less: use and enrolment by quintile, in percent of the baseline."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._findings import name_of
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import width_of
from pricing.charts._sheet import HEADER, LEADING, Heading, Lettering, Sheet, sheet
from pricing.charts._style import DOT, INK, PALE, POINT, POOREST, wrapped
from pricing.charts._units import Scale, capital, number_axis, signed

QUINTILES = ("1", "2", "3", "4", "5")
DIMENSION = {"use_rate": "need*quintile", "enrolment_rate": "education_level*quintile"}
GROUP = 6.0  # places on the x axis for five quintiles and a gap
NAMES, ROW = 3.35, 1.5  # cm
NAME_LETTERS = Lettering(weight="bold", across="center", upright="bottom")
PERCENT = Scale(factor=1.0, word="%")


@chart("use_by_quintile")
def draw(tables: Tables, language: str) -> Figure:
    """Difference of use and enrolment from the baseline in the last year, percent."""
    word = words(language)
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text(
            "charts.use.subtitle",
            {
                "year": f"{tables.years[-1]:.0f}",
                "baseline": name_of(tables, tables.baseline, language),
            },
        ),
        legend=(
            (
                (POOREST.key(), capital(word.label("quintile", "1"))),
                (DOT.key(), word.text("charts.use.others")),
                *interval_legend(language),
            ),
        ),
        notes=(word.text("charts.bands"), word.text("charts.use.scales")),
    )
    needs = drawn_needs(tables)
    page = sheet(tables, language, heading, 4.4 + ROW * len(needs))
    top = _headers(page, tables, language)
    step = (top - page.bottom - 0.75) / len(needs)
    left = page.margin + NAMES
    for place, measure in enumerate(needs):
        box = (left, top - (place + 1) * step, page.width - page.margin - left, step - 0.2)
        axes = page.axes(box)
        strip(axes, tables, measure)
        number_axis(axes.yaxis, PERCENT, language, steps=3)
        _name(
            axes,
            wrapped(capital(word.label("need", measure.key)), NAMES - 0.9, 7.0),
            place + 1 == len(needs),
        )
    axes.set_xlabel(word.text("charts.quintile.axis"), labelpad=1.5)
    return page.figure


def drawn_needs(tables: Tables) -> tuple[Measure, ...]:
    """Use of each episode need, then enrolment of each learner need; the key is the need."""
    return tuple(
        Measure(indicator=indicator, dimension=dimension, key=need)
        for indicator, dimension in DIMENSION.items()
        for need in dict.fromkeys(
            key.split("*")[0] for key in tables.summary.keys(indicator, dimension)
        )
    )


def percent(tables: Tables, scenario: str, need: Measure, column: str) -> Array:
    """A column of comparison.csv in percent of the baseline's mean, last year; (quintile,)."""
    measures = [
        Measure(indicator=need.indicator, dimension=need.dimension, key=f"{need.key}*{key}")
        for key in QUINTILES
    ]
    change = np.array([tables.comparison.last(scenario, item, column) for item in measures])
    base = np.array([tables.summary.last(tables.baseline, item, "mean") for item in measures])
    relative: Array = 100.0 * change / base
    return relative


def strip(axes: Axes, tables: Tables, need: Measure) -> None:
    """One need: a group of five dots with intervals for each roadmap, on one axis."""
    axes.axhline(0.0, color=INK, linewidth=0.6)
    for place, scenario in enumerate(tables.roadmaps):
        at = GROUP * place + np.arange(1.0, 6.0)
        if place:
            axes.axvline(GROUP * place, color=PALE, linewidth=0.8)
        ends = {name: percent(tables, scenario, need, name) for name in BANDS}
        draw_intervals(axes, at, ends)
        middle = percent(tables, scenario, need, "difference")
        DOT.plot(axes, at, middle, scenario)
        POOREST.plot(axes, at[:1], middle[:1], f"{scenario} poorest")
    axes.margins(y=0.12)
    axes.set_xlim(0.0, GROUP * len(tables.roadmaps))
    axes.set_xticks(
        [
            GROUP * place + quintile
            for place in range(len(tables.roadmaps))
            for quintile in range(1, 6)
        ],
        QUINTILES * len(tables.roadmaps),
    )


def _name(axes: Axes, lines: list[str], is_last: bool) -> None:
    axes.set_ylabel("\n".join(lines), rotation=0, ha="left", va="center")
    axes.yaxis.set_label_coords(-NAMES / width_of(axes), 0.5)
    axes.tick_params(axis="x", labelbottom=is_last, length=0)


def _headers(page: Sheet, tables: Tables, language: str) -> float:
    """Names of the roadmaps over their groups; what height is left below them, cm."""
    left = page.margin + NAMES
    width = (page.width - page.margin - left) / len(tables.roadmaps)
    headers = [
        wrapped(name_of(tables, scenario, language), width - 0.2, HEADER, "bold")
        for scenario in tables.roadmaps
    ]
    floor = page.top - max(len(lines) for lines in headers) * HEADER * LEADING * POINT
    for place, lines in enumerate(headers):
        middle = left + (place + 0.5) * width, floor
        page.text(middle, "\n".join(lines), HEADER, NAME_LETTERS)
    return floor - 0.1


def title(tables: Tables, language: str) -> str:
    """Where the use of the poorest fifth moves most, and by how much."""
    change, need, scenario = max(
        (
            (float(percent(tables, scenario, need, "difference")[0]), need.key, scenario)
            for need in drawn_needs(tables)
            for scenario in tables.roadmaps
        ),
        key=lambda found: abs(found[0]),
    )
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "need": words(language).label("need", need),
        "scenario": name_of(tables, scenario, language),
        "change": signed(change, language, 1),
    }
    return words(language).text("charts.use.title", fields)
