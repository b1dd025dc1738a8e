"""Ways of protecting the poor: what each costs, and how far it misses the value to keep."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Row, Tables
from pricing.charts._findings import name_of
from pricing.charts._panels import name_rows
from pricing.charts._sheet import Heading, Sheet, sheet
from pricing.charts._style import GREY, INK, PALE, look_of, wrapped
from pricing.charts._units import Scale, capital, number, number_axis, scale_of

FILE = "selection.csv"
NAMES, ROW, OVER, FLOOR, BETWEEN, LAST = 3.7, 0.95, 1.1, 0.55, 0.35, 2.6  # cm
MARK = 4.0  # points


@chart("protection", file=FILE)
def draw(tables: Tables, language: str) -> Figure:
    """Gap and cost of each option on fresh futures with intervals; cost of one case avoided."""
    word = words(language)
    rows = tables.files[FILE]
    year = rows[0]["year"]
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text(
            "charts.protection.subtitle",
            {"year": year, "baseline": name_of(tables, tables.baseline, language)},
        ),
        notes=(word.text("charts.protection.note"),),
    )
    page = sheet(tables, language, heading, 4.5 + ROW * len(rows))
    gap, cost, beside = _boxes(page)
    unit = rows[0]["unit_of_measure"]
    cost_unit = _unit(tables, rows[0]["cost_indicator"])
    scales = (
        scale_of(unit, column(rows, "gap_high"), language),
        scale_of(cost_unit, column(rows, "cost"), language),
    )
    if unit == "share":
        scales = (Scale(factor=0.01, word=word.text("charts.protection.points")), scales[1])
    for axes, name, scale in ((gap, "gap", scales[0]), (cost, "cost", scales[1])):
        _intervals(axes, tables, rows, name)
        number_axis(axes.xaxis, scale, language, steps=4)
    names = [capital(name_of(tables, row["scenario"], language)) for row in rows]
    gap.set_yticks(range(len(rows)), ["\n".join(wrapped(name, NAMES - 0.2, 7.0)) for name in names])
    cost.tick_params(axis="y", labelleft=False)
    height = page.top - page.bottom - OVER - FLOOR
    measured = _measured(rows[0], language)
    width = (page.width - NAMES - LAST) / 2.0 - 0.6
    name_rows(gap, "\n".join(wrapped(f"{measured} ({scales[0].word})", width, 7.0)), 0.0, height)
    costs = capital(word.label("indicator", rows[0]["cost_indicator"]))
    name_rows(cost, "\n".join(wrapped(f"{costs} ({scales[1].word})", width, 7.0)), 0.0, height)
    _avoided(beside, rows, cost_unit, language)
    return page.figure


def column(rows: tuple[Row, ...], name: str) -> Array:
    """A column of numbers, (option,); NaN where a cell is empty."""
    return np.array([float(row[name] or "nan") for row in rows])


def _boxes(page: Sheet) -> tuple[Axes, Axes, Axes]:
    """Axes of gap, cost and the column of numbers beside them, one row an option in each."""
    left = page.margin + NAMES
    width = (page.width - page.margin - left - LAST - 2 * BETWEEN) / 2.0
    bottom, height = page.bottom + FLOOR, page.top - page.bottom - OVER - FLOOR
    gap = page.axes((left, bottom, width, height))
    cost = page.axes((left + width + BETWEEN, bottom, width, height), like=gap)
    beside = page.axes((page.width - page.margin - LAST, bottom, LAST, height), like=gap)
    beside.axis("off")
    return gap, cost, beside


def _intervals(axes: Axes, tables: Tables, rows: tuple[Row, ...], name: str) -> None:
    """A mark and its 95 % interval for each option, and the line of no difference."""
    axes.axvline(0.0, color=INK, linewidth=0.8)
    places = np.arange(len(rows), dtype=np.float64)
    axes.hlines(
        places,
        column(rows, f"{name}_low"),
        column(rows, f"{name}_high"),
        color=GREY,
        linewidth=1.6,
        label="interval",
    )
    middle = column(rows, name)
    for place, row in enumerate(rows):
        look = look_of(tables.scenarios.index(row["scenario"]))
        axes.plot(
            [middle[place]],
            [places[place]],
            color=look.colour,
            marker=look.marker,
            markersize=MARK * (1.5 if row["chosen"] == "1" else 1.0),
            label=row["scenario"],
            zorder=3,
        )
    for place in range(1, len(rows)):
        axes.axhline(place - 0.5, color=PALE, linewidth=0.6)
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.5, -0.5)


def _avoided(axes: Axes, rows: tuple[Row, ...], cost_unit: str, language: str) -> None:
    """What one case avoided costs, beside each option; nothing if the study counts none."""
    found = column(rows, "per_avoided")
    if not np.isfinite(found).any():
        return
    usual = np.nanmedian(np.abs(found))
    scale = scale_of(cost_unit, np.array([usual]), language)
    head = words(language).text("charts.protection.avoided", {"unit": scale.word})
    axes.text(
        1.0,
        1.02,
        "\n".join(wrapped(head, LAST, 6.5)),
        transform=axes.transAxes,
        fontsize=6.5,
        ha="right",
        va="bottom",
    )
    ends = np.stack([column(rows, f"per_avoided_{end}") for end in ("low", "high")])
    for place, value in enumerate(found):
        if np.isfinite(value):
            low, middle, high = (
                number(one / scale.factor, language, 0)
                for one in (ends[0, place], value, ends[1, place])
            )
            axes.text(
                1.0,
                place,
                f"{middle}\n[{low}; {high}]",
                transform=axes.get_yaxis_transform(),
                fontsize=6.5,
                ha="right",
                va="center",
            )


def _measured(row: Row, language: str) -> str:
    """The indicator to keep, with the ids it is kept for."""
    word = words(language)
    keys = zip(row["dimension"].split("*"), row["key"].split("*"), strict=True)
    parts = [word.label(axis, key) for axis, key in keys if key]
    return capital(", ".join([word.label("indicator", row["indicator"]), *parts]))


def _unit(tables: Tables, indicator: str) -> str:
    """Unit of an indicator of the run."""
    return next(unit for one, unit in tables.summary.units.items() if one.indicator == indicator)


def title(tables: Tables, language: str) -> str:
    """The cheapest option that keeps the value, or that none does and which misses it least."""
    rows = tables.files[FILE]
    chosen = next(row for row in rows if row["chosen"] == "1")
    key = "none"
    if chosen["keeps"] == "1":
        key = "confirmed" if float(chosen["gap_high"]) <= 0.0 else "unconfirmed"
    fields = {
        "scenario": name_of(tables, chosen["scenario"], language),
        "indicator": words(language).label("indicator", chosen["indicator"]),
        "baseline": name_of(tables, tables.baseline, language),
        "year": chosen["year"],
    }
    return words(language).text(f"charts.protection.{key}", fields)
