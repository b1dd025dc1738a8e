"""The mark that makes a function a chart, how charts are found, and how all are written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from matplotlib import rc_context
from matplotlib.figure import Figure

from pricing.base.discover import discover
from pricing.charts._data import Measure, Tables
from pricing.charts._style import STYLE, save

Parts: TypeAlias = Callable[[Tables], Mapping[str, Tables]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A named way to draw the tables of a run in a language.

    `needs` is what they must hold; `file` is a CSV of the run folder that is drawn, if any. `parts`
    splits a run into what is drawn apart, by name; without it there is one figure.
    """

    kind: str
    draw: Callable[[Tables, str], Figure]
    needs: Measure | None = None
    file: str = ""
    parts: Parts | None = None

    def __call__(self, tables: Tables, language: str) -> Figure:
        """The figure, in the style of this package."""
        with rc_context(fname=STYLE):
            return self.draw(tables, language)

    def has_matter(self, tables: Tables) -> bool:
        """Whether some scenario of a run has what the chart shows."""
        needs = self.needs
        if self.file and not tables.files.get(self.file):
            return False
        return needs is None or any(tables.summary.has(name, needs) for name in tables.scenarios)

    def figures(self, tables: Tables) -> Mapping[str, Tables]:
        """The tables of each figure of a run by the start of its file name; none without matter."""
        if self.parts is not None:
            return {f"{self.kind}.{name}": part for name, part in self.parts(tables).items()}
        return {self.kind: tables} if self.has_matter(tables) else {}


def chart(
    kind: str, needs: Measure | None = None, file: str = "", parts: Parts | None = None
) -> Callable[[Callable[[Tables, str], Figure]], Chart]:
    """Mark a function as the chart of a kind; its file name says the same."""

    def marked(draw: Callable[[Tables, str], Figure]) -> Chart:
        return Chart(kind=kind, draw=draw, needs=needs, file=file, parts=parts)

    return marked


def charts() -> dict[str, Chart]:
    """Every chart of the folder by kind, in order of file name."""
    found = discover("pricing.charts", _kind, one_each=True)
    return {kind: item for kind, item in found.items() if isinstance(item, Chart)}


def _kind(item: object) -> str | None:
    return item.kind if isinstance(item, Chart) else None


def save_charts(tables: Tables, folder: Path, languages: Sequence[str]) -> tuple[Path, ...]:
    """Draw every chart in every language into `folder/<kind>.<language>.png` and `.svg`.

    A chart in parts has one figure a part, `<kind>.<part>.<language>`.

    Charts compare: a baseline alone, without any roadmap beside it, has none. A chart of something
    that no scenario has, such as lots, is not drawn.
    """
    paths: list[Path] = []
    if not tables.roadmaps:
        return ()
    for item in charts().values():
        for name, part in item.figures(tables).items():
            for language in languages:
                paths += save(item(part, language), folder, f"{name}.{language}")
    return tuple(paths)
