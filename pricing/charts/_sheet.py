"""The frame around the panels: title, measure, legend, foot, and panels placed in centimetres."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.arrays import Array
from pricing.base.money import format_number
from pricing.base.words import words
from pricing.charts._data import Tables
from pricing.charts._style import CM, GREY, INK, MARGIN, POINT, WIDTH, filled, text_width, wrapped

TITLE, SUBTITLE, LEGEND, FOOT = 9.5, 7.5, 7.0, 6.0  # points
LEADING = 1.28
HEADER = 6.8
TALL = 1.12  # line spacing that matplotlib is told, in its own measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """How words look and which point of them is placed: the top left one unless said."""

    weight: Literal["normal", "bold"] = "normal"
    colour: str = INK
    across: Literal["left", "center", "right"] = "left"
    upright: Literal["top", "bottom"] = "top"


PLAIN = Lettering()
QUIET = Lettering(colour=GREY)
BOLD = Lettering(weight="bold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A figure whose panels may use the height between `bottom` and `top`; cm from below left."""

    figure: Figure
    width: float
    height: float
    bottom: float
    top: float
    margin: float = MARGIN

    def axes(self, box: tuple[float, float, float, float], like: Axes | None = None) -> Axes:
        """Axes in a box (left, bottom, width, height) in cm, its y axis shared with `like`."""
        left, bottom, width, height = box
        return self.figure.add_axes(
            (left / self.width, bottom / self.height, width / self.width, height / self.height),
            sharey=like,
        )

    def text(
        self, at: tuple[float, float], text: str, size: float, look: Lettering = PLAIN
    ) -> None:
        """Lines of text, `size` points tall, at a point in cm."""
        left, height = at
        self.figure.text(
            left / self.width,
            height / self.height,
            text,
            fontsize=size,
            color=look.colour,
            weight=look.weight,
            ha=look.across,
            va=look.upright,
            linespacing=TALL,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above and below the panels; each group of the legend opens a line."""

    title: str
    subtitle: str
    legend: Sequence[Sequence[tuple[Artist, str]]] = ()
    notes: Sequence[str] = ()


def sheet(tables: Tables, language: str, heading: Heading, height: float) -> Sheet:
    """A page of text width with title, subtitle and legend above and the source line below."""
    figure = Figure(figsize=(WIDTH * CM, height * CM))
    page = Sheet(figure=figure, width=WIDTH, height=height, bottom=0.0, top=height)
    return framed(page, tables, language, heading)


def framed(page: Sheet, tables: Tables, language: str, heading: Heading) -> Sheet:
    """The page of a run with its heading and foot set, and what is left between them."""
    return framed_over(page, heading, source_line(tables, language, heading.notes))


def framed_over(page: Sheet, heading: Heading, source: str) -> Sheet:
    """The page with its heading above and a source line below, and what is left between them."""
    inner = page.width - 2 * page.margin
    top = page.top - page.margin
    for part in heading.title.split("\n"):
        top = _lines(page, top, wrapped(part, inner, TITLE, "bold"), TITLE, BOLD)
    top = _lines(page, top - 0.05, wrapped(heading.subtitle, inner, SUBTITLE), SUBTITLE, QUIET)
    top -= 0.12
    for entries in heading.legend:
        top = _legend(page, top, entries)
    foot = filled(source, inner, FOOT)
    bottom = page.bottom + page.margin + len(foot) * FOOT * LEADING * POINT
    _lines(page, bottom, foot, FOOT, QUIET)
    return replace(page, bottom=bottom + 0.1, top=top - 0.1)


def _lines(page: Sheet, top: float, lines: Sequence[str], size: float, look: Lettering) -> float:
    """Lines of text set at the left; what height is left below them, cm."""
    page.text((page.margin, top), "\n".join(lines), size, look)
    return top - len(lines) * size * LEADING * POINT


def _legend(page: Sheet, top: float, entries: Sequence[tuple[Artist, str]]) -> float:
    """Entries in lines that fit the width; what height is left below them, cm."""
    for line in _legend_lines(entries, page.width - 2 * page.margin):
        page.figure.legend(
            [handle for handle, _ in line],
            [label for _, label in line],
            loc="upper left",
            ncols=len(line),
            borderpad=0.0,
            borderaxespad=0.0,
            handlelength=2.2,
            bbox_to_anchor=(page.margin / page.width, top / page.height),
            columnspacing=1.3,
            handletextpad=0.5,
        )
        top -= LEGEND * 1.45 * POINT
    return top


def _legend_lines(
    entries: Sequence[tuple[Artist, str]], width: float
) -> list[list[tuple[Artist, str]]]:
    lines: list[list[tuple[Artist, str]]] = []
    used = width
    for entry in entries:
        needs = text_width(entry[1], LEGEND) + 4.0 * LEGEND * POINT  # handle and gaps, in em
        if used + needs > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += needs
    return lines


def source_line(tables: Tables, language: str, notes: Sequence[str] = ()) -> str:
    """Where the numbers come from, how many trials stand behind them, and what else to know."""
    word = words(language)
    parts = [
        word.text("charts.source", {"run": tables.run}),
        word.text("charts.trials", {"n": format_number(tables.n_trials, language)}),
        *notes,
    ]
    if tables.assumed_share is not None:
        share = format_number(100 * tables.assumed_share, language)
        parts.append(word.text("charts.assumed", {"share": share}))
    return "; ".join(parts) + "."


def year_axis(axes: Axes, years: Array) -> None:
    """First and last year as ticks; years are never formatted as amounts."""
    chosen = np.unique(years[[0, -1]])
    axes.set_xticks(chosen, [f"{year:.0f}" for year in chosen])
    labels = axes.get_xticklabels()
    for label in labels[:1]:
        label.set_horizontalalignment("left")  # inwards, clear of the next panel's
    for label in labels[1:]:
        label.set_horizontalalignment("right")
    axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
