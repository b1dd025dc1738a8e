"""The look of every figure: colours, hatches, lines, type, and how a figure is written to disk."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

CM = 1 / 2.54
WIDTH = 16.0  # cm: the text width of an A4 memo
MARGIN = 0.15
POINT = 2.54 / 72  # cm
MEASURED = 100.0  # points; small sizes are rounded to pixels by hinting
EVEN = 0.6  # lines are evened out down to this part of the width
UNBROKEN = re.compile(r" (?=%)|(?<=năm) (?=\d{4})")

# Okabe and Ito (2008), Color Universal Design: told apart by all common kinds of colour vision.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
INK, GREY, PALE = "#222222", "#6E6E6E", "#D9D9D9"
BAND_PALE, BAND_DARK = "#CFE3F1", "#6FAFD8"

# (colour, dashes, marker) of the scenarios, the baseline first; dashes and markers carry a print
# in black and white.
LINES = (
    (BLACK, "solid", "o"),
    (VERMILLION, (0, (5, 1.5)), "s"),
    (BLUE, "solid", "^"),
    (GREEN, (0, (1.2, 1.2)), "D"),
    (ORANGE, (0, (6, 1.5, 1.2, 1.5)), "v"),
    (PURPLE, (0, (3, 1)), "P"),
    (SKY, (0, (1, 0.7)), "X"),
)
STYLE: Mapping[str, object] = {
    "font.family": "DejaVu Sans",
    "font.size": 7.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": PALE,
    "grid.linewidth": 0.4,
    "axes.labelsize": 7.0,
    "axes.titlesize": 7.0,
    "axes.titlepad": 4.0,
    "axes.unicode_minus": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "xtick.major.size": 2.0,
    "ytick.major.size": 0.0,
    "xtick.major.width": 0.5,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.2,
    "legend.fontsize": 7.0,
    "legend.frameon": False,
    "svg.hashsalt": "pricing",
    "svg.fonttype": "path",
    "savefig.facecolor": "white",
}


@cache
def line_style(position: int) -> dict[str, object]:
    """Colour, dashes and marker of the scenario at a position of the study."""
    colour, dashes, marker = LINES[position % len(LINES)]
    return {"color": colour, "linestyle": dashes, "marker": marker, "markersize": 2.6}


@cache
def _font_file(weight: str) -> str:
    return findfont(FontProperties(family="DejaVu Sans", weight=weight))


@cache
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text set in `size` points; cm."""
    font = get_font(_font_file(weight))
    font.set_size(MEASURED, 72.0)
    font.set_text(text)
    return font.get_width_height()[0] / 64 * POINT * size / MEASURED


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
    used = space = text_width(" ", size, weight)
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
    with rc_context(dict(STYLE)):
        FigureCanvasAgg(figure)
        figure.savefig(png, dpi=300, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None})
    return png, svg
