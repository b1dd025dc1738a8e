"""The look of every figure: colours, hatches, lines, type, and how a figure is written to disk."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D

from pricing.base.arrays import Array

CM = 1 / 2.54
WIDTH = 16.0  # cm: the text width of an A4 memo
MARGIN = 0.15
POINT = 2.54 / 72  # cm
MEASURED = 100.0  # points; small sizes are rounded to pixels by hinting
ROUNDING = 1.02  # small letters grow when they are rounded to whole pixels
EVEN = 0.6  # lines are evened out down to this part of the width
UNBROKEN = re.compile(r" (?=%)|(?<=năm) (?=\d{4})")

# Okabe and Ito (2008), Color Universal Design: told apart by all common kinds of colour vision.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
INK, GREY, PALE = "#222222", "#6E6E6E", "#D9D9D9"
BAND_PALE, BAND_DARK = "#CFE3F1", "#6FAFD8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a line or a dot looks: colour, lengths of dash and gap (none: solid), marker, widths."""

    colour: str
    dashes: tuple[float, ...] = ()
    marker: str = ""
    size: float = 0.0
    width: float = 1.1

    @property
    def line_style(self) -> tuple[float, tuple[float, ...]] | Literal["solid", "none"]:
        """The dashes as matplotlib takes them."""
        if self.width == 0.0:
            return "none"
        return (0.0, self.dashes) if self.dashes else "solid"

    def key(self) -> Line2D:
        """The sample that stands in a legend."""
        return Line2D(
            [],
            [],
            color=self.colour,
            linestyle=self.line_style,
            linewidth=self.width,
            marker=self.marker,
            markersize=self.size,
            solid_capstyle="butt",
        )

    def plot(self, axes: Axes, x: Array, y: Array, label: str) -> None:
        """Numbers on axes, found again by their label."""
        axes.plot(
            x,
            y,
            color=self.colour,
            linestyle=self.line_style,
            linewidth=self.width,
            marker=self.marker,
            markersize=self.size,
            label=label,
            zorder=3,
        )


# Of the scenarios, the baseline first; dashes and markers carry a print in black and white.
LOOKS = tuple(
    Look(colour=colour, dashes=dashes, marker=marker, size=2.6, width=0.9)
    for colour, dashes, marker in (
        (BLACK, (), "o"),
        (VERMILLION, (5.0, 1.5), "s"),
        (BLUE, (), "^"),
        (GREEN, (1.2, 1.2), "D"),
        (ORANGE, (6.0, 1.5, 1.2, 1.5), "v"),
        (PURPLE, (3.0, 1.0), "P"),
        (SKY, (1.0, 0.7), "X"),
    )
)
MEAN = Look(colour=BLUE)
BASELINE = Look(colour=INK, dashes=(1.5, 1.2), width=0.9)
DOT = Look(colour=INK, marker="o", size=1.9, width=0.0)
POOREST = Look(colour=VERMILLION, marker="s", size=2.9, width=0.0)

STYLE = Path(__file__).with_name("report.mplstyle")


def look_of(position: int) -> Look:
    """Look of the scenario at a position of the study; the looks begin anew when used up."""
    return LOOKS[position % len(LOOKS)]


@cache
def _font_file(weight: str) -> str:
    return findfont(FontProperties(family="DejaVu Sans", weight=weight))


@cache
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text set in `size` points, blanks at its ends included; cm."""
    # Only ink is measured, so the text stands between two letters whose own width is taken off.
    ink = _ink(f"n{text}n", weight) - _ink("nn", weight)
    return ROUNDING * ink * POINT * size / MEASURED


def _ink(text: str, weight: str) -> float:
    font = get_font(_font_file(weight))
    font.set_size(MEASURED, 72.0)
    font.set_text(text)
    return font.get_width_height()[0] / 64


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Lines of a text that fit a width in cm, broken at spaces and of even length."""
    lines = filled(text, width, size, weight)
    narrower = width
    while narrower > EVEN * width:
        narrower -= 0.05 * width
        closer = filled(text, narrower, size, weight)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


def filled(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Lines of a text that fit a width in cm, broken at spaces, each as long as can be."""
    lines: list[list[str]] = []
    space = text_width(" ", size, weight)
    used = 0.0
    for word in UNBROKEN.sub("\N{NO-BREAK SPACE}", text).split(" "):
        length = text_width(word, size, weight)
        if lines and used + space + length <= width:
            lines[-1].append(word)
            used += space + length
        else:
            lines.append([word])
            used = length
    return [" ".join(line) for line in lines]


def save(figure: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write a figure as `name.png` (300 dpi) and `name.svg` (no date, fixed ids); both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    png, svg = folder / f"{name}.png", folder / f"{name}.svg"
    with rc_context(fname=STYLE):
        FigureCanvasAgg(figure)
        figure.savefig(png, dpi=300, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None})
    return png, svg
