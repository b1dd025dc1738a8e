"""How numbers of a unit of measurement are written on axes and in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import Formatter, MaxNLocator

from pricing.base.arrays import Array
from pricing.base.money import format_number
from pricing.base.words import words

MINUS = "−"
_MONEY = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"), (1.0, "one"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What one step of an axis stands for: numbers are divided by `factor` and read in `word`."""

    factor: float
    word: str


def scale_of(unit_of_measure: str, values: Array, language: str) -> Scale:
    """Scale on which numbers of a unit are easiest to read: dong by size, shares in percent.

    Units that the words name, such as days, are counted one by one.
    """
    word = words(language)
    counted = word.table.get(f"charts.unit.{unit_of_measure}")
    if counted is not None:
        return Scale(factor=1.0, word=counted)
    if not unit_of_measure.startswith("VND"):
        return Scale(factor=0.01, word="%")
    finite = np.abs(values[np.isfinite(values)])
    size = float(finite.max()) if finite.size else 1.0
    factor, name = next((pair for pair in _MONEY if size >= pair[0]), _MONEY[-1])
    suffix = unit_of_measure.removeprefix("VND").strip().replace(" ", "_")
    per = word.text(f"charts.money.{suffix}") if suffix else ""
    return Scale(factor=factor, word=word.text(f"charts.money.{name}") + per)


def capital(text: str) -> str:
    """A text that opens a line, with a capital first letter."""
    return text[:1].upper() + text[1:]


def number(value: float, language: str, digits: int) -> str:
    """A number as the language writes it, with a true minus sign."""
    return format_number(value, language, digits).replace("-", MINUS)


def signed(value: float, language: str, digits: int) -> str:
    """A difference with its sign, plus included."""
    text = number(value, language, digits)
    is_zero = not any(digit in text for digit in "123456789")
    return text if is_zero or text.startswith(MINUS) else f"+{text}"


def written(value: float, unit_of_measure: str, language: str) -> str:
    """A level in a sentence on the scale an axis would take, with three digits that count."""
    scale = scale_of(unit_of_measure, np.array([value]), language)
    shown = value / scale.factor
    whole = floor(log10(abs(shown))) if shown and isfinite(shown) else 0
    return f"{number(shown, language, max(0, 2 - max(whole, 0)))} {scale.word}"


def digits_of(step: float) -> int:
    """Decimals that tell numbers a step apart."""
    return 0 if step <= 0 or not isfinite(step) else max(0, -floor(log10(step) + 1e-9))


class NumberTicks(Formatter):
    """Tick labels in a scale and a language, with the decimals that the steps need."""

    def __init__(self, scale: Scale, language: str) -> None:
        self.scale = scale
        self.language = language

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The label of a single place `x`, in the data's own unit."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The labels of all ticks of an axis."""
        shown = np.asarray(values, dtype=np.float64) / self.scale.factor
        step = float(np.diff(shown).min()) if shown.size > 1 else 1.0
        return [number(value, self.language, digits_of(step)) for value in shown]


def number_axis(axis: Axis, scale: Scale, language: str, steps: int = 5) -> None:
    """Round ticks, at most `steps` intervals, labelled in a scale and a language."""
    axis.set_major_locator(MaxNLocator(nbins=steps, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(NumberTicks(scale, language))
