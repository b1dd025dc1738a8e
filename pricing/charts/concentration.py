"""Who bears payments: Lorenz curve of consumption, concentration curves and indices."""

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._findings import certainty, lowest, name_of
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import panels
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import BLUE, DOT, GREY, INK, ORANGE, Look
from pricing.charts._units import Scale, capital, number, number_axis
from pricing.charts.household_burden import number_bars, numbered

CURVE, INDEX = "payment_curve", "payment_concentration"
RUIN = Measure(indicator=INDEX, dimension="payment_kind", key="catastrophic")
LOOKS = {
    "consumption": Look(colour=INK, dashes=(1.5, 1.0)),
    "health": Look(colour=BLUE),
    "learning": Look(colour=ORANGE, dashes=(5.0, 1.5)),
}
EQUAL = Look(colour=GREY, width=0.6)
PERCENT = Scale(factor=0.01, word="%")
TICKS = (0.25, 0.5, 0.75)
ONE = Scale(factor=1.0, word="")


@chart("concentration", needs=RUIN)
def draw(tables: Tables, language: str) -> Figure:
    """Curves of the last year, and indices with their intervals; 0: all alike."""
    word = words(language)
    lines = tuple((look.key(), capital(word.label("curve", name))) for name, look in LOOKS.items())
    equal = (EQUAL.key(), word.text("charts.concentration.equal"))
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.concentration.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=(
            (*lines, equal),
            ((DOT.key(), word.text("charts.mean")), *interval_legend(language)),
        ),
        notes=(word.text("charts.bands"), word.text("charts.concentration.note")),
    )
    page = sheet(tables, language, heading, 12.4)
    middle = page.bottom + 0.46 * (page.top - page.bottom)
    names = [name_of(tables, scenario, language) for scenario in tables.scenarios]
    axis = word.text("charts.concentration.axis")
    rows = [word.text("charts.concentration.curves"), word.text("charts.concentration.index")]
    (above,) = panels(replace(page, bottom=middle), names, rows[:1], axis)
    kinds = tables.summary.keys(INDEX, "payment_kind")
    listed = numbered([word.label("payment_kind", kind) for kind in kinds])
    (below,) = panels(replace(page, top=middle), [""] * len(names), rows[1:], listed)
    for scenario, upper, lower in zip(tables.scenarios, above, below, strict=True):
        curves(upper, tables, scenario)
        indices(lower, tables, scenario)
        number_bars(lower, len(kinds))
    number_axis(above[0].yaxis, PERCENT, language)
    number_axis(below[0].yaxis, ONE, language)
    return page.figure


def path(tables: Tables, scenario: str, curve: str) -> tuple[Array, Array]:
    """Shares of people and what they hold in the last year, from nobody to all."""
    own = [key for key in tables.summary.keys(CURVE, "curve*tenth") if key.split("*")[0] == curve]
    shares = np.array([0.0, *(float(key.split("*")[1]) / 100.0 for key in own)])
    held = [
        tables.summary.last(
            scenario, Measure(indicator=CURVE, dimension="curve*tenth", key=key), "mean"
        )
        for key in own
    ]
    order = np.argsort(shares)
    return shares[order], np.array([0.0, *held])[order]


def curves(axes: Axes, tables: Tables, scenario: str) -> None:
    """The diagonal and the three curves."""
    EQUAL.plot(axes, np.array([0.0, 1.0]), np.array([0.0, 1.0]), "equal")
    for name, look in LOOKS.items():
        look.plot(axes, *path(tables, scenario, name), name)
    axes.set_xticks(TICKS, [f"{100 * tick:.0f}" for tick in TICKS])
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.05)


def indices(axes: Axes, tables: Tables, scenario: str) -> None:
    """Concentration index of each kind of payment with its intervals."""

    def column(name: str) -> Array:
        return np.array(
            [
                tables.summary.last(
                    scenario, Measure(indicator=INDEX, dimension="payment_kind", key=kind), name
                )
                for kind in kinds
            ]
        )

    kinds = tables.summary.keys(INDEX, "payment_kind")
    at = np.arange(1.0, len(kinds) + 1)
    axes.axhline(0.0, color=INK, linewidth=0.6)
    draw_intervals(axes, at, {name: column(name) for name in BANDS})
    DOT.plot(axes, at, column("mean"), "mean")


def title(tables: Tables, language: str) -> str:
    """Under which roadmap catastrophic payments fall most on the poor."""
    low = lowest(tables, RUIN)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "value": number(low.value, language, 2),
        "certainty": certainty(tables, low, language),
    }
    return words(language).text("charts.concentration.title", fields)
