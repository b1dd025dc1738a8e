"""Price against bidders: what a tender is expected to cost, how it varies, and how it may fail.

No chart of a run: it draws a tender studied alone, so the folder scan passes it by.
"""

from math import floor, log10

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from pricing.base.arrays import Array
from pricing.base.money import format_number
from pricing.base.words import words
from pricing.charts._panels import name_rows
from pricing.charts._sheet import Heading, Lettering, Sheet, framed_over
from pricing.charts._style import (
    BAND_PALE,
    BLUE,
    CM,
    GREY,
    INK,
    PURPLE,
    STYLE,
    VERMILLION,
    WIDTH,
    Look,
)
from pricing.charts._units import Scale, capital, number_axis, scale_of
from pricing.engine.tender import Laboratory
from pricing.engine.tender_figures import Case
from pricing.scenario.tender import others_said

HEIGHT = 9.5  # cm
LEFT, GAP, RIGHT, FLOOR, HEAD = 1.05, 1.5, 4.2, 0.85, 0.45  # cm
BAND = (5.0, 95.0)  # percentiles of the simulated prices
LIGHT = "#A6A6A6"

PRICE = Look(colour=BLUE, marker="o", size=2.2)
COST = Look(colour=INK, dashes=(4.0, 1.5), marker="o", size=1.6, width=0.8)
CEILING = Look(colour=GREY, dashes=(1.5, 1.2), width=0.9)
FAILURE = Look(colour=VERMILLION, marker="s", size=2.2)
DEFAULT = Look(colour=PURPLE, dashes=(5.0, 1.5), marker="^", size=2.4)
SIMULATED = Look(colour=INK, marker="x", size=4.2, width=0.0)
SPREAD = Look(colour=LIGHT, width=2.4)
CENTRED = Lettering(across="center", upright="bottom")


def draw(found: Laboratory, language: str) -> Figure:
    """Prices by number of bidders on the left, probabilities of a bad end on the right."""
    with rc_context(fname=STYLE):
        figure = Figure(figsize=(WIDTH * CM, HEIGHT * CM))
        blank = Sheet(figure=figure, width=WIDTH, height=HEIGHT, bottom=0.0, top=HEIGHT)
        page = framed_over(blank, _heading(found, language), _source(found, language))
        bottom, height = page.bottom + FLOOR, page.top - page.bottom - FLOOR - HEAD
        left = page.margin + LEFT
        split = page.width - page.margin - RIGHT
        prices = page.axes((left, bottom, split - GAP - left, height))
        chances = page.axes((split, bottom, RIGHT, height))
        _prices(prices, found, language, height)
        _chances(chances, found, language, height)
        for axes, middle in ((prices, (left + split - GAP) / 2), (chances, split + RIGHT / 2)):
            _bidders(axes, found)
            label = words(language).text("tender.figure.bidders")
            page.text((middle, page.bottom + 0.1), label, 7.0, CENTRED)
    return figure


def _heading(found: Laboratory, language: str) -> Heading:
    word = words(language)
    fields = {
        "title": found.study.title[language],
        "ceiling": _amount(found, found.study.ceiling, language),
    }
    prices: list[tuple[Artist, str]] = [
        (CEILING.key(), word.text("tender.figure.ceiling")),
        (PRICE.key(), word.text("tender.figure.price")),
        (COST.key(), word.text("tender.figure.cost")),
        (Patch(facecolor=BAND_PALE), word.text("tender.figure.rent")),
        (SPREAD.key(), word.text("tender.figure.band")),
        (SIMULATED.key(), word.text("tender.figure.mean")),
    ]
    chances: list[tuple[Artist, str]] = [(FAILURE.key(), word.text("tender.figure.failure"))]
    if found.curve.default is not None:
        chances.append((DEFAULT.key(), word.text("tender.figure.default")))
    return Heading(
        title=title(found, language),
        subtitle=word.text("tender.figure.subtitle", fields),
        legend=[[(key, capital(label)) for key, label in group] for group in (prices, chances)],
    )


def title(found: Laboratory, language: str) -> str:
    """The expected price with the fewest and with the most bidders of the file."""
    few, many = min(found.study.numbers), max(found.study.numbers)
    at = {int(n): price for n, price in zip(found.curve.number, found.curve.price, strict=True)}
    fields = {
        "few": few,
        "many": many,
        "first": _amount(found, at[few], language),
        "last": _amount(found, at[many], language),
    }
    return words(language).text(f"tender.figure.title{'_one' if few == many else ''}", fields)


def _amount(found: Laboratory, value: float, language: str) -> str:
    return format_number(value, language, max(0, 3 - floor(log10(found.study.ceiling))))


def _source(found: Laboratory, language: str) -> str:
    fields = {
        "simulated": format_number(found.study.simulated, language),
        "file": f"{found.study.name}.toml",
    }
    others = others_said(found.study, language)
    source = words(language).text("tender.figure.source", fields)
    return f"{others}. {source}" if others else source


def _prices(axes: Axes, found: Laboratory, language: str, height: float) -> None:
    """Ceiling, expected price and cost with the rent between them, and the simulated prices."""
    curve, ceiling = found.curve, found.study.ceiling
    number = curve.number.astype(np.float64)
    axes.fill_between(number, curve.cost, curve.price, facecolor=BAND_PALE, label="rent")
    CEILING.plot(axes, number, np.full(number.shape, ceiling), "ceiling")
    for case in found.cases:
        _spread(axes, case)
    COST.plot(axes, number, curve.cost, "cost")
    PRICE.plot(axes, number, curve.price, "price")
    _simulated(axes, found, "first_price")
    scale = scale_of("VND", np.array([ceiling]), language)
    number_axis(axes.yaxis, scale, language)
    named = words(language).text("tender.figure.prices", {"unit": scale.word})
    name_rows(axes, named, -LEFT, height)


def _spread(axes: Axes, case: Case) -> None:
    """A bar over the middle of the simulated prices of one number of bidders."""
    if len(case.prices):
        low, high = np.percentile(case.prices, BAND)
        width, label = SPREAD.width, f"spread_{case.number}"
        axes.vlines([case.number], low, high, color=SPREAD.colour, linewidth=width, label=label)


def _chances(axes: Axes, found: Laboratory, language: str, height: float) -> None:
    """Probabilities that the tender fails and that its winner walks away."""
    curve = found.curve
    number = curve.number.astype(np.float64)
    FAILURE.plot(axes, number, curve.failure, "failure")
    _simulated(axes, found, "failure")
    if curve.default is not None:
        DEFAULT.plot(axes, number, curve.default, "default")
        _simulated(axes, found, "default")
    axes.set_ylim(bottom=0.0)
    number_axis(axes.yaxis, Scale(factor=0.01, word="%"), language)
    name_rows(axes, words(language).text("tender.figure.chances"), -LEFT, height)


def _simulated(axes: Axes, found: Laboratory, measure: str) -> None:
    number = np.array([case.number for case in found.cases], dtype=np.float64)
    mean: Array = np.array([case.figure(measure).simulated for case in found.cases])
    SIMULATED.plot(axes, number, mean, f"simulated_{measure}")


def _bidders(axes: Axes, found: Laboratory) -> None:
    """Whole numbers of bidders below the axes."""
    last = int(found.curve.number[-1])
    axes.set_xlim(0.5, last + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True, min_n_ticks=1))
